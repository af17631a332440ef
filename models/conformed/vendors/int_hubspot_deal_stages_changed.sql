{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: deal x moment at which it went into a stage, by the history of its stages and the history of its properties:
-- both log most changes. Stages go by their labels, as on the deal.
with

deals as (

    select * from {{ ref('int_hubspot_deal_opportunities_named') }}

),

mergers as (

    select * from {{ ref('int_hubspot_deal_merges_found') }}

),

stages as (

    select * from {{ ref('stg_hubspot__deal_pipeline_stage') }}
    where disposition in ('current', 'deleted')

),

entries as (

    select
        source_system,
        source_table,
        row_key,
        disposition,
        deal_id,
        value as stage_id,
        date_entered as changed_at,
        date_entered_precision as changed_at_precision
    from {{ ref('stg_hubspot__deal_stage') }}

    union all

    select
        source_system,
        source_table,
        row_key,
        disposition,
        deal_id,
        value as stage_id,
        changed_at,
        changed_at_precision
    from {{ ref('stg_hubspot__deal_property_history') }}
    where lower(name) = 'dealstage'

),

entries_compared as (

    select
        *,
        lag(stage_id) over (
            partition by deal_id, disposition order by changed_at, stage_id, source_table
        ) as previous_stage_id
    from entries
    where stage_id is not null

),

changes as (

    select
        entries_compared.source_system,
        entries_compared.source_table,
        entries_compared.row_key,
        entries_compared.disposition,
        entries_compared.row_key as change_id,
        coalesce(deals.opportunity_id, {{ qualified_id('hubspot', 'entries_compared.deal_id') }}) as opportunity_id,
        entries_compared.changed_at,
        entries_compared.changed_at_precision,
        coalesce(stages.label, entries_compared.stage_id) as new_stage,
        cast(null as numeric(18, 2)) as amount
    from entries_compared
    left join deals
        on entries_compared.deal_id = deals.deal_id
    left join mergers
        on entries_compared.deal_id = mergers.merged_deal_id
    left join stages
        on entries_compared.stage_id = stages.stage_id
    where
        entries_compared.stage_id is distinct from entries_compared.previous_stage_id
        and mergers.merged_deal_id is null
        and not coalesce(deals.is_salesforce_opportunity, false)

)

select * from changes
