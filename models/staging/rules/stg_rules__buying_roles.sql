with

rule_rows as (

    {{ rule_rows('rule_buying_roles') }}

),

typed as (

    select
        lower({{ rule_text('contact_role') }}) as contact_role,
        {{ rule_text('buying_role') }} as buying_role,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
