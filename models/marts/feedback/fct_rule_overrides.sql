with

chances as (

    select * from {{ ref('int_override_chances_collected') }}

),

reps as (

    select * from {{ ref('int_reps_conformed') }}

)

select
    {{ key_of(['chances.kind', 'chances.occasion_id']) }} as occasion_key,
    chances.kind,
    chances.happened_at,
    chances.person_id,
    chances.mql_id,
    chances.rep_id,
    coalesce(reps.team, 'unassigned') as team,  -- nobody, or a queue
    chances.is_override,
    chances.is_by_automation,
    chances.detail
from chances
left join reps
    on chances.rep_id = reps.rep_id
