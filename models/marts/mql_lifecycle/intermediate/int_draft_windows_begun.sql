{{ config(materialized='table') }}

-- Grain: draft x active version x person whom the draft might send in the version's window. From when on, given what
-- was open or just closed as the window began: history before it stays as it was.
with

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

candidates as (

    select * from {{ ref('int_draft_candidates_completed') }}

),

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

persons_met as (

    select distinct
        candidates.scoring_model,
        scoring_models.scoring_model as active_model,
        scoring_models.effective_from,
        candidates.person_id
    from candidates
    inner join scoring_models  -- each version in whose window the draft has something to say
        on
            scoring_models.model_status = 'active'
            and {{ is_in_force('scoring_models', 'candidates.occurred_at') }}

),

cycles_before as (

    select
        persons_met.scoring_model,
        persons_met.active_model,
        persons_met.person_id,
        cycles.closed_at,
        cycles.quiet_until,
        row_number() over (
            partition by persons_met.scoring_model, persons_met.active_model, persons_met.person_id
            order by cycles.cycle_number desc
        ) as cycles_back
    from persons_met
    inner join cycles  -- every earlier cycle; the last is kept below
        on
            persons_met.person_id = cycles.earlier_person_id
            and cycles.opened_at < persons_met.effective_from

),

states as (

    select
        persons_met.scoring_model,
        persons_met.active_model,
        persons_met.effective_from,
        persons_met.person_id,
        cycles_before.quiet_until,
        {{ add_seconds('cycles_before.closed_at', '1') }} as closed_before,
        cycles_before.person_id is not null and cycles_before.closed_at is null as is_still_open
    from persons_met
    left join cycles_before
        on
            persons_met.scoring_model = cycles_before.scoring_model
            and persons_met.active_model = cycles_before.active_model
            and persons_met.person_id = cycles_before.person_id
            and cycles_before.cycles_back = 1

),

begun as (

    select
        scoring_model,
        active_model,
        person_id,
        quiet_until,
        case when closed_before > effective_from then closed_before else effective_from end as hand_raise_from
    from states
    where not is_still_open

)

select
    scoring_model,
    active_model,
    person_id,
    hand_raise_from,
    case when quiet_until > hand_raise_from then quiet_until else hand_raise_from end as any_from
from begun
