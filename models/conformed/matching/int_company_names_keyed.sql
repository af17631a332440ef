{{ config(materialized='table') }}

with

stripped as (

    select * from {{ ref('int_company_names_stripped') }}

),

placeholders_folded as (

    select {{ folded_letters('company_name') }} as letters
    from {{ ref('stg_rules__placeholder_names') }}

),

placeholders_spelled as (

    select {{ name_words('letters') }} as words
    from placeholders_folded

),

placeholder_names as (

    select distinct {{ name_key('words') }} as name_key
    from placeholders_spelled

),

keyed as (

    select
        name_text,
        {{ name_key('words') }} as name_key,
        {{ name_key('spelled_words') }} as whole_key,
        legal_form
    from stripped

),

telling as (  -- a name that is all legal form, or that stands for none, says nothing

    select
        keyed.name_text,
        keyed.name_key,
        min(keyed.legal_form) as legal_form
    from keyed
    left join placeholder_names
        on keyed.name_key = placeholder_names.name_key
    left join placeholder_names as whole_placeholder_names
        on keyed.whole_key = whole_placeholder_names.name_key
    where
        length(keyed.name_key) >= 2
        and placeholder_names.name_key is null
        and whole_placeholder_names.name_key is null
    group by keyed.name_text, keyed.name_key

)

select * from telling
