{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'lead') }}

),

-- a company that is an account's id (15 or 18 characters from 001) is a link, not a name
companies as (

    select
        *,
        {{ matches_pattern('company', "'^001[a-zA-Z0-9]{12}([a-zA-Z0-9]{3})?$'") }} as is_company_account_id
    from landed

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            timestamps=['created_date', 'converted_date', 'last_modified_date', 'system_modstamp'],
            numbers=['annual_revenue', 'number_of_employees'],
            booleans=['is_converted', 'has_opted_out_of_email', 'is_deleted'],
            changed_at=parse_timestamp('coalesce(system_modstamp, last_modified_date)'),
            is_merged='master_record_id is not null',
            is_deleted=parse_boolean('is_deleted'),
            note="case when is_company_account_id then 'company_is_account_id' when lower(status) like '%converted%' and lower(status) not like '%not converted%' and not coalesce(" ~ parse_boolean('is_converted') ~ ", false) then 'converted_status_not_converted' end",
            contents=declared_names('salesforce', 'lead'),
        ) }},
        case when id is not null then {{ key_of(["'salesforce'", 'id']) }} end as record_key,
        id as record_id,
        'lead' as record_type,
        lower(email) as email,
        first_name,
        last_name,
        title as job_title,
        phone,
        case when not coalesce(is_company_account_id, false) then company end as company_name,
        website as company_domain,
        country,
        state as region,
        industry,
        try_cast({{ parse_number('number_of_employees') }} as bigint) as employee_count,
        try_cast({{ parse_number('annual_revenue') }} as numeric(18, 2)) as annual_revenue,
        lead_source,
        lead_source_detail,
        status,
        {{ qualified_id('salesforce', 'owner_id') }} as owner_id,
        case when is_company_account_id then {{ qualified_id('salesforce', 'company') }} end as account_id,
        {{ parse_timestamp('created_date') }} as created_at,
        {{ precision_of('created_date') }} as created_at_precision,
        {{ parse_timestamp('coalesce(last_modified_date, system_modstamp)') }} as updated_at,
        case when {{ parse_boolean('is_converted') }} then {{ parse_timestamp('converted_date') }} end as converted_at,
        case when {{ parse_boolean('is_converted') }} then {{ precision_of('converted_date') }} end as converted_at_precision,
        converted_contact_id,
        {{ qualified_id('salesforce', 'converted_account_id') }} as converted_account_id,
        {{ qualified_id('salesforce', 'converted_opportunity_id') }} as converted_opportunity_id,
        master_record_id as merged_into_id,
        coalesce({{ parse_boolean('has_opted_out_of_email') }}, false) as is_email_opt_out,
        coalesce({{ parse_boolean('is_deleted') }}, false) as is_deleted
    from companies

)

{{ judged_rows('typed', 'salesforce', 'lead', canonical_columns('people') | map(attribute='name') | list) }}
