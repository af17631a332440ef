with

rule_rows as (

    {{ rule_rows('rule_rep_pools') }}

),

typed as (

    select
        {{ rule_text('pool_id') }} as pool_id,
        {{ rule_text('team') }} as team,
        {{ rule_text('rep_id') }} as rep_id,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
