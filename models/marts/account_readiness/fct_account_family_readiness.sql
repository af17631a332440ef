with

units as (

    select * from {{ ref('int_readiness_units_summarised') }}

),

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

members as (

    select
        accounts.ultimate_parent_account_id,
        cast(sum(case when units.readiness_stage = 'ready' then 1 else 0 end) as bigint) as ready_accounts_count,
        cast(sum(case when accounts.is_customer then 1 else 0 end) as bigint) as customer_accounts_count
    from units
    inner join accounts
        on units.head_account_id = accounts.account_id
    where units.unit_kind = 'account'
    group by accounts.ultimate_parent_account_id

),

final as (

    select
        units.head_account_id as ultimate_parent_account_id,
        units.member_count as member_accounts_count,
        members.ready_accounts_count,
        members.customer_accounts_count,
        units.readiness_stage,
        units.stage_since,
        units.readiness_score,
        units.account_fit_score,
        units.account_engagement_score,
        units.momentum,
        units.engaged_people_count,
        units.engaged_functions_count,
        units.decision_maker_engaged,
        units.committee_coverage,
        units.last_engaged_at,
        units.high_intent_count,
        units.missing,
        units.next_action,
        {{ as_of() }} as scored_as_of
    from units
    inner join members
        on units.head_account_id = members.ultimate_parent_account_id
    where units.unit_kind = 'family'

)

select * from final
