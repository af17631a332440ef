-- Grain: person x scoring model x fit interval that reaches into the time the history speaks of: from when the person
-- was first known, or the version came into force, until it ended. Numbered in order of time, and compared with the one
-- before.
with

fit_scores as (

    select * from {{ ref('int_fit_scores_dated') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

scoring_models as (

    select * from {{ ref('int_engagement_limits_pivoted') }}

),

first_signals as (

    select
        person_id,
        min(occurred_at) as first_signal_at
    from {{ ref('fct_signals') }}
    where is_counted
    group by person_id

),

known as (  -- somebody of whom nothing is dated is known from the run on

    select
        persons.person_id,
        least(
            coalesce(persons.created_at, {{ as_of() }}),
            coalesce(first_signals.first_signal_at, {{ as_of() }}),
            {{ as_of() }}
        ) as known_from
    from persons
    left join first_signals
        on persons.person_id = first_signals.person_id

),

bounded as (

    select
        fit_scores.*,
        case when scoring_models.effective_from > known.known_from then 'model_change' else 'first_seen' end
            as first_reason,
        greatest(fit_scores.valid_from, known.known_from, scoring_models.effective_from) as moment
    from fit_scores
    inner join known
        on fit_scores.person_id = known.person_id
    inner join scoring_models
        on fit_scores.scoring_model = scoring_models.scoring_model
    where
        fit_scores.valid_until > known.known_from
        and fit_scores.valid_until > scoring_models.effective_from
        and known.known_from < scoring_models.effective_until
        and fit_scores.valid_from < scoring_models.effective_until
        and scoring_models.effective_from <= {{ as_of() }}

),

numbered as (

    select
        person_id,
        scoring_model,
        moment,
        first_reason,
        fit_score,
        fit_band,
        is_point_in_time,
        row_number() over same_person as fit_number,
        lag(fit_score) over same_person as fit_score_before,
        lag(fit_band) over same_person as fit_band_before
    from bounded
    window same_person as (partition by person_id, scoring_model order by moment)

)

select
    person_id,
    scoring_model,
    moment,
    first_reason,
    fit_score,
    fit_band,
    is_point_in_time,
    cast(fit_number as integer) as fit_number,
    coalesce(fit_score > fit_score_before, false) as is_rise,
    coalesce(fit_band <> fit_band_before, false) as is_band_change,
    coalesce((fit_band = 'X') <> (fit_band_before = 'X'), false) as is_exclusion_change,
    coalesce(fit_score <> fit_score_before or fit_band <> fit_band_before, false) as is_change
from numbered
