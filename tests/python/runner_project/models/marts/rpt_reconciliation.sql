select
    counted.source_system,
    counted.source_table,
    counted.rows_in,
    counted.rows_in - placed.rows_placed as unaccounted
from handoff_run.source_tables as counted
inner join (
    select source_system, source_table, count(*) as rows_placed
    from {{ ref('fct_row_dispositions') }}
    group by source_system, source_table
) as placed
    on counted.source_system = placed.source_system and counted.source_table = placed.source_table
