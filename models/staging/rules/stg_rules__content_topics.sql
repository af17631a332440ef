with

rule_rows as (

    {{ rule_rows('rule_content_topics') }}

),

typed as (

    select
        {{ rule_text('rule_id') }} as rule_id,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        {{ rule_text('match_field') }} as match_field,
        {{ rule_text('operator') }} as operator,
        {{ rule_text('value') }} as value,
        {{ rule_text('topic') }} as topic,
        {{ rule_text('buying_stage') }} as buying_stage,
        {{ rule_text('follow_up_play') }} as follow_up_play,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
