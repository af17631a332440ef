{#-
    What a cohort of MQLs came to, for a select that groups fct_mql_funnel: counts, amounts and days between steps. Two
    reports count the same cycles at two grains, and a median of medians is none.
-#}
{% macro funnel_measures() -%}
    count(*) as mqls,
    count(accepted_at) as accepted,
    count(meeting_held_at) as meetings_held,
    count(opportunity_id) as opportunities,
    cast(coalesce(sum(pipeline_amount), 0) as numeric(18, 2)) as pipeline_amount,
    count(case when outcome = 'won' then 1 end) as won,
    cast(coalesce(sum(won_amount), 0) as numeric(18, 2)) as won_amount,
    count(case when is_amount_missing then 1 end) as opportunities_without_amount,
    count(case when outcome = 'lost' then 1 end) as lost,
    count(case when outcome = 'rejected' then 1 end) as rejected,
    count(case when outcome = 'disqualified' then 1 end) as disqualified,
    count(case when outcome = 'recycled' then 1 end) as recycled,
    count(case when outcome = 'expired' then 1 end) as expired,
    count(case when outcome = 'merged' then 1 end) as merged,
    count(case when outcome is null then 1 end) as open,
    percentile_cont(0.5) within group (order by cast(days_to_accept as double)) as median_days_to_accept,
    percentile_cont(0.5) within group (order by cast(days_accept_to_meeting as double))
        as median_days_accept_to_meeting,
    percentile_cont(0.5) within group (order by cast(days_meeting_to_opportunity as double))
        as median_days_meeting_to_opportunity,
    percentile_cont(0.5) within group (order by cast(days_opportunity_to_win as double))
        as median_days_opportunity_to_win,
    percentile_cont(0.5) within group (order by cast(days_to_win as double)) as median_days_to_win,
    max(mature_at) as mature_at,
    max(acceptance_due_at) as acceptance_due_at,
    count(case when is_mature then 1 end) as mature_mqls,
    count(case when is_judged then 1 end) as judged_mqls
{%- endmacro %}
