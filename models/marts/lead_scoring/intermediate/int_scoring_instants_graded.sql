-- Grain: person x scoring model x instant. The grade as it stood then; an exclusion counts from when it began.
with

instants as (

    select * from {{ ref('int_scoring_instants') }}

),

engagement as (

    select * from {{ ref('int_engagement_at_instants') }}

),

fit_scores as (

    select * from {{ ref('int_fit_scores') }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'engagement'

),

qualification_matrix as (

    select * from {{ ref('stg_rules__qualification_matrix') }}

),

first_exclusions as (

    select
        person_id,
        min(excluded_from) as excluded_from
    from {{ ref('fct_person_exclusions') }}
    group by person_id

),

banded as (

    select
        instants.person_id,
        instants.scoring_model,
        instants.model_status,
        instants.occurred_at,
        fit_scores.fit_score,
        case
            when first_exclusions.excluded_from <= instants.occurred_at then 'X'
            else fit_scores.fit_band
        end as fit_band,
        engagement.engagement_score,
        score_bands.band as engagement_band
    from instants
    inner join engagement
        on
            instants.person_id = engagement.person_id
            and instants.scoring_model = engagement.scoring_model
            and instants.occurred_at = engagement.occurred_at
    inner join fit_scores
        on
            instants.person_id = fit_scores.person_id
            and instants.scoring_model = fit_scores.scoring_model
    left join score_bands
        on
            instants.scoring_model = score_bands.scoring_model
            and engagement.engagement_score >= score_bands.min_score
            and engagement.engagement_score < score_bands.max_score
    left join first_exclusions
        on instants.person_id = first_exclusions.person_id

)

select
    banded.person_id,
    banded.scoring_model,
    banded.model_status,
    banded.occurred_at,
    banded.fit_score,
    banded.fit_band,
    banded.engagement_score,
    banded.engagement_band,
    banded.fit_band || banded.engagement_band as grade,
    qualification_matrix.grade is not null as meets_threshold
from banded
left join qualification_matrix
    on
        banded.scoring_model = qualification_matrix.scoring_model
        and banded.fit_band || banded.engagement_band = qualification_matrix.grade
