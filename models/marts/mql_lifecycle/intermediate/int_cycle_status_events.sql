{{ config(materialized='table') }}

-- Grain: status event of a cycle: its opening, the CRM's changes until the next cycle opens, the deal, the expiry.
with

cycles as (

    select * from {{ ref('int_cycles_walked') }}

),

mql_cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

statuses as (

    select * from {{ ref('stg_rules__statuses') }}

),

crm_statuses as (

    select
        crm_statuses_told.*,
        crm_statuses_told.status_order > mql_status.status_order as is_beyond_mql
    from {{ ref('int_crm_statuses_repaired') }} as crm_statuses_told
    cross join statuses as mql_status  -- one row
    where mql_status.status = 'mql'

),

crm_events as (

    select
        cycles.mql_id,
        crm_statuses.status,
        crm_statuses.changed_at,
        crm_statuses.change_key as event_key,
        coalesce(crm_statuses.reason, 'CRM status ' || crm_statuses.crm_status) as reason,
        crm_statuses.changed_by,
        crm_statuses.is_beyond_mql,
        lag(crm_statuses.is_beyond_mql) over (
            partition by cycles.mql_id
            order by crm_statuses.changed_at, crm_statuses.status_order, crm_statuses.change_number
        ) as was_beyond_mql
    from cycles
    inner join crm_statuses
        on
            cycles.person_id = crm_statuses.person_id
            and crm_statuses.seen_from >= cycles.opened_at
            and crm_statuses.changed_at < cycles.next_opened_at

),

events as (

    select
        mql_id,
        'mql' as status,
        opened_at as changed_at,
        'opening' as event_key,
        entry_reason as reason,
        cast(null as {{ dbt.type_string() }}) as changed_by,
        case when entry_reason = 'crm' then 'crm' else 'model' end as source
    from mql_cycles
    union all
    select
        mql_id,
        status,
        changed_at,
        event_key,
        reason,
        changed_by,
        'crm' as source
    from crm_events
    where
        is_beyond_mql
        or was_beyond_mql  -- a CRM that says "new" takes something back only where it had said more in the cycle
    union all
    select
        mql_id,
        'sql' as status,
        opportunity_created_at as changed_at,
        'opportunity' as event_key,
        'opportunity_created' as reason,
        cast(null as {{ dbt.type_string() }}) as changed_by,
        'crm' as source
    from mql_cycles
    where opportunity_created_at is not null
    union all
    select
        mql_id,
        outcome as status,
        closed_at as changed_at,
        'outcome' as event_key,
        outcome_reason as reason,
        cast(null as {{ dbt.type_string() }}) as changed_by,
        case when outcome = 'expired' then 'model' else 'crm' end as source
    from mql_cycles
    where outcome in ('expired', 'won', 'lost', 'merged')

),

ordered as (

    select
        events.mql_id,
        cycles.joined_person_id as person_id,
        cycles.cycle_number,
        cycles.next_opened_at,
        events.status,
        events.changed_at,
        events.reason,
        events.changed_by,
        events.source,
        row_number() over (
            partition by events.mql_id
            order by
                events.changed_at,
                case when events.event_key = 'opening' then 0 else 1 end,
                statuses.status_order,
                events.event_key
        ) as event_number
    from events
    inner join cycles
        on events.mql_id = cycles.mql_id
    inner join statuses
        on events.status = statuses.status

)

select * from ordered
