-- Who sits in a status without what the status asks for: the CRM says so, nothing else does.
with

standing as (

    select * from {{ ref('fct_mql_status_history') }}
    where is_current

),

statuses as (

    select * from {{ ref('dim_status') }}
    where evidence_check is not null

),

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

opportunities as (

    select * from {{ ref('fct_opportunities') }}

),

transitions_numbered as (

    select
        mql_id,
        to_status,
        is_changed_by_automation,
        row_number() over (partition by mql_id order by changed_at desc, transition_id asc) as recency
    from {{ ref('fct_mql_status_transitions') }}

),

handoffs as (

    select
        mql_id,
        sum(touch_count) as touch_count,
        count(first_touch_date_without_time) as days_without_time_count
    from {{ ref('fct_handoffs') }}
    group by mql_id

),

last_handoffs as (

    select
        mql_id,
        owner_id,
        team,
        row_number() over (partition by mql_id order by sequence desc) as recency
    from {{ ref('fct_handoffs') }}

),

judged as (

    select
        standing.mql_id,
        standing.person_id,
        standing.status,
        standing.valid_from,
        standing.reason,
        statuses.entry_criteria,
        statuses.exit_criteria,
        statuses.evidence,
        statuses.evidence_check,
        coalesce(
            case statuses.evidence_check
                when 'next_action' then cycles.next_action is not null
                when 'human_change' then not coalesce(transitions_numbered.is_changed_by_automation, false)
                when 'human_touch' then handoffs.touch_count > 0 or handoffs.days_without_time_count > 0
                when 'opportunity' then cycles.opportunity_id is not null
                when 'won_opportunity' then opportunities.is_won and opportunities.amount is not null
                when 'lost_opportunity' then opportunities.is_closed and not opportunities.is_won
                when 'reason' then cycles.outcome_reason is not null
                when 'no_acceptance' then cycles.accepted_at is null
            end,
            false
        ) as has_evidence
    from standing
    inner join statuses
        on standing.status = statuses.status
    inner join cycles
        on standing.mql_id = cycles.mql_id
    left join opportunities
        on cycles.opportunity_id = opportunities.opportunity_id
    left join transitions_numbered
        on
            standing.mql_id = transitions_numbered.mql_id
            and standing.status = transitions_numbered.to_status
            and transitions_numbered.recency = 1
    left join handoffs
        on standing.mql_id = handoffs.mql_id

)

select
    judged.mql_id,
    judged.person_id,
    judged.status,
    judged.valid_from as since,
    cast({{ days_between('cast(judged.valid_from as date)', 'cast(' ~ as_of() ~ ' as date)') }} as bigint)
        as days_in_status,
    last_handoffs.owner_id,
    coalesce(last_handoffs.team, 'not_handed_off') as team,
    judged.reason,
    judged.evidence_check as missing,
    judged.evidence,
    judged.entry_criteria,
    judged.exit_criteria
from judged
left join last_handoffs
    on
        judged.mql_id = last_handoffs.mql_id
        and last_handoffs.recency = 1
where not judged.has_evidence
