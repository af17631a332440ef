-- How far each source's history of statuses can be trusted, and one record to look at.
with

records as (

    select * from {{ ref('fct_status_completeness') }}

)

select
    source_system,
    completeness,
    completeness not in ('complete', 'no_status', 'merged_away') as has_doubts,
    cast(count(*) as bigint) as records,
    {{ share_of('count(*)', 'sum(count(*)) over (partition by source_system)') }} as share,
    cast(sum(holes_count) as bigint) as holes,
    max(last_changed_at) as last_changed_at,
    min(record_id) as example_record_id
from records
group by source_system, completeness
