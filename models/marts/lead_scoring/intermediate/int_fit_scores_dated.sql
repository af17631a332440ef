-- Grain: person x scoring model x interval. Fit as it stood; an exclusion counts from when it began.
with

fit_scores as (

    select * from {{ ref('int_fit_scores') }}

),

exclusions_begun as (

    select
        person_id,
        min(excluded_from) as excluded_from
    from {{ ref('fct_person_exclusions') }}
    group by person_id

),

before_exclusion as (

    select
        fit_scores.person_id,
        fit_scores.scoring_model,
        {{ since_ever() }} as valid_from,
        coalesce(exclusions_begun.excluded_from, {{ open_end() }}) as valid_until,
        fit_scores.fit_score,
        fit_scores.fit_band
    from fit_scores
    left join exclusions_begun
        on fit_scores.person_id = exclusions_begun.person_id
    where exclusions_begun.excluded_from is null or exclusions_begun.excluded_from > {{ since_ever() }}

),

excluded as (

    select
        fit_scores.person_id,
        fit_scores.scoring_model,
        exclusions_begun.excluded_from as valid_from,
        {{ open_end() }} as valid_until,
        fit_scores.fit_score,
        'X' as fit_band
    from fit_scores
    inner join exclusions_begun
        on fit_scores.person_id = exclusions_begun.person_id

),

intervals as (

    select * from before_exclusion
    union all
    select * from excluded

)

select
    person_id,
    scoring_model,
    valid_from,
    valid_until,
    fit_score,
    fit_band,
    false as is_point_in_time
from intervals
