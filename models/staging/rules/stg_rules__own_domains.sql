with

rule_rows as (

    {{ rule_rows('rule_own_domains') }}

),

typed as (

    select
        lower({{ rule_text('domain') }}) as domain,
        {{ rule_text('domain_kind') }} as domain_kind,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
