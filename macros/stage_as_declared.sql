{#-
    The whole staging of one landed table whose columns keep the vendor's meaning, because what they say to the canonical
    entities takes other tables of the vendor too: every row typed and judged. Hands over the declared columns, a
    `<time>_precision` for each time, and record_key where the row tells of a person.
    key: the columns that make its key. required: columns beside the key without which a row says nothing. changed_at:
    expression by which the newer of two rows of one key is told. is_deleted: condition. of_record: the column that holds
    the id of the person. keeps_versions: each row is a state of its own with a start, so that one which the loader's
    history mode calls inactive is as good as any. notes: {reason code: condition}.
-#}
{% macro stage_as_declared(
    source_system, table, key, required=[], changed_at=none, is_deleted='false', of_record=none, keeps_versions=false,
    notes={}
) -%}
{%- set columns = [] -%}
{%- for column in handoff.declared_columns(source_system, table) -%}
    {%- do columns.append(column) -%}
    {%- if column.type in ('timestamp', 'date') -%}
        {%- do columns.append({'name': column.name ~ '_precision', 'type': 'varchar'}) -%}
    {%- endif -%}
{%- endfor -%}
with

landed as (

    {{ handoff.landed_rows(source_system, table) }}

),

typed as (

    select
        {{ handoff.row_facts(
            source_system,
            table,
            key=key,
            required=required,
            changed_at=changed_at,
            is_deleted=is_deleted,
            keeps_versions=keeps_versions,
            notes=notes,
        ) }},
        {%- for column in columns %}
        {{ column.name }},
        {%- endfor %}
        {% if of_record -%}
        case when {{ of_record }} is not null then {{ handoff.key_of(["'" ~ source_system ~ "'", of_record]) }} end
        {%- else -%} cast(null as varchar)
        {%- endif %} as record_key
    from landed

)

{{ handoff.judged_rows('typed', source_system, table, columns + [{'name': 'record_key', 'type': 'varchar'}]) }}
{%- endmacro %}
