-- Grain: status in which runs have seen a record without a told history. The first has stood since nobody knows when,
-- no later than the record's last touch; each later one is dated by the run that saw it first.
with

observations as (

    select
        *,
        lag(crm_status) over (partition by record_key order by first_seen_at) as status_before
    from {{ ref('int_status_observations_kept') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

records_with_history as (

    select distinct record_key
    from {{ ref('int_status_changes_told') }}

)

select
    case
        when observations.status_before is null then {{ key_of(["'current'", 'observations.record_key']) }}
        else {{ key_of(["'observed'", 'observations.record_key', 'observations.first_seen_at']) }}
    end as change_key,
    observations.source_system,
    observations.record_key,
    records.person_id,
    coalesce(observations.stands_since, observations.first_seen_at) as changed_at,
    case when observations.stands_since is null then 'observed' else 'unknown' end as changed_at_precision,
    observations.status_before as old_status,
    observations.crm_status as new_status,
    case when observations.status_before is null then 'current' else 'observed' end as change_source
from observations
inner join records
    on observations.record_key = records.record_key
left join records_with_history
    on observations.record_key = records_with_history.record_key
where records_with_history.record_key is null
