with

rule_rows as (

    {{ rule_rows('rule_holidays') }}

),

typed as (

    select
        {{ rule_text('calendar_id') }} as calendar_id,
        cast({{ rule_text('holiday_date') }} as date) as holiday_date,
        {{ rule_text('holiday_name') }} as holiday_name,
        {{ second_of_day('opens_at') }} as opens_second,
        {{ second_of_day('closes_at') }} as closes_second
    from rule_rows

)

select * from typed
