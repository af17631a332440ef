{#- The value of a URL's query parameter, NULL where it has none. address: text expression. name: the parameter. -#}
{% macro query_parameter(address, name) -%} {{ adapter.dispatch('query_parameter', 'handoff')(address, name) }} {%- endmacro %}

{% macro default__query_parameter(address, name) -%}
    nullif(regexp_extract({{ address }}, '(^|[?&]){{ name }}=([^&#]*)', 2), '')
{%- endmacro %}

{% macro postgres__query_parameter(address, name) -%}
    nullif(substring({{ address }} from '[?&]{{ name }}=([^&#]*)'), '')
{%- endmacro %}
