-- How often statuses step from one to another, by the team that the cycle was handed to last and by where the lead came
-- from: what is skipped, goes back or comes after the end says how the CRM is really used.
with

transitions as (

    select * from {{ ref('fct_mql_status_transitions') }}

),

handoffs as (

    select * from {{ ref('fct_handoffs') }}

),

persons as (

    select * from {{ ref('dim_person') }}

),

handoffs_before as (

    select
        transitions.transition_id,
        handoffs.team,
        row_number() over (
            partition by transitions.transition_id
            order by handoffs.sequence desc
        ) as recency
    from transitions
    inner join handoffs  -- a cycle's handoffs up to the step; the last is kept below
        on
            transitions.mql_id = handoffs.mql_id
            and handoffs.handed_off_at <= transitions.changed_at

),

described as (

    select
        coalesce(handoffs_before.team, 'not_handed_off') as team,
        coalesce(persons.lead_source, 'unknown') as lead_source,
        transitions.source,
        transitions.from_status,
        transitions.to_status,
        coalesce(transitions.violation, 'legal') as verdict,
        transitions.mql_id
    from transitions
    left join handoffs_before
        on
            transitions.transition_id = handoffs_before.transition_id
            and handoffs_before.recency = 1
    left join persons
        on transitions.person_id = persons.person_id

),

counted as (

    select
        team,
        lead_source,
        source,
        from_status,
        to_status,
        verdict,
        cast(count(*) as bigint) as transitions,
        cast(count(distinct mql_id) as bigint) as mqls,
        min(mql_id) as example_mql_id
    from described
    group by team, lead_source, source, from_status, to_status, verdict

)

select
    team,
    lead_source,
    source,
    from_status,
    to_status,
    verdict,
    transitions,
    mqls,
    {{ share_of('transitions', 'sum(transitions) over (partition by team, lead_source)') }} as share,
    example_mql_id
from counted
