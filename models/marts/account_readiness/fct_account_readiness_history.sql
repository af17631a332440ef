with

walked as (

    select * from {{ ref('int_readiness_stages_walked') }}

),

unit_facts as (

    select * from {{ ref('int_readiness_unit_facts') }}
    where unit_kind = 'account'

),

started as (

    select * from {{ ref('int_readiness_units_started') }}

),

turns as (

    select * from {{ ref('int_readiness_turns_explained') }}

),

ready_evidence as (

    select * from {{ ref('int_readiness_ready_evidence') }}

),

final as (

    select
        unit_facts.head_account_id as account_id,
        walked.readiness_stage,
        cast(walked.stage_order as bigint) as stage_order,
        case when walked.valid_from < started.started_at then started.started_at else walked.valid_from end
            as valid_from,
        walked.valid_until,
        case
            when walked.valid_from < started.started_at or walked.stage_before is null then 'history begins'
            else coalesce(turns.turns, 'rules changed')
        end as reason,
        ready_evidence.evidence
    from walked
    inner join unit_facts
        on walked.unit_id = unit_facts.unit_id
    inner join started
        on walked.unit_id = started.unit_id
    left join turns
        on
            walked.unit_id = turns.unit_id
            and walked.valid_from = turns.moment
    left join ready_evidence
        on
            walked.unit_id = ready_evidence.unit_id
            and walked.valid_from = ready_evidence.valid_from
    where walked.valid_until > started.started_at

)

select * from final
