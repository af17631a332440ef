{{ config(materialized='table') }}

-- Grain: unit x engaging signal x scoring model in force that gives it points, and each hand-raise. Since when, and
-- until when at the most, it counts for the unit: until the person is excluded or another version takes over.
with

people as (

    select * from {{ ref('int_readiness_people') }}

),

engaged_signals as (

    select * from {{ ref('int_readiness_signals_engaged') }}

),

engagements as (

    select
        people.unit_id,
        people.person_id,
        people.job_function,
        people.seniority,
        engaged_signals.signal_id,
        engaged_signals.occurred_at,
        engaged_signals.engaged_from,
        case
            when people.excluded_from < engaged_signals.engaged_until then people.excluded_from
            else engaged_signals.engaged_until
        end as engaged_until,
        engaged_signals.points,
        engaged_signals.is_high_intent
    from engaged_signals
    inner join people
        on engaged_signals.person_id = people.person_id
    where engaged_signals.engaged_from < people.excluded_from

)

select * from engagements
where engaged_from <= {{ as_of() }}
