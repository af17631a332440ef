{#- A text by which rows may be joined though it may be missing: chr(31) stands in no text that anybody typed. -#}
{% macro text_key(value_text) -%}
    coalesce({{ value_text }}, chr(31))
{%- endmacro %}
