-- Each version beside its own beginning: are those it meets still the same, do as many qualify, does sales accept as
-- many? Where too few are behind a number nothing is said.
with

scoring_models as (

    select * from {{ ref('dim_scoring_model') }}
    where effective_from <= {{ as_of() }}

),

triggers as (

    select
        max(case when trigger_name = 'score_distribution' then watch_from end) as watch_from,
        max(case when trigger_name = 'score_distribution' then review_from end) as review_from,
        max(case when trigger_name = 'score_distribution' then min_count end) as scored_needed,
        max(case when trigger_name = 'qualification_rate' then min_count end) as asked_needed,
        max(case when trigger_name = 'acceptance_rate' then min_count end) as decided_needed
    from {{ ref('dim_review_trigger') }}

),

periods as (

    select
        scoring_models.scoring_model,
        scoring_models.model_status,
        scoring_models.effective_until,
        scoring_models.review_by,
        score_periods.period_from,
        score_periods.period_until,
        score_periods.fit_stability_index,
        score_periods.engagement_stability_index,
        coalesce(score_periods.period_number, 0) as period_number,
        coalesce(score_periods.people_scored, 0) as people_scored,
        coalesce(score_periods.people_qualified, 0) as people_qualified
    from scoring_models
    left join {{ ref('fct_score_periods') }} as score_periods
        on scoring_models.scoring_model = score_periods.scoring_model

),

counted as (

    select
        periods.scoring_model,
        periods.period_number,
        count(mql_cycles.mql_id) as mqls,
        count(case when mql_cycles.accepted_at is not null or mql_cycles.closed_at is not null then 1 end) as decided,
        count(mql_cycles.accepted_at) as accepted
    from periods
    left join {{ ref('fct_mql_cycles') }} as mql_cycles
        on
            periods.scoring_model = mql_cycles.scoring_model
            and mql_cycles.opened_at >= periods.period_from
            and mql_cycles.opened_at < periods.period_until
    group by periods.scoring_model, periods.period_number

),

measured as (

    select
        periods.*,
        counted.mqls,
        counted.decided,
        counted.accepted,
        {{ share_of('periods.people_qualified', 'periods.people_scored') }} as qualification_rate,
        {{ wilson_bound('periods.people_qualified', 'periods.people_scored', 'lower') }} as qualification_rate_lower,
        {{ wilson_bound('periods.people_qualified', 'periods.people_scored', 'upper') }} as qualification_rate_upper,
        {{ share_of('counted.accepted', 'counted.decided') }} as acceptance_rate,
        {{ wilson_bound('counted.accepted', 'counted.decided', 'lower') }} as acceptance_rate_lower,
        {{ wilson_bound('counted.accepted', 'counted.decided', 'upper') }} as acceptance_rate_upper,
        row_number() over (partition by periods.scoring_model order by periods.period_number desc) as periods_back
    from periods
    inner join counted
        on
            periods.scoring_model = counted.scoring_model
            and periods.period_number = counted.period_number

),

compared as (

    select
        now_in.*,
        triggers.watch_from,
        triggers.review_from,
        now_in.people_scored >= triggers.scored_needed and then_in.people_scored >= triggers.scored_needed
            as has_enough_scored,
        case
            when now_in.fit_stability_index > now_in.engagement_stability_index then now_in.fit_stability_index
            else now_in.engagement_stability_index
        end as stability_index,
        cast({{ as_of() }} as date) > now_in.review_by and now_in.effective_until > {{ as_of() }} as is_review_due,
        coalesce(
            now_in.people_scored >= triggers.asked_needed
            and then_in.people_scored >= triggers.asked_needed
            and (
                now_in.qualification_rate_upper < then_in.qualification_rate_lower
                or now_in.qualification_rate_lower > then_in.qualification_rate_upper
            ), false
        ) as has_qualification_changed,
        coalesce(
            now_in.decided >= triggers.decided_needed
            and then_in.decided >= triggers.decided_needed
            and (
                now_in.acceptance_rate_upper < then_in.acceptance_rate_lower
                or now_in.acceptance_rate_lower > then_in.acceptance_rate_upper
            ), false
        ) as has_acceptance_changed
    from measured as now_in
    inner join measured as then_in  -- its own beginning
        on
            now_in.scoring_model = then_in.scoring_model
            and then_in.period_number = 0
    cross join triggers  -- one row

),

judged as (

    select
        *,
        period_number = 0 as is_baseline,
        periods_back = 1 as is_latest,
        coalesce(period_until <= {{ as_of() }} and period_until <= effective_until, false) as is_complete,
        coalesce(has_enough_scored and stability_index >= watch_from, false) as is_population_moving,
        coalesce(has_enough_scored and stability_index >= review_from, false) as has_population_shifted
    from compared

)

select
    *,
    concat_ws(
        '; ',
        case when is_review_due then 'The date to review it by has passed' end,
        case
            when has_population_shifted then 'It scores other people than when it began'
            when is_population_moving then 'The people it scores begin to differ: watch'
        end,
        case when has_qualification_changed then 'Another share reaches the threshold than when it began' end,
        case when has_acceptance_changed then 'Sales accepts another share than when it began' end
    ) as review_reason
from judged
