with

people as (

    select * from {{ ref('int_people_unioned') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

accounts as (

    select * from {{ ref('int_accounts_unioned') }}

),

links_ranked as (  -- several conversions: the latest

    select
        records.person_id,
        accounts.account_id,
        row_number() over (
            partition by records.person_id
            order by
                people.converted_at desc nulls last,
                people.record_key asc
        ) as link_rank
    from people
    inner join records
        on people.record_key = records.record_key
    inner join accounts
        on people.converted_account_id = accounts.account_id

),

matches as (

    select
        person_id,
        account_id,
        'converted_account' as account_match_method,
        cast(1 as bigint) as key_account_count,
        false as is_family_pick
    from links_ranked
    where link_rank = 1

)

select * from matches
