{#- What the runs before saw, laid into the candidate by the run; a plain warehouse begins anew. -#}
{%- set seen_before =
    adapter.get_relation(target.database, 'handoff_run', 'status_observations') if execute else none -%}
-- Grain: record x status in which runs before this one have seen it.
{% if seen_before %}
    select
        record_key,
        source_system,
        crm_status,
        stands_since,
        first_seen_at,
        last_seen_at
    from {{ seen_before }}
{% else %}
    select
        cast(null as {{ dbt.type_string() }}) as record_key,
        cast(null as {{ dbt.type_string() }}) as source_system,
        cast(null as {{ dbt.type_string() }}) as crm_status,
        cast(null as timestamp) as stands_since,
        cast(null as timestamp) as first_seen_at,
        cast(null as timestamp) as last_seen_at
    where false
{% endif %}
