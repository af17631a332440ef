{{ config(enabled=is_source_enabled('marketo')) }}

with

landed as (

    {{ landed_rows('marketo', 'lead') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            timestamps=['created_at', 'updated_at'],
            numbers=['number_of_employees', 'annual_revenue'],
            booleans=['unsubscribed'],
            changed_at=parse_timestamp('updated_at'),
            contents=declared_names('marketo', 'lead'),
        ) }},
        case when id is not null then {{ key_of(["'marketo'", 'id']) }} end as record_key,
        id as record_id,
        'lead' as record_type,
        lower(email) as email,
        first_name,
        last_name,
        title as job_title,
        phone,
        company as company_name,
        website as company_domain,
        country,
        state as region,
        industry,
        try_cast({{ parse_number('number_of_employees') }} as bigint) as employee_count,
        try_cast({{ parse_number('annual_revenue') }} as numeric(18, 2)) as annual_revenue,
        lead_source,
        cast(null as varchar) as lead_source_detail,
        lead_status as status,
        cast(null as varchar) as owner_id,
        case
            when sfdc_account_id is null then null
            else {{ qualified_id('salesforce', 'sfdc_account_id') }}
        end as account_id,
        {{ parse_timestamp('created_at') }} as created_at,
        {{ precision_of('created_at') }} as created_at_precision,
        {{ parse_timestamp('updated_at') }} as updated_at,
        cast(null as timestamp) as converted_at,
        cast(null as varchar) as converted_at_precision,
        cast(null as varchar) as converted_contact_id,
        cast(null as varchar) as converted_account_id,
        cast(null as varchar) as converted_opportunity_id,
        cast(null as varchar) as merged_into_id,
        coalesce({{ parse_boolean('unsubscribed') }}, false) as is_email_opt_out,
        false as is_deleted,
        sfdc_lead_id,
        sfdc_contact_id
    from landed

)

{{ judged_rows('typed', 'marketo', 'lead', (canonical_columns('people') | map(attribute='name') | list) + ['sfdc_lead_id', 'sfdc_contact_id']) }}
