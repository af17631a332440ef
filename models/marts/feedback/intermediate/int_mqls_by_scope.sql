-- Grain: cycle x scope over which a share is taken: all MQLs of its rule, its campaign, its channel, its
-- segment, or of the four together.
with

funnel as (

    select * from {{ ref('fct_mql_funnel') }}

),

scopes as (

    select 'cell' as scope
    union all
    select 'rule' as scope
    union all
    select 'campaign' as scope
    union all
    select 'channel' as scope
    union all
    select 'segment' as scope

)

select
    funnel.mql_id,
    scopes.scope,
    case scopes.scope
        when 'rule' then funnel.fired_rule_id
        when 'campaign' then funnel.campaign_id
        when 'channel' then funnel.channel
        when 'segment' then funnel.segment
        else {{ key_of(['funnel.channel', 'funnel.campaign_id', 'funnel.segment', 'funnel.fired_rule_id']) }}
    end as scope_value,
    funnel.is_judged,
    funnel.is_sent_back,
    case when funnel.is_sent_back then coalesce(funnel.outcome_reason, funnel.outcome) end as reason,
    funnel.trend_period
from funnel
cross join scopes  -- each cycle stands in each scope
