{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: landed row of HubSpot's deal, as an opportunity. Whether it is closed and won is what the deal says, else its
-- stage, else HubSpot's own names of the two last stages. The close date of a closed deal is when it closed where no
-- history of its stages landed.
with

deals as (

    select * from {{ ref('stg_hubspot__deal') }}

),

opportunities as (

    select * from {{ ref('int_hubspot_deal_opportunities_named') }}

),

mergers as (

    select * from {{ ref('int_hubspot_deal_merges_found') }}

),

stages as (

    select * from {{ ref('stg_hubspot__deal_pipeline_stage') }}
    where disposition in ('current', 'deleted')

),

accounts as (

    select * from {{ ref('int_hubspot_deal_companies_chosen') }}

),

owners as (

    select * from {{ ref('int_hubspot_owners_judged') }}
    where disposition in ('current', 'merged')

),

deals_with_history as (

    select distinct opportunity_id
    from {{ ref('int_hubspot_deal_stages_changed') }}
    where disposition = 'current'

),

told as (

    select
        deals.*,
        coalesce(stages.label, deals.deal_pipeline_stage_id) as stage,
        coalesce(
            deals.hs_is_closed_won,
            stages.closed_won,
            stages.is_closed and stages.probability = 1,
            lower(deals.deal_pipeline_stage_id) = 'closedwon',
            false
        ) as is_won,
        coalesce(
            deals.hs_is_closed,
            stages.is_closed,
            stages.probability in (0, 1),
            lower(deals.deal_pipeline_stage_id) in ('closedwon', 'closedlost'),
            false
        ) as is_closed_stage
    from deals
    left join stages
        on deals.deal_pipeline_stage_id = stages.stage_id

),

judged as (

    select
        told.source_system,
        told.source_table,
        told.source_row_number,
        told.row_key,
        case
            when told.disposition in ('current', 'deleted') and mergers.deal_id is not null then 'merged'
            when told.disposition = 'current' and opportunities.is_salesforce_opportunity then 'merged'
            else told.disposition
        end as disposition,
        concat_ws(
            ',',
            nullif(told.reason_codes, ''),
            case
                when
                    told.disposition = 'current'
                    and mergers.deal_id is null
                    and opportunities.is_salesforce_opportunity
                    then 'same_as_salesforce'
            end
        ) as reason_codes,
        {{ passed_from('told', 'hubspot', 'deal', 'opportunities') }}
        coalesce(opportunities.opportunity_id, {{ qualified_id('hubspot', 'told.deal_id') }}) as opportunity_id,
        accounts.account_id,
        told.createdate as created_at,
        told.createdate_precision as created_at_precision,
        told.stage,
        told.amount,
        told.deal_currency_code as currency,
        cast(told.closedate as date) as close_date,
        case when deals_with_history.opportunity_id is null then told.closedate end as closed_at,
        case when deals_with_history.opportunity_id is null then told.closedate_precision end as closed_at_precision,
        told.is_won,
        (told.is_won or told.is_closed_stage) as is_closed,
        coalesce(owners.rep_id, {{ qualified_id('hubspot', 'told.owner_id') }}) as owner_id,
        told.dealtype as opportunity_type,
        coalesce(told.is_deleted, false) as is_deleted
    from told
    left join opportunities
        on told.deal_id = opportunities.deal_id
    left join mergers
        on told.deal_id = mergers.merged_deal_id
    left join accounts
        on told.deal_id = accounts.deal_id
    left join owners
        on told.owner_id = owners.owner_id
    left join deals_with_history
        on opportunities.opportunity_id = deals_with_history.opportunity_id

)

select * from judged
