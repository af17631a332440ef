{{ config(materialized='table') }}

-- Grain: person x instant at which a cycle may open. The earliest of: the CRM's outcome, the deal's end, the expiry of
-- what nobody accepted.
with

judged as (

    select * from {{ ref('int_cycle_candidates_judged') }}

),

policies as (

    select * from {{ ref('int_cycle_policies_applied') }}

),

evidence as (

    select * from {{ ref('int_evidence_available') }}

),

statuses as (

    select * from {{ ref('stg_rules__statuses') }}

),

opportunities_numbered as (

    select
        *,
        row_number() over (partition by person_id, created_at order by opportunity_id) as opportunity_number
    from {{ ref('int_person_opportunities') }}

),

first_opportunities as (

    select * from opportunities_numbered
    where opportunity_number = 1

),

first_endings as (

    select * from {{ ref('int_first_outcomes_told') }}

),

possible_ends as (

    select
        judged.person_id,
        judged.occurred_at,
        judged.next_accepted_at,
        judged.next_ended_at,
        judged.next_opportunity_at,
        first_opportunities.opportunity_id,
        first_opportunities.is_won,
        case
            when not first_opportunities.is_closed then null
            -- a deal that closed before it was created is closed at its creation, never before
            when first_opportunities.closed_at < judged.next_opportunity_at then judged.next_opportunity_at
            else first_opportunities.closed_at
        end as deal_ended_at,
        -- where no source tells a status, nobody knows that it was not accepted
        case
            when evidence.has_statuses then {{ add_days('judged.occurred_at', 'policies.expire_days') }}
        end as expires_at,
        coalesce(policies.cool_down_days, 0) as cool_down_days,
        coalesce(policies.recycle_wake_days, 0) as recycle_wake_days,
        policies.hand_raise_join_hours,
        policies.expire_days,
        policies.outcome_window_days
    from judged
    left join policies
        on
            judged.person_id = policies.person_id
            and judged.occurred_at = policies.occurred_at
    left join first_opportunities
        on
            judged.person_id = first_opportunities.person_id
            and judged.next_opportunity_at = first_opportunities.created_at
    cross join evidence  -- one row

),

first_ends as (  -- of one second, the outcome that comes first in the order of statuses

    select
        possible_ends.*,
        case
            when
                possible_ends.expires_at <= {{ as_of() }}
                and coalesce(possible_ends.next_accepted_at > possible_ends.expires_at, true)
                and coalesce(possible_ends.next_ended_at > possible_ends.expires_at, true)
                then 'expired'
            when
                possible_ends.deal_ended_at is null
                or possible_ends.next_ended_at < possible_ends.deal_ended_at
                or (
                    possible_ends.next_ended_at = possible_ends.deal_ended_at
                    and first_endings.status_order <= statuses.status_order
                )
                then 'crm'
            else 'deal'
        end as end_kind,
        first_endings.status as crm_outcome,
        first_endings.reason as crm_reason
    from possible_ends
    left join first_endings
        on
            possible_ends.person_id = first_endings.person_id
            and possible_ends.next_ended_at = first_endings.changed_at
    left join statuses
        on statuses.status = case when possible_ends.is_won then 'won' else 'lost' end

)

select
    person_id,
    occurred_at,
    next_accepted_at,
    next_opportunity_at,
    opportunity_id,
    cool_down_days,
    recycle_wake_days,
    hand_raise_join_hours,
    expire_days,
    outcome_window_days,
    case end_kind when 'expired' then expires_at when 'crm' then next_ended_at else deal_ended_at end as closed_at,
    case
        when end_kind = 'expired' then 'expired'
        when end_kind = 'crm' then crm_outcome
        when is_won then 'won'
        else 'lost'
    end as outcome,
    case
        when end_kind = 'expired' then 'not_accepted_in_time'
        when end_kind = 'crm' then crm_reason
        when is_won then 'opportunity_won'
        else 'opportunity_lost'
    end as outcome_reason
from first_ends
