with

rule_rows as (

    {{ rule_rows('rule_placeholder_names') }}

),

typed as (

    select
        lower({{ rule_text('company_name') }}) as company_name,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
