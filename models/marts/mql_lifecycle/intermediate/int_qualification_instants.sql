{{ config(materialized='table') }}

-- Grain: person x instant at which a cycle may open, with the first reason that holds.
with

score_instants as (

    select * from {{ ref('fct_lead_score_instants') }}
    where model_status = 'active'

),

crm_statuses as (

    select
        *,
        lag(status) over (partition by person_id order by change_number) as previous_status
    from {{ ref('int_crm_statuses_mapped') }}

),

statuses_left as (  -- a status told again is no other status

    select
        *,
        lead(changed_at) over (partition by person_id order by change_number) as left_at
    from crm_statuses
    where previous_status is null or previous_status <> status

),

disqualifications as (

    select
        person_id,
        changed_at as disqualified_from,
        coalesce(left_at, {{ open_end() }}) as disqualified_until
    from statuses_left
    where status = 'disqualified'

),

by_model as (

    select
        score_instants.person_id,
        score_instants.occurred_at,
        score_instants.occurred_at_precision,
        case when score_instants.is_hand_raise then 'hand_raise' else 'threshold' end as entry_reason,
        score_instants.signal_id as entry_signal_id
    from score_instants
    left join disqualifications  -- at most one: what sales disqualified stays so until the CRM reopens it
        on
            score_instants.person_id = disqualifications.person_id
            and score_instants.occurred_at > disqualifications.disqualified_from
            and score_instants.occurred_at < disqualifications.disqualified_until
    where
        '{{ var("mql_source") }}' in ('model', 'earliest')
        and score_instants.fit_band <> 'X'
        and (score_instants.meets_threshold or score_instants.is_hand_raise)
        and score_instants.signal_id is not null
        and disqualifications.person_id is null

),

by_crm as (

    select
        person_id,
        changed_at as occurred_at,
        changed_at_precision as occurred_at_precision,
        'crm' as entry_reason,
        cast(null as {{ dbt.type_string() }}) as entry_signal_id
    from crm_statuses
    where
        status = 'mql'
        and '{{ var("mql_source") }}' in ('crm', 'earliest')

),

instants as (

    select * from by_model
    union all
    select * from by_crm

),

numbered as (

    select
        *,
        row_number() over (
            partition by person_id, occurred_at
            order by case entry_reason when 'hand_raise' then 1 when 'threshold' then 2 else 3 end
        ) as reason_number
    from instants

)

select
    numbered.person_id,
    numbered.occurred_at,
    numbered.occurred_at_precision,
    numbered.entry_reason,
    numbered.entry_signal_id,
    numbered.entry_reason = 'hand_raise' as is_hand_raise,
    score_instants.scoring_model,
    score_instants.fit_score,
    score_instants.engagement_score,
    score_instants.grade
from numbered
left join score_instants
    on
        numbered.person_id = score_instants.person_id
        and numbered.occurred_at = score_instants.occurred_at
where numbered.reason_number = 1
