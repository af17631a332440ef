{{ config(enabled=is_source_enabled('salesforce', 'opportunity_contact_role')) }}

with

landed as (

    {{ landed_rows('salesforce', 'opportunity_contact_role') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'opportunity_contact_role',
            key=['id'],
            required=['opportunity_id', 'contact_id'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
            is_deleted='is_deleted',
        ) }},
        {{ qualified_id('salesforce', 'opportunity_id') }} as opportunity_id,
        case when contact_id is not null then {{ key_of(["'salesforce'", 'contact_id']) }} end as record_key,
        contact_id as record_id,
        role,
        coalesce(is_primary, false) as is_primary
    from landed

)

{{ judged_rows('typed', 'salesforce', 'opportunity_contact_role', canonical_columns('opportunity_contacts')) }}
