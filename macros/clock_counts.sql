{#-
    The counts, seconds and rate of a report of clocks, from columns clock_id, handoff_id, verdict (of clock_verdict)
    and judged_seconds (what a judged clock counted, else NULL).
-#}
{% macro clock_counts() -%}
    count(distinct handoff_id) as handoffs,
    count(*) as clocks,
    count(judged_seconds) as judged,
    {%- for verdict in ['met', 'met_late', 'closed_untouched', 'open_breached', 'open', 'excused', 'time_unknown'] %}
    count(case when verdict = '{{ verdict }}' then clock_id end) as {{ verdict }},
    {%- endfor %}
    {{ handoff.share_of("count(case when verdict = 'met' then clock_id end)", 'count(judged_seconds)') }} as compliance_rate,
    {{ handoff.wilson_bound("count(case when verdict = 'met' then clock_id end)", 'count(judged_seconds)', 'lower') }}
        as compliance_rate_lower,
    {{ handoff.wilson_bound("count(case when verdict = 'met' then clock_id end)", 'count(judged_seconds)', 'upper') }}
        as compliance_rate_upper,
    percentile_cont(0.5) within group (order by cast(judged_seconds as double)) as median_business_seconds,
    percentile_cont(0.9) within group (order by cast(judged_seconds as double)) as p90_business_seconds,
    percentile_cont(0.95) within group (order by cast(judged_seconds as double)) as p95_business_seconds
{%- endmacro %}
