-- How often people were sent, accepted, passed over or moved against the rules, of how often they could have been.
with

occasions as (

    select * from {{ ref('fct_rule_overrides') }}

),

counted as (

    select
        cast({{ dbt.date_trunc('week', 'happened_at') }} as date) as week_start,
        team,
        kind,
        count(*) as occasions,
        count(case when is_override then 1 end) as overrides,
        count(case when is_override and is_by_automation then 1 end) as overrides_by_automation,
        count(distinct case when is_override then rep_id end) as reps,
        count(case when is_override and detail = 'excluded by the rules' then 1 end) as overrides_of_excluded
    from occasions
    group by cast({{ dbt.date_trunc('week', 'happened_at') }} as date), team, kind

)

select
    week_start,
    team,
    case kind
        when 'sent' then 'sent_without_the_rules'
        when 'accepted' then 'accepted_without_an_mql'
        when 'ended' then 'passed_over_untouched'
        else 'moved_by_an_illegal_step'
    end as override_kind,
    occasions,
    overrides,
    overrides_by_automation,
    reps,
    overrides_of_excluded,
    {{ share_of('overrides', 'occasions') }} as override_rate,
    {{ wilson_bound('overrides', 'occasions', 'lower') }} as override_rate_lower,
    {{ wilson_bound('overrides', 'occasions', 'upper') }} as override_rate_upper
from counted
