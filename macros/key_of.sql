{#-
    A key made of other columns: md5 of each value with its length before it, so that (`a-b`, `c`) and
    (`a`, `b-c`) differ, and NULL differs from ''.
    columns: list of SQL expressions. Returns 32 hexadecimal characters.
-#}
{% macro key_of(columns) -%}
    md5(
        {%- for column in columns %}
        coalesce(
            concat(cast(length(cast({{ column }} as {{ dbt.type_string() }})) as {{ dbt.type_string() }}), ':', cast({{ column }} as {{ dbt.type_string() }})),
            'null'
        )
        {%- if not loop.last %} || '|' || {% endif -%}
        {%- endfor %}
    )
{%- endmacro %}
