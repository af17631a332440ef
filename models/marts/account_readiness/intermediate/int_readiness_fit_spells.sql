-- Grain: unit x person x interval of their fit, by the scoring model in force then, while they are known and not
-- excluded.
with

people as (

    select * from {{ ref('int_readiness_people') }}

),

fit_scores as (

    select * from {{ ref('fct_fit_scores') }}

),

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}
    where model_status = 'active'

),

fits_in_force as (

    select
        fit_scores.person_id,
        fit_scores.fit_score,
        case
            when fit_scores.valid_from < scoring_models.effective_from then scoring_models.effective_from
            else fit_scores.valid_from
        end as valid_from,
        case
            when fit_scores.valid_until > scoring_models.effective_until then scoring_models.effective_until
            else fit_scores.valid_until
        end as valid_until
    from fit_scores
    inner join scoring_models
        on fit_scores.scoring_model = scoring_models.scoring_model

),

fit_spells as (

    select
        people.unit_id,
        people.person_id,
        fits_in_force.fit_score,
        case
            when fits_in_force.valid_from < people.known_from then people.known_from
            else fits_in_force.valid_from
        end as spell_from,
        case
            when fits_in_force.valid_until > people.excluded_from then people.excluded_from
            else fits_in_force.valid_until
        end as spell_until
    from fits_in_force
    inner join people
        on fits_in_force.person_id = people.person_id

)

select * from fit_spells
where
    spell_from < spell_until
    and spell_from <= {{ as_of() }}
