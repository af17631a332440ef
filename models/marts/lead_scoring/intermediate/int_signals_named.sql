{{ config(materialized='table') }}

with

signals as (

    select
        *,
        {{ snake_case('activity_type') }} as activity_name
    from {{ ref('int_signals_unioned') }}

),

signal_rules as (

    select
        *,
        coalesce(match_field, 'nothing') as field_asked
    from {{ ref('stg_rules__signals') }}

),

fields_asked as (

    select distinct field_asked
    from signal_rules

),

signal_texts as (

    select
        signals.signal_id,
        signals.activity_name,
        signals.occurred_at,
        fields_asked.field_asked,
        lower(
            case fields_asked.field_asked
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
    cross join fields_asked  -- every signal shows every field that some rule asks about

),

texts as (  -- a page that is read a million times is matched once: patterns are slow

    select distinct
        activity_name,
        field_asked,
        field_text
    from signal_texts

),

texts_matched as (

    select
        signal_rules.signal_rule_id,
        signal_rules.sort_order,
        signal_rules.signal_name,
        signal_rules.is_hand_raise,
        signal_rules.content_topic,
        signal_rules.effective_from,
        signal_rules.effective_until,
        {{ key_of(['texts.activity_name', 'texts.field_asked', 'texts.field_text']) }} as text_key
    from texts
    inner join signal_rules  -- every rule that may name such an activity
        on
            texts.field_asked = signal_rules.field_asked
            and (signal_rules.activity_type is null or texts.activity_name = signal_rules.activity_type)
    where
        signal_rules.match_field is null
        or {{ rule_applies(
            'texts.field_text', number_or_null('texts.field_text'), 'signal_rules.operator', 'signal_rules.value'
        ) }}

),

rules_in_order as (

    select
        signal_texts.signal_id,
        texts_matched.signal_name,
        texts_matched.is_hand_raise,
        texts_matched.content_topic,
        row_number() over (
            partition by signal_texts.signal_id
            order by texts_matched.sort_order, texts_matched.signal_rule_id
        ) as rule_number
    from signal_texts
    inner join texts_matched  -- each rule in force that applies; the first is kept below
        on
            {{ key_of(['signal_texts.activity_name', 'signal_texts.field_asked', 'signal_texts.field_text']) }}
            = texts_matched.text_key
            and {{ is_in_force('texts_matched', 'signal_texts.occurred_at') }}

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
