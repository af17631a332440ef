{#- How many parents above an account are followed: deeper chains are clerical errors, and are cut and reported. -#}
{% macro hierarchy_depth_limit() -%} 20 {%- endmacro %}
