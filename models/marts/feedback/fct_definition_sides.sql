with

sides as (

    select * from {{ ref('int_definition_sides_counted') }}

),

limits as (

    select * from {{ ref('int_report_limits_pivoted') }}

)

select
    sides.scoring_model,
    sides.previous_model,
    sides.changed_at,
    sides.measure,
    sides.side,
    sides.side_from,
    sides.side_until,
    sides.window_days,
    sides.successes,
    sides.trials,
    cast(sides.too_early as bigint) as too_early,
    sides.is_over and sides.too_early = 0 as is_mature,
    case
        when sides.measure = 'volume' then sides.successes * 30 / nullif(sides.window_days, 0)
        else {{ share_of('sides.successes', 'sides.trials') }}
    end as rate,
    case
        when sides.measure = 'volume'
            then ({{ poisson_bound('sides.successes', 'lower') }}) * 30 / nullif(sides.window_days, 0)
        else {{ wilson_bound('sides.successes', 'sides.trials', 'lower') }}
    end as rate_lower,
    case
        when sides.measure = 'volume'
            then ({{ poisson_bound('sides.successes', 'upper') }}) * 30 / nullif(sides.window_days, 0)
        else {{ wilson_bound('sides.successes', 'sides.trials', 'upper') }}
    end as rate_upper,
    coalesce(sides.trials, sides.successes) >= limits.definition_min_count as is_enough
from sides
cross join limits  -- one row
