{{ config(enabled=is_source_enabled('pardot'), materialized='table') }}

-- Grain: landed row of Pardot's prospect, as a record of a person. The owner is the CRM's; where the CRM is there
-- itself, it tells since when.
with

prospects as (

    select * from {{ ref('stg_pardot__prospect') }}

),

judged as (

    select
        source_system,
        source_table,
        source_row_number,
        row_key,
        disposition,
        reason_codes,
        {{ passed_from('prospects', 'pardot', 'prospect', 'people') }}
        record_key,
        id as record_id,
        'lead' as record_type,
        lower(email) as email,
        first_name,
        last_name,
        job_title,
        phone,
        company as company_name,
        website as company_domain,
        country,
        state as region,
        industry,
        employees as employee_count,
        annual_revenue,
        source as lead_source,
        cast(null as varchar) as lead_source_detail,
        cast(null as varchar) as status,
        {% if is_source_enabled('salesforce') -%} cast(null as varchar)
        {%- else -%} {{ qualified_id('salesforce', 'crm_owner_fid') }}
        {%- endif %} as owner_id,
        {{ qualified_id('salesforce', 'crm_account_fid') }} as account_id,
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
        coalesce(opted_out, false) or coalesce(is_do_not_email, false) as is_email_opt_out,
        coalesce(is_deleted, false) as is_deleted,
        crm_lead_fid,
        crm_contact_fid
    from prospects

)

select * from judged
