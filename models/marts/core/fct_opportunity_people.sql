-- Everybody on a deal or of its account, with what was known of them when the deal was created.
with

people_concerned as (

    select * from {{ ref('int_opportunity_people_gathered') }}

),

score_instants as (

    select
        *,
        (engagement_score > 0 or is_hand_raise) as is_engaged
    from {{ ref('fct_lead_score_instants') }}
    where model_status = 'active'

),

mql_cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

interest as (

    select
        people_concerned.opportunity_id,
        people_concerned.person_id,
        max(case when score_instants.is_engaged then score_instants.occurred_at end) as last_engaged_before_at,
        min(case when score_instants.is_engaged then score_instants.grade end) as best_grade_before,
        max(case when score_instants.meets_threshold then 1 else 0 end) = 1 as has_met_threshold_before,
        max(case when score_instants.is_hand_raise then 1 else 0 end) = 1 as has_raised_hand_before
    from people_concerned
    inner join score_instants  -- every instant up to the deal
        on
            people_concerned.person_id = score_instants.person_id
            and people_concerned.told_until >= score_instants.occurred_at
    group by people_concerned.opportunity_id, people_concerned.person_id

),

exclusions_ranked as (

    select
        people_concerned.opportunity_id,
        people_concerned.person_id,
        exclusions.exclusion_reason,
        row_number() over (
            partition by people_concerned.opportunity_id, people_concerned.person_id
            order by exclusions.sort_order, exclusions.rule_id
        ) as exclusion_rank
    from people_concerned
    inner join {{ ref('fct_person_exclusions') }} as exclusions  -- every exclusion that held then
        on
            people_concerned.person_id = exclusions.person_id
            and people_concerned.told_until >= exclusions.excluded_from

),

first_exclusions as (

    select * from exclusions_ranked
    where exclusion_rank = 1

),

cycles_counted as (

    select
        people_concerned.opportunity_id,
        people_concerned.person_id,
        count(case when mql_cycles.opened_at <= people_concerned.told_until then 1 end) as mqls_before_count,
        min(case when mql_cycles.opened_at > people_concerned.told_until then mql_cycles.opened_at end)
            as first_mql_after_at
    from people_concerned
    inner join mql_cycles  -- every cycle of the person
        on people_concerned.person_id = mql_cycles.person_id
    group by people_concerned.opportunity_id, people_concerned.person_id

)

select
    people_concerned.opportunity_id,
    people_concerned.person_id,
    people_concerned.link_method,
    people_concerned.role,
    people_concerned.is_primary,
    people_concerned.is_known_before or interest.last_engaged_before_at is not null as is_known_before,
    interest.last_engaged_before_at is not null as is_engaged_before,
    interest.last_engaged_before_at,
    interest.best_grade_before,
    coalesce(interest.has_met_threshold_before, false) as has_met_threshold_before,
    coalesce(interest.has_raised_hand_before, false) as has_raised_hand_before,
    first_exclusions.exclusion_reason as exclusion_reason_before,
    coalesce(cycles_counted.mqls_before_count, 0) as mqls_before_count,
    cycles_counted.first_mql_after_at
from people_concerned
left join interest
    on
        people_concerned.opportunity_id = interest.opportunity_id
        and people_concerned.person_id = interest.person_id
left join first_exclusions
    on
        people_concerned.opportunity_id = first_exclusions.opportunity_id
        and people_concerned.person_id = first_exclusions.person_id
left join cycles_counted
    on
        people_concerned.opportunity_id = cycles_counted.opportunity_id
        and people_concerned.person_id = cycles_counted.person_id
