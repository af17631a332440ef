-- What somebody should look at each week: a few of each kind, what was known of them, and what happened next, in
-- sentences that name nobody.
with

sampled as (

    select * from {{ ref('fct_review_sample') }}

),

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

handoffs as (

    select * from {{ ref('fct_handoffs') }}

),

clocks as (

    select * from {{ ref('fct_handoff_sla') }}
    where clock = 'speed_to_lead'

),

lead_scores as (

    select * from {{ ref('fct_lead_scores') }}
    where model_status = 'active'

),

qualifications as (

    select * from {{ ref('fct_qualifications') }}

),

people as (

    select * from {{ ref('dim_person') }}

),

gathered as (

    select
        sampled.*,
        people.account_id,
        coalesce(people.segment, 'unknown') as segment,
        coalesce(cycles.channel, people.channel, 'unknown') as channel,
        handoffs.owner_id,
        coalesce(handoffs.team, 'unassigned') as team,
        coalesce(cycles.grade, lead_scores.grade) as grade,
        case
            when sampled.mql_id is null
                then
                    'Held back: ' || replace(qualifications.held_back_reason, '_', ' ') || '.'
                    || coalesce(' ' || qualifications.held_back_detail || '.', '')
                    || coalesce(
                        ' Grade ' || lead_scores.grade || ', fit ' || lead_scores.fit_score || ', engagement '
                        || lead_scores.engagement_score || '.', ' No score.'
                    )
                    || coalesce(' ' || lead_scores.top_reasons || '.', '')
            else
                'Opened ' || {{ minute_in_words('cycles.opened_at') }} || ' by '
                || replace(cycles.entry_reason, '_', ' ')
                || coalesce(
                    ', grade ' || cycles.grade || ' by ' || cycles.scoring_model || ', fit ' || cycles.fit_score
                    || ', engagement ' || cycles.engagement_score || '.', ', without a score.'
                )
                || coalesce(' ' || cycles.action_reason || '.', '')
        end as standing,
        ' By then ' || sampled.signals_count || ' counted signals, ' || sampled.hand_raises_count || ' of them requests'
        || coalesce('; the last on ' || {{ minute_in_words('sampled.last_signal_at') }}, '') || '.' as doings,
        case
            when sampled.mql_id is null
                then 'Not sent. To do: ' || coalesce(replace(qualifications.next_action, '_', ' '), 'nothing') || '.'
            else
                coalesce(
                    'First ' || handoffs.first_touch_type || ' '
                    || {{ minute_in_words('handoffs.first_touch_at') }},
                    'First touch on ' || handoffs.first_touch_date_without_time || ' at an unknown time',
                    'Never touched'
                )
                || coalesce('; speed to lead ' || replace(clocks.sla_status, '_', ' '), '')
                || coalesce('; accepted ' || {{ minute_in_words('cycles.accepted_at') }}, '; not accepted')
                || coalesce('; met ' || {{ minute_in_words('cycles.meeting_held_at') }}, '')
                || coalesce('; a deal since ' || {{ minute_in_words('cycles.opportunity_created_at') }}, '')
                || coalesce(
                    '; ' || cycles.outcome || ' ' || {{ minute_in_words('cycles.closed_at') }}
                    || coalesce(', ' || replace(cycles.outcome_reason, '_', ' '), ''), '; still open'
                ) || '.'
        end as what_happened_next
    from sampled
    inner join people
        on sampled.person_id = people.person_id
    left join cycles
        on sampled.mql_id = cycles.mql_id
    left join handoffs
        on sampled.handoff_id = handoffs.handoff_id
    left join clocks  -- one speed_to_lead clock a handoff at most
        on sampled.handoff_id = clocks.handoff_id
    left join lead_scores  -- one model is active
        on sampled.person_id = lead_scores.person_id
    left join qualifications
        on sampled.person_id = qualifications.person_id

)

select
    review_id,
    week_start,
    stratum,
    stratum_order,
    draw_rank,
    candidates,
    question,
    handoff_id,
    mql_id,
    person_id,
    account_id,
    segment,
    channel,
    owner_id,
    team,
    grade,
    happened_at,
    standing || doings as evidence,
    what_happened_next,
    verdicts,
    agreed,
    disagreed
from gathered
