{{ config(
    post_hook="{{ add_passed_columns(this, 'opportunities', ref('int_opportunities_conformed'), 'opportunity_id') }}",
) }}

with

conformed as (

    select * from {{ ref('int_opportunities_conformed') }}

),

credits as (  -- the latest of the cycles that led to a deal sourced it

    select
        credited_opportunity_id,
        mql_id
    from {{ ref('fct_mql_funnel') }}
    where credited_opportunity_id is not null

),

opportunities as (

    select
        conformed.opportunity_id,
        conformed.account_id,
        conformed.created_at,
        conformed.created_at_precision,
        conformed.closed_at,
        conformed.closed_at_precision,
        conformed.is_won,
        conformed.is_closed,
        conformed.stage,
        conformed.amount,
        conformed.currency,
        conformed.corporate_amount,
        credits.mql_id as sourced_mql_id
    from conformed
    left join credits
        on conformed.opportunity_id = credits.credited_opportunity_id

)

select * from opportunities
