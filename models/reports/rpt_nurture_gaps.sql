-- Whom we leave alone although they are engaged, and whom sales gave back and nobody woke.
with

gaps as (

    select * from {{ ref('fct_nurture_gaps') }}

),

people as (

    select * from {{ ref('dim_person') }}

),

lead_scores as (

    select * from {{ ref('fct_lead_scores') }}
    where model_status = 'active'

)

select
    gaps.person_id,
    gaps.gap,
    people.account_id,
    coalesce(people.segment, 'unknown') as segment,
    coalesce(people.channel, 'unknown') as channel,
    coalesce(lead_scores.grade, 'none') as grade,
    people.owner_id,
    gaps.held_back_reason,
    gaps.next_action,
    gaps.last_engaged_at,
    gaps.last_nurtured_at,
    {{ days_between('cast(gaps.last_nurtured_at as date)', 'cast(' ~ as_of() ~ ' as date)') }} as days_without_nurture,
    gaps.recycled_at,
    gaps.wake_at,
    {{ days_between('cast(gaps.wake_at as date)', 'cast(' ~ as_of() ~ ' as date)') }} as days_since_wake,
    gaps.is_email_opt_out
from gaps
inner join people
    on gaps.person_id = people.person_id
left join lead_scores
    on gaps.person_id = lead_scores.person_id
