{{ config(enabled=var('publish_pii')) }}

with

persons as (

    select * from {{ ref('int_person_fields_survived') }}

),

named as (

    select
        person_id,
        nullif(trim(concat(coalesce(first_name, ''), ' ', coalesce(last_name, ''))), '') as full_name,
        first_name,
        last_name,
        email,
        phone,
        company_name,
        is_email_opt_out
    from persons

)

select * from named
