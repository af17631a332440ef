with

changes as (

    select * from {{ ref('int_record_statuses_ordered') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

reps as (

    select * from {{ ref('int_reps_conformed') }}

),

intervals as (

    select
        *,
        coalesce(
            lead(changed_at) over (partition by record_key order by change_number), {{ open_end() }}
        ) as valid_until
    from changes

)

-- a status that gave way in its own second held for no time
select
    {{ key_of(['intervals.record_key', 'intervals.change_number']) }} as crm_status_interval_id,
    intervals.source_system,
    {{ id_without_address('records.record_id') }} as record_id,
    intervals.person_id,
    intervals.crm_status,
    intervals.status,
    intervals.changed_at as valid_from,
    intervals.changed_at_precision as valid_from_precision,
    intervals.valid_until,
    intervals.valid_until = {{ open_end() }} as is_current,
    intervals.previous_crm_status,
    intervals.has_hole_before,
    intervals.reason,
    reps.rep_id as changed_by_rep_id,
    intervals.change_source
from intervals
inner join records
    on intervals.record_key = records.record_key
left join reps  -- whatever else a source writes there may be a name
    on intervals.changed_by = reps.rep_id
where intervals.valid_until > intervals.changed_at
