with

rule_rows as (

    {{ rule_rows('rule_statuses') }}

),

typed as (

    select
        {{ rule_text('status') }} as status,
        cast({{ rule_text('status_order') }} as integer) as status_order,
        cast({{ rule_text('is_outcome') }} as boolean) as is_outcome,
        cast({{ rule_text('is_accepted') }} as boolean) as is_accepted,
        cast({{ rule_text('is_sales_worked') }} as boolean) as is_sales_worked,
        {{ rule_text('entry_criteria') }} as entry_criteria,
        {{ rule_text('exit_criteria') }} as exit_criteria,
        {{ rule_text('evidence') }} as evidence,
        {{ rule_text('evidence_check') }} as evidence_check
    from rule_rows

)

select * from typed
