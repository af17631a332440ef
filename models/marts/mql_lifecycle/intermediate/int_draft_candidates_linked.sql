{{ config(materialized='table') }}

-- Grain: draft x person x question. The first instant at which a cycle may open from here on: after a candidate's own
-- end (asked_by), or as the window of an active version begins (active_model).
with

candidates as (

    select * from {{ ref('int_draft_candidates_completed') }}

),

ends as (

    select * from {{ ref('int_cycle_ends_decided') }}

),

windows_begun as (

    select * from {{ ref('int_draft_windows_begun') }}

),

ended as (

    select
        candidates.scoring_model,
        candidates.person_id,
        candidates.occurred_at,
        {{ add_seconds('ends.closed_at', '1') }} as hand_raise_from,
        {{ quiet_until('ends') }} as quiet_until
    from candidates
    inner join ends
        on
            candidates.person_id = ends.person_id
            and candidates.occurred_at = ends.occurred_at
    where ends.closed_at is not null

),

questions as (

    select
        scoring_model,
        person_id,
        occurred_at as asked_by,
        cast(null as {{ dbt.type_string() }}) as active_model,
        hand_raise_from,
        case when quiet_until > hand_raise_from then quiet_until else hand_raise_from end as any_from
    from ended
    union all
    select
        scoring_model,
        person_id,
        cast(null as timestamp) as asked_by,
        active_model,
        hand_raise_from,
        any_from
    from windows_begun

),

timeline as (

    select
        scoring_model,
        person_id,
        occurred_at as moment,
        occurred_at as candidate_at,
        case when is_hand_raise then occurred_at end as hand_raise_at,
        cast(null as timestamp) as asked_by,
        cast(null as {{ dbt.type_string() }}) as active_model,
        cast(null as {{ dbt.type_string() }}) as asked_for
    from candidates
    union all
    select
        scoring_model,
        person_id,
        any_from as moment,
        cast(null as timestamp) as candidate_at,
        cast(null as timestamp) as hand_raise_at,
        asked_by,
        active_model,
        'any' as asked_for
    from questions
    union all
    select
        scoring_model,
        person_id,
        hand_raise_from as moment,
        cast(null as timestamp) as candidate_at,
        cast(null as timestamp) as hand_raise_at,
        asked_by,
        active_model,
        'hand_raise' as asked_for
    from questions

),

looking_ahead as (

    select
        scoring_model,
        person_id,
        asked_by,
        active_model,
        asked_for,
        min(candidate_at) over from_now_on as next_candidate_at,
        min(hand_raise_at) over from_now_on as next_hand_raise_at
    from timeline
    window from_now_on as (
        partition by scoring_model, person_id
        order by moment
        range between current row and unbounded following
    )

)

select
    scoring_model,
    person_id,
    asked_by,
    active_model,
    min(case asked_for when 'any' then next_candidate_at else next_hand_raise_at end) as next_opened_at
from looking_ahead
where asked_for is not null
group by scoring_model, person_id, asked_by, active_model
