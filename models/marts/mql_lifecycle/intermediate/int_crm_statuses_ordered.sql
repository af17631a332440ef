{{ config(materialized='table') }}

-- Grain: change of a person's CRM status that means something to the handoff, in order. A day without a time counts as
-- its last second (or as_of, if that is earlier): whatever happened that day happened no later. A response is a
-- person's first word or none: it takes back nothing that the CRM had said before. A record that is called a duplicate
-- while another of the person stands has had its say, the person has not.
with

set_aside as (

    select * from {{ ref('int_duplicates_set_aside') }}

),

mapped as (

    select mapped_changes.*
    from {{ ref('int_crm_statuses_mapped') }} as mapped_changes
    left join set_aside
        on mapped_changes.change_key = set_aside.change_key
    where
        mapped_changes.status is not null
        and set_aside.change_key is null

),

statuses as (

    select * from {{ ref('stg_rules__statuses') }}

),

dated as (

    select
        mapped.change_key,
        mapped.source_change_id,
        mapped.record_key,
        mapped.person_id,
        mapped.crm_status,
        mapped.changed_at_precision,
        mapped.change_source,
        mapped.status,
        statuses.status_order,
        statuses.is_outcome,
        statuses.is_accepted,
        mapped.reason,
        mapped.changed_by,
        case
            when mapped.changed_at_precision <> 'day' then mapped.changed_at
            when {{ add_seconds('mapped.changed_at', '86399') }} > {{ as_of() }} then {{ as_of() }}
            else {{ add_seconds('mapped.changed_at', '86399') }}
        end as changed_at
    from mapped
    inner join statuses
        on mapped.status = statuses.status

),

numbered as (  -- of one second, the order in which statuses follow each other, then the source's own

    select
        *,
        row_number() over (
            partition by person_id
            order by changed_at, status_order, source_change_id, change_key
        ) as change_number
    from dated

)

-- a status told again is kept: what changes nothing here may be the first word on a new cycle
select * from numbered
where
    change_number = 1
    or change_source <> 'response'
    or status <> 'inquiry'
