-- Grain: key of a person's record that another row may name: one that can be used, or one that was merged into such a
-- record and lands no more.
with

landed as (

    select * from {{ ref('int_landed_rows_unioned') }}

),

merge_cycles as (

    select * from {{ ref('int_merge_cycles_found') }}

),

usable_records as (  -- of whatever time: a record that is not yet known at as_of is no reason to complain

    select distinct landed.person_record_key as record_key
    from landed
    left join merge_cycles
        on landed.person_record_key = merge_cycles.record_key
    where
        landed.disposition in ('current', 'merged')
        and landed.person_record_key is not null
        and merge_cycles.record_key is null

),

merges_told as (

    select * from {{ ref('int_record_cross_ids_collected') }}
    where link_method = 'merge'

),

landed_keys as (

    select distinct person_record_key as record_key
    from landed
    where person_record_key is not null

),

merged_away as (  -- of records that land no more, but it is told whose they are now

    select distinct merges_told.linked_record_key as record_key
    from merges_told
    inner join usable_records
        on merges_told.record_key = usable_records.record_key
    left join landed_keys
        on merges_told.linked_record_key = landed_keys.record_key
    where landed_keys.record_key is null

)

select record_key
from usable_records

union

select record_key
from merged_away
