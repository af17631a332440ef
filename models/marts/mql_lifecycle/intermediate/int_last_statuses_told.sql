-- Grain: record with a told history. The last status that it tells, whatever the moment the run speaks for: the record
-- itself speaks for the same. Of changes of one second any may be the last.
with

changes as (

    select
        record_key,
        lower(trim(new_status)) as crm_status_key,
        new_status as crm_status,
        changed_at,
        max(changed_at) over (partition by record_key) as last_changed_at
    from {{ ref('int_status_changes_told') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

)

select
    changes.record_key,
    changes.last_changed_at,
    max(changes.crm_status) as crm_status,
    max(case when changes.crm_status_key = lower(trim(people.status)) then 1 else 0 end) = 1 as is_what_stands
from changes
inner join people
    on changes.record_key = people.record_key
where changes.changed_at = changes.last_changed_at
group by changes.record_key, changes.last_changed_at
