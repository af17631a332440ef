{#- The parts of a text that lists several, a row each, where it stands in a select list; the text itself where it lists one. -#}
{% macro list_parts(value, separator) -%} {{ adapter.dispatch('list_parts', 'handoff')(value, separator) }} {%- endmacro %}

{% macro default__list_parts(value, separator) -%} unnest(string_split({{ value }}, '{{ separator }}')) {%- endmacro %}

{% macro postgres__list_parts(value, separator) -%} unnest(string_to_array({{ value }}, '{{ separator }}')) {%- endmacro %}
