{#- The text with every run of characters that are no letter or digit turned into one blank. -#}
{% macro words_of(value_text) -%} {{ adapter.dispatch('words_of', 'handoff')(value_text) }} {%- endmacro %}

{% macro default__words_of(value_text) -%}
    regexp_replace({{ value_text }}, '[^\p{L}\p{N}&+]+', ' ', 'g')
{%- endmacro %}

{% macro postgres__words_of(value_text) -%}
    regexp_replace({{ value_text }}, '[^[:alnum:]&+]+', ' ', 'g')
{%- endmacro %}
