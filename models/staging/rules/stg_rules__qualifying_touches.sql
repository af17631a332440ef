with

rule_rows as (

    {{ rule_rows('rule_qualifying_touches') }}

),

typed as (

    select
        {{ rule_text('touch_type') }} as touch_type,
        cast({{ rule_text('stops_clock') }} as boolean) as stops_clock,
        cast({{ rule_text('is_contact') }} as boolean) as is_contact,
        cast({{ rule_text('is_meeting') }} as boolean) as is_meeting,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
