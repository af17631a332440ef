with

signals as (

    select * from {{ ref('fct_signals') }}
    where signal_rule_id is null

),

final as (

    select
        source_system,
        activity_type,
        count(*) as signals,
        count(distinct person_id) as people,
        min(occurred_at) as first_occurred_at,
        max(occurred_at) as last_occurred_at
    from signals
    group by
        source_system,
        activity_type

)

select * from final
