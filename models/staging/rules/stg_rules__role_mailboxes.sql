with

rule_rows as (

    select * from {{ ref('reference_role_mailboxes') }}

),

typed as (

    select
        lower({{ rule_text('local_part') }}) as local_part
    from rule_rows

)

select * from typed
