with

signals as (

    select * from {{ ref('int_signals_named') }}

),

bot_filters as (

    select * from {{ ref('stg_rules__bot_filters') }}

),

fields_filtered as (

    select distinct match_field
    from bot_filters

),

signal_texts as (

    select
        signals.signal_id,
        signals.occurred_at,
        fields_filtered.match_field,
        lower(
            case fields_filtered.match_field
                when 'user_agent' then signals.user_agent
                when 'url' then signals.url
                when 'referrer' then signals.referrer
                when 'asset_name' then signals.asset_name
                when 'is_bot' then case when signals.is_bot then 'true' else 'false' end
            end
        ) as field_text
    from signals
    cross join fields_filtered  -- every signal shows every field that some filter looks at

),

texts as (  -- a browser that comes a million times is looked at once: patterns are slow

    select distinct
        match_field,
        field_text
    from signal_texts

),

texts_filtered as (

    select
        texts.match_field,
        bot_filters.bot_filter_id,
        bot_filters.dropped_reason,
        bot_filters.effective_from,
        bot_filters.effective_until,
        {{ key_of(['texts.match_field', 'texts.field_text']) }} as text_key
    from texts
    inner join bot_filters  -- every filter of the field looks at every text
        on texts.match_field = bot_filters.match_field
    where {{ rule_applies('texts.field_text', 'cast(null as double)', 'bot_filters.operator', 'bot_filters.value') }}

),

filtered as (

    select
        signal_texts.signal_id,
        texts_filtered.dropped_reason,
        row_number() over (
            partition by signal_texts.signal_id
            order by texts_filtered.bot_filter_id
        ) as filter_number
    from signal_texts
    inner join texts_filtered  -- each filter in force that applies; the first is kept below
        on
            {{ key_of(['signal_texts.match_field', 'signal_texts.field_text']) }} = texts_filtered.text_key
            and {{ is_in_force('texts_filtered', 'signal_texts.occurred_at') }}

)

select
    signal_id,
    dropped_reason
from filtered
where filter_number = 1
