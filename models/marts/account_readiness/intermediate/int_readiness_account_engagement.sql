-- What the engagement of the account's people adds up to: a criterion only where a rule row asks for it.
with

rules as (

    select * from {{ ref('int_readiness_rules_applied') }}
    where criterion = 'account_engagement'

),

engagement as (

    select * from {{ ref('int_readiness_engagement_summed') }}

),

added_up as (

    select
        rules.account_id,
        rules.criterion,
        cast(engagement.engagement as double) as actual,
        true as is_applicable
    from rules
    inner join engagement
        on rules.account_id = engagement.account_id

)

select * from added_up
