with

rule_rows as (

    select * from {{ ref('reference_legal_forms') }}

),

typed as (

    select
        lower({{ rule_text('spelling') }}) as spelling,
        {{ rule_text('form_position') }} as form_position,
        {{ rule_text('legal_form') }} as legal_form,
        {{ rule_text('used_in') }} as used_in
    from rule_rows

)

select * from typed
