{#-
    True where an owner id is a queue's, not a human's: Salesforce gives queues (groups) ids that begin 00G, and other
    systems that take their owners from it keep them.
-#}
{% macro is_queue(source_system, owner_id) -%}
    (replace({{ owner_id }}, {{ source_system }} || ':', '') like '00G%')
{%- endmacro %}
