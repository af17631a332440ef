with

vendor_scores as (

    select * from {{ ref('fct_vendor_scores') }}

),

scores as (

    select * from {{ ref('fct_lead_scores') }}
    where model_status = 'active'

),

qualifications as (

    select * from {{ ref('fct_qualifications') }}

),

compared as (

    select
        vendor_scores.source_system,
        vendor_scores.record_id,
        vendor_scores.score_name,
        scores.scoring_model,
        vendor_scores.person_id,
        vendor_scores.vendor_score,
        vendor_scores.vendor_grade,
        scores.fit_score,
        scores.engagement_score,
        scores.grade,
        qualifications.is_qualified,
        qualifications.held_back_reason
    from vendor_scores
    inner join scores
        on vendor_scores.person_id = scores.person_id
    left join qualifications
        on vendor_scores.person_id = qualifications.person_id

),

ranked as (

    select
        *,
        case
            when vendor_score is not null
                then percent_rank() over (
                    partition by source_system, score_name, scoring_model, vendor_score is null
                    order by vendor_score
                )
        end as vendor_rank,
        case
            when vendor_score is not null
                then percent_rank() over (
                    partition by source_system, score_name, scoring_model, vendor_score is null
                    order by engagement_score
                )
        end as engagement_rank
    from compared

),

final as (

    select
        source_system,
        record_id,
        score_name,
        scoring_model,
        person_id,
        vendor_score,
        vendor_grade,
        fit_score,
        engagement_score,
        grade,
        is_qualified,
        held_back_reason,
        vendor_rank,
        engagement_rank,
        vendor_rank - engagement_rank as rank_difference
    from ranked

)

select * from final
