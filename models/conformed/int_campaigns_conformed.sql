with

staged as (

    {{ union_enabled('campaigns', passed=true) }}

),

campaigns as (

    select *
    from staged
    where disposition = 'current'

),

campaign_types as (

    select distinct lower(campaign_type) as campaign_type
    from campaigns
    where campaign_type is not null

),

channel_rules as (

    select *
    from {{ ref('stg_rules__channels') }}
    where match_field = 'campaign_type'

),

rules_ranked as (

    select
        campaign_types.campaign_type,
        channel_rules.channel,
        row_number() over (
            partition by campaign_types.campaign_type
            order by channel_rules.sort_order, channel_rules.rule_id
        ) as rule_rank
    from campaign_types
    inner join channel_rules
        on {{ rule_applies('campaign_types.campaign_type', 'null', 'channel_rules.operator', 'channel_rules.value') }}

),

first_rules as (

    select * from rules_ranked
    where rule_rank = 1

),

conformed as (

    select
        campaigns.campaign_id,
        {%- for name in passed_columns('campaigns') %}
        campaigns.{{ name }},
        {%- endfor %}
        campaigns.source_system,
        campaigns.campaign_name,
        campaigns.campaign_type,
        coalesce(
            campaigns.channel,
            first_rules.channel,
            case when campaigns.campaign_type is null then 'unknown' else 'other' end
        ) as channel,
        campaigns.cost,
        campaigns.currency,
        campaigns.started_on,
        campaigns.ended_on
    from campaigns
    left join first_rules
        on lower(campaigns.campaign_type) = first_rules.campaign_type

)

select * from conformed
