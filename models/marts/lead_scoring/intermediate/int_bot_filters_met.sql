{{ config(materialized='table') }}

with

signals as (

    select * from {{ ref('int_signals_described') }}

),

bot_filters as (

    select
        *,
        coalesce(value, '') as value_asked,
        coalesce(also_value, '') as also_value_asked
    from {{ ref('stg_rules__bot_filters') }}

),

conditions_met as (

    select * from {{ ref('int_signal_conditions_met') }}

),

fields_asked as (

    select match_field from bot_filters
    union
    select also_match_field as match_field from bot_filters
    where also_match_field is not null

),

signal_texts as (

    select
        signals.signal_id,
        signals.occurred_at,
        fields_asked.match_field,
        {{ text_key(signal_field('signals', 'fields_asked.match_field')) }} as text_key
    from signals
    cross join fields_asked  -- every signal shows every field that some filter looks at

),

signal_conditions as (

    select
        signal_texts.signal_id,
        signal_texts.occurred_at,
        conditions_met.match_field,
        conditions_met.operator,
        conditions_met.value
    from signal_texts
    inner join conditions_met
        on
            signal_texts.match_field = conditions_met.match_field
            and signal_texts.text_key = conditions_met.text_key

),

met as (

    select
        signal_conditions.signal_id,
        bot_filters.bot_filter_id,
        bot_filters.filter_kind,
        bot_filters.min_count,
        bot_filters.window_seconds,
        bot_filters.dropped_reason
    from signal_conditions
    inner join bot_filters
        on
            signal_conditions.match_field = bot_filters.match_field
            and signal_conditions.operator = bot_filters.operator
            and signal_conditions.value = bot_filters.value_asked
    left join signal_conditions as also_conditions
        on
            signal_conditions.signal_id = also_conditions.signal_id
            and bot_filters.also_match_field = also_conditions.match_field
            and bot_filters.also_operator = also_conditions.operator
            and bot_filters.also_value_asked = also_conditions.value
    where
        (bot_filters.also_match_field is null or also_conditions.signal_id is not null)
        and {{ is_in_force('bot_filters', 'signal_conditions.occurred_at') }}

)

select * from met
