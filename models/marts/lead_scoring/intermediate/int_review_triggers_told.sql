-- Grain: trigger. When a scoring model is looked at again, for the reports, which read public models only.
with

review_triggers as (

    select * from {{ ref('stg_rules__review_triggers') }}

)

select
    trigger_name,
    watch_from,
    review_from,
    baseline_days,
    min_count,
    rationale
from review_triggers
