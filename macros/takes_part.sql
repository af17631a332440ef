{#-
    True where a person's bands are at or above the least that a unit rule asks of who takes part in a ready account;
    an empty one asks nothing, and without a rule nobody takes part. Bands fall in the order of their names: A before D, 1 before 4.
    rules: CTE with the rule's rule_id, min_fit_band and min_engagement_band. fit_band, engagement_band: SQL expressions.
-#}
{% macro takes_part(rules, fit_band, engagement_band) -%}
    (
        {{ rules }}.rule_id is not null
        and ({{ rules }}.min_fit_band is null or {{ fit_band }} <= {{ rules }}.min_fit_band)
        and ({{ rules }}.min_engagement_band is null or {{ engagement_band }} <= {{ rules }}.min_engagement_band)
    )
{%- endmacro %}
