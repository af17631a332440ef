-- Grain: change from one version of the score to the next x side. The days before and after it, cut where the version
-- before began, where the next change comes, and at as_of.
with

models_in_order as (

    select
        scoring_model,
        effective_from,
        effective_until,
        lag(scoring_model) over (order by effective_from) as previous_model,
        lag(effective_from) over (order by effective_from) as previous_from
    from {{ ref('dim_scoring_model') }}
    where model_status = 'active' and effective_from <= {{ as_of() }}

),

limits as (

    select * from {{ ref('int_report_limits_pivoted') }}

),

changes as (

    select
        models_in_order.*,
        {{ add_days('effective_from', '-limits.definition_window_days') }} as window_from,
        {{ add_days('effective_from', 'limits.definition_window_days') }} as window_until,
        limits.lead_to_meeting_days
    from models_in_order
    cross join limits  -- one row
    where models_in_order.previous_model is not null

),

sides as (

    select
        scoring_model,
        previous_model,
        effective_from as changed_at,
        lead_to_meeting_days,
        'before' as side,
        case when window_from > previous_from then window_from else previous_from end as side_from,
        effective_from as side_until,
        true as is_over
    from changes
    union all
    select
        scoring_model,
        previous_model,
        effective_from as changed_at,
        lead_to_meeting_days,
        'after' as side,
        effective_from as side_from,
        case
            when effective_until < window_until and effective_until <= {{ as_of() }} then effective_until
            when window_until <= {{ as_of() }} then window_until
            else {{ as_of() }}
        end as side_until,
        effective_until <= {{ as_of() }} or window_until <= {{ as_of() }} as is_over
    from changes

)

select
    *,
    {{ seconds_between('side_from', 'side_until') }} / cast(86400 as double) as window_days
from sides
