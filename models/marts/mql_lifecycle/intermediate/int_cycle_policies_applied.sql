-- Grain: person x instant at which a cycle may open. The first cycle policy that fits it.
with

candidates as (

    select * from {{ ref('int_cycle_candidates_unioned') }}

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

),

cycle_policies as (

    select * from {{ ref('stg_rules__cycle_policies') }}

),

policies_numbered as (

    select
        candidates.person_id,
        candidates.occurred_at,
        cycle_policies.cool_down_days,
        cycle_policies.expire_days,
        cycle_policies.recycle_wake_days,
        cycle_policies.hand_raise_join_hours,
        cycle_policies.outcome_window_days,
        row_number() over (
            partition by candidates.person_id, candidates.occurred_at
            order by cycle_policies.sort_order, cycle_policies.rule_id
        ) as policy_number
    from candidates
    inner join persons
        on candidates.person_id = persons.person_id
    inner join cycle_policies  -- the first row that fits is kept below
        on
            (cycle_policies.segment is null or cycle_policies.segment = persons.segment)
            and {{ is_in_force('cycle_policies', 'candidates.occurred_at') }}

)

select
    person_id,
    occurred_at,
    cool_down_days,
    expire_days,
    recycle_wake_days,
    hand_raise_join_hours,
    outcome_window_days
from policies_numbered
where policy_number = 1
