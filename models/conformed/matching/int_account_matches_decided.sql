{{ config(materialized='table') }}

-- The one matcher: routing, scoring and reporting all read this.
with

crm_links as (

    select * from {{ ref('int_account_matches_by_crm_link') }}

),

conversions as (

    select * from {{ ref('int_account_matches_by_conversion') }}

),

email_domains as (

    select * from {{ ref('int_account_matches_by_email_domain') }}

),

company_domains as (

    select * from {{ ref('int_account_matches_by_company_domain') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

candidates as (

    select
        *,
        1 as method_order,
        1.0 as confidence
    from crm_links

    union all

    select
        *,
        2 as method_order,
        0.99 as confidence
    from conversions

    union all

    select
        *,
        3 as method_order,
        0.95 as confidence
    from email_domains

    union all

    select
        *,
        4 as method_order,
        0.9 as confidence
    from company_domains

),

answers as (  -- per method: what it says, and how many accounts it says

    select
        person_id,
        method_order,
        account_match_method,
        confidence,
        min(account_id) as account_id,
        count(distinct account_id) as candidate_count
    from candidates
    group by person_id, method_order, account_match_method, confidence

),

first_answers as (

    select
        *,
        row_number() over (partition by person_id order by method_order) as answer_rank
    from answers

),

decided as (

    select
        records.person_id,
        case when first_answers.candidate_count = 1 then first_answers.account_id end as account_id,
        case
            when first_answers.candidate_count = 1 then first_answers.account_match_method
            when first_answers.candidate_count > 1 then 'ambiguous'
            else 'unmatched'
        end as account_match_method,
        cast(case when first_answers.candidate_count = 1 then first_answers.confidence else 0 end as double)
            as account_match_confidence,
        cast(coalesce(first_answers.candidate_count, 0) as bigint) as candidate_count
    from records
    left join first_answers
        on
            records.person_id = first_answers.person_id
            and first_answers.answer_rank = 1
    where records.is_survivor

)

select * from decided
