with

readiness as (

    select * from {{ ref('fct_account_readiness') }}

),

accounts as (

    select * from {{ ref('dim_account') }}

),

matrix as (

    select
        accounts.segment,
        coalesce(readiness.fit_level, 'unknown') as fit_level,
        readiness.engagement_level,
        cast(count(*) as bigint) as accounts,
        cast(sum(case when accounts.is_target_account then 1 else 0 end) as bigint) as target_accounts,
        cast(sum(case when readiness.readiness_stage = 'ready' then 1 else 0 end) as bigint) as ready_accounts,
        cast(sum(case when readiness.readiness_stage = 'opportunity' then 1 else 0 end) as bigint) as in_opportunity,
        cast(sum(case when readiness.readiness_stage = 'customer' then 1 else 0 end) as bigint) as customers,
        cast(sum(coalesce(readiness.engaged_people_count, 0)) as bigint) as engaged_people
    from readiness
    inner join accounts
        on readiness.account_id = accounts.account_id
    group by
        accounts.segment,
        coalesce(readiness.fit_level, 'unknown'),
        readiness.engagement_level

)

select * from matrix
