{{ config(materialized='table') }}

with

{% set methods = [
    'override', 'crm_link', 'conversion', 'email_domain', 'company_domain', 'alias_domain', 'contact_domain',
    'company_name',
] -%}
matches as (

    {% for method in methods %}
        select
            person_id,
            account_id,
            account_match_method,
            key_account_count,
            is_family_pick
        from {{ ref('int_account_matches_by_' ~ method) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

method_rules as (

    select * from {{ ref('stg_rules__matching') }}

),

collected as (

    select
        matches.person_id,
        matches.account_id,
        matches.account_match_method,
        method_rules.sort_order as method_order,
        method_rules.decides,
        method_rules.confidence,
        method_rules.needs_review,
        method_rules.reason,
        matches.key_account_count,
        matches.is_family_pick
    from matches
    inner join method_rules  -- a method without a row is switched off
        on matches.account_match_method = method_rules.method

)

select * from collected
