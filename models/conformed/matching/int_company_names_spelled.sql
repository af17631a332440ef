-- Every name that somebody gives for a company, in words; umlauts without and with their second letter.
with

people as (

    select company_name as name_text
    from {{ ref('int_person_fields_survived') }}

),

accounts as (

    select account_name as name_text
    from {{ ref('int_accounts_unioned') }}

),

name_texts as (

    select name_text
    from people
    where name_text is not null

    union

    select name_text
    from accounts
    where name_text is not null

),

folded as (

    select
        name_text,
        {{ folded_letters('name_text') }} as letters
    from name_texts

    union

    select
        name_text,
        {{ folded_letters(spelled_out_umlauts('name_text')) }} as letters
    from name_texts

),

spelled as (

    select
        name_text,
        {{ name_words('letters') }} as words
    from folded

),

named as (

    select
        name_text,
        -- a closing or leading article would hide the legal form beside it
        regexp_replace(words, '^the | the$', '', 'g') as words
    from spelled
    where words <> ''

)

select * from named
