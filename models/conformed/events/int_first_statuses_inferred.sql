-- Grain: record whose first told change says what came before it: that status stood from the record's creation.
with

changes as (

    select
        *,
        row_number() over (
            partition by record_key
            order by changed_at, source_change_id, change_key
        ) as change_rank
    from {{ ref('int_status_changes_told') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

)

select
    {{ key_of(["'initial'", 'changes.record_key']) }} as change_key,
    changes.source_system,
    changes.record_key,
    changes.person_id,
    people.created_at as changed_at,
    people.created_at_precision as changed_at_precision,
    changes.old_status as new_status
from changes
inner join people
    on changes.record_key = people.record_key
where
    changes.change_rank = 1
    and changes.old_status is not null
    and people.created_at <= changes.changed_at
