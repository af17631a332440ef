{{ config(enabled=is_source_enabled('marketo'), materialized='table') }}

-- Grain: change of a field of a lead that scores, statuses or owners follow. Fields go by their REST names, which
-- lead_describe gives for the id or the name in the activity. Of a lead that Salesforce has too, Salesforce's own log
-- tells, where it landed: Marketo hears of a change minutes later and would tell it a second time.
with

changes as (

    select * from {{ ref('stg_marketo__activity_change_data_value') }}
    where disposition = 'current'

),

fields as (

    select * from {{ ref('stg_marketo__lead_describe') }}
    where disposition = 'current'

),

fields_by_name as (

    select
        lower(display_name) as display_name,
        min(restname) as restname
    from fields
    group by lower(display_name)

),

leads as (

    select * from {{ ref('stg_marketo__lead') }}
    where disposition in ('current', 'deleted')

),

salesforce_log as (

    {% if is_source_enabled('salesforce', 'lead_history') %}
        select count(*) > 0 as has_landed
        from {{ ref('stg_salesforce__lead_history') }}
        where disposition = 'current'
    {% else %}
        select false as has_landed
    {% endif %}

),

named as (

    select
        changes.source_system,
        changes.source_table,
        changes.row_key,
        changes.disposition,
        changes.record_key,
        changes.lead_id as record_id,
        replace({{ snake_case(
            'coalesce(fields.restname, fields_by_name.restname, changes.primary_attribute_value)'
        ) }}, '_', '') as field,
        changes.activity_date as changed_at,
        changes.activity_date_precision as changed_at_precision,
        changes.old_value,
        changes.new_value,
        changes.reason,
        coalesce(changes.modifying_user, changes.source) as changed_by
    from changes
    left join fields
        on changes.primary_attribute_value_id = fields.id
    left join fields_by_name
        on lower(changes.primary_attribute_value) = fields_by_name.display_name
    left join leads
        on changes.lead_id = leads.record_id
    cross join salesforce_log  -- one row
    where
        not (
            salesforce_log.has_landed
            and coalesce(leads.sfdc_lead_id, leads.sfdc_contact_id) is not null
        )

),

followed as (

    select
        *,
        case field
            when 'leadstatus' then 'status'
            when 'sfdcleadownerid' then 'owner'
            when 'sfdccontactownerid' then 'owner'
            when 'title' then 'job_title'
            when 'company' then 'company_name'
            when 'website' then 'company_domain'
            when 'country' then 'country'
            when 'state' then 'region'
            when 'industry' then 'industry'
            when 'numberofemployees' then 'employee_count'
            when 'annualrevenue' then 'annual_revenue'
            when 'leadsource' then 'lead_source'
            when 'unsubscribed' then 'is_email_opt_out'
        end as attribute
    from named

)

select * from followed
where
    attribute is not null
    and new_value is distinct from old_value
