-- Grain: handoff that sales gave up: its cycle closed without acceptance, by sales or by its age, and no rule excuses
-- the ending. What is spam or a customer's is not given up.
with

handoffs as (

    select * from {{ ref('int_handoffs_sequenced') }}
    where
        accepted_at is null
        and outcome in ('rejected', 'disqualified', 'recycled', 'expired')

),

excuses as (

    select * from {{ ref('stg_rules__sla_excuses') }}

)

select
    handoffs.handoff_id,
    handoffs.closed_at as given_up_at
from handoffs
left join excuses
    on
        handoffs.outcome = excuses.outcome
        and coalesce(
            excuses.outcome_reason = {{ snake_case('handoffs.outcome_reason') }},
            excuses.outcome_reason is null
        )
where excuses.outcome is null
