{{ config(materialized='table') }}

with

staged as (

    {{ union_enabled('people', passed=true) }}

),

known_records as (

    select *
    from staged
    where
        disposition in ('current', 'merged')
        and (created_at is null or created_at <= {{ as_of() }})

),

told_as_of as (  -- a conversion or merge later than as_of has not happened yet, nor has what it changed

    select
        *,
        coalesce(converted_at > {{ as_of() }}, false) as is_converted_later,
        coalesce(converted_at > {{ as_of() }}, false) or coalesce(merged_at > {{ as_of() }}, false) as is_merged_later
    from known_records

),

people as (

    select
        record_key,
        {%- for name in passed_columns('people') %}
        {{ name }},
        {%- endfor %}
        source_system,
        record_id,
        record_type,
        email,
        first_name,
        last_name,
        job_title,
        phone,
        company_name,
        company_domain,
        country,
        region,
        industry,
        employee_count,
        annual_revenue,
        lead_source,
        lead_source_detail,
        status,
        owner_id,
        account_id,
        created_at,
        created_at_precision,
        updated_at,
        case when not is_converted_later then converted_at end as converted_at,
        case when not is_converted_later then converted_at_precision end as converted_at_precision,
        case when not is_converted_later then converted_contact_id end as converted_contact_id,
        case when not is_converted_later then converted_account_id end as converted_account_id,
        case when not is_converted_later then converted_opportunity_id end as converted_opportunity_id,
        case when not is_merged_later then merged_into_id end as merged_into_id,
        case when not is_merged_later then merged_at end as merged_at,
        case when not is_merged_later then merged_at_precision end as merged_at_precision,
        is_email_opt_out,
        (disposition = 'merged' and not is_merged_later) as is_merged
    from told_as_of

)

select * from people
