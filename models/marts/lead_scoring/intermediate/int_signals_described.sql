{{ config(materialized='table') }}

with

signals as (

    select * from {{ ref('int_signals_unioned') }}

),

referrers as (

    select * from {{ ref('int_referrers_classified') }}

),

described as (

    select
        signals.*,
        {{ snake_case('signals.activity_type') }} as activity_name,
        referrers.referrer_host,
        referrers.referrer_domain,
        referrers.referrer_kind
    from signals
    left join referrers
        on signals.referrer = referrers.referrer

)

select
    {{ signal_columns() | join(', ') }},
    activity_name,
    referrer_host,
    referrer_domain,
    referrer_kind
from described
