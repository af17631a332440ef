-- Reads two marts: a run that selects only the first must not start it.
select placed.source_table
from {{ ref('fct_row_dispositions') }} as placed
left join {{ ref('rpt_reconciliation') }} as reconciled on placed.source_table = reconciled.source_table
where reconciled.source_table is null
