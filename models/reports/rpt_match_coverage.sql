with

matches as (

    select * from {{ ref('fct_account_matches') }}

),

people as (

    select
        person_id,
        lead_source,
        channel
    from {{ ref('dim_person') }}

),

people_by_method as (

    select
        matches.source_system,
        coalesce(lower(people.lead_source), 'unknown') as lead_source,
        people.channel,
        matches.method,
        count(*) as people,
        count(matches.account_id) as people_with_account,
        sum(case when matches.needs_review then 1 else 0 end) as people_to_review
    from matches
    inner join people
        on matches.person_id = people.person_id
    group by matches.source_system, coalesce(lower(people.lead_source), 'unknown'), people.channel, matches.method

),

coverage as (

    select
        source_system,
        lead_source,
        channel,
        method,
        cast(people as bigint) as people,
        cast(people_with_account as bigint) as people_with_account,
        cast(people_to_review as bigint) as people_to_review,
        cast(sum(people) over (partition by source_system, lead_source) as bigint) as people_of_source,
        cast(people as double) / sum(people) over (partition by source_system, lead_source) as share
    from people_by_method

)

select * from coverage
