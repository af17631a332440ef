{{ config(materialized='table') }}

-- Changes after as_of stay: they say what an attribute was until then.
with

staged as (

    {{ union_enabled('attribute_changes') }}

),

field_changes as (

    select * from {{ ref('int_field_changes_identified') }}

),

records as (

    select * from {{ ref('int_person_record_keys_listed') }}

),

changes as (

    select
        {{ key_of(['staged.source_system', 'staged.source_table', 'staged.change_id']) }} as change_key,
        staged.source_system,
        staged.change_id as source_change_id,
        records.person_id,
        staged.account_id,
        {{ snake_case('staged.attribute') }} as attribute,
        staged.changed_at,
        staged.changed_at_precision,
        staged.old_value,
        staged.new_value
    from staged
    left join records
        on staged.record_key = records.record_key
    where
        staged.disposition = 'current'
        and staged.changed_at is not null
        and (records.person_id is not null or staged.account_id is not null)

    union all

    select
        change_key,
        source_system,
        source_change_id,
        person_id,
        cast(null as varchar) as account_id,
        attribute,
        changed_at,
        changed_at_precision,
        old_value,
        new_value
    from field_changes
    where attribute not in ('status', 'owner')  -- these have models of their own

),

impersonal as (  -- what a person is called and how to reach them scores nothing and belongs in no evidence

    select *
    from changes
    where
        attribute not in (
            'email', 'name', 'first_name', 'firstname', 'last_name', 'lastname', 'phone', 'mobile_phone', 'mobilephone',
            'home_phone', 'homephone', 'other_phone', 'otherphone', 'fax'
        )

)

select * from impersonal
