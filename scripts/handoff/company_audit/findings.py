"""What the audit looks for. A figure is a query of one row and one column; nothing is reckoned outside of SQL.

Texts hold no digit of their own: each number in them is a figure's. Money is what an MQL of a mature cohort has been
worth (`WORTH`), what it has cost to bring one (`COST`), or amounts as they stand; see each finding's `reckoned`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["count", "rate", "money", "days", "number", "text"]
MATURE = "from marts.rpt_mql_in_context where is_mature"
WORTH = f"(select sum(won_amount) / nullif(sum(mqls), 0) {MATURE})"
COST = (
    "((select sum(cost) from marts.rpt_audience_quality) / nullif((select sum(mqls) from marts.rpt_mql_in_context), 0))"
)
BY_WORTH = "as many times what an MQL of a mature cohort has brought in won deals, were these like the others"
BY_COST = "as many times what campaigns have cost for each MQL"


@dataclass(frozen=True)
class Query:
    """A number to be told, and how it is written."""

    kind: Kind
    sql: str


@dataclass(frozen=True)
class Check:
    """One thing to look for: a finding where `holds` is true of the marts."""

    key: str
    part: int
    title: str
    text: str
    figures: dict[str, Query]
    cases: str  # the figure that says how many cases are behind it
    rows: str
    action: str
    holds: str = "select true"
    money: str = ""
    stake: Literal["lost", "spent", "at stake", "without us", ""] = ""
    reckoned: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the audit: its question, and the figures that answer it before any finding."""

    number: int
    title: str
    lines: dict[str, Query] = field(default_factory=dict)


def count(sql: str) -> Query:
    return Query("count", sql)


def rate(part: str, whole: str) -> Query:
    return Query("rate", f"select ({part}) / nullif(cast(({whole}) as double), 0)")


def clocks(columns: str) -> str:
    return f"select coalesce(sum({columns}), 0) from marts.rpt_sla_compliance where clock = 'speed_to_lead'"


def cohort(columns: str) -> str:
    return f"select coalesce(sum({columns}), 0) {MATURE}"


DECIDED = clocks("met + met_late + closed_untouched + open_breached")
LATE = clocks("met_late + closed_untouched + open_breached")
ACTIVE = "select max(scoring_model) from marts.fct_lead_scores where model_status = 'active'"
SENT_BACK = "select count(*) from marts.fct_mql_funnel where is_sent_back"
UNTOUCHED = "from marts.fct_rule_overrides where kind = 'ended' and is_override"
MEDIAN = "select median({0}) from marts.fct_mql_funnel where {0} is not null"

PARTS = (
    Part(
        1,
        "What an MQL is today",
        {
            "Version of the score that decides": Query("text", ACTIVE),
            "People at or above its threshold": count(
                "select count(*) from marts.fct_lead_scores where model_status = 'active' and meets_threshold"
            ),
            "MQLs so far": count("select count(*) from marts.fct_mql_cycles"),
            "of them by asking": count("select count(*) from marts.fct_mql_cycles where entry_reason = 'hand_raise'"),
            "of them by score": count("select count(*) from marts.fct_mql_cycles where entry_reason = 'threshold'"),
            "of them by a ready account": count(
                "select count(*) from marts.fct_mql_cycles where entry_reason = 'account_ready'"
            ),
            "Engaged and held back now": count("select coalesce(sum(people), 0) from marts.rpt_held_back"),
        },
    ),
    Part(
        2,
        "How sales responds",
        {
            "Handoffs": count("select count(*) from marts.fct_handoffs"),
            "Speed to lead, clocks decided": count(DECIDED),
            "of them met": count(clocks("met")),
            "Compliance": rate(clocks("met"), DECIDED),
            "Handoffs that ended without a deal": count(
                "select count(*) from marts.fct_rule_overrides where kind = 'ended'"
            ),
            "of them never touched": count(f"select count(*) {UNTOUCHED}"),
        },
    ),
    Part(
        3,
        "How good accepted leads are",
        {
            "MQLs of mature cohorts": count(cohort("mqls")),
            "of them accepted": count(cohort("accepted")),
            "of them met": count(cohort("meetings_held")),
            "of them made a deal": count(cohort("opportunities")),
            "of them won": count(cohort("won")),
            "Won, of accepted": rate(cohort("won"), cohort("accepted")),
        },
    ),
    Part(
        4,
        "How they come to a deal",
        {
            "Median days to acceptance": Query("days", MEDIAN.format("days_to_accept")),
            "Median days from acceptance to a meeting": Query("days", MEDIAN.format("days_accept_to_meeting")),
            "Median days from the meeting to a deal": Query("days", MEDIAN.format("days_meeting_to_opportunity")),
            "Median days from a deal to its win": Query("days", MEDIAN.format("days_opportunity_to_win")),
            "Pipeline of mature cohorts": Query("money", cohort("pipeline_amount")),
            "Won of mature cohorts": Query("money", cohort("won_amount")),
            "An MQL of a mature cohort has been worth": Query("money", f"select {WORTH}"),
            "Campaigns have cost for each MQL": Query("money", f"select {COST}"),
        },
    ),
    Part(
        5,
        "Why the rest is sent back",
        {
            "MQLs sent back by sales": count(SENT_BACK),
            "of them before anybody accepted": count(f"{SENT_BACK} and accepted_at is null"),
            "MQLs that nobody took in time": count(
                "select count(*) from marts.fct_mql_funnel where outcome = 'expired'"
            ),
        },
    ),
)

CHECKS = (
    Check(
        key="score_no_better_than_chance",
        part=1,
        title="The score of {model} does not tell who becomes a deal",
        text="Of {cases} MQLs old enough, those with more engagement became deals no more often: AUC {auc}, surely "
        "between {lower} and {upper}, and a half is chance.",
        figures={
            "model": Query("text", "select min(scoring_model) from ({0})"),
            "cases": count("select max(mqls) from ({0})"),
            "auc": Query("number", "select max(auc) from ({0})"),
            "lower": Query("number", "select max(auc_lower) from ({0})"),
            "upper": Query("number", "select max(auc_upper) from ({0})"),
        },
        cases="cases",
        rows="select scoring_model, score_kind, label, auc, auc_lower, auc_upper, "
        "cast(sum(mqls) as bigint) as mqls from marts.rpt_score_calibration where is_headline and "
        "score_kind = 'engagement' and label = 'opportunity' and auc_lower <= 0.5 group by all "
        "order by scoring_model desc limit 1",
        holds="select count(*) > 0 from ({0})",
        action="Try weights learnt from the outcomes as a draft (handoff rules suggest), and see whom it would send.",
    ),
    Check(
        key="definition_moved_volume",
        part=1,
        title="Since {model} took effect, {measure} {verdict}",
        text="{unit}: {before} before it, {after} since; the intervals do not meet.",
        figures={
            "model": Query("text", "select min(scoring_model) from ({0})"),
            "measure": Query("text", "select replace(min(measure), '_', ' ') from ({0})"),
            "verdict": Query("text", "select min(verdict) from ({0})"),
            "unit": Query(
                "text",
                "select case when min(measure) = 'volume' then 'MQLs in thirty days' else 'As a part of one' end "
                "from ({0})",
            ),
            "before": Query("number", "select min(before_rate) from ({0})"),
            "after": Query("number", "select min(after_rate) from ({0})"),
            "cases": count("select min(after_count) from ({0})"),
        },
        cases="cases",
        rows="select scoring_model, measure, verdict, before_rate, before_rate_lower, before_rate_upper, after_rate, "
        "after_rate_lower, after_rate_upper, after_count, is_mature from marts.rpt_definition_change "
        "where verdict in ('rose', 'fell') order by changed_at desc, measure limit 1",
        holds="select count(*) > 0 from ({0})",
        action="Look whether acceptance held while volume moved: rpt_definition_change has both.",
    ),
    Check(
        key="requests_unanswered",
        part=1,
        title="{cases} requests of people whom no rule excludes opened nothing",
        text="They asked for a demo, a price or a talk while no cycle of theirs was open, and none opened within the "
        "hour.",
        figures={"cases": count("select count(*) from ({0})")},
        cases="cases",
        rows="select signals.occurred_at, signals.signal_name, signals.person_id, qualifications.held_back_reason "
        "from marts.fct_signals as signals join marts.fct_qualifications as qualifications using (person_id) "
        "where signals.is_counted and signals.is_hand_raise and not exists (select * from marts.fct_mql_cycles "
        "as cycles where cycles.person_id = signals.person_id "
        "and cycles.opened_at <= signals.occurred_at + interval '1 hour' "
        "and coalesce(cycles.closed_at, timestamp '9999-12-31') >= signals.occurred_at) "
        "and not exists (select * from marts.fct_person_exclusions as exclusions "
        "where exclusions.person_id = signals.person_id and exclusions.excluded_from <= signals.occurred_at) "
        "order by signals.occurred_at desc, signals.signal_id",
        holds="select count(*) > 0 from ({0})",
        money=f"select count(*) * {WORTH} from ({{0}})",
        stake="at stake",
        reckoned=BY_WORTH,
        action="Call them: whoever asks is answered, whatever their score.",
    ),
    Check(
        key="never_touched",
        part=2,
        title="{cases} handoffs ended without anybody calling",
        text="Of {ended} handoffs that ended without a deal, {cases} ({share}) saw no call, mail or "
        "meeting of a human.",
        figures={
            "cases": count("select count(*) from ({0})"),
            "ended": count("select count(*) from marts.fct_rule_overrides where kind = 'ended'"),
            "share": rate(
                f"select count(*) {UNTOUCHED}", "select count(*) from marts.fct_rule_overrides where kind = 'ended'"
            ),
        },
        cases="cases",
        rows=f"select happened_at, team, rep_id, mql_id, person_id, detail {UNTOUCHED} "
        "order by happened_at desc, mql_id",
        holds="select count(*) > 0 from ({0})",
        money=f"select count(*) * {WORTH} from ({{0}})",
        stake="lost",
        reckoned=BY_WORTH,
        action="Route what nobody owns to a person, and escalate what is untouched before it expires.",
    ),
    Check(
        key="late_answers",
        part=2,
        title="{cases} of {decided} first answers came too late or never",
        text="Only {compliance} of speed-to-lead clocks were met. Most of the late ones, {most}, are those of: {team}.",
        figures={
            "cases": count(LATE),
            "decided": count(DECIDED),
            "compliance": rate(clocks("met"), DECIDED),
            "team": Query("text", "select team from ({0}) group by team order by sum(late) desc, team limit 1"),
            "most": count("select max(late) from (select sum(late) as late from ({0}) group by team)"),
        },
        cases="cases",
        rows="select team, priority, cast(sum(met) as bigint) as met, cast(sum(met_late + closed_untouched "
        "+ open_breached) as bigint) as late, cast(sum(met) as double) / cast(sum(met + met_late + closed_untouched "
        "+ open_breached) as double) as met_share from marts.rpt_sla_compliance where clock = 'speed_to_lead' "
        "group by team, priority having sum(met_late + closed_untouched + open_breached) > 0 "
        "order by late desc, team, priority",
        holds="select count(*) > 0 from ({0})",
        action="Start with the team and priority at the top of the rows.",
    ),
    Check(
        key="waiting_now",
        part=2,
        title="{cases} open handoffs have missed a target",
        text="No human has touched {untouched} of them. They can still be answered today; the queue has them in order.",
        figures={
            "cases": count("select count(*) from ({0})"),
            "untouched": count("select count(*) from ({0}) where not is_touched"),
        },
        cases="cases",
        rows="select waiting.rank, waiting.priority, waiting.owner_id, waiting.person_id, waiting.next_action, "
        "waiting.missed_clocks, waiting.missed_since, handoffs.is_touched from marts.rpt_follow_up_queue as waiting "
        "join marts.fct_open_handoffs as handoffs using (handoff_id) where waiting.missed_clocks is not null "
        "order by waiting.rank",
        holds="select count(*) > 0 from ({0})",
        money=f"select count(*) * {WORTH} from ({{0}})",
        stake="at stake",
        reckoned=BY_WORTH,
        action="Work the queue from the top.",
    ),
    Check(
        key="touched_and_left",
        part=2,
        title="{cases} handoffs were worked and then left to expire",
        text="Somebody called or wrote, and nobody accepted or refused them in the policy's days.",
        figures={"cases": count("select count(*) from ({0})")},
        cases="cases",
        rows="select handed_off_at, team, owner_id, person_id, first_touch_at, touch_count from marts.fct_handoffs "
        "where outcome = 'expired' and first_touch_at is not null order by handed_off_at desc, handoff_id",
        holds="select count(*) > 0 from ({0})",
        money=f"select count(*) * {WORTH} from ({{0}})",
        stake="lost",
        reckoned=BY_WORTH,
        action="Ask for a status after the last attempt: a refusal teaches, an expiry does not.",
    ),
    Check(
        key="spent_on_poor_fit",
        part=3,
        title="{spent} went to people who fit poorly",
        text="Of {all} spent on campaigns, {share} falls by head on people of fit D: {cases} of {people}. Those whom "
        "the rules exclude, customers among them, had another {excluded} and are not counted here.",
        figures={
            "spent": Query("money", "select sum(cost) from ({0})"),
            "all": Query("money", "select sum(cost) from marts.rpt_audience_quality"),
            "share": rate("select sum(cost) from ({0})", "select sum(cost) from marts.rpt_audience_quality"),
            "cases": count("select sum(people) from ({0})"),
            "people": count("select sum(people) from marts.rpt_audience_quality"),
            "excluded": Query("money", "select sum(cost) from marts.rpt_audience_quality where fit_band = 'X'"),
        },
        cases="cases",
        rows="select channel, cast(sum(people) as bigint) as people, sum(cost) as cost "
        "from marts.rpt_audience_quality where fit_band = 'D' group by channel order by sum(cost) desc, channel",
        holds="select coalesce(sum(cost), 0) > 0 from ({0})",
        money="select sum(cost) from ({0})",
        stake="spent",
        reckoned="each channel's cost by month, shared by head among those it brought",
        action="Begin with the channel at the top: narrow its audience, or move the money.",
    ),
    Check(
        key="accepted_and_no_meeting",
        part=3,
        title="{cases} accepted MQLs never came to a meeting",
        text="Of {accepted} accepted in mature cohorts, {cases} ({share}) had no meeting.",
        figures={
            "accepted": count("select count(*) from marts.fct_mql_funnel where is_mature and accepted_at is not null"),
            "cases": count("select cast(sum(mqls) as bigint) from ({0})"),
            "share": rate(
                "select sum(mqls) from ({0})",
                "select count(*) from marts.fct_mql_funnel where is_mature and accepted_at is not null",
            ),
        },
        cases="cases",
        rows="select grade, entry_reason, outcome_reason, count(*) as mqls from marts.fct_mql_funnel where is_mature "
        "and accepted_at is not null and meeting_held_at is null group by all "
        "order by mqls desc, grade, entry_reason, outcome_reason",
        holds="select coalesce(sum(mqls), 0) > 0 from ({0})",
        money=f"select sum(mqls) * {COST} from ({{0}})",
        stake="spent",
        reckoned=BY_COST,
        action="Listen to the calls of the grade at the top: accepted too kindly, or worked too little.",
    ),
    Check(
        key="accepted_without_the_rules",
        part=3,
        title="Sales took {cases} people whom the rules had not sent",
        text="They were made MQL or accepted in the CRM while no cycle was open; {excluded} of them are excluded.",
        figures={
            "cases": count("select count(distinct person_id) from ({0})"),
            "excluded": count("select count(distinct person_id) from ({0}) where detail = 'excluded by the rules'"),
        },
        cases="cases",
        rows="select happened_at, kind, team, rep_id, person_id, is_by_automation, detail "
        "from marts.fct_rule_overrides where kind in ('sent', 'accepted') and is_override "
        "order by happened_at desc, person_id, kind",
        holds="select count(*) > 0 from ({0})",
        action="See what they saw: a rule that misses them, or a habit.",
    ),
    Check(
        key="deals_the_rules_missed",
        part=4,
        title="{amount} of won and open deals had engaged people whom the rules held back",
        text="{cases} deals; somebody on them had done things that count before, and was below the threshold, "
        "held back or excluded.",
        figures={
            "amount": Query("money", "select sum(corporate_amount) from ({0})"),
            "cases": count("select count(*) from ({0})"),
        },
        cases="cases",
        rows="select opportunity_id, account_id, is_won, corporate_amount, segment, reason, best_grade "
        "from marts.rpt_missed_demand where reason in ('held_back', 'engaged_below_threshold', "
        "'asked_while_excluded', 'excluded') order by corporate_amount desc nulls last, opportunity_id",
        holds="select count(*) > 0 from ({0})",
        money="select sum(corporate_amount) from ({0})",
        stake="without us",
        reckoned="the deals' own amounts; they are not lost, they came without marketing's word",
        action="Take the best grades of these deals into a draft's matrix, and see whom else it would send.",
    ),
    Check(
        key="deals_nobody_saw",
        part=4,
        title="{amount} of won and open deals came from people we did not know or hear",
        text="{cases} deals with nobody known, matched or engaged before them.",
        figures={
            "amount": Query("money", "select sum(corporate_amount) from ({0})"),
            "cases": count("select count(*) from ({0})"),
        },
        cases="cases",
        rows="select opportunity_id, account_id, is_won, corporate_amount, segment, reason "
        "from marts.rpt_missed_demand where reason in ('people_not_engaged', 'no_known_person', 'account_unmatched') "
        "order by corporate_amount desc nulls last, opportunity_id",
        holds="select count(*) > 0 from ({0})",
        money="select sum(corporate_amount) from ({0})",
        stake="without us",
        reckoned="the deals' own amounts; they are not lost, they came without marketing's word",
        action="Ask sales how they found them.",
    ),
    Check(
        key="recycled_never_woken",
        part=4,
        title="{cases} people whom sales gave back were never woken",
        text="Their time is up, and nobody has written to them since.",
        figures={"cases": count("select count(*) from ({0})")},
        cases="cases",
        rows="select person_id, segment, channel, grade, recycled_at, wake_at, days_since_wake "
        "from marts.rpt_nurture_gaps where gap = 'recycled_not_woken' order by days_since_wake desc, person_id",
        holds="select count(*) > 0 from ({0})",
        money=f"select count(*) * {COST} from ({{0}})",
        stake="spent",
        reckoned=BY_COST,
        action="Enrol them; whoever answers opens a cycle by themselves.",
    ),
    Check(
        key="refused",
        part=5,
        title="Sales refused {cases} MQLs, most of all as {reason}",
        text="{cases} of {mqls} MQLs were rejected or disqualified, or given back without having been accepted; the "
        "most frequent reason stands for {most} of them. Who was accepted, worked and then recycled is not among them.",
        figures={
            "cases": count("select sum(refused) from ({0})"),
            "mqls": count("select count(*) from marts.fct_mql_funnel"),
            "reason": Query(
                "text",
                "select replace(reason, '_', ' ') from ({0}) group by reason "
                "order by sum(refused) desc, reason limit 1",
            ),
            "most": count("select max(refused) from (select sum(refused) as refused from ({0}) group by reason)"),
        },
        cases="cases",
        rows="select coalesce(outcome_reason, outcome) as reason, outcome, fired_rule_id, count(*) as refused "
        "from marts.fct_mql_funnel where is_sent_back and (outcome <> 'recycled' or accepted_at is null) group by all "
        "order by refused desc, reason, outcome, fired_rule_id",
        holds="select coalesce(sum(refused), 0) > 0 from ({0})",
        money=f"select sum(refused) * {COST} from ({{0}})",
        stake="spent",
        reckoned=BY_COST,
        action="rpt_disqualification_feedback says for each reason what brought them, and what to change.",
    ),
    Check(
        key="changes_proposed",
        part=5,
        title="Pairs of reason and rule that surely call for a change: {changes}",
        text="The share sent back is high with certainty over all whom the change would concern, {cases} MQLs at the "
        "most. First: {change}.",
        figures={
            "changes": count("select count(*) from ({0})"),
            "cases": count("select max(concerned_mqls) from ({0})"),
            "change": Query(
                "text", "select proposed_change_text from ({0}) order by concerned_share desc, rule_id limit 1"
            ),
        },
        cases="cases",
        rows="select distinct reason, judged_by, rule_id, concerned_rejected, concerned_mqls, concerned_share, "
        "concerned_share_lower, trend, proposed_change, proposed_change_text from marts.rpt_disqualification_feedback "
        "where proposed_change not in ('keep', 'too_few') order by concerned_share desc, reason, rule_id",
        holds="select count(*) > 0 from ({0})",
        action="Make the change in a draft, and compare before anybody is sent by it.",
    ),
)
