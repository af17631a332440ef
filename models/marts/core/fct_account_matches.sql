with

decided as (

    select * from {{ ref('int_account_matches_decided') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

candidates as (

    select * from {{ ref('int_account_match_candidates_ranked') }}

),

next_ranks as (

    select
        person_id,
        min(candidate_rank) as candidate_rank
    from candidates
    where not is_chosen
    group by person_id

),

runners_up as (

    select
        candidates.person_id,
        candidates.account_id,
        candidates.account_match_method,
        candidates.reason
    from candidates
    inner join next_ranks  -- the first that was not chosen
        on
            candidates.person_id = next_ranks.person_id
            and candidates.candidate_rank = next_ranks.candidate_rank

),

matches as (

    select
        decided.person_id,
        persons.source_system,
        decided.account_id,
        decided.account_match_method as method,
        decided.account_match_confidence as confidence,
        decided.candidate_count,
        runners_up.account_id as runner_up_account_id,
        runners_up.account_match_method as runner_up_method,
        decided.is_settled_by_family,
        (decided.needs_review or (decided.account_match_method = 'unmatched' and runners_up.person_id is not null))
            as needs_review,
        case
            when decided.account_id is not null then decided.reason
            when decided.account_match_method = 'ambiguous'
                then cast(decided.candidate_count as varchar) || ' accounts tie: ' || decided.reason
            when decided.account_match_method = 'forced' then decided.reason || ': no account'
            when runners_up.person_id is not null then runners_up.reason
            else 'No account answers to anything on their records'
        end as reason
    from decided
    inner join persons
        on decided.person_id = persons.person_id
    left join runners_up
        on decided.person_id = runners_up.person_id

)

select * from matches
