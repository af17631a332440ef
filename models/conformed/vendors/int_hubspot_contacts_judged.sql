{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: landed row of HubSpot's contact, as a record of a person. Merged where the audit or the list of another
-- contact says so. The status is the lead status while the lifecycle stage leaves the contact to sales, else the
-- stage.
with

contacts as (

    select * from {{ ref('stg_hubspot__contact') }}

),

mergers as (

    select * from {{ ref('int_hubspot_contact_merges_found') }}

),

owners as (

    select * from {{ ref('int_hubspot_owners_judged') }}
    where disposition in ('current', 'merged')

),

accounts as (

    select * from {{ ref('int_hubspot_company_accounts_named') }}

),

judged as (

    select
        contacts.source_system,
        contacts.source_table,
        contacts.source_row_number,
        contacts.row_key,
        case
            when mergers.contact_id is not null and contacts.disposition in ('current', 'deleted') then 'merged'
            else contacts.disposition
        end as disposition,
        contacts.reason_codes,
        {{ passed_from('contacts', 'hubspot', 'contact', 'people') }}
        contacts.record_key,
        contacts.id as record_id,
        'contact' as record_type,
        lower(contacts.email) as email,
        contacts.firstname as first_name,
        contacts.lastname as last_name,
        contacts.jobtitle as job_title,
        contacts.phone,
        contacts.company as company_name,
        contacts.website as company_domain,
        contacts.country,
        contacts.state as region,
        contacts.industry,
        contacts.numemployees as employee_count,
        contacts.annualrevenue as annual_revenue,
        contacts.hs_analytics_source as lead_source,
        contacts.hs_analytics_source_data_1 as lead_source_detail,
        case
            when lower(contacts.hs_lead_status) in ('new', 'open')
                then coalesce(contacts.lifecyclestage, contacts.hs_lead_status)
            when
                lower(contacts.lifecyclestage) in ('subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead')
                then coalesce(contacts.hs_lead_status, contacts.lifecyclestage)
            else coalesce(contacts.lifecyclestage, contacts.hs_lead_status)
        end as status,
        coalesce(owners.rep_id, {{ qualified_id('hubspot', 'contacts.hubspot_owner_id') }}) as owner_id,
        coalesce(accounts.account_id, {{ qualified_id('hubspot', 'contacts.associatedcompanyid') }}) as account_id,
        contacts.createdate as created_at,
        contacts.createdate_precision as created_at_precision,
        contacts.lastmodifieddate as updated_at,
        cast(null as timestamp) as converted_at,
        cast(null as varchar) as converted_at_precision,
        cast(null as varchar) as converted_contact_id,
        cast(null as varchar) as converted_account_id,
        cast(null as varchar) as converted_opportunity_id,
        mergers.contact_id as merged_into_id,
        mergers.merged_at,
        case when mergers.merged_at is not null then 'exact' end as merged_at_precision,
        coalesce(contacts.hs_email_optout, false) as is_email_opt_out,
        coalesce(contacts.is_deleted, false) as is_deleted,
        contacts.salesforceleadid,
        contacts.salesforcecontactid
    from contacts
    left join mergers
        on contacts.id = mergers.merged_contact_id
    left join owners
        on contacts.hubspot_owner_id = owners.owner_id
    left join accounts
        on contacts.associatedcompanyid = accounts.company_id

)

select * from judged
