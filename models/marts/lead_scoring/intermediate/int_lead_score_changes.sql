{{ config(materialized='table') }}

-- Grain: person x scoring model x instant at which a score rises or a band changes (so grade and threshold), and why.
with

graded as (

    select * from {{ ref('int_lead_score_moments_graded') }}

),

compared as (

    select
        *,
        lag(moment) over same_person as previous_moment,
        lag(grade) over same_person as previous_grade,
        lag(fit_band) over same_person as previous_fit_band,
        lag(fit_number) over same_person as previous_fit_number,
        lag(fit_score) over same_person as previous_fit_score,
        lag(last_engagement_score) over same_person as engagement_score_before
    from graded
    window same_person as (partition by person_id, scoring_model order by moment)

),

changed as (

    select
        *,
        (fit_band = 'X') <> (previous_fit_band = 'X') as is_exclusion_change,
        fit_score <> previous_fit_score or fit_band <> previous_fit_band as is_fit_change,
        not is_drop and engagement_score > engagement_score_before as is_engagement_rise
    from compared
    where
        previous_moment is null
        or grade <> previous_grade
        or fit_score > previous_fit_score
        or (not is_drop and engagement_score > engagement_score_before)

)

select
    person_id,
    scoring_model,
    moment,
    fit_score,
    fit_band,
    is_point_in_time,
    engagement_score,
    engagement_band,
    grade,
    meets_threshold,
    case
        when previous_moment is null then first_reason
        when is_exclusion_change then 'exclusion'
        when is_engagement_rise and signal_id is not null then 'signal'
        when is_fit_change then 'attribute_change'
        when signal_id is not null then 'signal'
        when is_drop then 'decay'
        else 'expiry'
    end as change_reason,
    signal_id
from changed
