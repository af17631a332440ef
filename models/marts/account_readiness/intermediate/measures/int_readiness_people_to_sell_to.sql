-- How many people known there no exclusion keeps out; not applicable while nobody is known. One student excludes no
-- company, a competitor's staff do.
with

asked as (

    select * from {{ ref('int_readiness_rules_asked') }}
    where measure = 'people_to_sell_to'

),

people as (

    select * from {{ ref('int_readiness_people') }}

),

changes as (

    select
        asked.unit_id,
        asked.rule_id,
        cast('1900-01-01 00:00:00' as timestamp) as moment,
        0 as known_change,
        0 as free_change
    from asked

    union all

    select
        asked.unit_id,
        asked.rule_id,
        people.known_from as moment,
        1 as known_change,
        case when people.known_from < people.excluded_from then 1 else 0 end as free_change
    from asked
    inner join people
        on asked.unit_id = people.unit_id

    union all

    select
        asked.unit_id,
        asked.rule_id,
        people.excluded_from as moment,
        0 as known_change,
        -1 as free_change
    from asked
    inner join people
        on asked.unit_id = people.unit_id
    where people.known_from < people.excluded_from

),

changes_summed as (

    select
        unit_id,
        rule_id,
        moment,
        sum(known_change) as known_change,
        sum(free_change) as free_change
    from changes
    group by unit_id, rule_id, moment

),

people_counted as (

    select
        unit_id,
        rule_id,
        moment,
        sum(known_change) over (partition by unit_id, rule_id order by moment) as known_count,
        sum(free_change) over (partition by unit_id, rule_id order by moment) as free_count
    from changes_summed

)

select
    unit_id,
    rule_id,
    moment,
    case when known_count > 0 then cast(free_count as double) end as actual,
    known_count > 0 as is_applicable
from people_counted
