-- Grain: occasion on which people may go against the rules x kind. Somebody was sent or accepted (by the rules, or by
-- hand), a handoff ended (worked, or passed over), a status was left (by a legal step, or not).
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

handoffs as (

    select * from {{ ref('fct_handoffs') }}

),

first_handoffs as (

    select * from handoffs
    where sequence = 1

),

last_handoffs as (

    select
        *,
        row_number() over (partition by mql_id order by sequence desc) as handoffs_back
    from handoffs

),

by_hand as (

    select * from {{ ref('int_statuses_out_of_cycle') }}

),

steps as (

    select
        *,
        row_number() over (partition by mql_id order by valid_from, status) as step_number
    from {{ ref('fct_mql_status_history') }}

)

select
    'sent' as kind,
    cycles.mql_id as occasion_id,
    cycles.opened_at as happened_at,
    cycles.person_id,
    cycles.mql_id,
    first_handoffs.owner_id as rep_id,
    false as is_override,
    false as is_by_automation,
    'by the rules' as detail
from cycles
left join first_handoffs
    on cycles.mql_id = first_handoffs.mql_id
union all
select
    'accepted' as kind,
    cycles.mql_id as occasion_id,
    cycles.accepted_at as happened_at,
    cycles.person_id,
    cycles.mql_id,
    first_handoffs.owner_id as rep_id,
    false as is_override,
    false as is_by_automation,
    'in its cycle' as detail
from cycles
left join first_handoffs
    on cycles.mql_id = first_handoffs.mql_id
where cycles.accepted_at is not null
union all
select
    what as kind,
    status_change_id as occasion_id,
    changed_at as happened_at,
    person_id,
    cast(null as {{ dbt.type_string() }}) as mql_id,
    rep_id,
    true as is_override,
    is_by_automation,
    case when is_excluded then 'excluded by the rules' else 'no cycle open' end as detail
from by_hand
union all
select
    'ended' as kind,
    handoff_id as occasion_id,
    closed_at as happened_at,
    person_id,
    mql_id,
    owner_id as rep_id,
    first_touch_at is null and first_touch_date_without_time is null as is_override,
    false as is_by_automation,
    case
        when first_touch_at is null and first_touch_date_without_time is null then concat('never touched, ', outcome)
        else 'touched'
    end as detail
from last_handoffs
where
    handoffs_back = 1
    and outcome in ('rejected', 'disqualified', 'recycled', 'expired')
union all
select
    'stepped' as kind,
    steps.status_interval_id as occasion_id,
    steps.valid_from as happened_at,
    steps.person_id,
    steps.mql_id,
    first_handoffs.owner_id as rep_id,
    not steps.is_legal_transition as is_override,
    false as is_by_automation,
    concat('to ', steps.status) as detail
from steps
left join first_handoffs
    on steps.mql_id = first_handoffs.mql_id
where steps.step_number > 1
