with

rule_rows as (

    {{ rule_rows('rule_shared_mailboxes') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('min_first_names') }} as integer) as min_first_names,
        cast({{ rule_text('min_last_names') }} as integer) as min_last_names,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
