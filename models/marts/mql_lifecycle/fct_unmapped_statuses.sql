with

status_changes as (

    select * from {{ ref('int_status_changes_unmapped') }}

),

unmapped as (

    select
        source_system,
        crm_status,
        cast(count(*) as bigint) as change_count,
        cast(count(distinct person_id) as bigint) as person_count,
        max(changed_at) as last_changed_at
    from status_changes
    group by source_system, crm_status

)

select * from unmapped
