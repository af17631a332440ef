with

activities as (

    select * from {{ ref('int_activities_identified') }}

),

touches as (

    select * from {{ ref('int_touches_identified') }}

),

campaign_members as (

    select * from {{ ref('int_campaign_members_identified') }}

),

status_changes as (

    select * from {{ ref('int_status_changes_identified') }}

),

events as (

    select
        person_id,
        occurred_at
    from activities

    union all

    select
        person_id,
        touched_at as occurred_at
    from touches

    union all

    select
        person_id,
        responded_at as occurred_at
    from campaign_members

    union all

    select
        person_id,
        changed_at as occurred_at
    from status_changes
    where change_source not in ('current', 'observed')  -- a status merely standing there says nothing about when

),

first_events as (

    select
        person_id,
        min(occurred_at) as first_event_at
    from events
    where
        person_id is not null
        and occurred_at is not null
    group by person_id

)

select * from first_events
