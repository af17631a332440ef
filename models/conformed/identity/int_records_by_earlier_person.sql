{{ config(materialized='table') }}

-- Grain: record of a person who was several before x earlier person. Since when what happens to the record happens to
-- that one: always to whom it belongs, to the others since they joined. No row for anybody who was always one.
with

records as (

    select * from {{ ref('int_earlier_persons_told') }}

),

joined as (

    select * from {{ ref('int_earlier_persons_joined') }}

),

leads as (

    select
        person_id,
        earlier_number,
        earlier_person_id,
        coalesce(min(case when leader_number < earlier_number then joined_at end), {{ open_end() }}) as leads_until
    from joined
    group by person_id, earlier_number, earlier_person_id

),

meetings as (  -- each two earlier persons once: at the join that brought their parties together

    select
        joined.person_id,
        joined.earlier_number,
        other_persons.earlier_number as record_earlier_number,
        joined.joined_at as known_from,
        joined.joined_at_precision as known_from_precision
    from joined
    inner join joined as other_persons
        on
            joined.person_id = other_persons.person_id
            and joined.join_number = other_persons.join_number
            and joined.takes_part
            and other_persons.takes_part
            and joined.previous_leader_number <> other_persons.previous_leader_number
    union all
    select
        person_id,
        earlier_number,
        earlier_number as record_earlier_number,
        {{ since_ever() }} as known_from,
        cast(null as {{ dbt.type_string() }}) as known_from_precision
    from leads

)

select
    records.record_key,
    records.person_id,
    leads.earlier_person_id,
    meetings.known_from,
    meetings.known_from_precision,
    leads.leads_until
from meetings
inner join leads
    on
        meetings.person_id = leads.person_id
        and meetings.earlier_number = leads.earlier_number
inner join records
    on
        meetings.person_id = records.person_id
        and meetings.record_earlier_number = records.earlier_number
