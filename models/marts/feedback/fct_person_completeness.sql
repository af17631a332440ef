with

people as (

    select * from {{ ref('int_persons_enriched') }}

)

select
    person_id,
    -- whom nobody saw come stands in the week of 1900-01-01, a Monday
    coalesce(
        cast({{ dbt.date_trunc('week', 'created_at') }} as date), cast({{ since_ever() }} as date)
    ) as created_week,
    channel,
    email_domain is not null as has_mail_address,
    job_title is not null as has_job_title,
    job_function <> 'unknown' as has_job_function,
    seniority <> 'unknown' as has_seniority,
    buying_role <> 'unknown' as has_buying_role,
    company_name is not null as has_company_name,
    account_id is not null as has_account,
    coalesce(country, account_country) is not null as has_country,
    coalesce(industry, account_industry) is not null as has_industry,
    coalesce(employee_count, account_employee_count) is not null as has_company_size,
    lead_source is not null as has_lead_source,
    owner_id is not null as has_owner
from people
