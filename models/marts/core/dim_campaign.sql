{{ config(
    post_hook="{{ add_passed_columns(this, 'campaigns', ref('int_campaigns_conformed'), 'campaign_id') }}",
) }}

with

conformed as (

    select * from {{ ref('int_campaigns_conformed') }}

),

campaigns as (

    select
        campaign_id,
        campaign_type,
        channel,
        cost,
        currency
    from conformed

)

select * from campaigns
