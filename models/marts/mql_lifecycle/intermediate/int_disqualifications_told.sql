-- Grain: person x interval in which sales has them disqualified: until the CRM says something else.
with

crm_statuses as (

    select
        *,
        lag(status) over (partition by person_id order by changed_at, change_number) as previous_status
    from {{ ref('int_crm_statuses_repaired') }}

),

statuses_left as (  -- a status told again is no other status

    select
        *,
        lead(changed_at) over (partition by person_id order by changed_at, change_number) as left_at
    from crm_statuses
    where previous_status is null or previous_status <> status

)

select
    person_id,
    changed_at as disqualified_from,
    coalesce(left_at, {{ open_end() }}) as disqualified_until
from statuses_left
where status = 'disqualified'
