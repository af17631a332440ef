-- When the account last engaged, and what its people's engagement adds up to.
with

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

engaged_signals as (

    select * from {{ ref('int_readiness_signals_engaged') }}

),

people_scored as (

    select * from {{ ref('int_readiness_people_scored') }}

),

last_signals as (

    select
        account_id,
        max(occurred_at) as last_engaged_at
    from engaged_signals
    group by account_id

),

people_added_up as (

    select
        account_id,
        sum(engagement_counted) as engagement
    from people_scored
    group by account_id

),

engagement_summed as (

    select
        accounts.account_id,
        last_signals.last_engaged_at,
        coalesce(people_added_up.engagement, 0) as engagement
    from accounts
    left join last_signals
        on accounts.account_id = last_signals.account_id
    left join people_added_up
        on accounts.account_id = people_added_up.account_id

)

select * from engagement_summed
