{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'opportunity_contact_role') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            required=['opportunity_id', 'contact_id'],
            timestamps=['created_date', 'last_modified_date', 'system_modstamp'],
            booleans=['is_primary', 'is_deleted'],
            changed_at=parse_timestamp('coalesce(system_modstamp, last_modified_date)'),
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'opportunity_contact_role'),
        ) }},
        {{ qualified_id('salesforce', 'opportunity_id') }} as opportunity_id,
        case when contact_id is not null then {{ key_of(["'salesforce'", 'contact_id']) }} end as record_key,
        contact_id as record_id,
        role,
        coalesce({{ parse_boolean('is_primary') }}, false) as is_primary
    from landed

)

{{ judged_rows('typed', 'salesforce', 'opportunity_contact_role', canonical_columns('opportunity_contacts') | map(attribute='name') | list) }}
