{#-
    True where a routing row's conditions on the person fit: segment, grade, target account, account owner, and whether they
    want no mail of ours. An empty condition fits all.
    rules: CTE of stg_rules__routing. segment, grade, is_target_account, account_owner_id, is_opted_out: SQL expressions.
-#}
{% macro routing_fits(rules, segment, grade, is_target_account, account_owner_id, is_opted_out) -%}
    (
        ({{ rules }}.segment is null or {{ rules }}.segment = {{ segment }})
        and (
            {{ rules }}.grades is null
            or {{ handoff.rule_applies('lower(' ~ grade ~ ')', 'cast(null as double)', "'in'", rules ~ '.grades') }}
        )
        and (
            {{ rules }}.is_target_account is null
            or {{ rules }}.is_target_account = coalesce({{ is_target_account }}, false)
        )
        and (
            {{ rules }}.has_account_owner is null
            or {{ rules }}.has_account_owner = ({{ account_owner_id }} is not null)
        )
        and (
            {{ rules }}.is_opted_out is null
            or {{ rules }}.is_opted_out = coalesce({{ is_opted_out }}, false)
        )
    )
{%- endmacro %}
