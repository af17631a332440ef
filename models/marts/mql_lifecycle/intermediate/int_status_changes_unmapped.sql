-- Grain: change of a person's status to one that no row of rule_status_map names.
with

status_changes as (

    select * from {{ ref('int_status_changes_identified') }}
    where new_status is not null

),

status_map as (

    select * from {{ ref('stg_rules__status_map') }}

)

select
    status_changes.change_key,
    status_changes.source_system,
    status_changes.person_id,
    lower(trim(status_changes.new_status)) as crm_status,
    status_changes.changed_at
from status_changes
left join status_map
    on
        lower(trim(status_changes.new_status)) = status_map.crm_status
        and status_map.source_system in ('*', status_changes.source_system)
where status_map.crm_status is null
