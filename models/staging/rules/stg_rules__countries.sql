with

rule_rows as (

    select * from {{ ref('reference_countries') }}

),

typed as (

    select
        lower({{ rule_text('country_name') }}) as country_name,
        {{ rule_text('country_code') }} as country_code
    from rule_rows

)

select * from typed
