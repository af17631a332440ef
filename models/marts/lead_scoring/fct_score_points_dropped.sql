with

points_offered as (

    select * from {{ ref('int_engagement_points_offered') }}
    where is_over_daily_cap

)

select
    {{ key_of(['person_id', 'scoring_model', 'rule_id', 'signal_id']) }} as point_id,
    person_id,
    scoring_model,
    rule_id,
    score_group,
    signal_id,
    signal_name,
    occurred_at,
    points,
    cast(number_in_day as {{ dbt.type_int() }}) as number_in_day,
    daily_cap,
    'daily_cap' as dropped_reason
from points_offered
