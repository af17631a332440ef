{{ config(materialized='table') }}

-- Grain: meeting that sales held with a person.
with

touches as (

    select * from {{ ref('int_touches_identified') }}

),

qualifying_touches as (

    select * from {{ ref('stg_rules__qualifying_touches') }}
    where is_meeting

)

select
    touches.touch_key,
    touches.person_id,
    touches.touched_at as held_at
from touches
inner join qualifying_touches
    on touches.touch_type = qualifying_touches.touch_type
where
    touches.is_completed
    and not touches.is_automated
    and touches.person_id is not null
    and touches.touched_at is not null
