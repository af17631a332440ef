{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: call, e-mail, meeting, task or message of a rep x contact, as a touch. A call is done when HubSpot says
-- completed or says nothing (logged by hand), an e-mail when it was not left unsent, a task when it is ticked off; a
-- meeting that tells no outcome is left to who knows the time of the run. A task is what a rep means to do: it
-- reaches nobody.
with

engagements as (

    select * from {{ ref('int_hubspot_engagements_dated') }}
    where not is_from_contact

),

owners as (

    select * from {{ ref('int_hubspot_owners_judged') }}
    where disposition in ('current', 'merged')

),

users as (

    select
        owner_user_id,
        min(rep_id) as rep_id
    from owners
    where owner_user_id is not null
    group by owner_user_id

),

companies as (

    select
        companies.engagement_id,
        min(accounts.account_id) as account_id
    from {{ ref('stg_hubspot__engagement_company') }} as companies
    inner join {{ ref('int_hubspot_company_accounts_named') }} as accounts
        on companies.company_id = accounts.company_id
    where companies.disposition = 'current'
    group by companies.engagement_id

),

deals as (

    select
        deals.engagement_id,
        min(opportunities.account_id) as account_id
    from {{ ref('stg_hubspot__engagement_deal') }} as deals
    inner join {{ ref('int_hubspot_deals_judged') }} as opportunities
        on deals.deal_id = opportunities.row_key
    where
        deals.disposition = 'current'
        and opportunities.disposition in ('current', 'merged')
    group by deals.engagement_id

),

touches as (

    select
        engagements.source_system,
        engagements.source_table,
        engagements.row_key,
        engagements.disposition,
        engagements.kind || ':' || engagements.engagement_id || coalesce(':' || engagements.contact_id, '') as touch_id,
        engagements.record_key,
        engagements.contact_id as record_id,
        coalesce(companies.account_id, deals.account_id) as account_id,
        coalesce(
            owners.rep_id, {{ qualified_id('hubspot', 'engagements.owner_id') }}, users.rep_id
        ) as rep_id,
        case engagements.kind when 'communication' then 'other' else engagements.kind end as touch_type,
        engagements.occurred_at,
        engagements.occurred_at_precision,
        case
            when engagements.kind <> 'task' or engagements.status = 'COMPLETED' then engagements.completed_at
        end as completed_at,
        case
            when engagements.kind <> 'task' or engagements.status = 'COMPLETED' then engagements.completed_at_precision
        end as completed_at_precision,
        lower(coalesce(
            engagements.outcome, case when engagements.kind in ('call', 'email') then engagements.status end
        )) as outcome,
        (
            engagements.is_sequenced
            or coalesce(
                engagements.engagement_source in (
                    'AUTOMATION_PLATFORM', 'WORKFLOWS', 'SEQUENCES', 'SEQUENCE', 'BATCH_UPDATE'
                )
                and engagements.kind in ('email', 'communication'),
                false
            )
        ) as is_automated,
        case engagements.kind
            when 'call' then coalesce(engagements.status = 'COMPLETED', true)
            when 'email' then coalesce(engagements.status not in ('SENDING', 'SCHEDULED', 'FAILED', 'BOUNCED'), true)
            when 'task' then coalesce(engagements.status = 'COMPLETED', false)
            when 'communication' then true
            -- rescheduled: it did not take place then
            when 'meeting' then case {{ snake_case('engagements.outcome') }}
                when 'completed' then true
                when 'no_show' then false
                when 'canceled' then false
                when 'cancelled' then false
                when 'rescheduled' then false
            end
        end as is_completed
    from engagements
    left join owners
        on engagements.owner_id = owners.owner_id
    left join users
        on engagements.user_id = users.owner_user_id
    left join companies
        on engagements.engagement_id = companies.engagement_id
    left join deals
        on engagements.engagement_id = deals.engagement_id

)

select * from touches
