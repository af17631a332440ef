with

rule_rows as (

    {{ rule_rows('rule_currency_rates') }}

),

typed as (

    select
        {{ rule_text('currency') }} as currency,
        {{ rule_text('corporate_currency') }} as corporate_currency,
        cast({{ rule_text('rate_to_corporate') }} as double) as rate_to_corporate,
        {{ rule_window_start('effective_from', 'date') }} as effective_from,
        {{ rule_window_end('effective_until', 'date') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
