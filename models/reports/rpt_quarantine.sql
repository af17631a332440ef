with

row_dispositions as (

    select * from {{ ref('fct_row_dispositions') }}
    where disposition = 'quarantined'

),

final as (

    select
        source_system,
        source_table,
        source_row_number,
        row_key,
        reason_codes
    from row_dispositions

)

select * from final
