with

rule_rows as (

    {{ rule_rows('rule_matching') }}

),

typed as (

    select
        {{ rule_text('method') }} as method,
        cast({{ rule_text('sort_order') }} as integer) as sort_order,
        cast({{ rule_text('decides') }} as boolean) as decides,
        cast({{ rule_text('confidence') }} as double) as confidence,
        cast({{ rule_text('needs_review') }} as boolean) as needs_review,
        cast({{ rule_text('min_people') }} as integer) as min_people,
        cast({{ rule_text('min_share') }} as double) as min_share,
        {{ rule_text('reason') }} as reason,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
