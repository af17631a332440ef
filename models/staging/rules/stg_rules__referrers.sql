with

rule_rows as (

    {{ rule_rows('rule_referrers') }}

),

typed as (

    select
        lower({{ rule_text('domain') }}) as domain,
        lower({{ rule_text('referrer_kind') }}) as referrer_kind,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
