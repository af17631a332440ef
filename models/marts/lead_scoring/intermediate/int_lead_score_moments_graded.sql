-- Grain: person x scoring model x moment at which anything happened, or decay alone led into a lower band. The grade
-- from then on, and the score just before the next.
with

segments as (

    select * from {{ ref('int_engagement_segments') }}
    where fit_number is not null

),

drops as (

    select * from {{ ref('int_engagement_drops_found') }}
    where fit_number is not null

),

fit_scores as (

    select * from {{ ref('int_fit_scores_numbered') }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'engagement'

),

qualification_matrix as (

    select * from {{ ref('stg_rules__qualification_matrix') }}

),

moments as (

    select
        person_id,
        scoring_model,
        moment,
        signal_id,
        fit_number,
        engagement_score,
        last_engagement_score,
        false as is_drop
    from segments
    union all
    select
        person_id,
        scoring_model,
        moment,
        cast(null as {{ dbt.type_string() }}) as signal_id,
        fit_number,
        engagement_score,
        last_engagement_score,
        true as is_drop
    from drops

),

banded as (

    select
        moments.*,
        fit_scores.first_reason,
        fit_scores.fit_score,
        fit_scores.fit_band,
        fit_scores.is_point_in_time,
        score_bands.band as engagement_band
    from moments
    inner join fit_scores
        on
            moments.person_id = fit_scores.person_id
            and moments.scoring_model = fit_scores.scoring_model
            and moments.fit_number = fit_scores.fit_number
    left join score_bands
        on
            moments.scoring_model = score_bands.scoring_model
            and moments.engagement_score >= score_bands.min_score
            and moments.engagement_score < score_bands.max_score

)

select
    banded.person_id,
    banded.scoring_model,
    banded.moment,
    banded.signal_id,
    banded.fit_number,
    banded.is_drop,
    banded.first_reason,
    banded.fit_score,
    banded.fit_band,
    banded.is_point_in_time,
    banded.engagement_score,
    banded.last_engagement_score,
    banded.engagement_band,
    banded.fit_band || banded.engagement_band as grade,
    qualification_matrix.grade is not null as meets_threshold
from banded
left join qualification_matrix
    on
        banded.scoring_model = qualification_matrix.scoring_model
        and banded.fit_band || banded.engagement_band = qualification_matrix.grade
