with

rule_rows as (

    select * from {{ ref('reference_public_suffixes') }}

),

typed as (

    select
        lower({{ rule_text('suffix') }}) as suffix,
        {{ rule_text('rule_kind') }} as rule_kind
    from rule_rows

),

counted as (

    select
        suffix,
        rule_kind,
        -- labels of the suffix as it stands here: a wildcard's star is one more
        cast(length(suffix) - length(replace(suffix, '.', '')) + 1 as integer) as label_count
    from typed

)

select * from counted
