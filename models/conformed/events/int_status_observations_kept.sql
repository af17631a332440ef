{{ config(materialized='table') }}

-- Grain: record without a told history x status in which runs have seen it. The memory of the runs: what this one sees
-- is added to what they saw. A record that is absent closes nothing, so an empty or truncated source changes nothing.
with

observations_before as (

    select * from {{ ref('int_status_observations_recalled') }}

),

last_runs as (

    select
        source_system,
        max(last_seen_at) as last_seen_at
    from observations_before
    group by source_system

),

standing as (

    select * from {{ ref('int_standing_statuses_found') }}

),

seen_now as (  -- who asks about the past sees nothing new: the source tells of a later moment

    select standing.*
    from standing
    left join last_runs
        on standing.source_system = last_runs.source_system
    where coalesce(last_runs.last_seen_at <= {{ as_of() }}, true)

),

earlier as (  -- what a run of this very moment saw is seen again

    select
        observations_before.*,
        row_number() over (
            partition by observations_before.record_key
            order by observations_before.first_seen_at desc
        ) as recency
    from observations_before
    left join seen_now
        on observations_before.record_key = seen_now.record_key
    where
        seen_now.record_key is null
        or observations_before.first_seen_at < {{ as_of() }}

),

kept as (

    select
        earlier.record_key,
        earlier.source_system,
        earlier.crm_status,
        earlier.stands_since,
        earlier.first_seen_at,
        case
            when seen_now.record_key is not null and earlier.recency = 1 then {{ as_of() }}
            else earlier.last_seen_at
        end as last_seen_at
    from earlier
    left join seen_now
        on
            earlier.record_key = seen_now.record_key
            and earlier.crm_status = seen_now.crm_status

    union all

    select
        seen_now.record_key,
        seen_now.source_system,
        seen_now.crm_status,
        case when earlier.record_key is null then seen_now.stands_since end as stands_since,
        {{ as_of() }} as first_seen_at,
        {{ as_of() }} as last_seen_at
    from seen_now
    left join earlier
        on
            seen_now.record_key = earlier.record_key
            and earlier.recency = 1
    where earlier.record_key is null or earlier.crm_status <> seen_now.crm_status

)

select * from kept
