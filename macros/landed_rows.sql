{#-
    Every row of a landed table, read as the vendor's sources YAML declares it: its columns found by name without regard
    to case and underscores, blanks around text and blank text gone, typed by `data_type` (text where none is given);
    NULL for what did not land or does not parse. Where dlt parked values of another type beside a column
    (`amount__v_text`), they stand in for its NULLs. No value and no missing optional table ever makes an error; a
    required column, or the table of people, is missed with an error that names it and what was found instead.
    Beside the declared columns and those that pass through:
    - `<time>_precision`: exact, or day where the text gave no time of day;
    - has_bad_timestamp, has_year_out_of_range, has_bad_number, has_bad_boolean: some declared column did not parse;
    - has_future_timestamp: a time that can only be past (`is_past` in the YAML) lies after the landing;
    - row_contents: one text of all of them, to tell two versions of a row apart;
    - source_row_number (from 1), row_problem (the landing's reason code), and the loader's own marks, whichever loader
      it was: loaded_at, is_deleted_by_loader, is_older_version, is_cut_by_loader (it left values out, and says so).
-#}
{% macro landed_rows(source_system, table) -%}
    {%- set columns = handoff.declared_columns(source_system, table) + handoff.passthrough_columns(source_system, table)
        + handoff.loader_columns() -%}
    {%- set relation = handoff.landed_relation(source_system, table) -%}  {#- said while dbt parses too: that makes lineage -#}
    {%- set is_read = execute and handoff.is_source_enabled(source_system, table) -%}
    {%- set existing = load_relation(relation) if is_read else none -%}
    {%- set found = handoff.found_columns(source_system, table, columns, existing) -%}
    {%- set landed = columns | selectattr('name', 'in', found) | list -%}
    {%- set loader_names = handoff.loader_columns() | map(attribute='name') | list -%}
    {%- set times = landed | selectattr('type', 'in', ['timestamp', 'date']) | list -%}
    {%- set numbers = landed | selectattr('type', 'in', ['bigint', 'numeric(18, 2)']) | list -%}
    {%- set booleans = landed | selectattr('type', 'equalto', 'boolean') | list %}
    select
        {%- for column in columns if column.name == 'row_problem' or column.name not in loader_names %}
        {% if column in landed %}{{ column.name }}{% else %}cast(null as {{ column.type }}) as {{ column.name }}{% endif %},
        {%- endfor %}
        {%- for column in columns if column.type in ('timestamp', 'date') %}
        {% if column in landed %}{{ handoff.precision_of(column.name ~ '_text') }}{% else %}cast(null as varchar){% endif %}
            as {{ column.name }}_precision,
        {%- endfor %}
        {{ handoff.any_unparsed(times) }} as has_bad_timestamp,
        {{ handoff.any_year_out_of_range(times) }} as has_year_out_of_range,
        {{ handoff.any_in_future(times | selectattr('is_past') | list) }} as has_future_timestamp,
        {{ handoff.any_unparsed(numbers) }} as has_bad_number,
        {{ handoff.any_unparsed(booleans) }} as has_bad_boolean,
        -- chr(31) parts fields in ASCII, and stands in no text that anybody typed
        concat(
            {%- for column in landed if column.name not in handoff.marks_of_the_load() %}
            {{ column.name }}{% if column.type != 'varchar' %}_text{% endif %}, chr(31),
            {%- endfor %}
            ''
        ) as row_contents,
        coalesce(
            {{ handoff.parse_timestamp('fivetran_synced') }},
            {{ handoff.parse_timestamp('airbyte_extracted_at') }},
            {{ handoff.parse_epoch('dlt_load_id') }}
        ) as loaded_at,
        (coalesce({{ handoff.parse_boolean('fivetran_deleted') }}, false) or ab_cdc_deleted_at is not null) as is_deleted_by_loader,
        (
            coalesce(not {{ handoff.parse_boolean('fivetran_active') }}, false)
            or coalesce(dlt_valid_to not like '9999%', false)
        ) as is_older_version,
        coalesce({{ handoff.matches_pattern('airbyte_meta', "'NULLED|TRUNCATED|errors.: *[[] *[^] ]'") }}, false) as is_cut_by_loader,
        source_row_number
    from (
        select
            {%- for column in times + numbers + booleans %}
            {{ column.name }} as {{ column.name }}_text,
            {%- endfor %}
            {%- for column in landed %}
            {% if column.type == 'varchar' %}{{ column.name }}{% else %}{{ handoff.parsed(column) }} as {{ column.name }}{% endif %},
            {%- endfor %}
            {%- for column in columns | reject('in', landed) if column.name in loader_names %}
            {{ column.name }},
            {%- endfor %}
            source_row_number
        from (
            select
                {%- for column in landed %}
                nullif(trim(cast({{ found[column.name] }} as varchar), ' ' || chr(9) || chr(10) || chr(13)), '')
                    as {{ column.name }},
                {%- endfor %}
                {%- for column in columns | reject('in', landed) if column.name in loader_names %}
                cast(null as varchar) as {{ column.name }},
                {%- endfor %}
                {% if '_row_number' in found -%}
                cast({{ found['_row_number'] }} as bigint)
                {%- elif found -%}
                row_number() over (order by {{ found.values() | join(', ') }})
                {%- else -%}
                cast(null as bigint)
                {%- endif %} as source_row_number
            {% if existing is not none %}from {{ existing }}{% else %}where false{% endif %}
        ) as landed_text
    ) as landed_values
{%- endmacro %}

{#-
    The marks that a loader or the landing leaves on each row, as text: Fivetran's, Airbyte's (of change data capture
    too), dlt's, and the landing's reason code. None of them can make a row unusable.
-#}
{% macro loader_columns() -%}
    {%- set columns = [] -%}
    {%- for name, also_named in {
        'fivetran_active': [], 'fivetran_deleted': [], 'fivetran_synced': [],
        'ab_cdc_deleted_at': [], 'airbyte_extracted_at': ['airbyte_emitted_at'],
        'airbyte_meta': [], 'dlt_load_id': [], 'dlt_valid_to': [], 'row_problem': [],
    }.items() -%}
        {%- do columns.append({
            'name': name, 'type': 'varchar', 'is_required': false, 'is_past': false, 'also_named': also_named
        }) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{#- What a load leaves on a row that says nothing of the row itself: two loads of one row differ in these alone. -#}
{% macro marks_of_the_load() -%}
    {{ return(['fivetran_synced', 'airbyte_extracted_at', 'airbyte_meta', 'dlt_load_id', 'row_problem']) }}
{%- endmacro %}
