-- Catches an MQL that no routing row reached, two rows that both count, a handoff that no action of sales opened, and
-- an engaged person about whom nobody knows what to do.
with

actions as (

    select
        mql_id as subject,
        count(*) as actions_count,
        count(next_action) as named_count,
        max(case when opens_handoff and next_action in ('nurture_enrollment', 'disqualify') then 1 else 0 end)
            as is_wrong
    from {{ ref('fct_mql_cycles') }}
    group by mql_id
    union all
    select
        person_id as subject,
        count(*) as actions_count,
        count(next_action) as named_count,
        0 as is_wrong
    from {{ ref('fct_qualifications') }}
    where is_qualified or held_back_reason is not null
    group by person_id

)

select * from actions
where actions_count <> 1 or named_count <> 1 or is_wrong = 1
