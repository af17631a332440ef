{#- How many accounts that bear one key are kept as candidates: more would help nobody who reviews them. -#}
{% macro most_candidates_listed() -%} 20 {%- endmacro %}
