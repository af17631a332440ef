{{ config(materialized='table') }}

with

staged as (

    {{ union_enabled('touches') }}

),

records as (

    select * from {{ ref('int_person_record_keys_listed') }}

),

account_matches as (

    select * from {{ ref('int_account_matches_decided') }}

),

touches as (

    select
        *,
        {{ snake_case('outcome') }} in ('no_show', 'cancelled', 'canceled', 'declined') as is_missed
    from staged
    where disposition = 'current'

),

judged as (  -- a meeting that says nothing about itself was held once its end is past

    select
        *,
        case
            when is_completed is not null then is_completed
            when coalesce(is_missed, false) then false
            when touch_type = 'meeting' then coalesce(coalesce(completed_at, occurred_at) <= {{ as_of() }}, false)
            else coalesce(completed_at <= {{ as_of() }}, false)
        end as is_done
    from touches

),

identified as (

    select
        {{ key_of(['judged.source_system', 'judged.source_table', 'judged.touch_id']) }} as touch_key,
        judged.source_system,
        judged.touch_id as source_touch_id,
        judged.record_key,
        records.person_id,
        coalesce(judged.account_id, account_matches.account_id) as account_id,
        judged.rep_id,
        judged.touch_type,
        -- when it was done; the day on which an open task falls due is no touch
        case when judged.is_done then coalesce(judged.completed_at, judged.occurred_at) end as touched_at,
        case
            when not judged.is_done then null
            when judged.completed_at is null and judged.occurred_at is null then 'unknown'
            when judged.completed_at is not null then coalesce(judged.completed_at_precision, 'exact')
            else coalesce(judged.occurred_at_precision, 'exact')
        end as touched_at_precision,
        judged.is_done as is_completed,
        coalesce(judged.is_automated, false) as is_automated,
        judged.outcome,
        judged.occurred_at
    from judged
    left join records
        on judged.record_key = records.record_key
    left join account_matches
        on records.person_id = account_matches.person_id

),

known as (

    select *
    from identified
    where
        (touched_at is null or touched_at <= {{ as_of() }})
        and (person_id is not null or account_id is not null)

)

select * from known
