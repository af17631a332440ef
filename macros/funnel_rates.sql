{#-
    The rates of a cohort that funnel_measures counted, each with Wilson's bounds: NULL unless every cycle of it has had
    its time, so that no young cohort looks like a bad one. They are of the MQLs that no merge of records joined into
    another. cohorts: CTE with those columns and is_mature, is_acceptance_mature.
-#}
{% macro funnel_rates(cohorts) -%}
    {%- set whole = '(' ~ cohorts ~ '.mqls - ' ~ cohorts ~ '.merged)' -%}
    {%- for name, count, is_told in [
        ('acceptance', 'accepted', 'is_acceptance_mature'),
        ('meeting', 'meetings_held', 'is_mature'),
        ('opportunity', 'opportunities', 'is_mature'),
        ('win', 'won', 'is_mature'),
    ] %}
    {%- set part = cohorts ~ '.' ~ count %}
    case when {{ cohorts }}.{{ is_told }} then {{ handoff.share_of(part, whole) }} end as {{ name }}_rate,
    case when {{ cohorts }}.{{ is_told }} then {{ handoff.wilson_bound(part, whole, 'lower') }} end as {{ name }}_rate_lower,
    case when {{ cohorts }}.{{ is_told }} then {{ handoff.wilson_bound(part, whole, 'upper') }} end as {{ name }}_rate_upper
    {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
