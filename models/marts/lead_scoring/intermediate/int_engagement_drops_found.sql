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
        falling.moment,
        falling.fit_number,
        falling.last_engagement_score,
        score_bands.min_score,
        falling.first_day as day_above,
        falling.last_day as day_below,
        {{ engagement_sums_of('falling') }},
        {{ engagement_limits_of('limits') }}
    from falling
    inner join limits
        on falling.scoring_model = limits.scoring_model
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
        probed.moment,
        probed.fit_number,
        probed.last_engagement_score,
        probed.min_score,
        case when probed.probed_score >= probed.min_score then probed.day_probed else probed.day_above end as day_above,
        case when probed.probed_score >= probed.min_score then probed.day_below else probed.day_probed end as day_below,
        {{ engagement_sums_of('probed') }},
        {{ engagement_limits_of('probed') }}
    from (
        select
            *,
            {{ quantised(engagement_of_slots('probing', 'probing.day_probed')) }}
                as probed_score
        from (
            select
                *,
                cast(floor((day_above + day_below) / 2.0) as integer) as day_probed
            from halved
            where day_below - day_above > 1
        ) as probing
    ) as probed

),

drops as (  -- two bands left on one day are one drop

    select distinct
        halved.person_id,
        halved.scoring_model,
        halved.fit_number,
        halved.last_engagement_score,
        {{ engagement_sums_of('halved') }},
        {{ engagement_limits_of('halved') }},
        halved.day_below
    from halved
    where halved.day_below - halved.day_above = 1

)

select
    drops.person_id,
    drops.scoring_model,
    drops.fit_number,
    drops.last_engagement_score,
    {{ add_days('cast(cast(' ~ as_of() ~ ' as date) as timestamp)', 'drops.day_below') }} as moment,
    {{ quantised(engagement_of_slots('drops', 'drops.day_below')) }} as engagement_score
from drops
