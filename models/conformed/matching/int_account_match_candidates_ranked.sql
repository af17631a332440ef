{{ config(materialized='table') }}

with

candidates as (

    select * from {{ ref('int_account_match_candidates_collected') }}
    where account_id is not null

),

best_methods as (

    select
        *,
        row_number() over (
            partition by person_id, account_id
            order by method_order, account_match_method
        ) as method_rank
    from candidates

),

matches as (

    select * from {{ ref('int_account_matches_decided') }}

),

compared as (

    select
        best_methods.person_id,
        best_methods.account_id,
        best_methods.account_match_method,
        best_methods.method_order,
        best_methods.decides,
        best_methods.confidence,
        best_methods.reason,
        best_methods.key_account_count,
        coalesce(best_methods.account_id = matches.account_id, false) as is_chosen
    from best_methods
    inner join matches
        on best_methods.person_id = matches.person_id
    where best_methods.method_rank = 1

),

ranked as (

    select
        *,
        row_number() over (
            partition by person_id
            order by
                case when is_chosen then 0 else 1 end asc,
                method_order asc,
                account_id asc
        ) as candidate_rank
    from compared

)

select * from ranked
