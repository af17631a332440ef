{#-
    What staging must know of a row of landed_rows() to say where it ends, as columns; and the columns that pass through.
    key: the columns that make the row's key. required: columns or expressions beside the key without which the row
    says nothing. changed_at: expression (UTC timestamp) by which the newer of two rows of one key is told, or none.
    is_merged, is_deleted: conditions. keeps_versions: each row is a state with a start of its own, not a version of the
    same one, whatever a loader's history mode says of it. notes: {reason code: condition}, what is odd about a row that
    is used all the same.
-#}
{% macro row_facts(
    source_system, table, key, required=[], changed_at=none, is_merged='false', is_deleted='false',
    keeps_versions=false, notes={}
) -%}
        {#- a time that is there and does not parse is a bad timestamp, not a missing one: its precision tells -#}
        {%- set times = handoff.declared_columns(source_system, table) | selectattr('type', 'in', ['timestamp', 'date'])
            | map(attribute='name') | list -%}
        source_row_number,
        row_problem,
        row_contents,
        has_bad_timestamp,
        has_year_out_of_range,
        has_future_timestamp,
        has_bad_number,
        has_bad_boolean,
        is_cut_by_loader,
        {% if key | length == 1 -%}
        {{ key[0] }} as row_key,
        {%- else -%}
        case
            when {% for column in key %}{{ column }} is not null{% if not loop.last %} and {% endif %}{% endfor %}
                then
                    {%- for column in key %}
                    length(cast({{ column }} as varchar)) || ':' || cast({{ column }} as varchar)
                    {%- if not loop.last %} || '|' ||{% endif %}
                    {%- endfor %}
        end as row_key,
        {%- endif %}
        (
            {%- for column in required %}
            {{ column ~ '_precision' if column in times else column }} is null or
            {%- endfor %}
            false
        ) as has_null_required,
        {{ changed_at or 'cast(null as timestamp)' }} as row_changed_at,
        loaded_at as row_synced_at,
        {{ 'false' if keeps_versions else 'is_older_version' }} as is_inactive_version,
        coalesce({{ is_merged }}, false) as is_merged_row,
        (coalesce({{ is_deleted }}, false) or is_deleted_by_loader) as is_deleted_row,
        {%- for column in handoff.passthrough_columns(source_system, table) %}
        {{ column.name }},
        {%- endfor %}
        concat(
            {%- for code, condition in notes.items() %}
            case when {{ condition }} then ',{{ code }}' end,
            {%- endfor %}
            ''
        ) as row_notes
{%- endmacro %}
