{{ config(enabled=is_source_enabled('marketo')) }}

-- Grain: landed row of Marketo's campaign: a smart campaign, of the kind of its program.
with

campaigns as (

    select * from {{ ref('stg_marketo__campaign') }}

),

programs as (

    select * from {{ ref('stg_marketo__program') }}
    where disposition in ('current', 'deleted')

),

judged as (

    select
        campaigns.source_system,
        campaigns.source_table,
        campaigns.source_row_number,
        campaigns.row_key,
        campaigns.disposition,
        campaigns.reason_codes,
        {{ passed_from('campaigns', 'marketo', 'campaign', 'campaigns') }}
        {{ qualified_id('marketo', 'campaigns.id') }} as campaign_id,
        campaigns.name as campaign_name,
        programs.campaign_type,
        cast(null as varchar) as channel,
        cast(null as numeric(18, 2)) as cost,
        cast(null as varchar) as currency,
        programs.started_on,
        programs.ended_on
    from campaigns
    left join programs
        on campaigns.program_id = programs.row_key

)

select * from judged
