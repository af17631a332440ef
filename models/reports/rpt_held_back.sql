-- Who is engaged and not sent, counted by why.
with

qualifications as (

    select * from {{ ref('fct_qualifications') }}
    where held_back_reason is not null

),

people as (

    select * from {{ ref('dim_person') }}

),

lead_scores as (

    select * from {{ ref('fct_lead_scores') }}
    where model_status = 'active'

),

hand_raisers as (

    select distinct person_id
    from {{ ref('fct_signals') }}
    where is_counted and is_hand_raise

),

described as (

    select
        qualifications.person_id,
        qualifications.held_back_reason,
        coalesce(people.segment, 'unknown') as segment,
        coalesce(people.channel, 'unknown') as channel,
        coalesce(lead_scores.grade, 'none') as grade,
        people.account_id,
        hand_raisers.person_id as hand_raiser_id
    from qualifications
    inner join people
        on qualifications.person_id = people.person_id
    left join lead_scores  -- one model is active
        on qualifications.person_id = lead_scores.person_id
    left join hand_raisers
        on qualifications.person_id = hand_raisers.person_id

),

counted as (

    select
        held_back_reason,
        segment,
        channel,
        grade,
        count(*) as people,
        count(distinct account_id) as accounts,
        count(hand_raiser_id) as hand_raisers,
        min(person_id) as example_person_id
    from described
    group by held_back_reason, segment, channel, grade

)

select
    held_back_reason,
    segment,
    channel,
    grade,
    people,
    cast(people as double) / sum(people) over () as share,
    accounts,
    hand_raisers,
    example_person_id
from counted
