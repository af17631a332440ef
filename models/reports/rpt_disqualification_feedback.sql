-- Why sales sends people back, by what brought them, and what to change. A share is of the MQLs that have had the days
-- in which sales accepts; the proposed change is judged over all whom it would concern, not over the few of one row.
with

cells as (

    select * from {{ ref('fct_sent_back_cells') }}

),

shares as (

    select * from {{ ref('fct_sent_back_shares') }}

),

measured as (

    select
        cells.*,
        coalesce(here.mqls, 0) as mqls,
        coalesce(here.sent_back, 0) as judged_rejected,
        coalesce(concerned.mqls, 0) as concerned_mqls,
        coalesce(concerned.sent_back, 0) as concerned_rejected,
        coalesce(concerned.mqls_recent, 0) as mqls_recent,
        coalesce(concerned.sent_back_recent, 0) as rejected_recent,
        coalesce(concerned.mqls_previous, 0) as mqls_previous,
        coalesce(concerned.sent_back_previous, 0) as rejected_previous
    from cells
    left join shares as here
        on
            here.scope = 'cell'
            and cells.cell_value = here.scope_value
            and cells.reason = here.reason
    left join shares as concerned
        on
            cells.judged_by = concerned.scope
            and cells.judged_value = concerned.scope_value
            and cells.reason = concerned.reason

),

bounded as (

    select
        *,
        {{ share_of('judged_rejected', 'mqls') }} as share,
        {{ wilson_bound('judged_rejected', 'mqls', 'lower') }} as share_lower,
        {{ wilson_bound('judged_rejected', 'mqls', 'upper') }} as share_upper,
        {{ share_of('concerned_rejected', 'concerned_mqls') }} as concerned_share,
        {{ wilson_bound('concerned_rejected', 'concerned_mqls', 'lower') }} as concerned_share_lower,
        {{ wilson_bound('concerned_rejected', 'concerned_mqls', 'upper') }} as concerned_share_upper,
        {{ share_of('rejected_recent', 'mqls_recent') }} as share_recent,
        {{ share_of('rejected_previous', 'mqls_previous') }} as share_previous,
        {{ wilson_bound('rejected_recent', 'mqls_recent', 'lower') }} as recent_lower,
        {{ wilson_bound('rejected_recent', 'mqls_recent', 'upper') }} as recent_upper,
        {{ wilson_bound('rejected_previous', 'mqls_previous', 'lower') }} as previous_lower,
        {{ wilson_bound('rejected_previous', 'mqls_previous', 'upper') }} as previous_upper
    from measured

),

judged as (

    select
        *,
        case
            when concerned_mqls < min_mqls then 'too_few'
            when concerned_share_lower < min_share then 'keep'
            else proposed_change
        end as verdict
    from bounded

)

select
    reason,
    channel,
    campaign_id,
    segment,
    fired_rule_id as rule_id,
    fired_rule_kind as rule_kind,
    rejected,
    rejected_before_acceptance,
    rejected_early,
    mqls,
    judged_rejected,
    share,
    share_lower,
    share_upper,
    judged_by,
    concerned_mqls,
    concerned_rejected,
    concerned_share,
    concerned_share_lower,
    concerned_share_upper,
    mqls_recent,
    share_recent,
    mqls_previous,
    share_previous,
    case
        when mqls_recent < trend_min_mqls or mqls_previous < trend_min_mqls then 'too_few'
        when recent_lower > previous_upper then 'rising'
        when recent_upper < previous_lower then 'falling'
        else 'steady'
    end as trend,
    feedback_rule_id,
    verdict as proposed_change,
    case verdict
        when 'too_few'
            then concat('Too few to say: ', concerned_mqls, ' judged MQLs of this ', judged_by, ' of ', min_mqls)
        when 'keep' then concat('Nothing: the share of this ', judged_by, ' is not surely high')
        else change_text
    end as proposed_change_text
from judged
