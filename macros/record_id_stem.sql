{#-
    The part of a record's id by which it is found: a Salesforce id of 15 characters is the one of 18 without its check
    sum; any other system's id is whole.
    source_system, record_id: SQL expressions.
-#}
{% macro record_id_stem(source_system, record_id) -%}
    case when {{ source_system }} = 'salesforce' then substring({{ record_id }} from 1 for 15) else {{ record_id }} end
{%- endmacro %}
