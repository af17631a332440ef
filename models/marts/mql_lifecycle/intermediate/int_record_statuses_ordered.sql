{{ config(materialized='table') }}

-- Grain: change of one record's CRM status, in order, with the status before. What the log of a record tells twice in a
-- row is no change. A change that does not begin where the one before ended has a hole before it: one was not told.
with

mapped as (

    select * from {{ ref('int_crm_statuses_mapped') }}
    where crm_status is not null

),

statuses as (

    select * from {{ ref('stg_rules__statuses') }}

),

numbered as (  -- of one second as in the cycles: by the order of statuses, then by the source's own

    select
        mapped.*,
        lower(trim(mapped.crm_status)) as crm_status_key,
        count(*) over (partition by mapped.record_key, mapped.changed_at) as told_in_second,
        row_number() over (
            partition by mapped.record_key
            order by mapped.changed_at, statuses.status_order, mapped.source_change_id, mapped.change_key
        ) as change_number
    from mapped
    left join statuses
        on mapped.status = statuses.status
    where mapped.change_source <> 'response'

),

with_previous as (

    select
        *,
        lag(crm_status) over in_order as previous_crm_status,
        lag(crm_status_key) over in_order as previous_crm_status_key,
        lag(told_in_second) over in_order as told_in_previous_second
    from numbered
    window in_order as (partition by record_key order by change_number)

)

select
    change_key,
    source_system,
    record_key,
    person_id,
    change_number,
    crm_status,
    status,
    previous_crm_status,
    changed_at,
    changed_at_precision,
    change_source,
    changed_by,
    reason,
    -- several changes of one second may have any order: only between single ones is a hole sure
    coalesce(
        told_in_second = 1
        and told_in_previous_second = 1
        and lower(trim(old_crm_status)) <> previous_crm_status_key,
        false
    ) as has_hole_before
from with_previous
where previous_crm_status_key is null or previous_crm_status_key <> crm_status_key
