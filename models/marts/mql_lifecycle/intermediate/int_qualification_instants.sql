{{ config(materialized='table') }}

-- Grain: person x instant at which a cycle may open, with the first reason that holds.
with

score_instants as (

    select * from {{ ref('fct_lead_score_instants') }}
    where model_status = 'active'

),

qualified_instants as (

    select * from {{ ref('int_score_instants_qualified') }}
    where model_status = 'active'

),

crm_statuses as (

    select * from {{ ref('int_crm_statuses_mapped') }}

),

by_model as (

    select
        person_id,
        occurred_at,
        occurred_at_precision,
        entry_reason,
        entry_signal_id
    from qualified_instants

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
