with

status_changes as (

    select * from {{ ref('int_status_changes_identified') }}
    where new_status is not null

),

status_map as (

    select * from {{ ref('stg_rules__status_map') }}

),

unmapped as (

    select
        status_changes.source_system,
        lower(trim(status_changes.new_status)) as crm_status,
        cast(count(*) as bigint) as change_count,
        cast(count(distinct status_changes.person_id) as bigint) as person_count,
        max(status_changes.changed_at) as last_changed_at
    from status_changes
    left join status_map
        on
            lower(trim(status_changes.new_status)) = status_map.crm_status
            and status_map.source_system in ('*', status_changes.source_system)
    where status_map.crm_status is null
    group by status_changes.source_system, lower(trim(status_changes.new_status))

)

select * from unmapped
