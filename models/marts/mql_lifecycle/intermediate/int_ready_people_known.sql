-- Grain: person x instant at which their account became ready: known by then, reachable, and nobody whom sales has
-- disqualified then.
with

ready_intervals as (

    select * from {{ ref('int_account_ready_intervals') }}
    where '{{ var("mql_source") }}' in ('model', 'earliest')

),

persons as (

    select * from {{ ref('int_persons_enriched') }}
    where is_reachable

),

disqualifications as (

    select * from {{ ref('int_disqualifications_told') }}

)

select
    persons.person_id,
    persons.account_id,
    ready_intervals.ready_from as occurred_at,
    ready_intervals.ready_from_precision as occurred_at_precision,
    ready_intervals.evidence
from ready_intervals
inner join persons  -- everybody of the account
    on
        ready_intervals.account_id = persons.account_id
        and ready_intervals.ready_from >= persons.created_at
left join disqualifications  -- at most one
    on
        persons.person_id = disqualifications.person_id
        and ready_intervals.ready_from > disqualifications.disqualified_from
        and ready_intervals.ready_from < disqualifications.disqualified_until
where disqualifications.person_id is null
