{#- The text in lower case with one underscore for every run of other characters: `Form Fill` and `form-fill` are form_fill. -#}
{% macro snake_case(value_text) -%}
    trim(regexp_replace(lower({{ value_text }}), '[^a-z0-9]+', '_', 'g'), '_')
{%- endmacro %}
