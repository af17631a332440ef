{{ config(materialized='table') }}

-- Grain: draft x person x instant of their own at which a cycle might open under it. What does not hang on the score
-- (the CRM's word) opens a cycle under the draft as it did in fact.
with

drafts as (

    select scoring_model
    from {{ ref('stg_rules__scoring_models') }}
    where model_status = 'draft'

),

qualified_by_draft as (

    select * from {{ ref('int_score_instants_qualified') }}
    where model_status = 'draft'

),

persons as (

    select * from {{ ref('int_persons_as_known') }}

),

opened_otherwise as (

    select qualification_instants.*
    from {{ ref('int_qualification_instants') }} as qualification_instants
    inner join persons
        on qualification_instants.person_id = persons.person_id
    where
        qualification_instants.entry_reason = 'crm'
        and qualification_instants.occurred_at < persons.leads_until

),

draft_instants as (

    select * from {{ ref('fct_lead_score_instants') }}
    where model_status = 'draft'

),

candidates as (

    select
        scoring_model,
        person_id,
        occurred_at,
        entry_reason
    from qualified_by_draft
    union all
    select
        drafts.scoring_model,
        opened_otherwise.person_id,
        opened_otherwise.occurred_at,
        opened_otherwise.entry_reason
    from opened_otherwise
    cross join drafts  -- each draft meets it

),

numbered as (

    select
        *,
        row_number() over (
            partition by scoring_model, person_id, occurred_at
            order by
                case entry_reason
                    when 'hand_raise' then 1
                    when 'threshold' then 2
                    when 'account_ready' then 3
                    else 4
                end
        ) as reason_number
    from candidates

)

select
    numbered.scoring_model,
    numbered.person_id,
    numbered.occurred_at,
    numbered.entry_reason,
    numbered.entry_reason = 'hand_raise' as is_hand_raise,
    draft_instants.fit_score,
    draft_instants.engagement_score,
    draft_instants.grade
from numbered
inner join persons
    on numbered.person_id = persons.person_id
left join draft_instants
    on
        numbered.scoring_model = draft_instants.scoring_model
        and persons.joined_person_id = draft_instants.person_id
        and numbered.occurred_at = draft_instants.occurred_at
where numbered.reason_number = 1
