{{ config(materialized='table') }}

-- Grain: person as known at some time x second in which the CRM told an outcome of theirs: the first in order.
with

endings_numbered as (

    select
        *,
        row_number() over (partition by person_id, changed_at order by change_number) as ending_number
    from {{ ref('int_crm_statuses_repaired') }}
    where is_outcome

)

select
    person_id,
    changed_at,
    status,
    status_order,
    reason
from endings_numbered
where ending_number = 1
