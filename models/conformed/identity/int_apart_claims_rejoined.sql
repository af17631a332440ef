-- What an override's records claimed is one person again where links join it and no override keeps it apart: link by
-- link, the strongest first; one that would bring together what is kept apart is not used. Steps grow with overrides.
with recursive

joined_pairs as (

    select * from {{ ref('int_apart_pairs_joined') }}

),

claimed as (

    select * from {{ ref('int_apart_records_claimed') }}

),

pairs_kept as (

    select
        joined_pairs.label,
        claimed.claimant,
        other_claimed.claimant as other_claimant
    from joined_pairs
    inner join claimed
        on joined_pairs.record_key = claimed.record_key
    inner join claimed as other_claimed
        on joined_pairs.other_record_key = other_claimed.record_key

),

border_links_numbered as (

    select * from {{ ref('int_apart_borders_numbered') }}

),

steps as (

    select distinct
        label,
        last_step
    from border_links_numbered

),

grouped as (

    select distinct
        label,
        claimant,
        claimant as person_group,
        cast(0 as bigint) as step
    from claimed

    union all

    select * from (
        with

        groups_kept as (

            select
                least(own.person_group, other.person_group) as person_group,
                greatest(own.person_group, other.person_group) as other_group
            from pairs_kept
            inner join grouped as own
                on pairs_kept.claimant = own.claimant
            inner join grouped as other
                on pairs_kept.other_claimant = other.claimant

        ),

        groups_joined as (

            select
                least(own.person_group, other.person_group) as person_group,
                greatest(own.person_group, other.person_group) as other_group
            from border_links_numbered
            inner join grouped as own
                on
                    border_links_numbered.claimant = own.claimant
                    and border_links_numbered.step = own.step + 1
            inner join grouped as other
                on border_links_numbered.other_claimant = other.claimant

        ),

        groups_allowed as (

            select
                groups_joined.person_group,
                groups_joined.other_group
            from groups_joined
            left join groups_kept
                on
                    groups_joined.person_group = groups_kept.person_group
                    and groups_joined.other_group = groups_kept.other_group
            where groups_kept.person_group is null

        )

        select
            grouped.label,
            grouped.claimant,
            coalesce(groups_allowed.person_group, grouped.person_group) as person_group,
            grouped.step + 1 as step
        from grouped
        inner join steps
            on grouped.label = steps.label
        left join groups_allowed
            on grouped.person_group = groups_allowed.other_group
        where grouped.step < steps.last_step
    ) as next_step

),

last_steps as (

    select
        claimant,
        person_group,
        row_number() over (partition by claimant order by step desc) as step_from_last
    from grouped

),

settled as (

    select
        claimant,
        person_group
    from last_steps
    where step_from_last = 1

)

select * from settled
