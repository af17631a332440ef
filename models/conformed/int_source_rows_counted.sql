{%- set event_times = {
    'people': 'coalesce(updated_at, created_at)', 'accounts': 'created_at', 'activities': 'occurred_at',
    'status_changes': 'changed_at', 'assignments': 'assigned_at', 'attribute_changes': 'changed_at',
    'touches': 'coalesce(completed_at, occurred_at)', 'opportunities': 'created_at',
    'opportunity_stage_changes': 'changed_at', 'campaign_members': 'responded_at', 'field_changes': 'changed_at',
} -%}
{%- set entities = [
    'people', 'accounts', 'reps', 'rep_absences', 'activities', 'status_changes', 'assignments', 'attribute_changes',
    'touches', 'opportunities', 'opportunity_contacts', 'opportunity_stage_changes', 'campaigns', 'campaign_members',
    'record_links', 'field_changes', 'unread',
] -%}
{%- set feeds = [] -%}
{%- for entity in entities -%} {%- do feeds.extend(staging_of(entity)) -%} {%- endfor -%}
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
    {%- for feed in feeds %}
    {%- set relation = load_relation(source(feed.vendor, feed.table)) if execute else none %}
    select
        '{{ feed.vendor }}' as source_system,
        '{{ feed.table }}' as source_table,
        {% if relation %}count(*){% else %}cast(0 as bigint){% endif %} as rows_in
    {% if relation %}from {{ relation }}{% endif %}
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
    {% endif %}
),

newest_rows as (
    {% for feed in feeds %}
    select
        '{{ feed.vendor }}' as source_system,
        '{{ feed.table }}' as source_table,
        {% if feed.entity in event_times %}
        -- a row of the future says nothing about how fresh a table is
        max(case when {{ event_times[feed.entity] }} <= {{ as_of() }} then {{ event_times[feed.entity] }} end)
            as newest_row_at
    from {{ ref(feed.model) }}
        {%- else %}
        cast(null as timestamp) as newest_row_at
        {%- endif %}
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
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
