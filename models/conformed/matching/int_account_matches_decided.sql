{{ config(materialized='table') }}

-- The one matcher: routing, scoring and reporting all read this.
with

candidates as (

    select * from {{ ref('int_account_match_candidates_collected') }}

),

family_rules as (

    select
        decides,
        confidence,
        reason
    from {{ ref('stg_rules__matching') }}
    where method = 'family_country'

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

answers as (  -- per method: what it says, and how many accounts it says

    select
        person_id,
        method_order,
        account_match_method,
        confidence,
        needs_review,
        reason,
        min(account_id) as account_id,
        greatest(max(key_account_count), count(distinct account_id)) as account_count,
        min(case when is_family_pick then account_id end) as family_account_id,
        count(distinct case when is_family_pick then account_id end) as family_account_count
    from candidates
    where decides
    group by person_id, method_order, account_match_method, confidence, needs_review, reason

),

first_answers as (

    select
        *,
        row_number() over (partition by person_id order by method_order, account_match_method) as answer_rank
    from answers

),

settled as (

    select
        first_answers.*,
        family_rules.confidence as family_confidence,
        family_rules.reason as family_reason,
        (first_answers.account_count = 1) as is_settled,
        coalesce(
            first_answers.account_count > 1 and first_answers.family_account_count = 1 and family_rules.decides, false
        ) as is_settled_by_family
    from first_answers
    left join family_rules  -- one row
        on first_answers.account_count > 1
    where first_answers.answer_rank = 1

),

decided as (

    select
        records.person_id,
        case
            when settled.is_settled then settled.account_id
            when settled.is_settled_by_family then settled.family_account_id
        end as account_id,
        case
            when settled.is_settled or settled.is_settled_by_family then settled.account_match_method
            when settled.person_id is not null then 'ambiguous'
            else 'unmatched'
        end as account_match_method,
        cast(case
            when settled.is_settled and settled.account_id is not null then settled.confidence
            when settled.is_settled_by_family and settled.family_confidence < settled.confidence
                then settled.family_confidence
            when settled.is_settled_by_family then settled.confidence
            else 0
        end as double) as account_match_confidence,
        cast(coalesce(settled.account_count, 0) as bigint) as candidate_count,
        settled.account_match_method as answering_method,
        case
            when settled.is_settled_by_family then settled.reason || ', and ' || settled.family_reason
            else settled.reason
        end as reason,
        coalesce(settled.is_settled_by_family, false) as is_settled_by_family,
        case
            when settled.is_settled or settled.is_settled_by_family then settled.needs_review
            else settled.person_id is not null
        end as needs_review
    from records
    left join settled
        on records.person_id = settled.person_id
    where records.is_survivor

)

select * from decided
