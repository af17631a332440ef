with

graded as (

    select * from {{ ref('int_lead_scores_graded') }}

),

top_reasons as (

    select * from {{ ref('int_top_reasons') }}

)

select
    graded.person_id,
    graded.scoring_model,
    graded.model_status,
    graded.fit_score,
    graded.fit_band,
    graded.engagement_score,
    graded.engagement_band,
    graded.grade,
    graded.meets_threshold,
    top_reasons.top_reasons,
    {{ as_of() }} as scored_as_of
from graded
left join top_reasons
    on
        graded.person_id = top_reasons.person_id
        and graded.scoring_model = top_reasons.scoring_model
