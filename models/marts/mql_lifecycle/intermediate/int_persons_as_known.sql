-- Grain: person as known at some time: everybody, and the earlier persons that conversions and merges have joined
-- since, with what is known of the person they are now.
with

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

earlier_persons as (

    select distinct
        person_id,
        earlier_person_id,
        leads_until
    from {{ ref('int_records_by_earlier_person') }}

)

select
    coalesce(earlier_persons.earlier_person_id, persons.person_id) as person_id,
    persons.person_id as joined_person_id,
    coalesce(earlier_persons.leads_until, {{ open_end() }}) as leads_until,
    persons.account_id,
    persons.segment,
    persons.channel,
    persons.lead_source,
    persons.is_target_account,
    persons.account_owner_id,
    persons.is_email_opt_out
from persons
left join earlier_persons
    on persons.person_id = earlier_persons.person_id
