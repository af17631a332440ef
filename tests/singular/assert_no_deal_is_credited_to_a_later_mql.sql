-- A deal that existed, or was won, before the MQL opened would be credited to it: marketing would take what sales made.
select
    opportunities.opportunity_id,
    opportunities.closed_at,
    mql_cycles.mql_id,
    mql_cycles.opened_at
from {{ ref('fct_opportunities') }} as opportunities
inner join {{ ref('fct_mql_cycles') }} as mql_cycles
    on opportunities.sourced_mql_id = mql_cycles.mql_id
where
    mql_cycles.opened_at > mql_cycles.opportunity_created_at
    or mql_cycles.opportunity_created_at < opportunities.created_at
    or (opportunities.closed_at_precision = 'exact' and mql_cycles.opened_at > opportunities.closed_at)
