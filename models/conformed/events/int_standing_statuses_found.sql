-- Grain: record of which no change was ever told. The status that stands there, and the last moment at which the record
-- was touched: the status is no younger. What was touched after as_of says nothing of as_of.
with

people as (

    select * from {{ ref('int_people_unioned') }}

),

records_with_history as (

    select distinct record_key
    from {{ ref('int_status_changes_told') }}

)

select
    people.record_key,
    people.source_system,
    people.status as crm_status,
    coalesce(people.updated_at, people.created_at) as stands_since
from people
left join records_with_history
    on people.record_key = records_with_history.record_key
where
    people.status is not null
    and not people.is_merged
    and people.converted_at is null
    and records_with_history.record_key is null
    and coalesce(coalesce(people.updated_at, people.created_at) <= {{ as_of() }}, true)
