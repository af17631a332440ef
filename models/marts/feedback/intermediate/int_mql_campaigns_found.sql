-- Grain: cycle that a campaign brought: the opening signal's own, else the last one they answered shortly before.
with

cycles as (

    select * from {{ ref('fct_mql_cycles') }}

),

limits as (

    select * from {{ ref('int_report_limits_pivoted') }}

),

signals as (

    select * from {{ ref('fct_signals') }}
    where is_counted and campaign_id is not null

),

answers_ranked as (

    select
        cycles.mql_id,
        signals.campaign_id,
        row_number() over (
            partition by cycles.mql_id
            order by signals.occurred_at desc, signals.signal_id asc
        ) as answer_rank
    from cycles
    cross join limits  -- one row
    inner join signals  -- every answer of the days before; the last is kept below
        on
            cycles.person_id = signals.person_id
            and signals.occurred_at <= cycles.opened_at
            and signals.occurred_at > {{ add_days('cycles.opened_at', '-limits.campaign_look_back_days') }}

),

last_answers as (

    select * from answers_ranked
    where answer_rank = 1

)

select
    cycles.mql_id,
    coalesce(cycles.campaign_id, last_answers.campaign_id) as campaign_id
from cycles
left join last_answers
    on cycles.mql_id = last_answers.mql_id
where coalesce(cycles.campaign_id, last_answers.campaign_id) is not null
