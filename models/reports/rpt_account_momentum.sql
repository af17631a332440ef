-- A stage that changed inside the window of the surge criterion says which way an account goes; else momentum does.
with

readiness as (

    select * from {{ ref('fct_account_readiness') }}

),

checks as (

    select * from {{ ref('fct_account_readiness_checks') }}
    where criterion = 'surge'

),

history as (

    select
        account_id,
        readiness_stage,
        stage_order,
        valid_from,
        valid_until,
        reason,
        lag(readiness_stage) over (partition by account_id order by valid_from) as stage_before,
        lag(stage_order) over (partition by account_id order by valid_from) as stage_order_before
    from {{ ref('fct_account_readiness_history') }}

),

moves as (

    select
        readiness.account_id,
        readiness.readiness_stage,
        readiness.stage_since,
        history.stage_before,
        history.reason,
        readiness.momentum,
        readiness.surge_percent,
        readiness.last_engaged_at,
        readiness.engaged_people_count,
        readiness.missing,
        readiness.next_action,
        readiness.stage_since >= {{ add_days('readiness.scored_as_of', '-checks.window_days') }} as has_moved,
        history.stage_order > history.stage_order_before as has_risen
    from readiness
    inner join history
        on
            readiness.account_id = history.account_id
            and history.valid_until = {{ open_end() }}
    left join checks
        on readiness.account_id = checks.account_id

),

directions as (

    select
        account_id,
        case
            when has_moved and has_risen then 'warming'
            when has_moved and not has_risen then 'cooling'
            when momentum in ('warming', 'cooling') then momentum
            else 'steady'
        end as direction,
        readiness_stage,
        stage_since,
        stage_before,
        reason as stage_reason,
        momentum,
        surge_percent,
        last_engaged_at,
        engaged_people_count,
        missing,
        next_action
    from moves

)

select * from directions
