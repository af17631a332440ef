{{ config(materialized='table') }}

-- Grain: cycle x label x kind of score x fit basis x split. Fit is read twice: of whom it is known as it was, and of
-- everybody; each cycle counts among all and in its part of time.
with

labelled as (

    select * from {{ ref('int_cycles_labelled') }}

),

scores as (

    select
        mql_id,
        label,
        'fit' as score_kind,
        substr(grade, 1, 1) as score_band,
        fit_score as score
    from labelled
    union all
    select
        mql_id,
        label,
        'engagement' as score_kind,
        substr(grade, 2, 1) as score_band,
        engagement_score as score
    from labelled
    union all
    select
        mql_id,
        label,
        'grade' as score_kind,
        grade as score_band,
        fit_score + engagement_score as score  -- a grade has no order of its own: the sum of its scores ranks it
    from labelled

),

bases as (

    select 'as_it_was' as fit_basis
    union all
    select 'any' as fit_basis

),

splits as (

    select 'all' as split
    union all
    select 'in_sample' as split
    union all
    select 'out_of_time' as split

)

select
    labelled.mql_id,
    labelled.person_id,
    labelled.scoring_model,
    labelled.label,
    scores.score_kind,
    bases.fit_basis,
    splits.split,
    scores.score_band,
    scores.score,
    labelled.accepted_at,
    labelled.meeting_held_at,
    labelled.opportunity_id,
    labelled.outcome,
    labelled.horizon_days,
    labelled.is_positive
from labelled
inner join scores
    on
        labelled.mql_id = scores.mql_id
        and labelled.label = scores.label
inner join bases  -- engagement hangs on no attribute
    on bases.fit_basis = 'any' or (scores.score_kind <> 'engagement' and labelled.is_fit_point_in_time)
inner join splits  -- among all, and in its part of time
    on splits.split = 'all' or splits.split = case when labelled.is_out_of_time then 'out_of_time' else 'in_sample' end
