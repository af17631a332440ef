-- Grain: person x instant at which their account became ready: known by then, reachable, and nobody whom an exclusion
-- or sales' own word holds back then.
with

ready_intervals as (

    select * from {{ ref('int_account_ready_intervals') }}
    where '{{ var("mql_source") }}' in ('model', 'earliest')

),

persons as (

    select * from {{ ref('int_persons_enriched') }}
    where is_reachable

),

first_exclusions as (

    select
        person_id,
        min(excluded_from) as excluded_from
    from {{ ref('fct_person_exclusions') }}
    group by person_id

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
left join first_exclusions
    on
        persons.person_id = first_exclusions.person_id
        and ready_intervals.ready_from >= first_exclusions.excluded_from
left join disqualifications  -- at most one
    on
        persons.person_id = disqualifications.person_id
        and ready_intervals.ready_from > disqualifications.disqualified_from
        and ready_intervals.ready_from < disqualifications.disqualified_until
where
    first_exclusions.person_id is null
    and disqualifications.person_id is null
