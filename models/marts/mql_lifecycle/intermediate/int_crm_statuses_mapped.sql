{{ config(materialized='table') }}

-- Grain: change of a person's CRM status that means something to the handoff. A day without a time counts as its last
-- second (or as_of, if that is earlier): whatever happened that day happened no later.
with

status_changes as (

    select * from {{ ref('int_status_changes_identified') }}

),

status_map as (

    select * from {{ ref('stg_rules__status_map') }}

),

statuses as (

    select * from {{ ref('stg_rules__statuses') }}

),

mappings_numbered as (

    select
        status_changes.change_key,
        status_map.status,
        status_map.outcome_reason,
        row_number() over (
            partition by status_changes.change_key
            order by case when status_map.source_system = '*' then 1 else 0 end, status_map.source_system
        ) as mapping_number
    from status_changes
    inner join status_map  -- the source's own mapping before the one for any source
        on
            lower(trim(status_changes.new_status)) = status_map.crm_status
            and status_map.source_system in ('*', status_changes.source_system)

),

mapped as (

    select
        status_changes.change_key,
        coalesce(status_changes.source_change_id, '') as source_change_id,
        status_changes.person_id,
        status_changes.new_status as crm_status,
        status_changes.changed_at_precision,
        status_changes.change_source,
        mappings_numbered.status,
        statuses.status_order,
        statuses.is_outcome,
        statuses.is_accepted,
        coalesce(status_changes.reason, mappings_numbered.outcome_reason) as reason,
        case
            when status_changes.changed_at_precision <> 'day' then status_changes.changed_at
            when {{ add_seconds('status_changes.changed_at', '86399') }} > {{ as_of() }} then {{ as_of() }}
            else {{ add_seconds('status_changes.changed_at', '86399') }}
        end as changed_at
    from status_changes
    inner join mappings_numbered
        on
            status_changes.change_key = mappings_numbered.change_key
            and mappings_numbered.mapping_number = 1
    inner join statuses
        on mappings_numbered.status = statuses.status

),

numbered as (  -- of one second, the order in which statuses follow each other, then the source's own

    select
        *,
        row_number() over (
            partition by person_id
            order by changed_at, status_order, source_change_id, change_key
        ) as change_number
    from mapped

)

-- a status told again is kept: what changes nothing here may be the first word on a new cycle
select * from numbered
