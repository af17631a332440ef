-- How often reviewers find that the handoff was right, week by week. Verdicts count although what they were about may
-- since have left the sample.
with

sampled as (

    select * from {{ ref('fct_review_sample') }}

),

verdicts as (

    select
        review_verdicts.*,
        sampled.review_id is null as is_out_of_sample
    from {{ ref('fct_review_verdicts') }} as review_verdicts
    left join sampled
        on review_verdicts.review_id = sampled.review_id

),

sampled_counted as (

    select
        week_start,
        stratum,
        max(candidates) as candidates,
        count(*) as sampled
    from sampled
    group by week_start, stratum

),

reviews_counted as (  -- one row for each that somebody looked at

    select
        week_start,
        stratum,
        review_id,
        count(*) as verdicts,
        count(case when verdict = 'agree' then 1 end) as agreed,
        count(case when verdict = 'disagree' then 1 end) as disagreed,
        count(case when verdict = 'unsure' then 1 end) as unsure,
        count(case when is_out_of_sample then 1 end) as out_of_sample,
        count(distinct verdict) as different_verdicts
    from verdicts
    group by week_start, stratum, review_id

),

verdicts_counted as (

    select
        week_start,
        stratum,
        count(*) as reviewed,
        cast(sum(verdicts) as bigint) as verdicts,
        cast(sum(agreed) as bigint) as agreed,
        cast(sum(disagreed) as bigint) as disagreed,
        cast(sum(unsure) as bigint) as unsure,
        cast(sum(out_of_sample) as bigint) as verdicts_out_of_sample,
        count(case when verdicts > 1 then 1 end) as reviewed_by_several,
        count(case when verdicts > 1 and different_verdicts = 1 then 1 end) as reviewers_at_one
    from reviews_counted
    group by week_start, stratum

),

joined as (

    select
        coalesce(sampled_counted.week_start, verdicts_counted.week_start) as week_start,
        coalesce(sampled_counted.stratum, verdicts_counted.stratum) as stratum,
        coalesce(sampled_counted.candidates, 0) as candidates,
        coalesce(sampled_counted.sampled, 0) as sampled,
        coalesce(verdicts_counted.reviewed, 0) as reviewed,
        coalesce(verdicts_counted.verdicts, 0) as verdicts,
        coalesce(verdicts_counted.agreed, 0) as agreed,
        coalesce(verdicts_counted.disagreed, 0) as disagreed,
        coalesce(verdicts_counted.unsure, 0) as unsure,
        coalesce(verdicts_counted.verdicts_out_of_sample, 0) as verdicts_out_of_sample,
        coalesce(verdicts_counted.reviewed_by_several, 0) as reviewed_by_several,
        coalesce(verdicts_counted.reviewers_at_one, 0) as reviewers_at_one
    from sampled_counted
    full outer join verdicts_counted
        on
            sampled_counted.week_start = verdicts_counted.week_start
            and sampled_counted.stratum = verdicts_counted.stratum

),

decided as (

    select
        *,
        agreed + disagreed as decided
    from joined

)

select
    week_start,
    stratum,
    candidates,
    sampled,
    reviewed,
    verdicts,
    agreed,
    disagreed,
    unsure,
    {{ share_of('agreed', 'decided') }} as agreement_rate,
    {{ wilson_bound('agreed', 'decided', 'lower') }} as agreement_rate_lower,
    {{ wilson_bound('agreed', 'decided', 'upper') }} as agreement_rate_upper,
    verdicts_out_of_sample,
    reviewed_by_several,
    reviewers_at_one
from decided
