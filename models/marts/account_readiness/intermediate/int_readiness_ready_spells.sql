-- Grain: unit x instant at which it became ready. What was so before the unit's history is told as it stood when that
-- begins (told_at, UTC).
with

walked as (

    select * from {{ ref('int_readiness_stages_walked') }}
    where readiness_stage = 'ready'

),

started as (

    select * from {{ ref('int_readiness_units_started') }}

)

select
    walked.unit_id,
    walked.valid_from,
    case when walked.valid_from < started.started_at then started.started_at else walked.valid_from end as told_at
from walked
inner join started
    on walked.unit_id = started.unit_id
