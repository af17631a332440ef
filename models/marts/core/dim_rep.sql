with

conformed as (

    select * from {{ ref('int_reps_conformed') }}

),

reps as (

    select
        rep_id,
        team,
        role,
        calendar_id,
        is_active,
        is_automation,
        is_known
    from conformed

)

select * from reps
