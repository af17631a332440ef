{{ config(materialized='table') }}

-- The CRM's own log of field changes, by person; the names of fields as the contract has them. Changes after as_of
-- stay: they say what a field was until then.
with

staged as (

    {{ union_enabled('field_changes', field_change_columns()) }}

),

records as (

    select * from {{ ref('int_person_record_keys_listed') }}

),

identified as (

    select
        {{ key_of(['staged.source_system', 'staged.source_table', 'staged.row_key']) }} as change_key,
        staged.source_system,
        staged.row_key as source_change_id,
        staged.record_key,
        records.person_id,
        {{ snake_case('staged.field') }} as field,
        staged.changed_at,
        staged.changed_at_precision,
        staged.old_value,
        staged.new_value,
        staged.changed_by
    from staged
    inner join records
        on staged.record_key = records.record_key
    where staged.disposition = 'current'

),

named as (

    select
        change_key,
        source_system,
        source_change_id,
        record_key,
        person_id,
        case field
            when 'title' then 'job_title'
            when 'company' then 'company_name'
            when 'leadsource' then 'lead_source'
            when 'numberofemployees' then 'employee_count'
            when 'annualrevenue' then 'annual_revenue'
            when 'state' then 'region'
            when 'mailingstate' then 'region'
            when 'mailingcountry' then 'country'
            when 'hasoptedoutofemail' then 'is_email_opt_out'
            when 'ownerid' then 'owner'
            else field
        end as attribute,
        changed_at,
        changed_at_precision,
        old_value,
        new_value,
        changed_by
    from identified

)

select * from named
