with

people as (

    select * from {{ ref('int_people_unioned') }}

),

emails as (

    select * from {{ ref('int_record_emails_normalised') }}

),

shared_mailbox_rules as (

    select * from {{ ref('stg_rules__shared_mailboxes') }}

),

names_counted as (

    select
        emails.canonical_email,
        count(distinct {{ plain_letters('people.first_name') }}) as first_names,
        count(distinct {{ plain_letters('people.last_name') }}) as last_names
    from emails
    inner join people
        on emails.record_key = people.record_key
    where emails.canonical_email is not null
    group by emails.canonical_email

),

shared as (

    select distinct names_counted.canonical_email
    from names_counted
    inner join shared_mailbox_rules  -- any row that applies
        on
            names_counted.first_names >= shared_mailbox_rules.min_first_names
            and names_counted.last_names >= shared_mailbox_rules.min_last_names

)

select * from shared
