-- For each deal, when it went into the stage in which it stands, and the stage it was in at as_of, as far as the stage
-- history tells. The history also logs changes of amount: only a change of stage is an instant of closing.
with

stage_changes as (

    select * from {{ ref('int_opportunity_stage_changes_conformed') }}

),

with_previous as (

    select
        opportunity_id,
        changed_at,
        new_stage,
        lag(new_stage) over (partition by opportunity_id order by changed_at, change_key) as previous_stage,
        row_number() over (partition by opportunity_id order by changed_at desc, change_key desc) as latest_rank
    from stage_changes

),

found as (

    select
        opportunity_id,
        min(changed_at) as first_stage_at,
        max(case when latest_rank = 1 then new_stage end) as latest_stage,
        max(case when previous_stage is null or previous_stage <> new_stage then changed_at end) as entered_stage_at
    from with_previous
    group by opportunity_id

)

select * from found
