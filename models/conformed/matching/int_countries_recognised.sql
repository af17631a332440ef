{{ config(materialized='table') }}

with

people as (

    select country as country_text
    from {{ ref('int_person_fields_survived') }}

),

accounts as (

    select country as country_text
    from {{ ref('int_accounts_unioned') }}

),

country_texts as (

    select country_text
    from people
    where country_text is not null

    union

    select country_text
    from accounts
    where country_text is not null

),

names_folded as (

    select
        country_code,
        {{ folded_letters('country_name') }} as letters
    from {{ ref('stg_rules__countries') }}

),

names_spelled as (

    select
        country_code,
        {{ name_words('letters') }} as words
    from names_folded

),

country_names as (  -- a name that means two countries once accents are off means none

    select
        words,
        min(country_code) as country_code
    from names_spelled
    group by words
    having count(distinct country_code) = 1

),

texts_folded as (

    select
        country_text,
        {{ folded_letters('country_text') }} as letters
    from country_texts

),

texts_spelled as (

    select
        country_text,
        {{ name_words('letters') }} as words
    from texts_folded

),

recognised as (

    select
        texts_spelled.country_text,
        country_names.country_code
    from texts_spelled
    inner join country_names
        on texts_spelled.words = country_names.words

)

select * from recognised
