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

links_ranked as (  -- several accounts on one person's records: the survivor's, else the one told last

    select
        records.person_id,
        accounts.account_id,
        row_number() over (
            partition by records.person_id
            order by
                case when records.is_survivor then 0 else 1 end asc,
                case when people.is_merged then 1 else 0 end asc,
                people.updated_at desc nulls last,
                people.record_key asc
        ) as link_rank
    from people
    inner join records
        on people.record_key = records.record_key
    inner join accounts
        on people.account_id = accounts.account_id

),

matches as (

    select
        person_id,
        account_id,
        'crm_link' as account_match_method,
        cast(1 as bigint) as key_account_count,
        false as is_family_pick
    from links_ranked
    where link_rank = 1

)

select * from matches
