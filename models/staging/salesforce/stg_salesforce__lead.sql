{{ config(enabled=is_source_enabled('salesforce', 'lead')) }}

with

landed as (

    {{ landed_rows('salesforce', 'lead') }}

),

examined as (

    select
        *,
        -- a company that is an account's id (15 or 18 characters from 001) is a link, not a name
        coalesce({{ matches_pattern('company', "'^001[a-zA-Z0-9]{12}([a-zA-Z0-9]{3})?$'") }}, false)
            as is_company_account_id,
        -- somebody set the status by hand; only IsConverted says that there is a contact
        (
            lower(status) like '%converted%'
            and lower(status) not like '%not converted%'
            and not coalesce(is_converted, false)
        ) as is_status_ahead_of_conversion
    from landed

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'lead',
            key=['id'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
            is_merged='master_record_id is not null',
            is_deleted='is_deleted',
            notes={
                'company_is_account_id': 'is_company_account_id',
                'converted_status_not_converted': 'is_status_ahead_of_conversion',
            },
        ) }},
        case when id is not null then {{ key_of(["'salesforce'", 'id']) }} end as record_key,
        id as record_id,
        'lead' as record_type,
        lower(email) as email,
        first_name,
        last_name,
        title as job_title,
        phone,
        case when not is_company_account_id then company end as company_name,
        website as company_domain,
        country,
        state as region,
        industry,
        number_of_employees as employee_count,
        annual_revenue,
        lead_source,
        lead_source_detail,
        status,
        {{ qualified_id('salesforce', 'owner_id') }} as owner_id,
        case when is_company_account_id then {{ qualified_id('salesforce', 'company') }} end as account_id,
        created_date as created_at,
        created_date_precision as created_at_precision,
        coalesce(last_modified_date, system_modstamp) as updated_at,
        case when is_converted then cast(converted_date as timestamp) end as converted_at,
        -- Salesforce keeps the day of a conversion only, whatever midnight a loader makes of it
        case when is_converted and converted_date is not null then 'day' end as converted_at_precision,
        converted_contact_id,
        {{ qualified_id('salesforce', 'converted_account_id') }} as converted_account_id,
        {{ qualified_id('salesforce', 'converted_opportunity_id') }} as converted_opportunity_id,
        master_record_id as merged_into_id,
        -- the record that lost a merge was deleted by it, and is never touched again
        case when master_record_id is not null then system_modstamp end as merged_at,
        case when master_record_id is not null and system_modstamp is not null then 'exact' end as merged_at_precision,
        coalesce(has_opted_out_of_email, false) as is_email_opt_out,
        coalesce(is_deleted, false) as is_deleted
    from examined

)

{{ judged_rows('typed', 'salesforce', 'lead', canonical_columns('people')) }}
