-- STUB: replaced by its owner
select
    cast(null as varchar) as domain,
    cast(null as varchar) as domain_kind,
    cast(null as varchar) as rationale
where false
