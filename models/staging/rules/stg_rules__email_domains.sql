with

rule_rows as (

    select * from {{ ref('reference_email_domains') }}

),

typed as (

    select
        lower({{ rule_text('domain') }}) as domain,
        {{ rule_text('domain_kind') }} as domain_kind
    from rule_rows

)

select * from typed
