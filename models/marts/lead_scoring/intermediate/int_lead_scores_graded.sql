-- Grain: person x scoring model, as of the run. Bands of fit and engagement, their grade, and whether it is enough.
with

engagement_scores as (

    select * from {{ ref('int_engagement_scores') }}

),

fit_scores as (

    select * from {{ ref('int_fit_scores_dated') }}
    where valid_until = {{ open_end() }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'engagement'

),

qualification_matrix as (

    select * from {{ ref('stg_rules__qualification_matrix') }}

),

banded as (

    select
        engagement_scores.person_id,
        engagement_scores.scoring_model,
        engagement_scores.model_status,
        fit_scores.fit_score,
        fit_scores.fit_band,
        engagement_scores.engagement_score,
        score_bands.band as engagement_band
    from engagement_scores
    inner join fit_scores
        on
            engagement_scores.person_id = fit_scores.person_id
            and engagement_scores.scoring_model = fit_scores.scoring_model
    left join score_bands
        on
            engagement_scores.scoring_model = score_bands.scoring_model
            and engagement_scores.engagement_score >= score_bands.min_score
            and engagement_scores.engagement_score < score_bands.max_score

),

graded as (

    select
        *,
        fit_band || engagement_band as grade
    from banded

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
    qualification_matrix.grade is not null as meets_threshold
from graded
left join qualification_matrix
    on
        graded.scoring_model = qualification_matrix.scoring_model
        and graded.grade = qualification_matrix.grade
