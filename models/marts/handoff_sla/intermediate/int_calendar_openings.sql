-- Grain: calendar x opening, as UTC instants [opens_at, closes_at).
with

hours as (

    select * from {{ ref('int_calendar_hours') }}

),

openings as (

    select
        calendar_id,
        {{ local_to_utc('opens_local', 'time_zone') }} as opens_at,
        {{ local_to_utc('closes_local', 'time_zone') }} as closes_at
    from hours

)

select * from openings
where closes_at > opens_at
