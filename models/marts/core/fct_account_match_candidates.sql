with

ranked as (

    select * from {{ ref('int_account_match_candidates_ranked') }}

),

candidates as (

    select
        person_id,
        account_id,
        cast(candidate_rank as bigint) as candidate_rank,
        account_match_method as method,
        confidence,
        is_chosen,
        key_account_count as account_count,
        reason
    from ranked

)

select * from candidates
