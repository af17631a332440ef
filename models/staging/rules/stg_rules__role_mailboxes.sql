-- STUB: replaced by its owner
select
    cast(null as varchar) as local_part
where false
