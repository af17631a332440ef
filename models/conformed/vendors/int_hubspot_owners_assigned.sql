{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: change of a contact's owner. An owner taken away leaves the contact with nobody.
with

changes as (

    select * from {{ ref('int_hubspot_contact_values_changed') }}
    where property = 'hubspot_owner_id'

),

owners as (

    select * from {{ ref('int_hubspot_owners_judged') }}
    where disposition in ('current', 'merged')

),

assignments as (

    select
        changes.source_system,
        changes.source_table,
        changes.row_key,
        changes.disposition,
        changes.row_key as assignment_id,
        changes.record_key,
        changes.contact_id as record_id,
        changes.changed_at as assigned_at,
        changes.changed_at_precision as assigned_at_precision,
        coalesce(old_owners.rep_id, {{ qualified_id('hubspot', 'changes.old_value') }}) as old_owner_id,
        coalesce(new_owners.rep_id, {{ qualified_id('hubspot', 'changes.new_value') }}) as new_owner_id
    from changes
    left join owners as old_owners
        on changes.old_value = old_owners.owner_id
    left join owners as new_owners
        on changes.new_value = new_owners.owner_id
    where not (changes.is_first and changes.new_value is null)

)

select * from assignments
