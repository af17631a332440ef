with

rule_rows as (

    {{ rule_rows('rule_calendars') }}

),

typed as (

    select
        {{ rule_text('calendar_id') }} as calendar_id,
        {{ rule_text('time_zone') }} as time_zone,
        cast({{ rule_text('is_default') }} as boolean) as is_default,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
