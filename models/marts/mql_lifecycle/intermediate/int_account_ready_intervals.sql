{{ config(materialized='table') }}

-- Grain: account x interval in which it is ready, with the committee in words. An account made ready by signals known
-- only by their day became so on that day, at no known time.
with

readiness_history as (

    select * from {{ ref('fct_account_readiness_history') }}
    where
        readiness_stage = 'ready'
        and valid_from <= {{ as_of() }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

signals as (

    select * from {{ ref('fct_signals') }}
    where is_counted

),

signals_of_the_instant as (

    select
        readiness_history.account_id,
        readiness_history.valid_from,
        cast(sum(case when signals.occurred_at_precision = 'exact' then 1 else 0 end) as bigint) as exact_signal_count
    from readiness_history
    inner join persons
        on readiness_history.account_id = persons.account_id
    inner join signals
        on
            persons.person_id = signals.person_id
            and readiness_history.valid_from = signals.occurred_at
    group by readiness_history.account_id, readiness_history.valid_from

)

select
    readiness_history.account_id,
    readiness_history.valid_from as ready_from,
    readiness_history.valid_until as ready_until,
    case when signals_of_the_instant.exact_signal_count = 0 then 'day' else 'exact' end as ready_from_precision,
    readiness_history.evidence
from readiness_history
left join signals_of_the_instant
    on
        readiness_history.account_id = signals_of_the_instant.account_id
        and readiness_history.valid_from = signals_of_the_instant.valid_from
