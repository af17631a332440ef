-- Records that merge into themselves by way of others. Every step doubles how far a pointer reaches, so a chain of n
-- records takes log2(n) steps; a pointer that never runs out ends on a cycle, and every member of the cycle is reached.
with recursive

merged_records as (

    select * from {{ ref('int_record_merges_resolved') }}
    where target_record_key is not null

),

step_limit as (  -- the first power of two above the count of merges

    select ceil(ln(count(*) + 1) / ln(2)) as last_step
    from merged_records

),

pointers as (

    select
        0 as step,
        record_key,
        target_record_key
    from merged_records

    union all

    select
        pointers.step + 1 as step,
        pointers.record_key,
        further.target_record_key
    from pointers
    inner join pointers as further
        on pointers.target_record_key = further.record_key
    cross join step_limit
    where pointers.step < step_limit.last_step

),

cycle_members as (

    select distinct pointers.target_record_key as record_key
    from pointers
    inner join step_limit
        on pointers.step = step_limit.last_step

)

select * from cycle_members
