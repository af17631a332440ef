{{ config(materialized='table') }}

-- Grain: version x period of its own life x person it scored then: their last bands of the period, and whether they
-- reached the threshold in it. Period 0 is the baseline; a version in force since ever begins at its first instant.
with

instants as (

    select * from {{ ref('int_scoring_instants_graded') }}
    where model_status = 'active'

),

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

triggers as (

    select * from {{ ref('stg_rules__review_triggers') }}
    where trigger_name = 'score_distribution'

),

begun as (

    select
        scoring_models.scoring_model,
        cast(
            case
                when scoring_models.effective_from > min(instants.occurred_at) then scoring_models.effective_from
                when scoring_models.effective_from > cast('1900-01-01' as timestamp) then scoring_models.effective_from
                else min(instants.occurred_at)
            end as date
        ) as begins_on
    from scoring_models
    inner join instants
        on scoring_models.scoring_model = instants.scoring_model
    group by scoring_models.scoring_model, scoring_models.effective_from

),

placed as (

    select
        instants.person_id,
        instants.scoring_model,
        instants.occurred_at,
        instants.fit_band,
        instants.engagement_band,
        instants.meets_threshold,
        begun.begins_on,
        triggers.baseline_days,
        {{ days_between('begun.begins_on', 'cast(instants.occurred_at as date)') }} as day_number
    from instants
    inner join begun
        on instants.scoring_model = begun.scoring_model
    cross join triggers  -- one row

),

numbered as (

    select
        *,
        cast(floor(day_number / cast(baseline_days as double)) as bigint) as period_number
    from placed

),

ranked as (

    select
        *,
        row_number() over (
            partition by scoring_model, period_number, person_id
            order by occurred_at desc
        ) as instants_back,
        max(case when meets_threshold then 1 else 0 end) over (
            partition by scoring_model, period_number, person_id
        ) as times_met
    from numbered

)

select
    scoring_model,
    period_number,
    person_id,
    fit_band,
    engagement_band,
    times_met = 1 as has_met_threshold,
    {{ add_days('cast(begins_on as timestamp)', 'period_number * baseline_days') }} as period_from,
    {{ add_days('cast(begins_on as timestamp)', '(period_number + 1) * baseline_days') }} as period_until
from ranked
where instants_back = 1
