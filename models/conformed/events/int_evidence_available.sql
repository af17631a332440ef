{{ config(materialized='table') }}

-- Grain: the run, one row. What the sources tell anything about, whatever the moment the run speaks for. Where nothing
-- tells of touches, nobody can be said to have been late with one.
with

touches as (

    {{ union_enabled('touches') }}

),

status_changes as (

    {{ union_enabled('status_changes') }}

),

field_changes as (

    {{ union_enabled('field_changes', field_change_columns()) }}

),

assignments as (

    {{ union_enabled('assignments') }}

),

people as (

    {{ union_enabled('people') }}

),

told as (

    select
        count(*) > 0 as has_touches,
        false as has_status_history,
        false as has_statuses,
        false as has_owners
    from touches
    where disposition = 'current'
    union all
    select
        false as has_touches,
        count(*) > 0 as has_status_history,
        count(*) > 0 as has_statuses,
        false as has_owners
    from status_changes
    where disposition = 'current'
    union all
    select
        false as has_touches,
        coalesce(sum(case when {{ snake_case('field') }} = 'status' then 1 else 0 end), 0) > 0 as has_status_history,
        coalesce(sum(case when {{ snake_case('field') }} = 'status' then 1 else 0 end), 0) > 0 as has_statuses,
        coalesce(sum(case when {{ snake_case('field') }} in ('owner', 'ownerid') then 1 else 0 end), 0) > 0
            as has_owners
    from field_changes
    where disposition = 'current'
    union all
    select
        false as has_touches,
        false as has_status_history,
        false as has_statuses,
        count(*) > 0 as has_owners
    from assignments
    where disposition = 'current'
    union all
    select
        false as has_touches,
        false as has_status_history,
        count(status) > 0 as has_statuses,
        count(owner_id) > 0 as has_owners
    from people
    where disposition in ('current', 'merged')

)

select
    max(case when has_touches then 1 else 0 end) = 1 as has_touches,
    max(case when has_status_history then 1 else 0 end) = 1 as has_status_history,
    max(case when has_statuses then 1 else 0 end) = 1 as has_statuses,
    max(case when has_owners then 1 else 0 end) = 1 as has_owners
from told
