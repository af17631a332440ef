{{ config(materialized='table') }}

-- Grain: person x instant at which they may qualify by score or by their account. How many people of the account were
-- known by then, and the largest deal told of it. One pass over each account's timeline.
with

score_instants as (

    select * from {{ ref('int_score_instants_screened') }}
    where account_id is not null

),

ready_people as (

    select * from {{ ref('int_ready_people_scored') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}
    where
        account_id is not null
        and created_at is not null

),

deal_amounts as (

    select * from {{ ref('int_deal_amounts_told') }}

),

asked as (

    select
        person_id,
        account_id,
        occurred_at
    from score_instants
    union  -- once for every scoring model, and where the instant is also their account's
    select
        person_id,
        account_id,
        occurred_at
    from ready_people

),

timeline as (

    select
        account_id,
        occurred_at as moment,
        person_id as asked_person_id,
        0 as people_added,
        cast(null as numeric(18, 2)) as corporate_amount
    from asked
    union all
    select
        account_id,
        created_at as moment,
        cast(null as {{ dbt.type_string() }}) as asked_person_id,
        1 as people_added,
        cast(null as numeric(18, 2)) as corporate_amount
    from persons
    union all
    select
        account_id,
        told_at as moment,
        cast(null as {{ dbt.type_string() }}) as asked_person_id,
        0 as people_added,
        corporate_amount
    from deal_amounts

),

known_so_far as (

    select
        account_id,
        moment,
        asked_person_id,
        sum(people_added) over so_far as known_people_count,
        max(corporate_amount) over so_far as largest_deal_amount
    from timeline
    window so_far as (
        partition by account_id
        order by moment
        range between unbounded preceding and current row
    )

)

select
    asked_person_id as person_id,
    moment as occurred_at,
    account_id,
    cast(known_people_count as bigint) as known_people_count,
    largest_deal_amount
from known_so_far
where asked_person_id is not null
