-- STUB: replaced by its owner
select
    cast(null as varchar) as currency,
    cast(null as varchar) as corporate_currency,
    cast(null as double) as rate_to_corporate,
    cast(null as date) as effective_from,
    cast(null as date) as effective_until
where false
