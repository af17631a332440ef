-- Grain: stratum x what may be drawn for inspection, with the instant that puts it into a week. Of a cycle with several
-- handoffs it is the one that was under way.
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

handoffs as (

    select * from {{ ref('fct_handoffs') }}

),

moments as (

    select
        'accepted' as stratum,
        mql_id,
        grade,
        accepted_at as happened_at
    from cycles
    where accepted_at is not null
    union all
    select
        'rejected_though_high' as stratum,
        mql_id,
        grade,
        closed_at as happened_at
    from cycles
    where outcome in ('rejected', 'disqualified')
    union all
    select
        'won_though_low' as stratum,
        mql_id,
        grade,
        closed_at as happened_at
    from cycles
    where outcome = 'won'
    union all
    select
        'expired' as stratum,
        mql_id,
        grade,
        closed_at as happened_at
    from cycles
    where outcome = 'expired'

),

moments_of_handoffs as (

    select
        moments.stratum,
        moments.grade,
        moments.happened_at,
        handoffs.handoff_id,
        handoffs.mql_id,
        handoffs.person_id,
        row_number() over (
            partition by moments.stratum, moments.mql_id
            order by handoffs.sequence desc
        ) as handoffs_back
    from moments
    inner join handoffs  -- those that had begun; the last is kept below
        on
            moments.mql_id = handoffs.mql_id
            and handoffs.handed_off_at <= moments.happened_at

),

breaches as (

    select
        handoff_id,
        mql_id,
        person_id,
        due_at as happened_at
    from {{ ref('fct_handoff_sla') }}
    where
        clock = 'speed_to_lead'
        and sla_status in ('met_late', 'closed_untouched', 'open_breached')

),

held_back as (

    select
        qualifications.person_id,
        lead_scores.grade,
        max(signals.occurred_at) as happened_at
    from {{ ref('fct_qualifications') }} as qualifications
    inner join {{ ref('fct_signals') }} as signals  -- the last thing they did is when they were held back last
        on
            qualifications.person_id = signals.person_id
            and signals.is_counted
    left join {{ ref('fct_lead_scores') }} as lead_scores
        on
            qualifications.person_id = lead_scores.person_id
            and lead_scores.model_status = 'active'
    where qualifications.held_back_reason is not null
    group by qualifications.person_id, lead_scores.grade

)

select
    stratum,
    handoff_id as subject_id,
    handoff_id,
    mql_id,
    person_id,
    grade,
    happened_at
from moments_of_handoffs
where handoffs_back = 1
union all
select
    'breached' as stratum,
    breaches.handoff_id as subject_id,
    breaches.handoff_id,
    breaches.mql_id,
    breaches.person_id,
    cycles.grade,
    breaches.happened_at
from breaches
inner join cycles
    on breaches.mql_id = cycles.mql_id
union all
select
    'held_back' as stratum,
    person_id as subject_id,
    cast(null as {{ dbt.type_string() }}) as handoff_id,
    cast(null as {{ dbt.type_string() }}) as mql_id,
    person_id,
    grade,
    happened_at
from held_back
