-- Grain: change of the definition x side. New people, how many of them have had the days of the rule to meet us, and
-- how many of those did, in any MQL cycle of theirs.
with

windows as (

    select * from {{ ref('int_definition_windows') }}

),

funnel as (

    select * from {{ ref('fct_mql_funnel') }}

),

leads as (

    select
        people.person_id,
        people.created_at,
        min(funnel.meeting_held_at) as first_meeting_at
    from {{ ref('int_persons_enriched') }} as people
    left join funnel  -- any of their cycles
        on people.person_id = funnel.person_id
    group by people.person_id, people.created_at

),

leads_counted as (

    select
        windows.scoring_model,
        windows.side,
        count(leads.person_id) as came,
        count(case when {{ add_days('leads.created_at', 'windows.lead_to_meeting_days') }} <= {{ as_of() }} then 1 end)
            as old_enough,
        count(
            case
                when
                    {{ add_days('leads.created_at', 'windows.lead_to_meeting_days') }} <= {{ as_of() }}
                    and leads.first_meeting_at <= {{ add_days('leads.created_at', 'windows.lead_to_meeting_days') }}
                    then 1
            end
        ) as met
    from windows
    left join leads
        on
            leads.created_at >= windows.side_from
            and leads.created_at < windows.side_until
    group by windows.scoring_model, windows.side

)

select * from leads_counted
