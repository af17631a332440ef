with

links as (

    select * from {{ ref('int_apart_links_ranked') }}

),

claimed as (

    select * from {{ ref('int_apart_records_claimed') }}

),

border_links as (

    select
        links.label,
        least(claimed.claimant, other_claimed.claimant) as claimant,
        greatest(claimed.claimant, other_claimed.claimant) as other_claimant,
        min(links.link_order) as link_order
    from links
    inner join claimed
        on links.record_key = claimed.record_key
    inner join claimed as other_claimed
        on links.linked_record_key = other_claimed.record_key
    where claimed.claimant <> other_claimed.claimant
    group by
        links.label,
        least(claimed.claimant, other_claimed.claimant),
        greatest(claimed.claimant, other_claimed.claimant)

),

border_links_numbered as (

    select
        label,
        claimant,
        other_claimant,
        row_number() over (partition by label order by link_order, claimant, other_claimant) as step,
        count(*) over (partition by label) as last_step
    from border_links

)

select * from border_links_numbered
