-- Records that merge into themselves by way of others. Every step doubles how far a pointer reaches, so a chain of n
-- records takes log2(n) steps; a pointer that never runs out ends on a cycle, and every member of the cycle is reached.
with recursive

people as (

    select * from {{ ref('int_people_unioned') }}

),

merges as (

    select
        merged.record_key,
        target.record_key as target_record_key
    from people as merged
    inner join people as target
        on {{ key_of(['merged.source_system', 'merged.merged_into_id']) }} = target.record_key

),

step_limit as (  -- the first power of two above the count of merges

    select ceil(ln(count(*) + 1) / ln(2)) as last_step
    from merges

),

pointers as (

    select
        0 as step,
        record_key,
        target_record_key
    from merges

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
