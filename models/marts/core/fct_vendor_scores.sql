with

vendor_scores as (

    select * from {{ ref('int_vendor_scores_identified') }}

),

final as (

    select
        person_id,
        source_system,
        {{ id_without_address('record_id') }} as record_id,
        score_name,
        cast(vendor_score as double) as vendor_score,
        vendor_grade,
        told_at
    from vendor_scores

)

select * from final
