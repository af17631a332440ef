with

persons as (

    select * from {{ ref('handoff', 'dim_person') }}

),

cycles as (

    select * from {{ ref('handoff', 'fct_mql_cycles') }}

)

select
    coalesce(persons.territory, 'none') as territory,
    count(*) as mql_count,
    count(cycles.accepted_at) as accepted_count
from cycles
inner join persons
    on cycles.person_id = persons.person_id
group by coalesce(persons.territory, 'none')
