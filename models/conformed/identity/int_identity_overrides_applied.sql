with

overrides as (

    select * from {{ ref('stg_rules__identity_overrides') }}

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

overrides_resolved as (  -- a record that nobody delivered keeps a key of its own

    select
        overrides.override_id,
        overrides.decision,
        overrides.source_system,
        overrides.record_id,
        coalesce(people.record_key, {{ key_of(['overrides.source_system', 'overrides.record_id']) }}) as record_key,
        overrides.other_source_system,
        overrides.other_record_id,
        coalesce(other_people.record_key, {{ key_of(['overrides.other_source_system', 'overrides.other_record_id']) }})
            as other_record_key
    from overrides
    left join people
        on
            overrides.source_system = people.source_system
            and {{ record_id_stem('overrides.source_system', 'overrides.record_id') }}
            = {{ record_id_stem('people.source_system', 'people.record_id') }}
    left join people as other_people
        on
            overrides.other_source_system = other_people.source_system
            and {{ record_id_stem('overrides.other_source_system', 'overrides.other_record_id') }}
            = {{ record_id_stem('other_people.source_system', 'other_people.record_id') }}
    where {{ is_in_force('overrides', as_of()) }}

)

select * from overrides_resolved
