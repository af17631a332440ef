{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: change of a property of a contact or company that scores may read, under the contract's name.
with

contact_changes as (

    select * from {{ ref('int_hubspot_contact_values_changed') }}

),

company_history as (

    select
        *,
        lag(value) over (partition by company_id, lower(name) order by changed_at, row_key) as old_value,
        lag(row_key) over (partition by company_id, lower(name) order by changed_at, row_key) is null as is_first
    from {{ ref('stg_hubspot__company_property_history') }}
    where disposition = 'current'

),

accounts as (

    select * from {{ ref('int_hubspot_company_accounts_named') }}
    where not is_salesforce_account

),

changes as (

    select
        source_system,
        source_table,
        row_key,
        disposition,
        row_key as change_id,
        record_key,
        contact_id as record_id,
        cast(null as varchar) as account_id,
        case property
            when 'jobtitle' then 'job_title'
            when 'company' then 'company_name'
            when 'website' then 'company_domain'
            when 'state' then 'region'
            when 'numemployees' then 'employee_count'
            when 'annualrevenue' then 'annual_revenue'
            when 'hs_analytics_source' then 'lead_source'
            when 'hs_analytics_source_data_1' then 'lead_source_detail'
            when 'hs_email_optout' then 'is_email_opt_out'
            else property
        end as attribute,
        changed_at,
        changed_at_precision,
        old_value,
        new_value
    from contact_changes
    where
        property in (
            'jobtitle', 'company', 'website', 'country', 'state', 'industry', 'numemployees', 'annualrevenue',
            'hs_analytics_source', 'hs_analytics_source_data_1', 'hs_email_optout'
        )

    union all

    select
        company_history.source_system,
        company_history.source_table,
        company_history.row_key,
        company_history.disposition,
        company_history.row_key as change_id,
        cast(null as varchar) as record_key,
        cast(null as varchar) as record_id,
        accounts.account_id,
        case lower(company_history.name)
            when 'numberofemployees' then 'employee_count'
            when 'annualrevenue' then 'annual_revenue'
            when 'hs_is_target_account' then 'is_target_account'
            else lower(company_history.name)
        end as attribute,
        company_history.changed_at,
        company_history.changed_at_precision,
        company_history.old_value,
        company_history.value as new_value
    from company_history
    inner join accounts
        on company_history.company_id = accounts.company_id
    where
        lower(company_history.name) in (
            'industry', 'numberofemployees', 'annualrevenue', 'country', 'hs_is_target_account'
        )
        and (company_history.is_first or company_history.value is distinct from company_history.old_value)

)

select * from changes
