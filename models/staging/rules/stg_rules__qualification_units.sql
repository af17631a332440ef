with

rule_rows as (

    {{ rule_rows('rule_qualification_units') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('segment') }} as segment,
        cast({{ rule_text('min_deal_amount') }} as numeric(18, 2)) as min_deal_amount,
        cast({{ rule_text('min_known_people') }} as integer) as min_known_people,
        {{ rule_text('unit') }} as unit,
        upper({{ rule_text('min_fit_band') }}) as min_fit_band,
        {{ rule_text('min_engagement_band') }} as min_engagement_band,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
