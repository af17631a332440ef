with

rule_rows as (

    {{ rule_rows('rule_readiness_criteria') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        {{ rule_text('criterion') }} as criterion,
        {{ rule_text('measure') }} as measure,
        {{ rule_text('segment') }} as segment,
        {{ rule_text('met_when') }} as met_when,
        cast({{ rule_text('threshold') }} as double) as threshold,
        cast(coalesce({{ rule_text('exit_threshold') }}, {{ rule_text('threshold') }}) as double) as exit_threshold,
        cast({{ rule_text('window_days') }} as integer) as window_days,
        cast({{ rule_text('baseline_days') }} as integer) as baseline_days,
        cast({{ rule_text('min_history_days') }} as integer) as min_history_days,
        lower({{ rule_text('job_functions') }}) as job_functions,
        lower({{ rule_text('seniorities') }}) as seniorities,
        lower({{ rule_text('buying_roles') }}) as buying_roles,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('missing_text') }} as missing_text,
        {{ rule_text('next_action') }} as next_action,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
