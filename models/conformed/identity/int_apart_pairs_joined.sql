with

overrides as (

    select * from {{ ref('int_identity_overrides_applied') }}

),

components as (

    select * from {{ ref('int_record_components_labelled') }}

),

joined_pairs as (

    select
        overrides.override_id,
        components.label,
        overrides.record_key,
        overrides.other_record_key
    from overrides
    inner join components
        on overrides.record_key = components.record_key
    inner join components as other_components
        on overrides.other_record_key = other_components.record_key
    where
        overrides.decision = 'force_apart'
        and overrides.record_key <> overrides.other_record_key
        and components.label = other_components.label

)

select * from joined_pairs
