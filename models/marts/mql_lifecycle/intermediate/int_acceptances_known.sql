-- Grain: person x instant at which sales accepted them, by status or by making them a deal, with how exactly the
-- instant is known; where both say the same instant, the more exact.
with

told as (

    select
        person_id,
        changed_at as accepted_at,
        changed_at_precision as precision_told
    from {{ ref('int_crm_statuses_repaired') }}
    where is_accepted
    union all
    select
        person_id,
        created_at as accepted_at,
        created_at_precision as precision_told
    from {{ ref('int_person_opportunities') }}

)

select
    person_id,
    accepted_at,
    case min(case precision_told when 'exact' then 1 when 'day' then 2 else 3 end)
        when 1 then 'exact'
        when 2 then 'day'
        else 'unknown'
    end as accepted_at_precision
from told
group by person_id, accepted_at
