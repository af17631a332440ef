with

verdict_rows as (

    {{ rule_rows('rule_review_verdicts') }}

),

typed as (

    select
        {{ rule_text('review_id') }} as review_id,
        cast({{ rule_text('week_start') }} as date) as week_start,
        {{ rule_text('stratum') }} as stratum,
        {{ rule_text('reviewer') }} as reviewer,
        {{ rule_text('verdict') }} as verdict,
        cast({{ rule_text('reviewed_on') }} as date) as reviewed_on,
        {{ rule_text('note') }} as note
    from verdict_rows

)

select * from typed
