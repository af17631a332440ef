with

source_rows as (

    select * from {{ ref('int_source_rows_counted') }}

),

final as (

    select
        source_system,
        source_table,
        rows_in,
        newest_row_at
    from source_rows

)

select * from final
