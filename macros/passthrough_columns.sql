{#-
    Columns of a landed table that the `passthrough_columns` var carries into its staging model as they are, as text:
    list of {name, type, is_required, also_named}, once each. A name that staging has already is not carried twice; a name
    that is no plain identifier is refused, because it becomes SQL.
-#}
{% macro passthrough_columns(source_system, table) -%}
    {%- set columns = [] -%}
    {%- set taken = declared_columns(source_system, table) | map(attribute='name') | list -%}
    {%- for name in var('passthrough_columns', {}).get(source_system, {}).get(table, []) -%}
        {%- if not modules.re.fullmatch('[A-Za-z_][A-Za-z0-9_]*', name | string) -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns: ' ~ source_system ~ '.' ~ table ~ ' names ' ~ name ~ ', which is no column name'
            ) -%}
        {%- elif name | lower not in taken -%}
            {%- do columns.append({'name': name | lower, 'type': 'varchar', 'is_required': true, 'also_named': []}) -%}
            {%- do taken.append(name | lower) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
