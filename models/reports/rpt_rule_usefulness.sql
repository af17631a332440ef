-- What each rule changes, found by leaving it out: whom it moves over the threshold, and what became of them. A rule
-- that changes nobody's next step is named for removal.
with

score_rules as (

    select * from {{ ref('dim_score_rule') }}

),

triggers as (

    select min_count
    from {{ ref('dim_review_trigger') }}
    where trigger_name = 'rule_usefulness'

),

points as (

    select
        scoring_model,
        rule_id,
        count(distinct person_id) as people_with_points
    from {{ ref('fct_score_points') }}
    where weighted_points <> 0
    group by scoring_model, rule_id

),

effects as (

    select
        rule_effects.*,
        mql_cycles.accepted_at,
        mql_cycles.opportunity_id,
        mql_cycles.mql_id is not null and mql_cycles.acceptance_due_at <= {{ as_of() }} as is_old_enough
    from {{ ref('fct_rule_effects') }} as rule_effects
    left join {{ ref('fct_mql_cycles') }} as mql_cycles
        on rule_effects.mql_id = mql_cycles.mql_id

),

moved as (

    select
        scoring_model,
        rule_id,
        count(case when moment_kind = 'as_of_run' and meets_threshold and not meets_threshold_without then 1 end)
            as people_lifted,
        count(case when moment_kind = 'as_of_run' and not meets_threshold and meets_threshold_without then 1 end)
            as people_kept_out,
        count(case when moment_kind = 'as_of_run' then 1 end) as people_regraded,
        count(case when moment_kind = 'opening' then 1 end) as cycles_regraded,
        count(case when moment_kind = 'opening' and not meets_threshold_without then 1 end) as cycles_lifted,
        count(case when is_old_enough and not meets_threshold_without then 1 end) as cycles_decided,
        count(case when is_old_enough and not meets_threshold_without then accepted_at end) as accepted,
        count(case when is_old_enough and not meets_threshold_without then opportunity_id end) as opportunities
    from effects
    group by scoring_model, rule_id

),

all_cycles as (

    select
        scoring_model,
        count(*) as cycles_decided,
        count(accepted_at) as accepted
    from {{ ref('fct_mql_cycles') }}
    where entry_reason = 'threshold' and acceptance_due_at <= {{ as_of() }}
    group by scoring_model

),

counted as (

    select
        score_rules.scoring_model,
        score_rules.rule_id,
        score_rules.rule_kind,
        score_rules.score_group,
        score_rules.points,
        score_rules.reason,
        triggers.min_count,
        coalesce(points.people_with_points, 0) as people_with_points,
        coalesce(moved.people_lifted, 0) as people_lifted,
        coalesce(moved.people_kept_out, 0) as people_kept_out,
        coalesce(moved.people_regraded, 0) as people_regraded,
        coalesce(moved.cycles_regraded, 0) as cycles_regraded,
        coalesce(moved.cycles_lifted, 0) as cycles_lifted,
        coalesce(moved.cycles_decided, 0) as cycles_decided,
        coalesce(moved.accepted, 0) as accepted,
        coalesce(moved.opportunities, 0) as opportunities,
        coalesce(all_cycles.cycles_decided, 0) - coalesce(moved.cycles_decided, 0) as other_cycles_decided,
        coalesce(all_cycles.accepted, 0) - coalesce(moved.accepted, 0) as other_accepted
    from score_rules
    cross join triggers  -- one row
    left join points
        on
            score_rules.scoring_model = points.scoring_model
            and score_rules.rule_id = points.rule_id
    left join moved
        on
            score_rules.scoring_model = moved.scoring_model
            and score_rules.rule_id = moved.rule_id
    left join all_cycles
        on score_rules.scoring_model = all_cycles.scoring_model

),

rated as (

    select
        *,
        {{ share_of('accepted', 'cycles_decided') }} as acceptance_rate,
        {{ wilson_bound('accepted', 'cycles_decided', 'lower') }} as acceptance_rate_lower,
        {{ wilson_bound('accepted', 'cycles_decided', 'upper') }} as acceptance_rate_upper,
        {{ share_of('opportunities', 'cycles_decided') }} as opportunity_rate,
        {{ wilson_bound('opportunities', 'cycles_decided', 'lower') }} as opportunity_rate_lower,
        {{ wilson_bound('opportunities', 'cycles_decided', 'upper') }} as opportunity_rate_upper,
        {{ share_of('other_accepted', 'other_cycles_decided') }} as other_acceptance_rate
    from counted

)

select
    *,
    case
        when people_regraded + cycles_regraded = 0 then 'changes_nobody'
        when cycles_lifted = 0 and people_lifted + people_kept_out = 0 then 'regrades_only'
        when cycles_lifted = 0 and people_lifted = 0 then 'keeps_people_out'
        when cycles_decided < min_count then 'too_few_to_judge'
        when acceptance_rate_upper < other_acceptance_rate then 'lifts_the_wrong_people'
        else 'earns_its_place'
    end as verdict
from rated
