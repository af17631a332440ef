with

review_triggers as (

    select * from {{ ref('int_review_triggers_told') }}

)

select
    trigger_name,
    watch_from,
    review_from,
    baseline_days,
    min_count,
    rationale
from review_triggers
