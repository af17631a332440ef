-- One stage an account, from the bottom up: what sales already has in hand outranks what marketing sees.
with

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

opportunities as (

    select * from {{ ref('int_opportunities_conformed') }}
    where
        not is_closed
        and created_at <= {{ as_of() }}

),

stages_reached as (

    select * from {{ ref('int_readiness_stages_reached') }}

),

accounts_in_opportunity as (

    select distinct account_id
    from opportunities

),

stages_ranked as (

    select
        account_id,
        readiness_stage,
        row_number() over (partition by account_id order by stage_order desc, readiness_stage asc) as stage_rank
    from stages_reached

),

stages_decided as (

    select
        accounts.account_id,
        case
            when accounts.is_customer then 'customer'
            when accounts_in_opportunity.account_id is not null then 'opportunity'
            when stages_ranked.readiness_stage is not null then stages_ranked.readiness_stage
            when accounts.is_target_account then 'target'
            else 'none'
        end as readiness_stage
    from accounts
    left join accounts_in_opportunity
        on accounts.account_id = accounts_in_opportunity.account_id
    left join stages_ranked
        on
            accounts.account_id = stages_ranked.account_id
            and stages_ranked.stage_rank = 1

)

select * from stages_decided
