{{ config(materialized='table') }}

-- Grain: link by conversion or merge whose instant the source tells, between two records that had both been there
-- before. A record that a conversion made is the lead gone on, not somebody else. A day without a time counts as its
-- last second (or as_of, if that is earlier).
with

links as (

    select * from {{ ref('int_record_links_decided') }}
    where
        dropped_reason is null
        and link_method in ('conversion', 'merge')

),

people as (

    select * from {{ ref('int_people_unioned') }}

),

told as (

    select
        links.record_key,
        links.linked_record_key,
        links.link_method,
        people.created_at,
        linked_people.created_at as linked_created_at,
        coalesce(people.created_at_precision = 'day', false) as is_created_by_day,
        coalesce(linked_people.created_at_precision = 'day', false) as is_linked_created_by_day,
        case links.link_method when 'conversion' then people.converted_at else people.merged_at end as told_at,
        coalesce(
            case links.link_method
                when 'conversion' then people.converted_at_precision
                else people.merged_at_precision
            end = 'day', false
        ) as is_told_by_day
    from links
    inner join people
        on links.record_key = people.record_key
    inner join people as linked_people
        on links.linked_record_key = linked_people.record_key

),

judged as (

    select
        *,
        case
            when is_told_by_day or is_created_by_day then cast(created_at as date) < cast(told_at as date)
            else created_at < told_at
        end as was_there,
        case
            when is_told_by_day or is_linked_created_by_day then cast(linked_created_at as date) < cast(told_at as date)
            else linked_created_at < told_at
        end as was_linked_there
    from told
    where told_at is not null

)

select
    record_key,
    linked_record_key,
    link_method,
    case when is_told_by_day then 'day' else 'exact' end as joined_at_precision,
    case
        when not is_told_by_day then told_at
        else {{ last_second_of("date_trunc('day', told_at)") }}
    end as joined_at
from judged
where
    -- who is merged was there; whom a conversion made may be of unknown age
    coalesce(was_there, true)
    and coalesce(was_linked_there, link_method = 'merge')
