{{ config(
    post_hook="{{ add_passed_columns(this, 'opportunities', ref('int_opportunities_conformed'), 'opportunity_id') }}",
) }}

with

conformed as (

    select * from {{ ref('int_opportunities_conformed') }}

),

cycles_ranked as (  -- several cycles may have led to one deal: the latest of them sourced it

    select
        opportunity_id,
        mql_id,
        row_number() over (partition by opportunity_id order by opened_at desc, mql_id asc) as cycle_rank
    from {{ ref('fct_mql_cycles') }}
    where opportunity_id is not null

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
        cycles_ranked.mql_id as sourced_mql_id
    from conformed
    left join cycles_ranked
        on
            conformed.opportunity_id = cycles_ranked.opportunity_id
            and cycles_ranked.cycle_rank = 1

)

select * from opportunities
