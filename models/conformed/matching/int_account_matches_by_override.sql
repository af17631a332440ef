with

overrides as (

    select * from {{ ref('stg_rules__account_overrides') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

accounts as (

    select * from {{ ref('int_accounts_unioned') }}

),

overrides_ranked as (  -- an account that nobody delivered is no answer; of several records' rows the survivor's

    select
        records.person_id,
        accounts.account_id,
        row_number() over (
            partition by records.person_id
            order by case when records.is_survivor then 0 else 1 end asc, records.record_key asc
        ) as override_rank
    from overrides
    inner join records
        on
            overrides.source_system = records.source_system
            and overrides.record_id = records.record_id
    left join accounts
        on overrides.account_id = accounts.account_id
    where
        {{ is_in_force('overrides', as_of()) }}
        and (accounts.account_id is not null or overrides.account_id = 'none')

),

matches as (  -- no account: held apart from every one

    select
        person_id,
        account_id,
        'forced' as account_match_method,
        cast(1 as bigint) as key_account_count,
        false as is_family_pick
    from overrides_ranked
    where override_rank = 1

)

select * from matches
