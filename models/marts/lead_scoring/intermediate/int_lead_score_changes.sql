-- Grain: person x scoring model x instant at which a score rises or a band changes (so grade and threshold), and why.
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

qualification_matrix as (

    select * from {{ ref('stg_rules__qualification_matrix') }}

),

compared as (  -- with the last day of the moment before: drops on the way are told for themselves

    select
        person_id,
        scoring_model,
        moment,
        signal_id,
        fit_number,
        engagement_score,
        engagement_band,
        lag(fit_number) over same_person as fit_number_before,
        lag(last_engagement_score) over same_person as engagement_score_before,
        lag(last_engagement_band) over same_person as engagement_band_before
    from segments
    window same_person as (partition by person_id, scoring_model order by moment)

),

moments as (

    select
        person_id,
        scoring_model,
        moment,
        signal_id,
        fit_number,
        engagement_score,
        engagement_band,
        fit_number_before is null as is_first,
        coalesce(fit_number <> fit_number_before, false) as is_new_fit,
        coalesce(engagement_score > engagement_score_before, false) as is_engagement_rise,
        coalesce(engagement_band <> engagement_band_before, false) as is_band_change,
        false as is_drop
    from compared
    union all
    select
        person_id,
        scoring_model,
        moment,
        cast(null as {{ dbt.type_string() }}) as signal_id,
        fit_number,
        engagement_score,
        engagement_band,
        false as is_first,
        false as is_new_fit,
        false as is_engagement_rise,
        true as is_band_change,
        true as is_drop
    from drops

),

changed as (

    select
        moments.*,
        fit_scores.first_reason,
        fit_scores.fit_score,
        fit_scores.fit_band,
        fit_scores.is_point_in_time,
        fit_scores.fit_band || moments.engagement_band as grade,
        moments.is_new_fit and fit_scores.is_exclusion_change as is_exclusion_change,
        moments.is_new_fit and fit_scores.is_change as is_fit_change
    from moments
    inner join fit_scores
        on
            moments.person_id = fit_scores.person_id
            and moments.scoring_model = fit_scores.scoring_model
            and moments.fit_number = fit_scores.fit_number
    where
        moments.is_first
        or moments.is_band_change
        or moments.is_engagement_rise
        or (moments.is_new_fit and (fit_scores.is_rise or fit_scores.is_band_change))

)

select
    changed.person_id,
    changed.scoring_model,
    changed.moment,
    changed.fit_score,
    changed.fit_band,
    changed.is_point_in_time,
    changed.engagement_score,
    changed.engagement_band,
    changed.grade,
    qualification_matrix.grade is not null as meets_threshold,
    case
        when changed.is_first then changed.first_reason
        when changed.is_exclusion_change then 'exclusion'
        when changed.is_engagement_rise and changed.signal_id is not null then 'signal'
        when changed.is_fit_change then 'attribute_change'
        when changed.signal_id is not null then 'signal'
        when changed.is_drop then 'decay'
        else 'expiry'
    end as change_reason,
    changed.signal_id
from changed
left join qualification_matrix
    on
        changed.scoring_model = qualification_matrix.scoring_model
        and changed.grade = qualification_matrix.grade
