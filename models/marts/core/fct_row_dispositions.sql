with

unioned as (

    select * from {{ ref('int_row_dispositions_unioned') }}

),

dispositions as (

    select
        source_system,
        source_table,
        source_row_number,
        {{ id_without_address('row_key') }} as row_key,
        disposition,
        reason_codes
    from unioned

)

select * from dispositions
