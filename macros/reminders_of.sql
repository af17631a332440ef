{#- What is written back onto the records of one system, or onto those of one type: the columns that every export has. -#}
{% macro reminders_of(source_system, record_type=none) -%}
    select
        crm_id,
        next_action,
        action_reason,
        priority,
        due_at,
        due_clock,
        is_breached,
        open_breaches_count,
        grade,
        fit_score,
        engagement_score,
        scored_at,
        top_reasons,
        held_back_reason,
        owner_id,
        recommended_owner_id,
        recommended_owner_reason,
        person_id,
        mql_id
    from {{ ref('export_crm_reminders') }}
    where
        source_system = '{{ source_system }}'
        {%- if record_type %}
        and record_type = '{{ record_type }}'
        {%- endif %}
{%- endmacro %}
