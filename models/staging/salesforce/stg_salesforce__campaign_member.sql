{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'campaign_member') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            required=['campaign_id'],
            timestamps=['first_responded_date', 'created_date', 'last_modified_date', 'system_modstamp'],
            booleans=['has_responded', 'is_deleted'],
            changed_at=parse_timestamp('coalesce(system_modstamp, last_modified_date)'),
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'campaign_member'),
        ) }},
        {{ qualified_id('salesforce', 'campaign_id') }} as campaign_id,
        case when coalesce(contact_id, lead_id) is not null then {{ key_of(["'salesforce'", 'coalesce(contact_id, lead_id)']) }} end as record_key,
        coalesce(contact_id, lead_id) as record_id,
        status,
        coalesce({{ parse_boolean('has_responded') }}, first_responded_date is not null) as has_responded,
        {{ parse_timestamp('first_responded_date') }} as responded_at,
        {{ precision_of('first_responded_date') }} as responded_at_precision
    from landed

)

{{ judged_rows('typed', 'salesforce', 'campaign_member', canonical_columns('campaign_members') | map(attribute='name') | list) }}
