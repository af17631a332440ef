{#-
    Where each staged row ends: current, superseded, deleted, merged or quarantined, with the reason codes.
    One order for every table: what cannot be used is quarantined and competes with nothing; of the usable rows of one
    key the newest wins by a total order that does not know in which order they arrived; then merged, deleted, current.
    typed: CTE made with row_facts(). columns: names of the typed columns, or a list of {name, type}. Returns a select of
    source_system, source_table, source_row_number, row_key, disposition, reason_codes, those columns, and the ones that
    pass through.
-#}
{% macro judged_rows(typed, source_system, source_table, columns) -%}
    {%- set judged_names = [
        'source_system', 'source_table', 'source_row_number', 'row_key', 'row_contents', 'row_problem', 'row_notes',
        'row_changed_at', 'row_synced_at', 'disposition', 'reason_codes',
    ] -%}
    {%- set names = [] -%}
    {%- for column in columns -%} {%- do names.append(column.name if column is mapping else column) -%} {%- endfor -%}
    {%- for column in handoff.passthrough_columns(source_system, source_table) -%}
        {%- if execute and column.name in names + judged_names -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns: ' ~ source_system ~ '.' ~ source_table ~ ' names ' ~ column.name
                ~ ', which staging gives a meaning of its own'
            ) -%}
        {%- endif -%}
        {%- do names.append(column.name) -%}
    {%- endfor -%}
    select
        '{{ source_system }}' as source_system,
        '{{ source_table }}' as source_table,
        source_row_number,
        coalesce(row_key, 'row:' || cast(source_row_number as varchar)) as row_key,
        case
            when quarantine_codes <> '' then 'quarantined'
            when is_inactive_version or version_number > 1 then 'superseded'
            when is_merged_row then 'merged'
            when is_deleted_row then 'deleted'
            else 'current'
        end as disposition,
        substring(
            quarantine_codes
            || case
                when quarantine_codes <> '' then ''
                when is_inactive_version then ',inactive_version'
                when version_number > 1 then ',duplicate_key'
                else ''
            end
            || case when has_bad_number then ',bad_number' else '' end
            || case when has_bad_boolean then ',bad_boolean' else '' end
            || case when is_cut_by_loader then ',cut_by_loader' else '' end
            || row_notes
            from 2
        ) as reason_codes,
        {%- for name in names %}
        {{ name }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from (
        select
            *,
            row_number() over (
                partition by row_key, quarantine_codes <> ''
                order by
                    case when is_inactive_version then 1 else 0 end,
                    case when row_changed_at is null then 1 else 0 end,
                    row_changed_at desc,
                    case when row_synced_at is null then 1 else 0 end,
                    row_synced_at desc,
                    row_contents desc,
                    source_row_number
            ) as version_number
        from (
            select
                *,
                coalesce(',' || row_problem, '')
                || case when row_key is null then ',null_key' else '' end
                || case when row_key is not null and has_null_required then ',null_required' else '' end
                || case when has_bad_timestamp then ',bad_timestamp' else '' end
                || case when has_year_out_of_range then ',year_out_of_range' else '' end
                || case when has_future_timestamp and not has_year_out_of_range then ',future_timestamp' else '' end
                    as quarantine_codes
            from {{ typed }}
        ) as coded_rows
    ) as numbered_rows
{%- endmacro %}
