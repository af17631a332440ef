-- STUB: replaced by its owner
select
    cast(null as varchar) as rep_id,
    cast(null as timestamp) as absent_from,
    cast(null as timestamp) as absent_until
where false
