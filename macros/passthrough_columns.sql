{#-
    Columns of a landed table that the `passthrough_columns` var carries into its staging model as they are, as text:
    list of {name, type, is_required, also_named}. A name that staging has already is not carried twice; one that the var
    gives twice is refused, and so is one that is no plain identifier, because it becomes SQL.
-#}
{% macro passthrough_columns(source_system, table) -%}
    {%- set columns = [] -%}
    {%- set taken = handoff.declared_columns(source_system, table) | map(attribute='name') | list -%}
    {%- for name in var('passthrough_columns', {}).get(source_system, {}).get(table, []) -%}
        {%- if not modules.re.fullmatch('[A-Za-z_][A-Za-z0-9_]*', name | string) -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns: ' ~ source_system ~ '.' ~ table ~ ' names ' ~ name ~ ', which is no column name'
            ) -%}
        {%- elif name | lower in columns | map(attribute='name') -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns: ' ~ source_system ~ '.' ~ table ~ ' names ' ~ name | lower ~ ' twice'
            ) -%}
        {%- elif name | lower not in taken -%}
            {%- do columns.append({'name': name | lower, 'type': 'varchar', 'is_required': true, 'is_past': false, 'also_named': []}) -%}
            {%- do taken.append(name | lower) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
