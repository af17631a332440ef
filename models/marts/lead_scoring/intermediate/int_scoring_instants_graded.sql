-- Grain: person x scoring model x instant. The grade as it stood then; an exclusion counts from when it began.
with

instants as (

    select * from {{ ref('int_scoring_instants') }}

),

engagement as (

    select * from {{ ref('int_engagement_at_instants') }}

),

fit_scores as (

    select * from {{ ref('int_fit_scores_dated') }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'engagement'

),

qualification_matrix as (

    select * from {{ ref('stg_rules__qualification_matrix') }}

),

changes_by_day as (  -- attributes that changed on a day without a time

    select distinct
        person_id,
        valid_from
    from {{ ref('int_person_attributes_dated') }}
    where valid_from_precision = 'day'

),

banded as (

    select
        instants.person_id,
        instants.scoring_model,
        instants.model_status,
        instants.occurred_at,
        fit_scores.is_rise and instants.occurred_at = fit_scores.valid_from as is_attribute_change,
        case when changes_by_day.person_id is not null then 'day' else 'exact' end as changed_at_precision,
        fit_scores.fit_score,
        fit_scores.fit_band,
        engagement.engagement_score,
        score_bands.band as engagement_band
    from instants
    inner join engagement
        on
            instants.person_id = engagement.person_id
            and instants.scoring_model = engagement.scoring_model
            and instants.occurred_at = engagement.occurred_at
    inner join fit_scores  -- the one interval in which the instant lies
        on
            instants.person_id = fit_scores.person_id
            and instants.scoring_model = fit_scores.scoring_model
            and instants.occurred_at >= fit_scores.valid_from
            and instants.occurred_at < fit_scores.valid_until
    left join changes_by_day
        on
            instants.person_id = changes_by_day.person_id
            and instants.occurred_at = changes_by_day.valid_from
    left join score_bands
        on
            instants.scoring_model = score_bands.scoring_model
            and engagement.engagement_score >= score_bands.min_score
            and engagement.engagement_score < score_bands.max_score

)

select
    banded.person_id,
    banded.scoring_model,
    banded.model_status,
    banded.occurred_at,
    banded.is_attribute_change,
    banded.changed_at_precision,
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
