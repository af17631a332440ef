{{ config(materialized='table') }}

-- Who belongs to whom where an override keeps records apart that links join. Each named record claims what is linked
-- to it: in every round the unclaimed records beside claimed ones, by the strongest kind of link there is to any; what
-- two could claim goes to the one named first. So a record stays with whom it is most strongly tied to, or nearest.
with recursive

joined_pairs as (

    select * from {{ ref('int_apart_pairs_joined') }}

),

components as (

    select * from {{ ref('int_record_components_labelled') }}

),

links as (

    select * from {{ ref('int_apart_links_ranked') }}

),

claimants as (

    select * from {{ ref('int_apart_claimants_numbered') }}

),

torn_components as (

    select distinct label
    from joined_pairs

),

both_ways as (

    select
        record_key,
        linked_record_key,
        link_order
    from links

    union all

    select
        linked_record_key as record_key,
        record_key as linked_record_key,
        link_order
    from links

),

claimed as (

    select
        components.record_key,
        components.label,
        claimants.claimant
    from components
    inner join torn_components
        on components.label = torn_components.label
    left join claimants
        on components.record_key = claimants.record_key

    union all

    select * from (
        with

        frontier as (

            select
                unclaimed.record_key,
                unclaimed.label,
                claimed.claimant,
                both_ways.link_order,
                min(both_ways.link_order) over (partition by unclaimed.label) as strongest
            from claimed
            inner join both_ways
                on claimed.record_key = both_ways.record_key
            inner join claimed as unclaimed
                on both_ways.linked_record_key = unclaimed.record_key
            where
                claimed.claimant is not null
                and unclaimed.claimant is null

        ),

        claims as (

            select
                record_key,
                min(claimant) as claimant
            from frontier
            where link_order = strongest
            group by record_key

        ),

        claims_counted as (

            select count(*) as claim_count
            from claims

        )

        select
            claimed.record_key,
            claimed.label,
            coalesce(claimed.claimant, claims.claimant) as claimant
        from claimed
        left join claims
            on claimed.record_key = claims.record_key
        cross join claims_counted
        where claims_counted.claim_count > 0
    ) as next_round

),

settled as (

    select distinct
        record_key,
        label,
        claimant
    from claimed
    where claimant is not null

)

select * from settled
