{{ config(enabled=is_source_enabled('marketo', 'lead')) }}

with

landed as (

    {{ landed_rows('marketo', 'lead') }}

),

typed as (

    select
        {{ row_facts(
            'marketo',
            'lead',
            key=['id'],
            changed_at='updated_at',
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
        number_of_employees as employee_count,
        annual_revenue,
        lead_source,
        cast(null as varchar) as lead_source_detail,
        lead_status as status,
        cast(null as varchar) as owner_id,
        {{ qualified_id('salesforce', 'sfdc_account_id') }} as account_id,
        created_at,
        created_at_precision,
        updated_at,
        cast(null as timestamp) as converted_at,
        cast(null as varchar) as converted_at_precision,
        cast(null as varchar) as converted_contact_id,
        cast(null as varchar) as converted_account_id,
        cast(null as varchar) as converted_opportunity_id,
        cast(null as varchar) as merged_into_id,
        cast(null as timestamp) as merged_at,
        cast(null as varchar) as merged_at_precision,
        coalesce(unsubscribed, false) as is_email_opt_out,
        false as is_deleted,
        sfdc_lead_id,
        sfdc_contact_id,
        lead_score
    from landed

)

{{ judged_rows(
    'typed', 'marketo', 'lead', canonical_columns('people') + ['sfdc_lead_id', 'sfdc_contact_id', 'lead_score']
) }}
