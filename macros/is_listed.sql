{#- True where a value is one of the texts of a list parted by |; false for a NULL value. Both in one case. -#}
{% macro is_listed(value, list) -%}
    coalesce(strpos('|' || {{ list }} || '|', '|' || {{ value }} || '|') > 0, false)
{%- endmacro %}
