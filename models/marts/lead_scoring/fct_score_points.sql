with

fit_points as (

    select * from {{ ref('int_fit_points_awarded') }}

),

engagement_points as (

    select * from {{ ref('int_engagement_points_weighted') }}

),

ledger as (

    select
        person_id,
        scoring_model,
        rule_id,
        'fit' as rule_kind,
        score_group,
        cast(null as {{ dbt.type_string() }}) as signal_id,
        cast(null as {{ dbt.type_string() }}) as signal_name,
        cast(null as timestamp) as occurred_at,
        points,
        cast(1 as double) as weight,
        reason,
        is_point_in_time
    from fit_points
    union all
    select
        person_id,
        scoring_model,
        rule_id,
        'engagement' as rule_kind,
        score_group,
        signal_id,
        signal_name,
        occurred_at,
        points,
        weight,
        reason,
        true as is_point_in_time
    from engagement_points

)

select
    {{ key_of(['person_id', 'scoring_model', 'rule_id', 'signal_id']) }} as point_id,
    person_id,
    scoring_model,
    rule_id,
    rule_kind,
    score_group,
    signal_id,
    signal_name,
    occurred_at,
    points,
    weight,
    points * weight as weighted_points,
    reason,
    is_point_in_time
from ledger
