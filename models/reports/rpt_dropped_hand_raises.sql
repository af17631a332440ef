-- A copy of a request that counts is no request of its own.
with

signals as (

    select * from {{ ref('fct_signals') }}
    where
        is_hand_raise
        and not is_counted
        and dropped_reason <> 'duplicate'

),

final as (

    select
        signal_id,
        person_id,
        signal_name,
        occurred_at,
        dropped_reason,
        source_system,
        source_activity_id,
        asset_id,
        campaign_id,
        referrer_kind
    from signals

)

select * from final
