"""Rejections: what sales sends back and what to change, whom marketing attracts, and where the rules were passed by."""

from __future__ import annotations

from collections.abc import Mapping

from handoff.review import charts as draw
from handoff.review.marts import Marts, Row
from handoff.review.tables import Column, Spec, Table
from handoff.review.words import words

KEY = "rejections"
TITLE = "Rejections"

TABLES = (
    Spec(
        "reasons",
        "What sales sent back, by reason",
        ("fct_mql_funnel",),
        """
select coalesce(outcome_reason, 'none given') as reason,
    count(*) as sent_back,
    sum(count(*)) over () as all_sent_back,
    count(*) filter (where outcome = 'rejected') as rejected,
    count(*) filter (where outcome = 'disqualified') as disqualified,
    count(*) filter (where outcome = 'recycled') as recycled,
    count(*) filter (where accepted_at is null) as before_acceptance
from fct_mql_funnel
where is_sent_back
group by 1
order by sent_back desc, reason""",
        (
            Column("reason", "Reason", "words"),
            Column("sent_back", "Sent back", "share", of="all_sent_back"),
            Column("rejected", "Rejected"),
            Column("disqualified", "Disqualified"),
            Column("recycled", "Recycled"),
            Column("before_acceptance", "Before acceptance"),
        ),
        "Sales has sent nobody back.",
    ),
    Spec(
        "feedback",
        "What to change: reason by channel, campaign, segment and the rule that fired",
        ("rpt_disqualification_feedback",),
        """
select reason, channel, campaign_id, segment, rule_id, rejected, judged_rejected, mqls, judged_by, concerned_rejected,
    concerned_mqls, trend, proposed_change, proposed_change_text
from rpt_disqualification_feedback
order by case proposed_change when 'too_few' then 2 when 'keep' then 1 else 0 end, rejected desc, reason, channel,
    campaign_id, segment, rule_id""",
        (
            Column("reason", "Reason", "words", offers="choose"),
            Column("channel", "Channel", "words", offers="choose"),
            Column("campaign_id", "Campaign", "key"),
            Column("segment", "Segment", "words", offers="choose"),
            Column("rule_id", "Rule", "key"),
            Column("rejected", "Sent back"),
            Column("judged_rejected", "Share here", "rate", of="mqls"),
            Column("judged_by", "Judged by", "words"),
            Column("concerned_rejected", "Share judged", "rate", of="concerned_mqls"),
            Column("trend", "Trend", "words"),
            Column("proposed_change", "Proposal", "words", offers="choose"),
            Column("proposed_change_text", "In words", "prose"),
        ),
        "Sales has sent nobody back.",
        most=100,
    ),
    Spec(
        "audience",
        "The right audience, or the most active one: who came, by channel",
        ("rpt_audience_quality",),
        """
select channel,
    cast(sum(people) as bigint) as people,
    cast(coalesce(sum(people) filter (where fit_band in ('A', 'B')), 0) as bigint) as right_people,
    cast(coalesce(sum(people) filter (where engagement_band in ('1', '2')), 0) as bigint) as active,
    cast(coalesce(sum(people) filter (where fit_band in ('A', 'B') and engagement_band in ('1', '2')), 0) as bigint)
        as right_and_active,
    cast(coalesce(sum(people) filter (where fit_band not in ('A', 'B') and engagement_band in ('1', '2')), 0) as bigint)
        as only_active,
    sum(cost) as cost,
    sum(cost) / nullif(sum(people), 0) as cost_per_person,
    sum(cost) / nullif(sum(people) filter (where fit_band in ('A', 'B')), 0) as cost_per_right_person,
    coalesce(bool_or(has_cost_left_out), false) as has_cost_left_out
from rpt_audience_quality
group by channel
order by sum(people) desc, channel""",
        (
            Column("channel", "Channel", "words"),
            Column("people", "People"),
            Column("right_people", "Fit A or B", "rate", of="people"),
            Column("active", "Engagement 1 or 2", "rate", of="people"),
            Column("right_and_active", "Both", "rate", of="people"),
            Column("only_active", "Active, fit below B", "rate", of="people"),
            Column("cost", "Cost", "money"),
            Column("cost_per_person", "Cost a person", "money"),
            Column("cost_per_right_person", "Cost a person of fit A or B", "money"),
            Column("has_cost_left_out", "Cost left out", "yes"),
        ),
        "Nobody came in.",
    ),
    Spec(
        "campaign-audience",
        "Who answered each campaign, and what it cost",
        ("rpt_campaign_audience",),
        """
select campaign_id, channel,
    cast(sum(people) as bigint) as people,
    cast(coalesce(sum(people) filter (where fit_band in ('A', 'B')), 0) as bigint) as right_people,
    cast(sum(mqls) as bigint) as mqls,
    cast(sum(opportunities) as bigint) as opportunities,
    sum(cost) as cost,
    sum(cost) / nullif(sum(people) filter (where fit_band in ('A', 'B')), 0) as cost_per_right_person
from rpt_campaign_audience
group by campaign_id, channel
order by sum(cost) desc nulls last, campaign_id""",
        (
            Column("campaign_id", "Campaign", "key"),
            Column("channel", "Channel", "words", offers="choose"),
            Column("people", "People who answered"),
            Column("right_people", "Fit A or B", "rate", of="people"),
            Column("mqls", "MQLs"),
            Column("opportunities", "with an opportunity"),
            Column("cost", "Cost", "money"),
            Column("cost_per_right_person", "Cost a person of fit A or B", "money"),
        ),
        "No campaign came in.",
        most=100,
    ),
    Spec(
        "overrides",
        "The same rule under pressure: how often people were sent, accepted or passed over against the rules",
        ("rpt_rule_overrides",),
        """
select week_start, team, override_kind, occasions, overrides, overrides_by_automation, overrides_of_excluded, reps
from rpt_rule_overrides
where week_start >= $since
order by week_start desc, team, override_kind""",
        (
            Column("week_start", "Week from Monday", "day", offers="range"),
            Column("team", "Team", "text", offers="choose"),
            Column("override_kind", "Against the rules", "words", offers="choose"),
            Column("overrides", "Overrides", "rate", of="occasions"),
            Column("overrides_by_automation", "by automation"),
            Column("overrides_of_excluded", "of excluded people"),
            Column("reps", "Reps"),
        ),
        "No occasion in these weeks.",
        most=400,
    ),
    Spec(
        "overrides-kinds",
        "Overrides by kind and team",
        ("rpt_rule_overrides",),
        """
select override_kind, team,
    cast(sum(occasions) as bigint) as occasions,
    cast(sum(overrides) as bigint) as overrides,
    cast(sum(overrides_by_automation) as bigint) as overrides_by_automation,
    cast(sum(overrides_of_excluded) as bigint) as overrides_of_excluded
from rpt_rule_overrides
where week_start >= $since
group by override_kind, team
order by override_kind, team""",
        (
            Column("override_kind", "Against the rules", "words"),
            Column("team", "Team", "text"),
            Column("overrides", "Overrides", "rate", of="occasions"),
            Column("overrides_by_automation", "by automation"),
            Column("overrides_of_excluded", "of excluded people"),
        ),
        "No occasion in these weeks.",
    ),
)


def facts(marts: Marts) -> Row:
    """Since when overrides are counted."""
    return {"since": marts.since}


def charts(tables: Mapping[str, Table]) -> dict[str, str]:
    drawn = {}
    reasons = tables["reasons"].values
    if reasons:
        drawn["reasons"] = draw.bars([(words(row["reason"]), row["sent_back"]) for row in reasons], "MQLs sent back")
    audience = [row for row in tables["audience"].values if row["people"]]
    if audience:
        drawn["audience"] = draw.rates(
            [(words(row["channel"]), row["right_people"], row["people"]) for row in audience], "people of fit A or B"
        )
    return drawn
