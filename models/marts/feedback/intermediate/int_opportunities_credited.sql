-- Grain: opportunity that an MQL led to. Several cycles may have led to one deal: the latest of them sourced it, so
-- that its amount counts once.
with

cycles_ranked as (

    select
        opportunity_id,
        mql_id,
        row_number() over (
            partition by opportunity_id
            -- what a merge joined goes on in the other cycle
            order by case when outcome = 'merged' then 1 else 0 end, opened_at desc, mql_id asc
        ) as cycle_rank
    from {{ ref('fct_mql_cycles') }}
    where opportunity_id is not null

)

select
    cycles_ranked.mql_id,
    opportunities.opportunity_id,
    opportunities.corporate_amount,
    opportunities.is_won
from cycles_ranked
inner join {{ ref('int_opportunities_conformed') }} as opportunities
    on cycles_ranked.opportunity_id = opportunities.opportunity_id
where cycles_ranked.cycle_rank = 1
