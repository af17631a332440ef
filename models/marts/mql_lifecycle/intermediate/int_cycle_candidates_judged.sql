{{ config(materialized='table') }}

-- Grain: person x instant at which a cycle may open. What would become of a cycle opened then: when it would be
-- accepted, when and how it would close. One pass over each person's timeline, no pair of rows.
with

candidates as (

    select * from {{ ref('int_cycle_candidates_unioned') }}

),

crm_statuses as (

    select * from {{ ref('int_crm_statuses_repaired') }}

),

opportunities as (

    select * from {{ ref('int_person_opportunities') }}

),

timeline as (

    select
        person_id,
        occurred_at as moment,
        true as is_candidate,
        cast(null as timestamp) as accepted_at,
        cast(null as timestamp) as ended_at,
        cast(null as timestamp) as opportunity_at
    from candidates
    union all
    select
        person_id,
        seen_from as moment,
        false as is_candidate,
        case when is_accepted then changed_at end as accepted_at,
        case when is_outcome then changed_at end as ended_at,
        cast(null as timestamp) as opportunity_at
    from crm_statuses
    union all
    select
        person_id,
        seen_from as moment,
        false as is_candidate,
        created_at as accepted_at,  -- sales made it a deal: that is acceptance, whatever the status field says
        cast(null as timestamp) as ended_at,
        created_at as opportunity_at
    from opportunities

),

looking_ahead as (

    select
        person_id,
        moment,
        is_candidate,
        min(accepted_at) over from_now_on as next_accepted_at,
        min(ended_at) over from_now_on as next_ended_at,
        min(opportunity_at) over from_now_on as next_opportunity_at
    from timeline
    window from_now_on as (
        partition by person_id
        order by moment
        range between current row and unbounded following
    )

),

next_of_each as (

    select
        person_id,
        moment as occurred_at,
        next_accepted_at,
        next_ended_at,
        next_opportunity_at
    from looking_ahead
    where is_candidate

)

select * from next_of_each
