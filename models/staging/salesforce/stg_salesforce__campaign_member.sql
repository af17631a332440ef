{{ config(enabled=is_source_enabled('salesforce', 'campaign_member')) }}

with

landed as (

    {{ landed_rows('salesforce', 'campaign_member') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'campaign_member',
            key=['id'],
            required=['campaign_id', 'coalesce(contact_id, lead_id)'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
            is_deleted='is_deleted',
        ) }},
        {{ qualified_id('salesforce', 'campaign_id') }} as campaign_id,
        case
            when coalesce(contact_id, lead_id) is not null
                then {{ key_of(["'salesforce'", 'coalesce(contact_id, lead_id)']) }}
        end as record_key,
        coalesce(contact_id, lead_id) as record_id,
        status,
        coalesce(has_responded, first_responded_date is not null) as has_responded,
        cast(first_responded_date as timestamp) as responded_at,
        case when first_responded_date is not null then 'day' end as responded_at_precision
    from landed

)

{{ judged_rows('typed', 'salesforce', 'campaign_member', canonical_columns('campaign_members')) }}
