-- How often a cycle with the label had the higher score than one without, ties counting half: the area under the curve,
-- in whole numbers until the last division.
with

judged as (

    select * from {{ ref('int_cycle_scores_judged') }}

),

by_score as (

    select
        scoring_model,
        score_kind,
        label,
        fit_basis,
        split,
        score,
        count(*) as cycles,
        count(case when is_positive then 1 end) as positives,
        max(horizon_days) as horizon_days,
        min(horizon_days) as shortest_horizon_days
    from judged
    group by scoring_model, score_kind, label, fit_basis, split, score

),

ranked as (

    select
        *,
        cycles - positives as negatives,
        coalesce(sum(cycles - positives) over (
            partition by scoring_model, score_kind, label, fit_basis, split
            order by score
            rows between unbounded preceding and 1 preceding
        ), 0) as negatives_below
    from by_score

),

summed as (

    select
        scoring_model,
        score_kind,
        label,
        fit_basis,
        split,
        cast(sum(cycles) as bigint) as mqls,
        cast(sum(positives) as bigint) as positives,
        cast(sum(negatives) as bigint) as negatives,
        cast(sum(positives * (2 * negatives_below + negatives)) as double) as half_pairs_won,
        max(horizon_days) as horizon_days,
        min(shortest_horizon_days) as shortest_horizon_days
    from ranked
    group by scoring_model, score_kind, label, fit_basis, split

),

areas as (

    select
        *,
        half_pairs_won / nullif(2 * cast(positives as double) * negatives, 0) as auc
    from summed

),

errors as (  -- Hanley and McNeil 1982

    select
        *,
        sqrt((
            auc * (1 - auc)
            + (positives - 1) * (auc / (2 - auc) - auc * auc)
            + (negatives - 1) * (2 * auc * auc / (1 + auc) - auc * auc)
        ) / nullif(cast(positives as double) * negatives, 0)) as standard_error
    from areas

)

select
    scoring_model,
    score_kind,
    label,
    fit_basis,
    split,
    mqls,
    positives,
    auc,
    {{ between_limits('auc - 1.959963984540054 * standard_error', '0', '1') }} as auc_lower,
    {{ between_limits('auc + 1.959963984540054 * standard_error', '0', '1') }} as auc_upper,
    horizon_days,
    shortest_horizon_days
from errors
