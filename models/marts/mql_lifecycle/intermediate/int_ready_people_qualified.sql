-- Grain: person x instant at which their account became ready and they took part in it, excluded by nothing then: one
-- of them is handed over.
with

ready_people as (

    select * from {{ ref('int_ready_people_scored') }}
    where model_status = 'active'

),

unit_rules as (

    select * from {{ ref('int_unit_rules_applied') }}

)

select
    ready_people.person_id,
    ready_people.account_id,
    ready_people.occurred_at,
    ready_people.occurred_at_precision,
    ready_people.evidence as entry_evidence,
    ready_people.scoring_model,
    ready_people.fit_score,
    ready_people.engagement_score,
    ready_people.grade
from ready_people
inner join unit_rules  -- without a rule in force nobody says who takes part
    on
        ready_people.person_id = unit_rules.person_id
        and ready_people.occurred_at = unit_rules.occurred_at
where
    coalesce(ready_people.fit_band <> 'X', true)
    and {{ takes_part('unit_rules', 'ready_people.fit_band', 'ready_people.engagement_band') }}
