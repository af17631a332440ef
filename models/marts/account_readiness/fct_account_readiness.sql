with

units as (

    select * from {{ ref('int_readiness_units_summarised') }}
    where unit_kind = 'account'

),

families as (

    select * from {{ ref('int_readiness_units_summarised') }}
    where unit_kind = 'family'

),

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

final as (

    select
        units.head_account_id as account_id,
        units.readiness_stage,
        units.stage_since,
        units.readiness_score,
        units.account_fit_score,
        units.fit_level,
        units.account_engagement_score,
        units.engagement_level,
        units.surge_percent,
        units.momentum,
        units.engaged_people_count,
        units.engaged_functions_count,
        units.decision_maker_engaged,
        units.committee_coverage,
        units.last_engaged_at,
        units.high_intent_count,
        units.missing,
        units.next_action,
        families.readiness_stage as family_readiness_stage,
        {{ as_of() }} as scored_as_of
    from units
    inner join accounts
        on units.head_account_id = accounts.account_id
    left join families
        on accounts.ultimate_parent_account_id = families.head_account_id

)

select * from final
