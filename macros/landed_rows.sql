{#-
    Every row of a landed table as text: the columns that the vendor's sources YAML declares, found by name without
    regard to case and underscores, blank as NULL, and typed NULLs for those that did not land. A table that did not
    land gives no rows; a required column that did not land is an error that names it.
    Beside them: source_row_number (1 for the first row), row_problem (the landing's reason code or NULL), and the
    loader's own marks fivetran_active, fivetran_deleted, fivetran_synced.
-#}
{% macro landed_rows(source_system, table) -%}
    {%- set relation = source(source_system, table) -%}
    {%- if not execute -%}
        select 1
    {%- else -%}
        {%- set declared = declared_columns(source_system, table) -%}
        {%- set existing = load_relation(relation) -%}
        {%- set found = {} -%}
        {%- if existing is not none -%}
            {%- for column in adapter.get_columns_in_relation(existing) -%}
                {%- do found.update({plain_name(column.name): adapter.quote(column.name)}) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- set marks = ['_fivetran_active', '_fivetran_deleted', '_fivetran_synced', '_row_problem'] -%}
        {%- set present = [] -%}
    select
        {%- for column in declared %}
            {%- set names = [column.name] + column.also_named -%}
            {%- set hits = [] -%}
            {%- for name in names -%}
                {%- if plain_name(name) in found -%} {%- do hits.append(found[plain_name(name)]) -%} {%- endif -%}
            {%- endfor -%}
            {%- if existing is not none and column.is_required and not hits -%}
                {%- do exceptions.raise_compiler_error(
                    source_system ~ '.' ~ table ~ ' has no column ' ~ column.name ~ ', which is required; found: '
                    ~ found.values() | join(', ')
                ) -%}
            {%- endif -%}
            {%- if hits -%} {%- do present.append(hits[0]) -%} {%- endif %}
        {% if hits %}nullif(trim(cast({{ hits[0] }} as varchar)), ''){% else %}cast(null as varchar){% endif %} as {{ column.name }},
        {%- endfor %}
        {%- for mark in marks %}
        {% if plain_name(mark) in found %}nullif(cast({{ found[plain_name(mark)] }} as varchar), ''){% else %}cast(null as varchar){% endif %} as {{ mark.lstrip('_') }},
        {%- endfor %}
        {% if plain_name('_row_number') in found %}cast({{ found[plain_name('_row_number')] }} as bigint)
        {%- elif present %}row_number() over (order by {{ present | join(', ') }})
        {%- else %}cast(null as bigint){% endif %} as source_row_number
    {% if existing is not none %}from {{ existing }}{% else %}where false{% endif %}
    {%- endif -%}
{%- endmacro %}

{% macro plain_name(name) -%}
    {{ return(name | lower | replace('_', '') | replace(' ', '') | replace('-', '')) }}
{%- endmacro %}

{#- The columns that the sources YAML declares for a landed table: list of {name, is_required, also_named}. -#}
{% macro declared_columns(source_system, table) -%}
    {%- set columns = [] -%}
    {%- for node in graph.sources.values() if node.source_name == source_system and node.name == table -%}
        {%- for column in node.columns.values() -%}
            {%- set meta = column.config.meta if column.config is defined and column.config.meta else column.meta -%}
            {%- do columns.append({
                'name': column.name,
                'is_required': meta.get('is_required', false),
                'also_named': meta.get('also_named', []),
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{#- The names of those columns. -#}
{% macro declared_names(source_system, table) -%}
    {%- set names = [] -%}
    {%- if execute -%}
        {%- for column in declared_columns(source_system, table) -%} {%- do names.append(column.name) -%} {%- endfor -%}
    {%- endif -%}
    {{ return(names) }}
{%- endmacro %}
