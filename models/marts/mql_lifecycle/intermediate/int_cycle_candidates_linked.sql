{{ config(materialized='table') }}

-- Grain: person x instant at which a cycle may open. Were this one taken: since when the person would be free again,
-- and the next instant of their own at which another may open. One pass: the question "first candidate from here on" is
-- put into the same timeline as the candidates.
with

candidates as (

    select * from {{ ref('int_qualification_instants') }}

),

ends as (

    select * from {{ ref('int_cycle_ends_decided') }}

),

eligible_again as (

    select
        ends.person_id,
        ends.occurred_at,
        ends.closed_at,
        -- what qualifies in the second of the end came before it: no event ends two cycles
        {{ add_seconds('ends.closed_at', '1') }} as hand_raise_from,
        {{ quiet_until('ends') }} as quiet_until
    from ends
    where ends.closed_at is not null

),

free_again as (

    select
        *,
        case when quiet_until > hand_raise_from then quiet_until else hand_raise_from end as free_from
    from eligible_again

),

timeline as (

    select
        person_id,
        occurred_at as moment,
        occurred_at as candidate_at,
        case when is_hand_raise then occurred_at end as hand_raise_at,
        cast(null as timestamp) as asked_by,
        cast(null as {{ dbt.type_string() }}) as asked_for
    from candidates
    where is_own
    union all
    select
        person_id,
        free_from as moment,
        cast(null as timestamp) as candidate_at,
        cast(null as timestamp) as hand_raise_at,
        occurred_at as asked_by,
        'any' as asked_for
    from free_again
    union all
    select
        person_id,
        hand_raise_from as moment,
        cast(null as timestamp) as candidate_at,
        cast(null as timestamp) as hand_raise_at,
        occurred_at as asked_by,
        'hand_raise' as asked_for
    from free_again

),

looking_ahead as (

    select
        person_id,
        asked_by,
        asked_for,
        min(candidate_at) over from_now_on as next_candidate_at,
        min(hand_raise_at) over from_now_on as next_hand_raise_at
    from timeline
    window from_now_on as (
        partition by person_id
        order by moment
        range between current row and unbounded following
    )

),

answers as (

    select
        person_id,
        asked_by as occurred_at,
        min(case asked_for when 'any' then next_candidate_at else next_hand_raise_at end) as next_opened_at
    from looking_ahead
    where asked_by is not null
    group by person_id, asked_by

)

select
    candidates.person_id,
    candidates.occurred_at,
    free_again.closed_at,
    free_again.free_from,
    answers.next_opened_at
from candidates
left join free_again  -- none while the cycle would be open
    on
        candidates.person_id = free_again.person_id
        and candidates.occurred_at = free_again.occurred_at
left join answers
    on
        candidates.person_id = answers.person_id
        and candidates.occurred_at = answers.occurred_at
