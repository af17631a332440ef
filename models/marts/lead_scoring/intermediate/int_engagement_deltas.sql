-- Grain: change of a group's running sums. A decayed sum composes: points x 2^(days / half-life), as they weigh on the
-- day of as_of, are added once and read at any earlier day by one multiplication. Linear decay is a - b x days.
-- What expires or falls out of the look-back is taken out again on the day it does, by a row without a signal.
with

points_awarded as (

    select
        *,
        {{ days_between('cast(' ~ as_of() ~ ' as date)', 'occurred_date') }} as day_number
    from {{ ref('int_engagement_points_awarded') }}

),

score_groups as (

    select * from {{ ref('stg_rules__score_groups') }}

),

placed as (

    select
        points_awarded.person_id,
        points_awarded.scoring_model,
        points_awarded.score_group,
        points_awarded.signal_id,
        points_awarded.occurred_at,
        points_awarded.occurred_date,
        points_awarded.points,
        case
            when points_awarded.decay = 'half_life' and score_groups.half_life_days is null then 'none'
            else points_awarded.decay
        end as decay,
        points_awarded.decay_days,
        score_groups.half_life_days,
        case
            when points_awarded.decay not in ('expire', 'linear') then points_awarded.look_back_days
            when points_awarded.look_back_days < points_awarded.decay_days then points_awarded.look_back_days
            else points_awarded.decay_days
        end as forgotten_after_days,
        points_awarded.day_number
    from points_awarded
    inner join score_groups
        on
            points_awarded.scoring_model = score_groups.scoring_model
            and points_awarded.score_group = score_groups.score_group

),

sums as (

    select
        person_id,
        scoring_model,
        score_group,
        signal_id,
        occurred_at,
        {{ add_days('cast(occurred_date as timestamp)', 'forgotten_after_days') }} as forgotten_at,
        case when decay = 'half_life' then points / {{ weight_since('day_number', 'half_life_days') }} else 0 end
            as decayed_points,
        case when decay = 'linear' then points * (1 + cast(day_number as double) / decay_days) else 0 end
        + case when decay in ('expire', 'none') then points else 0 end as flat_points,
        case when decay = 'linear' then points / decay_days else 0 end as points_lost_per_day
    from placed

),

deltas as (

    select
        person_id,
        scoring_model,
        score_group,
        signal_id,
        occurred_at as moment,
        decayed_points,
        flat_points,
        points_lost_per_day
    from sums
    union all
    select
        person_id,
        scoring_model,
        score_group,
        cast(null as {{ dbt.type_string() }}) as signal_id,
        forgotten_at as moment,
        0 - decayed_points as decayed_points,
        0 - flat_points as flat_points,
        0 - points_lost_per_day as points_lost_per_day
    from sums
    where forgotten_at <= {{ as_of() }}

)

select * from deltas
