-- How each record hangs on its survivor. First its own word in the CRM: what it was converted or merged into, or is the
-- same as by an override; then a link with the survivor itself (by address: with anybody who shares the survivor's);
-- then the other links that it has, its own word before another's; of these the strongest.
with

links as (

    select * from {{ ref('int_record_links_decided') }}
    where dropped_reason is null

),

survivors as (

    select * from {{ ref('int_person_survivors_chosen') }}

),

link_ends as (

    select
        record_key,
        linked_record_key as far_record_key,
        link_method,
        link_order,
        true as is_own_word,
        case when link_method = 'email' then linked_record_key end as hub_record_key
    from links

    union all

    select
        linked_record_key as record_key,
        record_key as far_record_key,
        link_method,
        link_order,
        (link_method = 'email') as is_own_word,
        case when link_method = 'email' then linked_record_key end as hub_record_key
    from links

),

hubs as (

    select distinct
        record_key,
        hub_record_key
    from link_ends
    where hub_record_key is not null

),

ends_ordered as (

    select
        link_ends.record_key,
        link_ends.link_method,
        link_ends.link_order
        + case
            when link_ends.is_own_word and link_ends.link_method in ('forced', 'conversion', 'merge') then 0
            when link_ends.far_record_key = survivors.person_id then 10
            when link_ends.hub_record_key = hubs.hub_record_key then 10
            when link_ends.is_own_word then 20
            else 30
        end as link_rank
    from link_ends
    inner join survivors
        on link_ends.record_key = survivors.record_key
    left join hubs
        on survivors.person_id = hubs.record_key

),

ranked as (

    select
        record_key,
        {{ first_present('link_method', 'link_rank') }} as link_method
    from ends_ordered
    group by record_key

)

select * from ranked
