{{ config(materialized='table') }}

with

people as (

    select * from {{ ref('int_person_fields_survived') }}

),

matches as (

    select * from {{ ref('int_account_matches_decided') }}

),

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

titles as (

    select * from {{ ref('int_titles_classified') }}

),

lead_sources as (

    select * from {{ ref('int_lead_sources_classified') }}

),

first_events as (

    select * from {{ ref('int_person_first_events_found') }}

),

segments as (

    select *
    from {{ ref('stg_rules__segments') }}
    where segment <> 'unknown'

),

enriched as (

    select
        people.person_id,
        {%- for name in passed_columns('people') %}
        people.{{ name }},
        {%- endfor %}
        people.source_system,
        people.record_id,
        people.record_type,
        people.email_domain,
        people.email_kind,
        people.job_title,
        coalesce(titles.seniority, 'unknown') as seniority,
        coalesce(titles.job_function, 'unknown') as job_function,
        coalesce(titles.buying_role, 'unknown') as buying_role,
        people.company_name,
        people.country,
        people.region,
        people.industry,
        people.employee_count,
        people.annual_revenue,
        coalesce(segments.segment, 'unknown') as segment,
        people.lead_source,
        people.lead_source_detail,
        coalesce(lead_sources.channel, 'unknown') as channel,
        people.crm_status,
        people.owner_id,
        coalesce(people.created_at, first_events.first_event_at) as created_at,
        case
            when people.created_at is not null then 'source'
            when first_events.first_event_at is not null then 'first_event'
            else 'unknown'
        end as created_at_source,
        people.converted_at,
        people.is_email_opt_out,
        people.is_reachable,
        matches.account_id,
        matches.account_match_method,
        matches.account_match_confidence,
        accounts.account_type,
        accounts.industry as account_industry,
        accounts.employee_count as account_employee_count,
        accounts.country as account_country,
        accounts.owner_id as account_owner_id,
        coalesce(accounts.is_target_account, false) as is_target_account,
        accounts.customer_since,
        {%- for attribute, name in passed_account_attributes().items() %}
        accounts.{{ name }} as {{ attribute }},
        {%- endfor %}
        -- names set aside for tests (RFC 6761): nobody can read mail there
        coalesce({{ matches_pattern('people.email_domain', "'(^|\\.)(test|invalid|localhost)$'") }}, false)
            as is_test_record
    from people
    inner join matches
        on people.person_id = matches.person_id
    left join accounts
        on matches.account_id = accounts.account_id
    left join titles
        on lower(people.job_title) = titles.job_title
    left join lead_sources
        on lower(people.lead_source) = lead_sources.lead_source
    left join first_events
        on people.person_id = first_events.person_id
    left join segments  -- segments do not overlap: at most one
        on {{ is_in_segment('segments', 'coalesce(accounts.employee_count, people.employee_count)') }}

)

select * from enriched
