with

signals as (

    select * from {{ ref('int_signals_named') }}

),

bot_filters as (

    select * from {{ ref('stg_rules__bot_filters') }}

),

filter_values as (

    select
        signals.signal_id,
        bot_filters.bot_filter_id,
        bot_filters.operator,
        bot_filters.value,
        bot_filters.dropped_reason,
        lower(
            case bot_filters.match_field
                when 'user_agent' then signals.user_agent
                when 'url' then signals.url
                when 'referrer' then signals.referrer
                when 'asset_name' then signals.asset_name
                when 'is_bot' then case when signals.is_bot then 'true' else 'false' end
            end
        ) as field_text
    from signals
    inner join bot_filters  -- every filter looks at every signal; the first that applies is kept below
        on {{ is_in_force('bot_filters', 'signals.occurred_at') }}

),

filtered as (

    select
        signal_id,
        dropped_reason,
        row_number() over (partition by signal_id order by bot_filter_id) as filter_number
    from filter_values
    where {{ rule_applies('field_text', 'cast(null as double)', 'operator', 'value') }}

)

select
    signal_id,
    dropped_reason
from filtered
where filter_number = 1
