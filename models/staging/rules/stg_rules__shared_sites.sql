with

rule_rows as (

    select * from {{ ref('rule_shared_sites') }}

),

typed as (

    select
        lower({{ rule_text('site') }}) as site,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
