with

rule_rows as (

    {{ rule_rows('rule_team_calendars') }}

),

typed as (

    select
        {{ rule_text('team') }} as team,
        {{ rule_text('calendar_id') }} as calendar_id,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
