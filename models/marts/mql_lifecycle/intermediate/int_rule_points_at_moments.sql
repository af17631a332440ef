{{ config(materialized='table') }}

-- Grain: moment x scoring model x rule that has points there. A moment is a person as of the run, or a cycle at its
-- opening by the version in force. Points are weighed to the moment.
with

ledger as (

    select * from {{ ref('fct_score_points') }}

),

fit_points as (

    select * from {{ ref('fct_fit_points') }}

),

score_rules as (

    select * from {{ ref('dim_score_rule') }}

),

lead_scores as (

    select * from {{ ref('fct_lead_scores') }}
    where fit_band <> 'X'

),

cycles as (

    select * from {{ ref('fct_mql_cycles') }}
    where entry_reason = 'threshold'

),

aged as (

    select
        ledger.person_id,
        ledger.scoring_model,
        ledger.rule_id,
        ledger.points,
        cycles.mql_id,
        score_rules.decay,
        score_rules.decay_days,
        score_rules.look_back_days,
        score_rules.half_life_days,
        {{ days_between('cast(ledger.occurred_at as date)', 'cast(cycles.opened_at as date)') }} as age_days
    from cycles
    inner join ledger  -- all that the person had done by then
        on
            cycles.person_id = ledger.person_id
            and cycles.scoring_model = ledger.scoring_model
            and ledger.occurred_at <= cycles.opened_at
    inner join score_rules
        on
            ledger.scoring_model = score_rules.scoring_model
            and ledger.rule_id = score_rules.rule_id

),

earned as (

    select
        'as_of_run' as moment_kind,
        ledger.person_id as moment_key,
        ledger.person_id,
        cast(null as {{ dbt.type_string() }}) as mql_id,
        ledger.scoring_model,
        ledger.rule_id,
        ledger.weighted_points as points
    from ledger
    inner join lead_scores
        on
            ledger.person_id = lead_scores.person_id
            and ledger.scoring_model = lead_scores.scoring_model
    union all
    select
        'opening' as moment_kind,
        mql_id as moment_key,
        person_id,
        mql_id,
        scoring_model,
        rule_id,
        points * {{ decay_weight('aged', 'age_days') }} as points
    from aged
    union all
    select
        'opening' as moment_kind,
        cycles.mql_id as moment_key,
        cycles.person_id,
        cycles.mql_id,
        cycles.scoring_model,
        fit_points.rule_id,
        fit_points.points
    from cycles
    inner join fit_points  -- who the person was then
        on
            cycles.person_id = fit_points.person_id
            and cycles.scoring_model = fit_points.scoring_model
            and cycles.opened_at >= fit_points.valid_from
            and cycles.opened_at < fit_points.valid_until

)

select
    moment_kind,
    moment_key,
    person_id,
    mql_id,
    scoring_model,
    rule_id,
    sum(points) as points
from earned
group by moment_kind, moment_key, person_id, mql_id, scoring_model, rule_id
having sum(points) <> 0
