{#- True where an owner id is a queue's, not a human's: Salesforce gives queues (groups) ids that begin 00G. -#}
{% macro is_queue(source_system, owner_id) -%}
    ({{ source_system }} = 'salesforce' and replace({{ owner_id }}, 'salesforce:', '') like '00G%')
{%- endmacro %}
