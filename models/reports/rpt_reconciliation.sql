-- A table counted but nowhere disposed of, and one disposed of but never counted, both show as unaccounted.
with

source_tables as (

    select * from {{ ref('fct_source_tables') }}

),

row_dispositions as (

    select * from {{ ref('fct_row_dispositions') }}

),

rows_disposed as (

    select
        source_system,
        source_table,
        count(case when disposition = 'current' then 1 end) as current_rows,
        count(case when disposition = 'superseded' then 1 end) as superseded_rows,
        count(case when disposition = 'deleted' then 1 end) as deleted_rows,
        count(case when disposition = 'merged' then 1 end) as merged_rows,
        count(case when disposition = 'quarantined' then 1 end) as quarantined_rows
    from row_dispositions
    group by
        source_system,
        source_table

),

sides_joined as (

    select
        coalesce(source_tables.source_system, rows_disposed.source_system) as source_system,
        coalesce(source_tables.source_table, rows_disposed.source_table) as source_table,
        coalesce(source_tables.rows_in, 0) as rows_in,
        coalesce(rows_disposed.current_rows, 0) as current_rows,
        coalesce(rows_disposed.superseded_rows, 0) as superseded_rows,
        coalesce(rows_disposed.deleted_rows, 0) as deleted_rows,
        coalesce(rows_disposed.merged_rows, 0) as merged_rows,
        coalesce(rows_disposed.quarantined_rows, 0) as quarantined_rows
    from source_tables
    full outer join rows_disposed
        on
            source_tables.source_system = rows_disposed.source_system
            and source_tables.source_table = rows_disposed.source_table

),

final as (

    select
        source_system,
        source_table,
        rows_in,
        -- the contract names it so, and PostgreSQL sets the word aside
        current_rows as "current",  -- noqa: RF04, RF06
        superseded_rows as superseded,
        deleted_rows as deleted,
        merged_rows as merged,
        quarantined_rows as quarantined,
        rows_in - (current_rows + superseded_rows + deleted_rows + merged_rows + quarantined_rows) as unaccounted
    from sides_joined

)

select * from final
