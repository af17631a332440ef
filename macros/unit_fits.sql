{#-
    True where a unit rule's conditions on segment, deal size and committee fit; an empty one fits all.
    rules: CTE of stg_rules__qualification_units. segment, largest_deal_amount, known_people_count: SQL expressions.
-#}
{% macro unit_fits(rules, segment, largest_deal_amount, known_people_count) -%}
    (
        ({{ rules }}.segment is null or {{ rules }}.segment = {{ segment }})
        and ({{ rules }}.min_deal_amount is null or {{ largest_deal_amount }} >= {{ rules }}.min_deal_amount)
        and ({{ rules }}.min_known_people is null or {{ known_people_count }} >= {{ rules }}.min_known_people)
    )
{%- endmacro %}
