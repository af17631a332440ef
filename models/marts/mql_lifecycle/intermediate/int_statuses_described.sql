-- Grain: status. What it asks for, for the reports, which read public models only.
with

statuses as (

    select * from {{ ref('stg_rules__statuses') }}

)

select
    status,
    cast(status_order as bigint) as status_order,
    is_outcome,
    is_accepted,
    entry_criteria,
    exit_criteria,
    evidence,
    evidence_check
from statuses
