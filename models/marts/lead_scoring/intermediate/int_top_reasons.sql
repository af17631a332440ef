with

points_by_rule as (

    select
        person_id,
        scoring_model,
        rule_id,
        reason,
        sum(weighted_points) as points
    from {{ ref('fct_score_points') }}
    group by person_id, scoring_model, rule_id, reason

),

quantised as (  -- ranked by what is published, so that no last bit decides the order

    select
        person_id,
        scoring_model,
        rule_id,
        reason,
        {{ quantised('points') }} as points
    from points_by_rule

),

ranked as (

    select
        *,
        row_number() over (partition by person_id, scoring_model order by abs(points) desc, rule_id) as reason_number
    from quantised
    where points <> 0

),

joined as (

    select
        person_id,
        scoring_model,
        string_agg(
            reason
            || ' (' || case when points > 0 then '+' else '' end || cast(points as {{ dbt.type_string() }}) || ')',
            '; '
            order by reason_number
        ) as top_reasons
    from ranked
    where reason_number <= 3
    group by person_id, scoring_model

)

select * from joined
