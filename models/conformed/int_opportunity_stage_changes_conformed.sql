{{ config(materialized='table') }}

with

staged as (

    {{ union_enabled('opportunity_stage_changes') }}

),

changes as (

    select
        {{ key_of(['source_system', 'source_table', 'change_id']) }} as change_key,
        source_system,
        opportunity_id,
        changed_at,
        changed_at_precision,
        new_stage,
        amount
    from staged
    where
        disposition = 'current'
        and changed_at <= {{ as_of() }}

)

select * from changes
