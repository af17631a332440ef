with

rule_rows as (

    {{ rule_rows('rule_status_map') }}

),

typed as (

    select
        {{ rule_text('source_system') }} as source_system,
        lower({{ rule_text('crm_status') }}) as crm_status,
        {{ rule_text('status') }} as status,
        {{ rule_text('outcome_reason') }} as outcome_reason,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
