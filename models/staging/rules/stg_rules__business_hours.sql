with

rule_rows as (

    {{ rule_rows('rule_business_hours') }}

),

typed as (

    select
        {{ rule_text('calendar_id') }} as calendar_id,
        cast({{ rule_text('iso_weekday') }} as integer) as iso_weekday,
        {{ second_of_day('opens_at') }} as opens_second,
        {{ second_of_day('closes_at') }} as closes_second,
        {{ rule_window_start('effective_from', 'date') }} as effective_from,
        {{ rule_window_end('effective_until', 'date') }} as effective_until
    from rule_rows

)

select * from typed
