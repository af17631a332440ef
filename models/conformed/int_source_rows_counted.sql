{%- set event_times = {
    'people': 'coalesce(updated_at, created_at)', 'accounts': 'created_at', 'activities': 'occurred_at',
    'status_changes': 'changed_at', 'assignments': 'assigned_at', 'attribute_changes': 'changed_at',
    'touches': 'coalesce(completed_at, occurred_at)', 'opportunities': 'created_at',
    'opportunity_stage_changes': 'changed_at', 'campaign_members': 'responded_at', 'field_changes': 'changed_at',
} -%}
{%- set feeds = every_staging_model() -%}
{#- A run counts the rows of its files with a reader of its own; a plain warehouse can only count its tables. -#}
{%- set counted_by_run = adapter.get_relation(target.database, 'handoff_run', 'source_tables') if execute else none -%}
with

rows_counted as (

    {% if counted_by_run %}
        select
            source_system,
            source_table,
            rows_in
        from {{ counted_by_run }}
    {% else %}
        {% for feed in feeds %}
            {% set relation = load_relation(source(feed.vendor, feed.table)) if execute else none %}
            select
                '{{ feed.vendor }}' as source_system,
                '{{ feed.table }}' as source_table,
                {{ '(select count(*) from ' ~ relation ~ ')' if relation else '0' }} as rows_in
            {% if not loop.last %}union all{% endif %}
        {% endfor %}
    {% endif %}

),

newest_rows as (  -- a row of the future says nothing about how fresh a table is

    {% for feed in feeds %}
        select
            '{{ feed.vendor }}' as source_system,
            '{{ feed.table }}' as source_table,
            max({{ event_times.get(feed.entity, 'cast(null as timestamp)') }}) as newest_row_at
        from {{ ref(feed.model) }}
        where coalesce({{ event_times.get(feed.entity, 'cast(null as timestamp)') }} <= {{ as_of() }}, false)
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

counted as (

    select
        rows_counted.source_system,
        rows_counted.source_table,
        cast(rows_counted.rows_in as bigint) as rows_in,
        newest_rows.newest_row_at
    from rows_counted
    left join newest_rows
        on
            rows_counted.source_system = newest_rows.source_system
            and rows_counted.source_table = newest_rows.source_table

)

select * from counted
