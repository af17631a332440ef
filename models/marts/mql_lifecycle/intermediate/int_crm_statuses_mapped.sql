{{ config(materialized='table') }}

-- Grain: change of a record's CRM status, with the handoff status that the map gives it; none where the map does not
-- know it. The source's own row goes before the one for any source. Whoever responded is at least an inquiry.
with

status_changes as (

    select * from {{ ref('int_status_changes_identified') }}

),

status_map as (

    select * from {{ ref('stg_rules__status_map') }}

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
            and (
                status_map.source_system = status_changes.status_vocabulary
                or (status_map.source_system = '*' and status_changes.status_vocabulary <> 'campaign_member')
            )

),

first_mappings as (

    select * from mappings_numbered
    where mapping_number = 1

)

select
    status_changes.change_key,
    coalesce(status_changes.source_change_id, '') as source_change_id,
    status_changes.source_system,
    status_changes.record_key,
    status_changes.person_id,
    status_changes.old_status as old_crm_status,
    status_changes.new_status as crm_status,
    status_changes.changed_at,
    status_changes.changed_at_precision,
    status_changes.change_source,
    status_changes.changed_by,
    case
        when first_mappings.status is not null then first_mappings.status
        when status_changes.change_source = 'response' then 'inquiry'
    end as status,
    coalesce(status_changes.reason, first_mappings.outcome_reason) as reason,
    coalesce(first_mappings.outcome_reason = 'duplicate', false) as is_duplicate
from status_changes
left join first_mappings
    on status_changes.change_key = first_mappings.change_key
