"""Score quality: does a higher score mean a better outcome, which rules earn their place, and has the model aged?"""

from __future__ import annotations

from collections.abc import Mapping

from handoff.review import charts as draw
from handoff.review.marts import Marts, Row
from handoff.review.tables import Column, Spec, Table

KEY = "score"
TITLE = "Score quality"

TABLES = (
    Spec(
        "calibration",
        "Outcome by band of the score as it stood when the cycle opened",
        ("rpt_score_calibration",),
        """
select scoring_model, score_kind, label, score_band, mqls, positives, lift, horizon_days
from rpt_score_calibration
where split = 'all' and fit_basis = 'any'
order by scoring_model desc, score_kind, is_headline desc,
    list_position(['accepted', 'meeting_held', 'opportunity', 'won'], label), score_band""",
        (
            Column("scoring_model", "Scoring model", "text", offers="choose"),
            Column("score_kind", "Score", "words", offers="choose"),
            Column("label", "Outcome", "words", offers="choose"),
            Column("score_band", "Band", "text"),
            Column("positives", "Came to it", "rate", of="mqls"),
            Column("lift", "Times the base rate", "number"),
            Column("horizon_days", "Within days", "count"),
        ),
        "No cycle has had the time an outcome needs.",
        most=200,
    ),
    Spec(
        "discrimination",
        "How well the score tells who will come to it (AUC: 0.5 is chance, 1 is certain)",
        ("rpt_score_calibration",),
        """
select scoring_model, score_kind, label, split, fit_basis, any_value(auc) as auc,
    any_value(case when auc is not null then format('{:.2f} to {:.2f}', auc_lower, auc_upper) end) as auc_interval,
    cast(sum(mqls) as bigint) as mqls, cast(sum(positives) as bigint) as positives,
    any_value(horizon_days) as horizon_days
from rpt_score_calibration
group by scoring_model, score_kind, label, split, fit_basis
order by scoring_model desc, score_kind, list_position(['accepted', 'meeting_held', 'opportunity', 'won'], label),
    split, fit_basis""",
        (
            Column("scoring_model", "Scoring model", "text", offers="choose"),
            Column("score_kind", "Score", "words", offers="choose"),
            Column("label", "Outcome", "words", offers="choose"),
            Column("split", "Cycles", "words"),
            Column("fit_basis", "Fit as", "words"),
            Column("auc", "AUC", "number"),
            Column("auc_interval", "95 % interval", "text"),
            Column("positives", "Came to it", "rate", of="mqls"),
            Column("horizon_days", "Within days"),
        ),
        "No cycle has had the time an outcome needs.",
        most=200,
    ),
    Spec(
        "health",
        "Has the population moved away from the one the model was made for?",
        ("rpt_scoring_model_health",),
        """
select scoring_model, model_status, period_from, people_scored, people_qualified, decided, accepted,
    fit_stability_index, engagement_stability_index,
    case
        when is_baseline then 'baseline'
        when not has_enough_scored then 'too few people to judge'
        when is_review_due or has_population_shifted then 'review'
        when is_population_moving then 'watch'
        else 'steady'
    end as state,
    coalesce(nullif(review_reason, ''), 'none') as review_reason, review_by
from rpt_scoring_model_health
order by scoring_model desc, period_from""",
        (
            Column("scoring_model", "Scoring model", "text", offers="choose"),
            Column("model_status", "Status", "words"),
            Column("period_from", "Period from", "day"),
            Column("people_qualified", "Qualified", "rate", of="people_scored"),
            Column("accepted", "Accepted", "rate", of="decided"),
            Column("fit_stability_index", "Fit index", "number"),
            Column("engagement_stability_index", "Engagement index", "number"),
            Column("state", "State", "text"),
            Column("review_by", "Review by", "day"),
            Column("review_reason", "Why review now", "prose"),
        ),
        "No scoring model has been in force.",
    ),
    Spec(
        "definition-change",
        "What a change of the definition did",
        ("rpt_definition_change",),
        """
select scoring_model, previous_model, measure, changed_at, before_count, before_of, after_count, after_of,
    after_too_early, is_mature, verdict
from rpt_definition_change
where before_of is not null or after_of is not null or measure <> 'volume'
order by changed_at desc, scoring_model, measure""",
        (
            Column("scoring_model", "Scoring model", "text"),
            Column("previous_model", "Before it", "text"),
            Column("changed_at", "Changed", "day"),
            Column("measure", "Measure", "words"),
            Column("before_count", "Before", "rate", of="before_of"),
            Column("after_count", "After", "rate", of="after_of"),
            Column("after_too_early", "Too early to say"),
            Column("verdict", "Verdict", "words"),
        ),
        "The definition has not changed.",
        starred="is_mature",
    ),
    Spec(
        "definition-volume",
        "MQLs in 30 days, before and after a change of the definition",
        ("rpt_definition_change",),
        """
select scoring_model, previous_model, changed_at, before_count, before_days, before_rate,
    format('{:.1f} to {:.1f}', before_rate_lower, before_rate_upper) as before_interval,
    after_count, after_days, after_rate,
    format('{:.1f} to {:.1f}', after_rate_lower, after_rate_upper) as after_interval, verdict
from rpt_definition_change
where measure = 'volume'
order by changed_at desc, scoring_model""",
        (
            Column("scoring_model", "Scoring model", "text"),
            Column("previous_model", "Before it", "text"),
            Column("changed_at", "Changed", "day"),
            Column("before_rate", "Before, in 30 days", "number"),
            Column("before_interval", "95 % interval", "text"),
            Column("before_count", "n"),
            Column("before_days", "Days", "number"),
            Column("after_rate", "After, in 30 days", "number"),
            Column("after_interval", "95 % interval", "text"),
            Column("after_count", "n"),
            Column("after_days", "Days", "number"),
            Column("verdict", "Verdict", "words"),
        ),
        "The definition has not changed.",
    ),
    Spec(
        "rules",
        "Which rules earn their place",
        ("rpt_rule_usefulness",),
        """
select scoring_model, rule_id, rule_kind, reason, points, people_with_points, people_lifted, people_kept_out,
    accepted, cycles_decided, other_accepted, other_cycles_decided, opportunities, verdict
from rpt_rule_usefulness
order by scoring_model desc,
    list_position(['lifts_the_wrong_people', 'earns_its_place', 'keeps_people_out', 'regrades_only',
        'too_few_to_judge', 'changes_nobody'], verdict),
    people_with_points desc, rule_id""",
        (
            Column("scoring_model", "Scoring model", "text", offers="choose"),
            Column("rule_id", "Rule", "key"),
            Column("rule_kind", "Kind", "words", offers="choose"),
            Column("reason", "Why it gives points", "prose"),
            Column("points", "Points", "number"),
            Column("people_with_points", "People with points"),
            Column("people_lifted", "Lifted over the threshold"),
            Column("people_kept_out", "Kept out"),
            Column("accepted", "Accepted of those it lifted", "rate", of="cycles_decided"),
            Column("other_accepted", "Accepted of the others", "rate", of="other_cycles_decided"),
            Column("opportunities", "Opportunity of those it lifted", "rate", of="cycles_decided"),
            Column("verdict", "Verdict", "words", offers="choose"),
        ),
        "No rule is in force.",
        most=300,
    ),
    Spec(
        "signals",
        "How much of what came in counts, and why the rest does not",
        ("rpt_signal_quality",),
        """
select signal_name,
    cast(sum(signals) as bigint) as signals,
    cast(coalesce(sum(signals) filter (where dropped_reason = 'counted'), 0) as bigint) as counted,
    cast(coalesce(sum(signals) filter (where dropped_reason = 'bot'), 0) as bigint) as bots,
    cast(coalesce(sum(signals) filter (where dropped_reason not in ('counted', 'bot')), 0) as bigint) as otherwise,
    coalesce(string_agg(distinct replace(dropped_reason, '_', ' '), ', ' order by replace(dropped_reason, '_', ' '))
        filter (where dropped_reason not in ('counted', 'bot')), '–') as reasons,
    cast(sum(over_daily_cap) as bigint) as over_daily_cap
from rpt_signal_quality
where week_start >= $since
group by signal_name
order by sum(signals) desc, signal_name""",
        (
            Column("signal_name", "Signal", "words"),
            Column("counted", "Counted", "share", of="signals"),
            Column("bots", "Dropped as bot", "share", of="signals"),
            Column("otherwise", "Dropped otherwise", "share", of="signals"),
            Column("reasons", "Other reasons", "prose"),
            Column("over_daily_cap", "Counted, over a daily cap"),
        ),
        "No signal came in these weeks.",
        most=100,
    ),
)


def facts(marts: Marts) -> Row:
    """From which week signals are counted, and from which index a population moves."""
    return {
        "since": marts.since,
        **marts.row(
            "select max(watch_from) as watch_from, max(review_from) as review_from from rpt_scoring_model_health"
        ),
    }


def charts(tables: Mapping[str, Table]) -> dict[str, str]:
    rows = [
        (f"{row['scoring_model']}: accepted", row["score_band"], row["positives"], row["mqls"])
        for row in tables["calibration"].values
        if row["score_kind"] == "engagement" and row["label"] == "accepted" and row["mqls"]
    ]
    return {"calibration": draw.calibration(rows, "accepted, by engagement band")} if rows else {}
