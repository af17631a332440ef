{{ config(materialized='table') }}

-- Grain: person x instant at which a cycle may open, with the first reason that holds. At an instant that is not the
-- person's own, their account became ready: it opens one cycle, for one of its people.
with

own_instants as (

    select * from {{ ref('int_score_instants_qualified') }}
    where model_status = 'active'

),

ready_people as (

    select * from {{ ref('int_ready_people_qualified') }}

),

crm_statuses as (

    select * from {{ ref('int_crm_statuses_repaired') }}
    where
        status = 'mql'
        and '{{ var("mql_source") }}' in ('crm', 'earliest')

),

score_instants as (

    select * from {{ ref('fct_lead_score_instants') }}
    where model_status = 'active'

),

earlier_persons as (

    select * from {{ ref('int_records_by_earlier_person') }}

),

instants as (

    select
        person_id,
        occurred_at,
        occurred_at_precision,
        entry_reason,
        entry_signal_id,
        entry_evidence,
        true as is_own,
        scoring_model,
        fit_score,
        engagement_score,
        grade
    from own_instants
    union all
    select
        crm_statuses.person_id,
        crm_statuses.changed_at as occurred_at,
        crm_statuses.changed_at_precision as occurred_at_precision,
        'crm' as entry_reason,
        cast(null as {{ dbt.type_string() }}) as entry_signal_id,
        cast(null as {{ dbt.type_string() }}) as entry_evidence,
        true as is_own,
        score_instants.scoring_model,
        score_instants.fit_score,
        score_instants.engagement_score,
        score_instants.grade
    from crm_statuses
    left join score_instants
        on
            crm_statuses.joined_person_id = score_instants.person_id
            and crm_statuses.changed_at = score_instants.occurred_at
    union all
    select
        coalesce(earlier_persons.earlier_person_id, ready_people.person_id) as person_id,
        ready_people.occurred_at,
        ready_people.occurred_at_precision,
        'account_ready' as entry_reason,
        cast(null as {{ dbt.type_string() }}) as entry_signal_id,
        ready_people.entry_evidence,
        false as is_own,
        ready_people.scoring_model,
        ready_people.fit_score,
        ready_people.engagement_score,
        ready_people.grade
    from ready_people
    left join earlier_persons  -- an account hands over who the person is now, and whom that one has joined by then
        on
            ready_people.person_id = earlier_persons.record_key
            and ready_people.occurred_at >= earlier_persons.known_from

),

numbered as (  -- whoever may open a cycle of their own in that second needs nobody else's choice

    select
        *,
        row_number() over (
            partition by person_id, occurred_at
            order by
                case when is_own then 0 else 1 end,
                case entry_reason
                    when 'hand_raise' then 1
                    when 'threshold' then 2
                    when 'account_ready' then 3
                    else 4
                end,
                case occurred_at_precision when 'exact' then 1 when 'day' then 2 else 3 end,
                entry_signal_id
        ) as reason_number
    from instants

)

select
    person_id,
    occurred_at,
    occurred_at_precision,
    entry_reason,
    entry_signal_id,
    entry_evidence,
    is_own,
    entry_reason = 'hand_raise' as is_hand_raise,
    scoring_model,
    fit_score,
    engagement_score,
    grade
from numbered
where reason_number = 1
