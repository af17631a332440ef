{{ config(enabled=is_source_enabled('marketo')) }}

-- Grain: lead that was merged into another and lands no more.
with

mergers as (

    select * from {{ ref('int_marketo_lead_merges_found') }}

),

leads as (

    select * from {{ ref('stg_marketo__lead') }}
    where disposition in ('current', 'deleted')

),

merges_left as (

    select
        {{ key_of(["'marketo'", 'mergers.lead_id']) }} as record_key,
        'current' as disposition,
        mergers.merged_lead_id as unlanded_lead_id
    from mergers
    left join leads
        on mergers.merged_lead_id = leads.record_id
    where leads.record_id is null

)

select * from merges_left
