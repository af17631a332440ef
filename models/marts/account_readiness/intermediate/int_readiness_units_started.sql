-- Grain: unit. When its history begins: its creation or the first thing that happened there, whichever is earlier; the
-- beginning of time where neither is known.
with

unit_facts as (

    select * from {{ ref('int_readiness_unit_facts') }}

),

engagements as (

    select * from {{ ref('int_readiness_engagements') }}

),

facts_reached as (

    select * from {{ ref('int_readiness_facts_reached') }}

),

dated as (

    select
        unit_id,
        created_at as happened_at
    from unit_facts

    union all

    select
        unit_id,
        engaged_from as happened_at
    from engagements

    union all

    select
        unit_id,
        moment as happened_at
    from facts_reached
    where moment > cast('1900-01-01 00:00:00' as timestamp)

),

started as (

    select
        unit_id,
        coalesce(min(happened_at), cast('1900-01-01 00:00:00' as timestamp)) as started_at
    from dated
    group by unit_id

)

select * from started
