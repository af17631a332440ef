{{ config(enabled=is_source_enabled('salesforce', 'contact')) }}

with

landed as (

    {{ landed_rows('salesforce', 'contact') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'contact',
            key=['id'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
            is_merged='master_record_id is not null',
            is_deleted='is_deleted',
        ) }},
        case when id is not null then {{ key_of(["'salesforce'", 'id']) }} end as record_key,
        id as record_id,
        'contact' as record_type,
        lower(email) as email,
        first_name,
        last_name,
        title as job_title,
        phone,
        cast(null as varchar) as company_name,
        cast(null as varchar) as company_domain,
        mailing_country as country,
        mailing_state as region,
        cast(null as varchar) as industry,
        cast(null as bigint) as employee_count,
        cast(null as numeric(18, 2)) as annual_revenue,
        lead_source,
        cast(null as varchar) as lead_source_detail,
        status,
        {{ qualified_id('salesforce', 'owner_id') }} as owner_id,
        {{ qualified_id('salesforce', 'account_id') }} as account_id,
        created_date as created_at,
        created_date_precision as created_at_precision,
        coalesce(last_modified_date, system_modstamp) as updated_at,
        cast(null as timestamp) as converted_at,
        cast(null as varchar) as converted_at_precision,
        cast(null as varchar) as converted_contact_id,
        cast(null as varchar) as converted_account_id,
        cast(null as varchar) as converted_opportunity_id,
        master_record_id as merged_into_id,
        -- the record that lost a merge was deleted by it, and is never touched again
        case when master_record_id is not null then system_modstamp end as merged_at,
        case when master_record_id is not null and system_modstamp is not null then 'exact' end as merged_at_precision,
        coalesce(has_opted_out_of_email, false) as is_email_opt_out,
        coalesce(is_deleted, false) as is_deleted
    from landed

)

{{ judged_rows('typed', 'salesforce', 'contact', canonical_columns('people')) }}
