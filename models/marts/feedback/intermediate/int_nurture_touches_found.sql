-- Grain: person whom marketing ever wrote to or heard from: the last mail sent, automated mail, or answer to a
-- campaign.
with

touches as (

    select
        person_id,
        occurred_at as nurtured_at
    from {{ ref('fct_signals') }}
    where signal_name = 'email_sent'
    union all
    select
        mails.person_id,
        mails.touched_at as nurtured_at
    from {{ ref('int_touches_identified') }} as mails
    left join {{ ref('int_reps_conformed') }} as reps
        on mails.rep_id = reps.rep_id
    where
        mails.touch_type = 'email'
        and mails.is_completed
        and mails.person_id is not null
        and (mails.is_automated or coalesce(reps.is_automation, false))
    union all
    select
        person_id,
        responded_at as nurtured_at
    from {{ ref('int_campaign_members_identified') }}
    where has_responded

)

select
    person_id,
    max(nurtured_at) as last_nurtured_at
from touches
where nurtured_at is not null
group by person_id
