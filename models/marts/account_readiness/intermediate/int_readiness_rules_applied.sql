{{ config(materialized='table') }}

-- One rule row for each account and criterion: the row of the account's own segment, else the row for any segment.
with

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

criteria as (

    select * from {{ ref('stg_rules__readiness_criteria') }}

),

criteria_in_force as (

    select *
    from criteria
    where {{ is_in_force('criteria', as_of()) }}

),

rules_that_fit as (

    select
        accounts.account_id,
        criteria_in_force.criterion,
        criteria_in_force.rule_id,
        criteria_in_force.threshold,
        criteria_in_force.window_days,
        criteria_in_force.min_history_days,
        criteria_in_force.sort_order,
        criteria_in_force.missing_text,
        criteria_in_force.next_action,
        row_number() over (
            partition by accounts.account_id, criteria_in_force.criterion
            order by
                case when criteria_in_force.segment is null then 1 else 0 end,
                criteria_in_force.sort_order,
                criteria_in_force.rule_id
        ) as rule_rank
    from accounts
    inner join criteria_in_force  -- every criterion is asked of every account
        on
            criteria_in_force.segment is null
            or accounts.segment = criteria_in_force.segment

),

rules_applied as (

    select
        account_id,
        criterion,
        rule_id,
        threshold,
        window_days,
        min_history_days,
        sort_order,
        missing_text,
        next_action
    from rules_that_fit
    where rule_rank = 1

)

select * from rules_applied
