{{ config(materialized='table') }}

-- Grain: person, as of the run. Who is engaged, who is in an open cycle, and why everybody else engaged is not.
with

standings as (

    select * from {{ ref('int_person_standings_gathered') }}

),

asked as (

    select
        *,
        mql_id is not null as is_qualified,
        -- the threshold was reached, or the account became ready: a signal of theirs now would open a cycle
        (meets_threshold and unit = 'person') or (account_stage = 'ready' and takes_part) as would_qualify
    from standings

),

reasoned as (

    select
        *,
        case
            when mql_id is not null or not is_engaged then null
            when exclusion_reason is not null then 'excluded_' || exclusion_reason
            when crm_status = 'disqualified' then 'disqualified_by_sales'
            when would_qualify and last_closed_at is not null then 'waiting_after_' || last_outcome
            when would_qualify then 'waiting_for_signal'
            when unit = 'account' and account_stage in ('opportunity', 'customer') then 'account_with_sales'
            when unit = 'account' and coalesce(account_stage <> 'ready', true) then 'account_not_ready'
            when unit = 'account' and has_fit_to_take_part then 'engagement_too_low'
            when unit = 'account' then 'fit_too_low'
            when has_fit_to_qualify then 'engagement_too_low'
            else 'fit_too_low'
        end as held_back_reason
    from asked

)

select
    person_id,
    segment,
    is_target_account,
    account_owner_id,
    owner_id,
    is_email_opt_out,
    grade,
    entry_reason,
    next_action,
    action_reason,
    priority,
    exclusion_reason,
    last_hand_raise_at,
    is_engaged,
    is_qualified,
    held_back_reason,
    case
        when held_back_reason in ('account_not_ready', 'account_with_sales')
            then
                'The account is at stage ' || coalesce(account_stage, 'none')
                || case
                    when held_back_reason = 'account_not_ready' then coalesce('. Missing: ' || account_missing, '')
                    else ''
                end
    end as held_back_detail
from reasoned
