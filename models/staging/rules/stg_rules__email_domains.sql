-- STUB: replaced by its owner
select
    cast(null as varchar) as domain,
    cast(null as varchar) as domain_kind
where false
