-- Grain: reason x channel x campaign x segment x rule that fired, of the MQLs that sales sent back. The first feedback
-- rule that fits them.
with

funnel as (

    select
        *,
        coalesce(outcome_reason, outcome) as reason,
        {{ key_of(['channel', 'campaign_id', 'segment', 'fired_rule_id']) }} as cell_value
    from {{ ref('fct_mql_funnel') }}
    where is_sent_back

),

actions as (

    select * from {{ ref('stg_rules__feedback_actions') }}

),

cells as (

    select
        reason,
        channel,
        campaign_id,
        segment,
        fired_rule_id,
        min(fired_rule_kind) as fired_rule_kind,
        cell_value,
        count(*) as rejected,
        count(case when accepted_at is null then 1 end) as rejected_before_acceptance,
        count(case when not is_judged then 1 end) as rejected_early
    from funnel
    group by reason, channel, campaign_id, segment, fired_rule_id, cell_value

),

actions_ranked as (

    select
        cells.*,
        actions.rule_id as feedback_rule_id,
        actions.judged_by,
        actions.min_mqls,
        actions.min_share,
        actions.proposed_change,
        actions.change_text,
        case actions.judged_by
            when 'rule' then cells.fired_rule_id
            when 'campaign' then cells.campaign_id
            when 'channel' then cells.channel
            else cells.segment
        end as judged_value,
        row_number() over (
            partition by cells.cell_value, cells.reason
            order by actions.sort_order, actions.rule_id
        ) as action_rank
    from cells
    inner join actions  -- every row that fits; the first is kept below
        on
            (actions.rule_kind is null or cells.fired_rule_kind = actions.rule_kind)
            and (actions.has_campaign is null or (cells.campaign_id <> 'none') = actions.has_campaign)
            and (actions.outcome_reason is null or {{ is_listed('lower(cells.reason)', 'actions.outcome_reason') }})

)

select
    cell_value,
    reason,
    channel,
    campaign_id,
    segment,
    fired_rule_id,
    fired_rule_kind,
    rejected,
    rejected_before_acceptance,
    rejected_early,
    feedback_rule_id,
    judged_by,
    judged_value,
    min_mqls,
    min_share,
    proposed_change,
    change_text
from actions_ranked
where action_rank = 1
