{{ config(materialized='table') }}

-- Grain: person x scoring model x interval. Fit as it stood; X while an exclusion holds. is_rise: a change of an
-- attribute began it and raised the person.
with

fit_scores as (

    select * from {{ ref('int_fit_scores') }}

),

exclusions as (

    select * from {{ ref('int_exclusion_rules_met') }}

),

rule_ends as (

    select distinct effective_until from {{ ref('stg_rules__exclusions') }}

),

excluded_moments as (

    select distinct
        fit_scores.person_id,
        fit_scores.moment
    from fit_scores
    inner join exclusions  -- whichever rule holds at the moment
        on
            fit_scores.person_id = exclusions.person_id
            and fit_scores.moment >= exclusions.excluded_from
            and fit_scores.moment < exclusions.excluded_until

),

banded as (

    select
        fit_scores.person_id,
        fit_scores.scoring_model,
        fit_scores.moment,
        fit_scores.fit_score,
        fit_scores.is_point_in_time,
        case when excluded_moments.person_id is not null then 'X' else fit_scores.fit_band end as fit_band
    from fit_scores
    left join excluded_moments
        on
            fit_scores.person_id = excluded_moments.person_id
            and fit_scores.moment = excluded_moments.moment

),

compared as (

    select
        *,
        lag(fit_score) over same_person as previous_score,
        lag(fit_band) over same_person as previous_band,
        lag(is_point_in_time) over same_person as was_point_in_time
    from banded
    window same_person as (partition by person_id, scoring_model order by moment)

),

changed as (

    select *
    from compared
    where
        previous_band is null
        or fit_score <> previous_score
        or fit_band <> previous_band
        or is_point_in_time <> was_point_in_time

)

select
    changed.person_id,
    changed.scoring_model,
    changed.moment as valid_from,
    coalesce(
        lead(changed.moment) over (partition by changed.person_id, changed.scoring_model order by changed.moment),
        {{ open_end() }}
    ) as valid_until,
    changed.fit_score,
    changed.fit_band,
    changed.is_point_in_time,
    coalesce(
        changed.fit_score > changed.previous_score
        -- an exclusion that its rule ends raises nobody: time passing opens nothing
        or (changed.previous_band = 'X' and changed.fit_band <> 'X' and rule_ends.effective_until is null),
        false
    ) as is_rise
from changed
left join rule_ends
    on changed.moment = rule_ends.effective_until
