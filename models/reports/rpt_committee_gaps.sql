with

committee as (

    select * from {{ ref('fct_account_committee') }}

),

readiness as (

    select * from {{ ref('fct_account_readiness') }}
    where readiness_stage in ('aware', 'engaged', 'ready', 'opportunity')

),

accounts as (

    select * from {{ ref('dim_account') }}

),

roles_engaged as (

    select
        account_id,
        cast(sum(case when coverage = 'engaged' then 1 else 0 end) as bigint) as roles_engaged_count
    from committee
    group by account_id

),

gaps as (

    select
        committee.account_id,
        committee.buying_role,
        accounts.segment,
        accounts.owner_id,
        readiness.readiness_stage,
        committee.coverage,
        committee.people_known_count,
        roles_engaged.roles_engaged_count,
        readiness.committee_coverage,
        case
            when committee.people_known_count > 0 then 'write to the people of this role who are known'
            else 'find somebody of this role'
        end as what_to_do
    from committee
    inner join readiness
        on committee.account_id = readiness.account_id
    inner join accounts
        on committee.account_id = accounts.account_id
    inner join roles_engaged
        on committee.account_id = roles_engaged.account_id
    where committee.coverage <> 'engaged'

)

select * from gaps
