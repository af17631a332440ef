{{ config(enabled=is_source_enabled('pardot')) }}

-- Grain: landed row of Pardot's opportunity, a copy of the CRM's: the same as Salesforce's that bears its id, where
-- that landed.
with

opportunities as (

    select * from {{ ref('stg_pardot__opportunity') }}

),

salesforce_opportunities as (

    {% if is_source_enabled('salesforce', 'opportunity') %}
        select
            {{ record_id_stem("'salesforce'", 'row_key') }} as opportunity_stem,
            min(opportunity_id) as opportunity_id
        from {{ ref('stg_salesforce__opportunity') }}
        where disposition = 'current'
        group by opportunity_stem
    {% else %}
        select
            cast(null as varchar) as opportunity_stem,
            cast(null as varchar) as opportunity_id
        where false
    {% endif %}

),

judged as (

    select
        opportunities.source_system,
        opportunities.source_table,
        opportunities.source_row_number,
        opportunities.row_key,
        case
            when opportunities.disposition = 'current' and salesforce_opportunities.opportunity_id is not null
                then 'merged'
            else opportunities.disposition
        end as disposition,
        concat_ws(
            ',',
            nullif(opportunities.reason_codes, ''),
            case
                when opportunities.disposition = 'current' and salesforce_opportunities.opportunity_id is not null
                    then 'same_as_salesforce'
            end
        ) as reason_codes,
        {{ passed_from('opportunities', 'pardot', 'opportunity', 'opportunities') }}
        coalesce(salesforce_opportunities.opportunity_id, {{ qualified_id('pardot', 'opportunities.id') }})
            as opportunity_id,
        cast(null as varchar) as account_id,
        opportunities.created_at,
        opportunities.created_at_precision,
        opportunities.stage,
        opportunities.value as amount,
        cast(null as varchar) as currency,
        cast(opportunities.closed_at as date) as close_date,
        opportunities.closed_at,
        opportunities.closed_at_precision,
        coalesce(lower(opportunities.status) = 'won', false) as is_won,
        coalesce(lower(opportunities.status) in ('won', 'lost'), false) as is_closed,
        cast(null as varchar) as owner_id,
        opportunities.type as opportunity_type,
        false as is_deleted
    from opportunities
    left join salesforce_opportunities
        on
            {{ record_id_stem("'salesforce'", 'opportunities.crm_opportunity_fid') }}
            = salesforce_opportunities.opportunity_stem

)

select * from judged
