-- Does a better band come to more? Only cycles old enough for the label, by the score as it stood when they opened.
with

judged as (

    select * from {{ ref('fct_cycle_scores_judged') }}

),

discrimination as (

    select * from {{ ref('fct_score_discrimination') }}

),

bands as (

    select
        scoring_model,
        score_kind,
        score_band,
        label,
        fit_basis,
        split,
        count(*) as mqls,
        count(distinct person_id) as people,
        count(accepted_at) as accepted,
        count(meeting_held_at) as meetings_held,
        count(opportunity_id) as opportunities,
        count(case when outcome = 'won' then 1 end) as won,
        count(case when is_positive then 1 end) as positives
    from judged
    group by scoring_model, score_kind, score_band, label, fit_basis, split

),

accumulated as (  -- from the best band down

    select
        *,
        sum(mqls) over bands_down as mqls_so_far,
        sum(positives) over bands_down as positives_so_far
    from bands
    window bands_down as (
        partition by scoring_model, score_kind, label, fit_basis, split
        order by score_band
        rows between unbounded preceding and current row
    )

)

select
    accumulated.scoring_model,
    accumulated.score_kind,
    accumulated.score_band,
    accumulated.label,
    accumulated.fit_basis,
    accumulated.split,
    accumulated.split = 'all'
    and accumulated.fit_basis = case accumulated.score_kind when 'engagement' then 'any' else 'as_it_was' end
        as is_headline,
    accumulated.mqls,
    accumulated.people,
    accumulated.accepted,
    accumulated.meetings_held,
    accumulated.opportunities,
    accumulated.won,
    accumulated.positives,
    {{ share_of('accumulated.positives', 'accumulated.mqls') }} as rate,
    {{ wilson_bound('accumulated.positives', 'accumulated.mqls', 'lower') }} as rate_lower,
    {{ wilson_bound('accumulated.positives', 'accumulated.mqls', 'upper') }} as rate_upper,
    {{ share_of('discrimination.positives', 'discrimination.mqls') }} as base_rate,
    cast(accumulated.positives * discrimination.mqls as double)
    / nullif(accumulated.mqls * discrimination.positives, 0) as lift,
    {{ share_of('accumulated.mqls_so_far', 'discrimination.mqls') }} as cumulative_mqls_share,
    {{ share_of('accumulated.positives_so_far', 'discrimination.positives') }} as cumulative_gain,
    discrimination.auc,
    discrimination.auc_lower,
    discrimination.auc_upper,
    discrimination.horizon_days,
    discrimination.shortest_horizon_days
from accumulated
inner join discrimination
    on
        accumulated.scoring_model = discrimination.scoring_model
        and accumulated.score_kind = discrimination.score_kind
        and accumulated.label = discrimination.label
        and accumulated.fit_basis = discrimination.fit_basis
        and accumulated.split = discrimination.split
