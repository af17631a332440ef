{{ config(materialized='table') }}

-- Grain: change of a record's status at or before as_of, from whatever the sources have, and how it is known.
with

changes as (

    select
        change_key,
        source_system,
        source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        old_status,
        new_status,
        reason,
        changed_by,
        'history' as change_source
    from {{ ref('int_status_changes_told') }}

    union all

    select
        change_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        cast(null as {{ dbt.type_string() }}) as old_status,
        new_status,
        cast(null as {{ dbt.type_string() }}) as reason,
        cast(null as {{ dbt.type_string() }}) as changed_by,
        'history' as change_source
    from {{ ref('int_first_statuses_inferred') }}

    union all

    select
        change_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        cast(null as {{ dbt.type_string() }}) as old_status,
        new_status,
        cast(null as {{ dbt.type_string() }}) as reason,
        cast(null as {{ dbt.type_string() }}) as changed_by,
        'conversion' as change_source
    from {{ ref('int_conversion_statuses_inferred') }}

    union all

    select
        change_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        old_status,
        new_status,
        cast(null as {{ dbt.type_string() }}) as reason,
        cast(null as {{ dbt.type_string() }}) as changed_by,
        change_source
    from {{ ref('int_status_changes_observed') }}

    union all

    select
        change_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as source_change_id,
        record_key,
        person_id,
        changed_at,
        changed_at_precision,
        cast(null as {{ dbt.type_string() }}) as old_status,
        new_status,
        cast(null as {{ dbt.type_string() }}) as reason,
        cast(null as {{ dbt.type_string() }}) as changed_by,
        'response' as change_source
    from {{ ref('int_response_statuses_found') }}

)

select
    *,
    -- a campaign has words of its own: its "registered" is no status of the CRM's
    case when change_source = 'response' then 'campaign_member' else source_system end as status_vocabulary
from changes
where changed_at <= {{ as_of() }}
