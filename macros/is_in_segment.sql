{#- A segment rule's employee counts hold the number: both ends count, an open end does not bind. Takes a CTE of stg_rules__segments. -#}
{% macro is_in_segment(segments, employee_count) -%}
    (
        {{ employee_count }} >= coalesce({{ segments }}.min_employee_count, 0)
        and ({{ segments }}.max_employee_count is null or {{ employee_count }} <= {{ segments }}.max_employee_count)
    )
{%- endmacro %}
