-- What the rules would write back onto each record: the next action, until when, why, and whether a promise is broken
-- already. Nothing in a row changes only because a run came later, so a sync writes only what changed.
with

records_numbered as (  -- of a person's records in one system, the one that sales works: contact before lead

    select
        *,
        row_number() over (
            partition by person_id, source_system
            order by
                case when record_type = 'contact' then 0 else 1 end,
                case when is_survivor then 0 else 1 end,
                record_id
        ) as record_number
    from {{ ref('bridge_person_records') }}
    where link_method <> 'merge'

),

qualifications as (

    select * from {{ ref('fct_qualifications') }}
    where next_action is not null

),

scores as (

    select * from {{ ref('fct_lead_scores') }}
    where model_status = 'active'

),

scores_held as (  -- as the score stood when it last changed: decay alone writes nothing

    select
        person_id,
        scoring_model,
        fit_score,
        engagement_score,
        valid_from as scored_at
    from {{ ref('fct_lead_score_history') }}
    where
        valid_from <= {{ as_of() }}
        and valid_until > {{ as_of() }}

),

persons as (

    select * from {{ ref('dim_person') }}

),

cycles as (

    select * from {{ ref('fct_mql_cycles') }}
    where closed_at is null

),

open_clocks as (

    select
        mql_id,
        clock,
        due_at,
        sla_status = 'open_breached' as is_breached,
        row_number() over (partition by mql_id order by due_at, target_seconds, clock_id) as due_rank
    from {{ ref('fct_handoff_sla') }}
    where sla_status in ('open_on_track', 'open_at_risk', 'open_breached')

),

next_clocks as (

    select * from open_clocks
    where due_rank = 1

),

breaches as (

    select
        mql_id,
        cast(count(*) as bigint) as open_breaches_count
    from open_clocks
    where is_breached
    group by mql_id

)

select
    records_numbered.source_system,
    records_numbered.record_id as crm_id,
    records_numbered.record_type,
    persons.person_id,
    cycles.mql_id,
    persons.status,
    scores.grade,
    scores_held.fit_score,
    scores_held.engagement_score,
    scores_held.scored_at,
    qualifications.is_qualified,
    qualifications.next_action,
    qualifications.action_reason,
    qualifications.priority,
    qualifications.held_back_reason,
    scores.top_reasons,
    cycles.opened_at as handed_off_at,
    next_clocks.clock as due_clock,
    next_clocks.due_at,
    coalesce(breaches.open_breaches_count, 0) > 0 as is_breached,
    coalesce(breaches.open_breaches_count, 0) as open_breaches_count,
    qualifications.owner_id,
    qualifications.recommended_owner_id,
    qualifications.recommended_owner_reason
from records_numbered
inner join qualifications
    on records_numbered.person_id = qualifications.person_id
inner join persons
    on records_numbered.person_id = persons.person_id
left join scores
    on records_numbered.person_id = scores.person_id
left join scores_held
    on
        scores.person_id = scores_held.person_id
        and scores.scoring_model = scores_held.scoring_model
left join cycles  -- at most one is open
    on records_numbered.person_id = cycles.person_id
left join next_clocks
    on cycles.mql_id = next_clocks.mql_id
left join breaches
    on cycles.mql_id = breaches.mql_id
where
    records_numbered.record_number = 1
    -- an id that is an address is hashed in the marts: nobody could write back by it
    and records_numbered.record_id not like 'address:%'
