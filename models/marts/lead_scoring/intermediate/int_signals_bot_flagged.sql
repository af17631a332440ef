{{ config(materialized='table') }}

with

filters_met as (

    select * from {{ ref('int_bot_filters_met') }}
    where filter_kind = 'each'

),

bursts as (

    select * from {{ ref('int_bot_bursts_found') }}

),

mail_links as (

    select * from {{ ref('int_bot_mail_links_found') }}

),

mail_reactions as (

    select * from {{ ref('int_bot_mail_reactions_found') }}

),

flags as (

    select
        signal_id,
        bot_filter_id,
        dropped_reason
    from filters_met
    union all
    select
        signal_id,
        bot_filter_id,
        dropped_reason
    from bursts
    union all
    select
        signal_id,
        bot_filter_id,
        dropped_reason
    from mail_links
    union all
    select
        signal_id,
        bot_filter_id,
        dropped_reason
    from mail_reactions

),

flags_numbered as (

    select
        *,
        row_number() over (partition by signal_id order by bot_filter_id) as flag_number
    from flags

)

select
    signal_id,
    bot_filter_id,
    dropped_reason
from flags_numbered
where flag_number = 1
