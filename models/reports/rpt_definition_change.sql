-- What a change of the definition did: the days before beside the days after. Rose or fell only where the two intervals
-- do not meet; a change of season or of a campaign moves them as well.
with

befores as (

    select * from {{ ref('fct_definition_sides') }}
    where side = 'before'

),

afters as (

    select * from {{ ref('fct_definition_sides') }}
    where side = 'after'

)

select
    afters.scoring_model,
    afters.measure,
    afters.previous_model,
    afters.changed_at,
    befores.side_from as before_from,
    afters.side_until as after_until,
    befores.window_days as before_days,
    befores.successes as before_count,
    befores.trials as before_of,
    befores.rate as before_rate,
    befores.rate_lower as before_rate_lower,
    befores.rate_upper as before_rate_upper,
    afters.window_days as after_days,
    afters.successes as after_count,
    afters.trials as after_of,
    afters.too_early as after_too_early,
    afters.rate as after_rate,
    afters.rate_lower as after_rate_lower,
    afters.rate_upper as after_rate_upper,
    afters.rate - befores.rate as rate_change,
    case
        when not befores.is_enough or not afters.is_enough then 'too_few'
        when afters.rate_lower > befores.rate_upper then 'rose'
        when afters.rate_upper < befores.rate_lower then 'fell'
        else 'no_change_shown'
    end as verdict,
    befores.is_mature and afters.is_mature as is_mature
from afters
inner join befores
    on
        afters.scoring_model = befores.scoring_model
        and afters.measure = befores.measure
