{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: change of a property of a contact: HubSpot logs each value it took, the first one included, and repeats values
-- that did not change.
with

history as (

    select
        *,
        lower(name) as property
    from {{ ref('stg_hubspot__contact_property_history') }}
    where disposition = 'current'

),

compared as (

    select
        source_system,
        source_table,
        row_key,
        disposition,
        record_key,
        contact_id,
        property,
        changed_at,
        changed_at_precision,
        value as new_value,
        lag(value) over (partition by contact_id, property order by changed_at, row_key) as old_value,
        lag(row_key) over (partition by contact_id, property order by changed_at, row_key) is null as is_first,
        source as change_source,
        nullif(regexp_extract(source_id, 'userId:([0-9]+)', 1), '') as user_id
    from history

)

select * from compared
where is_first or new_value is distinct from old_value
