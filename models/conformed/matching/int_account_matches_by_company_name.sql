-- By the name that is left when legal form, accents and punctuation are gone. A web domain that says another company
-- outweighs a name, unless the whole legal name agrees.
with

people as (

    select *
    from {{ ref('int_person_match_facts_collected') }}
    where is_matched_by_name

),

names as (

    select * from {{ ref('int_company_names_keyed') }}

),

account_keys as (

    select * from {{ ref('int_account_keys_counted') }}

),

people_named as (

    select
        people.person_id,
        people.email_domain_key,
        people.company_domain_key,
        people.has_domain_that_can_exist,
        people.country_code,
        names.name_key,
        names.legal_form
    from people
    inner join names
        on people.company_name = names.name_text

),

same_country as (

    select
        people_named.person_id,
        people_named.email_domain_key,
        people_named.company_domain_key,
        people_named.has_domain_that_can_exist,
        account_keys.account_id,
        account_keys.domain_key,
        account_keys.key_account_count,
        true as is_same_country,
        coalesce(people_named.legal_form = account_keys.legal_form, false) as is_same_legal_form
    from people_named
    inner join account_keys
        on
            people_named.country_code || ' ' || people_named.name_key = account_keys.match_key
            and account_keys.key_kind = 'name_country'

),

no_country as (

    select
        people_named.person_id,
        people_named.email_domain_key,
        people_named.company_domain_key,
        people_named.has_domain_that_can_exist,
        account_keys.account_id,
        account_keys.domain_key,
        account_keys.key_account_count,
        false as is_same_country,
        coalesce(people_named.legal_form = account_keys.legal_form, false) as is_same_legal_form
    from people_named
    inner join account_keys
        on
            people_named.name_key = account_keys.match_key
            and account_keys.key_kind = 'name'
    where
        people_named.country_code is null
        or account_keys.country_code is null

),

by_name as (

    select * from same_country

    union all

    select * from no_country

),

domains_compared as (  -- an unstated domain contradicts nothing, nor does one that is the account's, mistyped

    select
        *,
        coalesce(
            domain_key is not null
            and has_domain_that_can_exist
            and not coalesce({{ is_a_slip_of('email_domain_key', 'domain_key') }}, false)
            and not coalesce({{ is_a_slip_of('company_domain_key', 'domain_key') }}, false),
            false
        ) as is_contradicted
    from by_name

),

matches as (

    select distinct
        person_id,
        account_id,
        case
            when is_same_country and not is_contradicted then 'company_name_country'
            when is_same_country and is_same_legal_form then 'legal_name_country'
            when is_contradicted then 'name_other_domain'
            else 'company_name'
        end as account_match_method,
        key_account_count,
        false as is_family_pick
    from domains_compared

)

select * from matches
