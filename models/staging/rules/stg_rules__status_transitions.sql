-- STUB: replaced by its owner
select
    cast(null as varchar) as from_status,
    cast(null as varchar) as to_status,
    cast(null as boolean) as is_legal,
    cast(null as varchar) as rationale
where false
