{{ config(materialized='table') }}

-- Grain: person x scoring model x day on which decay alone takes them into a lower band. Between two moments a score
-- never rises, so the day is found by halving: at most seventeen looks at the row's own sums, whatever the days.
with recursive

falling as (

    select *
    from {{ ref('int_engagement_segments') }}
    where falls

),

limits as (

    select * from {{ ref('int_engagement_limits_pivoted') }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'engagement'

),

crossings as (  -- one for each band left between the first day and the last

    select
        falling.person_id,
        falling.scoring_model,
        falling.fit_number,
        score_bands.min_score,
        falling.first_day as day_above,
        falling.last_day as day_below,
        {{ engagement_sums_of('falling') }}
    from falling
    inner join score_bands
        on
            falling.scoring_model = score_bands.scoring_model
            and falling.engagement_score >= score_bands.min_score
            and falling.last_engagement_score < score_bands.min_score

),

halved as (

    select * from crossings
    union all
    select
        probed.person_id,
        probed.scoring_model,
        probed.fit_number,
        probed.min_score,
        case when probed.probed_score >= probed.min_score then probed.day_probed else probed.day_above end as day_above,
        case when probed.probed_score >= probed.min_score then probed.day_below else probed.day_probed end as day_below,
        {{ engagement_sums_of('probed') }}
    from (
        select
            probing.*,
            {{ quantised(engagement_of_slots('probing', 'limits', 'probing.day_probed')) }} as probed_score
        from (
            select
                *,
                cast(floor((day_above + day_below) / 2.0) as integer) as day_probed
            from halved
            where day_below - day_above > 1
        ) as probing
        inner join limits
            on probing.scoring_model = limits.scoring_model
    ) as probed

),

found as (

    select
        halved.person_id,
        halved.scoring_model,
        halved.fit_number,
        {{ add_days('cast(cast(' ~ as_of() ~ ' as date) as timestamp)', 'halved.day_below') }} as moment,
        {{ quantised(engagement_of_slots('halved', 'limits', 'halved.day_below')) }} as engagement_score
    from halved
    inner join limits
        on halved.scoring_model = limits.scoring_model
    where halved.day_below - halved.day_above = 1

),

drops as (  -- two bands left on one day are one drop

    select distinct
        person_id,
        scoring_model,
        fit_number,
        moment,
        engagement_score
    from found

)

select
    drops.person_id,
    drops.scoring_model,
    drops.fit_number,
    drops.moment,
    drops.engagement_score,
    score_bands.band as engagement_band
from drops
inner join score_bands
    on
        drops.scoring_model = score_bands.scoring_model
        and drops.engagement_score >= score_bands.min_score
        and drops.engagement_score < score_bands.max_score
