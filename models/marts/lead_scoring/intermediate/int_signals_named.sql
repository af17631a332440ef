{{ config(materialized='table') }}

with

signals as (

    select
        *,
        {{ snake_case('activity_type') }} as activity_name
    from {{ ref('int_signals_unioned') }}

),

signal_rules as (

    select * from {{ ref('stg_rules__signals') }}

),

rule_values as (

    select
        signals.signal_id,
        signal_rules.signal_name,
        signal_rules.is_hand_raise,
        signal_rules.content_topic,
        signal_rules.sort_order,
        signal_rules.signal_rule_id,
        signal_rules.match_field,
        signal_rules.operator,
        signal_rules.value,
        lower(
            case signal_rules.match_field
                when 'asset_name' then signals.asset_name
                when 'asset_id' then signals.asset_id
                when 'url' then signals.url
                when 'referrer' then signals.referrer
                when 'search_term' then signals.search_term
                when 'utm_source' then signals.utm_source
                when 'utm_medium' then signals.utm_medium
                when 'utm_campaign' then signals.utm_campaign
                when 'campaign_type' then signals.campaign_type
                when 'channel' then signals.channel
            end
        ) as field_text
    from signals
    inner join signal_rules  -- every rule that may name the activity; the first that applies is kept below
        on
            (signal_rules.activity_type is null or signals.activity_name = signal_rules.activity_type)
            and {{ is_in_force('signal_rules', 'signals.occurred_at') }}

),

rules_in_order as (

    select
        signal_id,
        signal_name,
        is_hand_raise,
        content_topic,
        row_number() over (partition by signal_id order by sort_order, signal_rule_id) as rule_number
    from rule_values
    where
        match_field is null
        or {{ rule_applies('field_text', number_or_null('field_text'), 'operator', 'value') }}

),

named as (

    select
        signals.*,
        rules_in_order.content_topic,
        coalesce(rules_in_order.signal_name, signals.activity_name) as signal_name,
        coalesce(rules_in_order.is_hand_raise, false) as is_hand_raise
    from signals
    left join rules_in_order
        on
            signals.signal_id = rules_in_order.signal_id
            and rules_in_order.rule_number = 1

)

select
    signal_id,
    source_system,
    source_activity_id,
    person_id,
    activity_type,
    occurred_at,
    occurred_at_precision,
    channel,
    campaign_id,
    campaign_type,
    asset_id,
    asset_name,
    url,
    referrer,
    search_term,
    utm_source,
    utm_medium,
    utm_campaign,
    user_agent,
    is_bot,
    activity_name,
    content_topic,
    signal_name,
    is_hand_raise
from named
