{{ config(materialized='table') }}

-- One value per field: the survivor's, else the one told last among the person's records. Who works the person and in
-- which state comes from the record that sales works: live, of a CRM, told last, a contact before the lead it was.
with

people as (

    select * from {{ ref('int_people_unioned') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

emails as (

    select * from {{ ref('int_record_emails_classified') }}

),

records_ranked as (

    select
        people.*,
        records.person_id,
        records.is_survivor,
        emails.email_domain,
        emails.email_kind,
        emails.is_company_domain,
        (
            (emails.is_personal and not coalesce(people.is_email_opt_out, false))
            or people.phone is not null
        ) as is_reachable,
        row_number() over (
            partition by records.person_id
            order by
                case when records.is_survivor then 0 else 1 end asc,
                people.updated_at desc nulls last,
                people.record_key asc
        ) as record_rank,
        row_number() over (
            partition by records.person_id
            order by
                case when people.converted_at is null and people.converted_contact_id is null then 0 else 1 end asc,
                case when people.source_system in ('marketo', 'pardot') then 1 else 0 end asc,
                people.updated_at desc nulls last,
                case people.record_type when 'contact' then 0 else 1 end asc,
                people.record_key asc
        ) as worked_rank
    from people
    inner join records
        on people.record_key = records.record_key
    inner join emails
        on people.record_key = emails.record_key

),

told as (

    select
        *,
        case when email_kind in ('missing', 'invalid') then 1000000 else 0 end + record_rank as email_rank
    from records_ranked

),

fields as (

    select
        person_id,
        {{ first_present('source_system', 'record_rank') }} as source_system,
        {{ first_present('record_id', 'record_rank') }} as record_id,
        {{ first_present('record_type', 'record_rank') }} as record_type,
        {{ first_present('email', 'email_rank') }} as email,
        {{ first_present('email_domain', 'email_rank') }} as email_domain,
        {{ first_present('email_kind', 'email_rank') }} as email_kind,
        {{ first_present('is_company_domain', 'email_rank') }} as is_company_email,
        {{ first_present('first_name', 'record_rank') }} as first_name,
        {{ first_present('last_name', 'record_rank') }} as last_name,
        {{ first_present('phone', 'record_rank') }} as phone,
        {{ first_present('job_title', 'record_rank') }} as job_title,
        {{ first_present('company_name', 'record_rank') }} as company_name,
        {{ first_present('company_domain', 'record_rank') }} as company_domain,
        {{ first_present('country', 'record_rank') }} as country,
        {{ first_present('region', 'record_rank') }} as region,
        {{ first_present('industry', 'record_rank') }} as industry,
        {{ first_present('employee_count', 'record_rank') }} as employee_count,
        {{ first_present('annual_revenue', 'record_rank') }} as annual_revenue,
        {{ first_present('lead_source', 'record_rank') }} as lead_source,
        {{ first_present('lead_source_detail', 'record_rank') }} as lead_source_detail,
        {{ first_present('case when not is_merged then status end', 'worked_rank') }} as crm_status,
        {{ first_present('case when not is_merged then owner_id end', 'worked_rank') }} as owner_id,
        min(created_at) as created_at,
        min(converted_at) as converted_at,
        coalesce(bool_or(is_email_opt_out and not is_merged), false) as is_email_opt_out,
        coalesce(bool_or(is_reachable and not is_merged), false) as is_reachable
    from told
    group by person_id

)

select * from fields
