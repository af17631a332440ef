-- The population stability index is the sum over bands of (share now - share then) x ln(share now / share then). Half a
-- person in each band: one that nobody is or was in is no infinite shift.
with

bands as (

    select * from {{ ref('int_score_bands_counted') }}

),

shares as (

    select
        now_in.scoring_model,
        now_in.period_number,
        now_in.score_kind,
        (now_in.people + 0.5)
        / cast(now_in.people_scored + 0.5 * count(*) over cells as double) as share_now,
        (then_in.people + 0.5)
        / cast(then_in.people_scored + 0.5 * count(*) over cells as double) as share_then
    from bands as now_in
    inner join bands as then_in
        on
            now_in.scoring_model = then_in.scoring_model
            and now_in.score_kind = then_in.score_kind
            and now_in.score_band = then_in.score_band
            and then_in.period_number = 0
    where now_in.score_kind <> 'threshold'
    window cells as (partition by now_in.scoring_model, now_in.period_number, now_in.score_kind)

),

indexes as (

    select
        scoring_model,
        period_number,
        sum(case when score_kind = 'fit' then (share_now - share_then) * ln(share_now / share_then) end) as fit_index,
        sum(case when score_kind = 'engagement' then (share_now - share_then) * ln(share_now / share_then) end)
            as engagement_index
    from shares
    group by scoring_model, period_number

)

select
    bands.scoring_model,
    bands.period_number,
    bands.period_from,
    bands.period_until,
    bands.people_scored,
    bands.people as people_qualified,
    cast(indexes.fit_index as numeric(9, 4)) as fit_stability_index,
    cast(indexes.engagement_index as numeric(9, 4)) as engagement_stability_index
from bands
inner join indexes
    on
        bands.scoring_model = indexes.scoring_model
        and bands.period_number = indexes.period_number
where bands.score_kind = 'threshold'
