{#-
    True where a routing row's conditions on segment, grade, target account and account owner fit; an empty one fits all.
    rules: CTE of stg_rules__routing. segment, grade, is_target_account, account_owner_id: SQL expressions.
-#}
{% macro routing_fits(rules, segment, grade, is_target_account, account_owner_id) -%}
    (
        ({{ rules }}.segment is null or {{ rules }}.segment = {{ segment }})
        and (
            {{ rules }}.grades is null
            or {{ rule_applies('lower(' ~ grade ~ ')', 'cast(null as double)', "'in'", rules ~ '.grades') }}
        )
        and (
            {{ rules }}.is_target_account is null
            or {{ rules }}.is_target_account = coalesce({{ is_target_account }}, false)
        )
        and (
            {{ rules }}.has_account_owner is null
            or {{ rules }}.has_account_owner = ({{ account_owner_id }} is not null)
        )
    )
{%- endmacro %}
