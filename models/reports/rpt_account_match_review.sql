with

matches as (

    select *
    from {{ ref('fct_account_matches') }}
    where needs_review

),

candidates as (

    select * from {{ ref('fct_account_match_candidates') }}

),

listed as (

    select
        matches.person_id,
        candidates.account_id,
        case matches.method
            when 'ambiguous' then 'ambiguous'
            when 'unmatched' then 'not_linked'
            else 'low_confidence'
        end as review_reason,
        candidates.candidate_rank,
        candidates.method,
        candidates.confidence,
        candidates.is_chosen,
        matches.candidate_count,
        candidates.reason as why
    from matches
    inner join candidates
        on matches.person_id = candidates.person_id

)

select * from listed
