-- What is missing, in the order the rules list it, and the action that closes the first gap.
with

checks as (

    select * from {{ ref('int_readiness_checks_judged') }}

),

gaps as (

    select
        account_id,
        missing_text,
        next_action,
        row_number() over (partition by account_id order by sort_order, criterion) as gap_rank
    from checks
    where status = 'unmet'

),

gaps_listed as (

    select
        account_id,
        {{ dbt.listagg('missing_text', "'; '", 'order by gap_rank') }} as missing,
        max(case when gap_rank = 1 then next_action end) as next_action
    from gaps
    group by account_id

)

select * from gaps_listed
