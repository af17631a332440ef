{{ config(materialized='table') }}

-- Grain: person x instant at which a cycle may open. The earliest of: the CRM's outcome, the deal's end, the expiry of
-- what nobody accepted.
with

candidates as (

    select * from {{ ref('int_qualification_instants') }}

),

judged as (

    select * from {{ ref('int_cycle_candidates_judged') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

cycle_policies as (

    select * from {{ ref('stg_rules__cycle_policies') }}

),

evidence as (

    select * from {{ ref('int_evidence_available') }}

),

opportunities_numbered as (

    select
        *,
        row_number() over (partition by person_id, created_at order by opportunity_id) as opportunity_number
    from {{ ref('int_person_opportunities') }}

),

endings_numbered as (

    select
        *,
        row_number() over (
            partition by person_id, changed_at
            order by status_order desc, change_key asc
        ) as ending_number
    from {{ ref('int_crm_statuses_mapped') }}
    where is_outcome

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

),

possible_ends as (

    select
        judged.person_id,
        judged.occurred_at,
        judged.next_accepted_at,
        judged.next_ended_at,
        judged.next_opportunity_at,
        opportunities_numbered.opportunity_id,
        opportunities_numbered.is_won,
        case
            when not opportunities_numbered.is_closed then null
            -- a deal that closed before it was created is closed at its creation, never before
            when opportunities_numbered.closed_at < judged.next_opportunity_at then judged.next_opportunity_at
            else opportunities_numbered.closed_at
        end as deal_ended_at,
        -- where no source tells a status, nobody knows that it was not accepted
        case
            when evidence.has_statuses then {{ add_days('judged.occurred_at', 'policies_numbered.expire_days') }}
        end as expires_at,
        coalesce(policies_numbered.cool_down_days, 0) as cool_down_days,
        coalesce(policies_numbered.recycle_wake_days, 0) as recycle_wake_days,
        policies_numbered.hand_raise_join_hours,
        policies_numbered.outcome_window_days
    from judged
    left join policies_numbered
        on
            judged.person_id = policies_numbered.person_id
            and judged.occurred_at = policies_numbered.occurred_at
            and policies_numbered.policy_number = 1
    left join opportunities_numbered
        on
            judged.person_id = opportunities_numbered.person_id
            and judged.next_opportunity_at = opportunities_numbered.created_at
            and opportunities_numbered.opportunity_number = 1
    cross join evidence  -- one row

),

first_ends as (

    select
        *,
        case
            when
                expires_at <= {{ as_of() }}
                and (next_accepted_at is null or next_accepted_at > expires_at)
                and (next_ended_at is null or next_ended_at > expires_at)
                then 'expired'
            when
                next_ended_at is not null
                and (deal_ended_at is null or next_ended_at <= deal_ended_at)
                then 'crm'
            when deal_ended_at is not null then 'deal'
        end as end_kind
    from possible_ends

)

select
    first_ends.person_id,
    first_ends.occurred_at,
    first_ends.next_accepted_at,
    first_ends.next_opportunity_at,
    first_ends.opportunity_id,
    first_ends.cool_down_days,
    first_ends.recycle_wake_days,
    first_ends.hand_raise_join_hours,
    first_ends.outcome_window_days,
    case first_ends.end_kind
        when 'expired' then first_ends.expires_at
        when 'crm' then first_ends.next_ended_at
        when 'deal' then first_ends.deal_ended_at
    end as closed_at,
    case first_ends.end_kind
        when 'expired' then 'expired'
        when 'crm' then endings_numbered.status
        when 'deal' then case when first_ends.is_won then 'won' else 'lost' end
    end as outcome,
    case first_ends.end_kind
        when 'expired' then 'not_accepted_in_time'
        when 'crm' then endings_numbered.reason
        when 'deal' then case when first_ends.is_won then 'opportunity_won' else 'opportunity_lost' end
    end as outcome_reason
from first_ends
left join endings_numbered
    on
        first_ends.person_id = endings_numbered.person_id
        and first_ends.next_ended_at = endings_numbered.changed_at
        and endings_numbered.ending_number = 1
