with

rule_rows as (

    {{ rule_rows('rule_status_transitions') }}

),

typed as (

    select
        {{ rule_text('from_status') }} as from_status,
        {{ rule_text('to_status') }} as to_status,
        cast({{ rule_text('is_legal') }} as boolean) as is_legal,
        {{ rule_text('violation') }} as violation,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
