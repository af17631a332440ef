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
        changed_at_precision,
        new_stage,
        lag(new_stage) over (partition by opportunity_id order by changed_at, change_key) as previous_stage,
        row_number() over (partition by opportunity_id order by changed_at desc, change_key desc) as latest_rank
    from stage_changes

),

stage_entries as (

    select
        *,
        row_number() over (partition by opportunity_id order by latest_rank) as entry_rank
    from with_previous
    where
        previous_stage is null
        or previous_stage <> new_stage

),

last_entries as (

    select * from stage_entries
    where entry_rank = 1

),

found as (

    select
        with_previous.opportunity_id,
        min(with_previous.changed_at) as first_stage_at,
        max(case when with_previous.latest_rank = 1 then with_previous.new_stage end) as latest_stage,
        max(last_entries.changed_at) as entered_stage_at,
        max(last_entries.changed_at_precision) as entered_stage_at_precision
    from with_previous
    left join last_entries
        on with_previous.opportunity_id = last_entries.opportunity_id
    group by with_previous.opportunity_id

)

select * from found
