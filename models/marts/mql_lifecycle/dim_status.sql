with

statuses as (

    select * from {{ ref('int_statuses_described') }}

)

select
    status,
    status_order,
    is_outcome,
    is_accepted,
    entry_criteria,
    exit_criteria,
    evidence,
    evidence_check
from statuses
