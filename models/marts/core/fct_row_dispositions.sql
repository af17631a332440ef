with

unioned as (

    select * from {{ ref('int_row_dispositions_unioned') }}

),

dispositions as (

    select
        source_system,
        source_table,
        source_row_number,
        row_key,
        disposition,
        reason_codes
    from unioned

)

select * from dispositions
