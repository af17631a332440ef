{{ config(materialized='table') }}

-- Grain: cycle, with what became of it. A cycle that was open when its person yielded to another is merged at that
-- instant; what happens from then on is the other cycle's.
with

cycles as (

    select * from {{ ref('int_cycles_walked') }}

),

ends as (

    select * from {{ ref('int_cycle_ends_decided') }}

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

),

judged as (

    select
        cycles.mql_id,
        cycles.joined_person_id,
        cycles.earlier_person_id,
        cycles.person_id,
        cycles.cycle_number,
        cycles.opened_at,
        cycles.next_opened_at,
        cycles.yielded_at,
        persons.account_id,
        persons.segment,
        persons.channel,
        ends.closed_at,
        ends.outcome,
        ends.outcome_reason,
        ends.opportunity_id,
        ends.hand_raise_join_hours,
        {{ quiet_until('ends') }} as quiet_when_ended_until,
        {{ add_days('cycles.opened_at', 'ends.expire_days') }} as acceptance_due_at,
        {{ add_days('cycles.opened_at', 'ends.outcome_window_days') }} as mature_at,
        case when ends.next_accepted_at <= coalesce(ends.closed_at, {{ open_end() }}) then ends.next_accepted_at end
            as accepted_at,
        case
            when ends.next_opportunity_at <= coalesce(ends.closed_at, {{ open_end() }}) then ends.next_opportunity_at
        end as opportunity_created_at,
        coalesce(coalesce(ends.closed_at, {{ open_end() }}) >= cycles.yielded_at, false) as is_merged
    from cycles
    inner join ends
        on
            cycles.person_id = ends.person_id
            and cycles.opened_at = ends.occurred_at
    inner join persons
        on cycles.person_id = persons.person_id

),

ended as (

    select
        mql_id,
        joined_person_id,
        earlier_person_id,
        person_id,
        cycle_number,
        opened_at,
        next_opened_at,
        account_id,
        segment,
        channel,
        hand_raise_join_hours,
        quiet_when_ended_until,
        acceptance_due_at,
        mature_at,
        case when not is_merged or accepted_at < yielded_at then accepted_at end as accepted_at,
        case when not is_merged or opportunity_created_at < yielded_at then opportunity_created_at end
            as opportunity_created_at,
        case when not is_merged or opportunity_created_at < yielded_at then opportunity_id end as opportunity_found_id,
        case when is_merged then yielded_at else closed_at end as closed_at,
        case when is_merged then 'merged' else outcome end as outcome,
        case when is_merged then 'joined_with_another_record' else outcome_reason end as outcome_reason
    from judged

)

select
    mql_id,
    joined_person_id,
    earlier_person_id,
    person_id,
    cycle_number,
    opened_at,
    next_opened_at,
    account_id,
    segment,
    channel,
    hand_raise_join_hours,
    acceptance_due_at,
    mature_at,
    accepted_at,
    opportunity_created_at,
    case when opportunity_created_at is not null then opportunity_found_id end as opportunity_id,
    closed_at,
    outcome,
    outcome_reason,
    -- who was merged waits for nothing: the other cycle goes on
    case when outcome <> 'merged' then quiet_when_ended_until end as quiet_until
from ended
