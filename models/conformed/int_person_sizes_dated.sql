-- Grain: person x interval, of those whose own or whose account's head count has a logged history. The segment follows
-- the account's head count where it has one, as it does now.
with

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

sizes as (

    select
        entity,
        entity_id,
        valid_from,
        valid_until,
        {{ parse_integer('value_text') }} as employee_count,
        is_latest
    from {{ ref('int_attribute_values_dated') }}
    where attribute = 'employee_count'

),

segments as (

    select * from {{ ref('stg_rules__segments') }}
    where segment <> 'unknown'

),

moments as (

    select
        entity_id as person_id,
        valid_from as moment
    from sizes
    where entity = 'person'
    union
    select
        persons.person_id,
        sizes.valid_from as moment
    from sizes
    inner join persons  -- everybody at the account
        on sizes.entity_id = persons.account_id
    where sizes.entity = 'account'

),

counted as (

    select
        moments.person_id,
        moments.moment as valid_from,
        coalesce(
            lead(moments.moment) over (partition by moments.person_id order by moments.moment), {{ open_end() }}
        ) as valid_until,
        coalesce(
            case
                when account_sizes.entity_id is null or account_sizes.is_latest then persons.account_employee_count
                else account_sizes.employee_count
            end,
            case
                when person_sizes.entity_id is null or person_sizes.is_latest then persons.employee_count
                else person_sizes.employee_count
            end
        ) as employee_count
    from moments
    inner join persons
        on moments.person_id = persons.person_id
    left join sizes as person_sizes  -- the one interval in which the moment lies
        on
            moments.person_id = person_sizes.entity_id
            and person_sizes.entity = 'person'
            and moments.moment >= person_sizes.valid_from
            and moments.moment < person_sizes.valid_until
    left join sizes as account_sizes
        on
            persons.account_id = account_sizes.entity_id
            and account_sizes.entity = 'account'
            and moments.moment >= account_sizes.valid_from
            and moments.moment < account_sizes.valid_until

)

select
    counted.person_id,
    counted.valid_from,
    counted.valid_until,
    coalesce(segments.segment, 'unknown') as segment
from counted
left join segments  -- segments do not overlap: at most one
    on {{ is_in_segment('segments', 'counted.employee_count') }}
