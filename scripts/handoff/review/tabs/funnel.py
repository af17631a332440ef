"""Funnel: what became of MQLs, month by month and by what brought them. An MQL count never stands alone."""

from __future__ import annotations

from collections.abc import Mapping

from handoff.review import charts as draw
from handoff.review.marts import Marts, Row
from handoff.review.tables import Column, Spec, Table
from handoff.review.words import month, without_email, words

KEY = "funnel"
TITLE = "Funnel"

# Rates of sums: of the cohorts that have had the time their outcome needs, and of no other. An MQL that was merged into
# another is counted there, and stands in no rate.
MEASURES = """
    cast(sum(mqls) as bigint) as mqls,
    cast(coalesce(sum(mqls - merged) filter (where is_acceptance_mature), 0) as bigint) as judged,
    cast(coalesce(sum(accepted) filter (where is_acceptance_mature), 0) as bigint) as accepted,
    cast(coalesce(sum(mqls - merged) filter (where is_mature), 0) as bigint) as mature,
    cast(coalesce(sum(meetings_held) filter (where is_mature), 0) as bigint) as meetings_held,
    cast(coalesce(sum(opportunities) filter (where is_mature), 0) as bigint) as opportunities,
    cast(coalesce(sum(won) filter (where is_mature), 0) as bigint) as won,
    cast(sum(rejected) as bigint) as rejected,
    cast(sum(disqualified) as bigint) as disqualified,
    cast(sum(recycled) as bigint) as recycled,
    cast(sum(expired) as bigint) as expired,
    cast(sum(lost) as bigint) as lost,
    cast(sum(merged) as bigint) as merged,
    cast(sum("open") as bigint) as still_open,
    sum(pipeline_amount) as pipeline_amount,
    sum(won_amount) as won_amount,
    cast(sum(opportunities_without_amount) as bigint) as opportunities_without_amount"""

STEP_COLUMNS = (
    Column("mqls", "MQLs"),
    Column("accepted", "Accepted", "rate", of="judged", settled="is_acceptance_mature"),
    Column("meetings_held", "Meeting held", "rate", of="mature", settled="is_mature"),
    Column("opportunities", "Opportunity", "rate", of="mature", settled="is_mature"),
    Column("won", "Won", "rate", of="mature", settled="is_mature"),
    Column("rejected", "Rejected"),
    Column("disqualified", "Disqualified"),
    Column("recycled", "Recycled"),
    Column("expired", "Expired"),
    Column("lost", "Lost"),
    Column("merged", "Merged"),
    Column("still_open", "Still open"),
    Column("pipeline_amount", "Pipeline", "money"),
    Column("won_amount", "Won amount", "money"),
    Column("opportunities_without_amount", "Deals without amount"),
)

COHORTS = """
select
    cohort_month,
    cast(sum(mqls) as bigint) as mqls,
    cast(sum(mqls - merged) as bigint) as judged,
    cast(sum(accepted) as bigint) as accepted,
    cast(sum(mqls - merged) as bigint) as mature,
    cast(sum(meetings_held) as bigint) as meetings_held,
    cast(sum(opportunities) as bigint) as opportunities,
    cast(sum(won) as bigint) as won,
    cast(sum(rejected) as bigint) as rejected,
    cast(sum(disqualified) as bigint) as disqualified,
    cast(sum(recycled) as bigint) as recycled,
    cast(sum(expired) as bigint) as expired,
    cast(sum(lost) as bigint) as lost,
    cast(sum(merged) as bigint) as merged,
    cast(sum("open") as bigint) as still_open,
    sum(pipeline_amount) as pipeline_amount,
    sum(won_amount) as won_amount,
    cast(sum(opportunities_without_amount) as bigint) as opportunities_without_amount,
    bool_and(is_acceptance_mature) as is_acceptance_mature,
    bool_and(is_mature) as is_mature
from rpt_mql_in_context
group by cohort_month
order by cohort_month"""

TOTAL = f"""
select {MEASURES},
    true as is_acceptance_mature,
    true as is_mature
from rpt_mql_in_context"""


def _by(key: str, title: str, mart: str, column: str, heading: str, most: int = 0) -> Spec:
    return Spec(
        key,
        title,
        (mart,),
        f"""
select {column} as label, {MEASURES},
    true as is_acceptance_mature,
    true as is_mature
from {mart}
group by {column}
order by sum(mqls) desc, {column}""",
        (Column("label", heading, "key" if column == "campaign_id" else "words"), *STEP_COLUMNS),
        "No MQL cycle has opened.",
        most=most,
    )


def _velocity(key: str, title: str, label: str, heading: Column) -> Spec:
    steps = ("days_to_accept", "days_accept_to_meeting", "days_meeting_to_opportunity", "days_opportunity_to_win")
    told = ",".join(
        f"""
    cast(count({step}) filter (where {"is_judged" if step == "days_to_accept" else "is_mature"}) as bigint) as n_{step},
    median({step}) filter (where {"is_judged" if step == "days_to_accept" else "is_mature"}) as {step}"""
        for step in (*steps, "days_to_win")
    )
    named = ("to accepted", "accepted to meeting", "meeting to opportunity", "opportunity to won", "MQL to won")
    return Spec(
        key,
        title,
        ("fct_mql_funnel",),
        f"select {label} as label,{told}\nfrom fct_mql_funnel\ngroup by {label}\norder by {label}",
        (
            heading,
            *(
                column
                for step, words_of in zip((*steps, "days_to_win"), named, strict=True)
                for column in (Column(step, f"Days {words_of}", "number"), Column(f"n_{step}", "n"))
            ),
        ),
        "No MQL cycle has opened.",
    )


TABLES = (
    Spec(
        "cohorts",
        "MQLs by the UTC month they opened in",
        ("rpt_mql_in_context",),
        COHORTS,
        (Column("cohort_month", "Month", "month", offers="range"), *STEP_COLUMNS),
        "No MQL cycle has opened.",
        total=TOTAL,
        starred="is_mature",
    ),
    _by("channels", "By channel", "rpt_mql_in_context", "channel", "Channel"),
    _by("segments", "By segment", "rpt_mql_in_context", "segment", "Segment"),
    _by("grades", "By grade at opening", "rpt_mql_in_context", "grade", "Grade"),
    _by("models", "By scoring model in force", "rpt_mql_in_context", "scoring_model", "Scoring model"),
    _by("entry-reasons", "By what opened the cycle", "rpt_mql_funnel", "entry_reason", "Entry reason"),
    _by("campaigns", "By campaign", "rpt_mql_funnel", "campaign_id", "Campaign", most=50),
    _velocity("velocity", "Median days from step to step, by month", "cohort_month", Column("label", "Month", "month")),
    _velocity(
        "velocity-segments",
        "Median days from step to step, by segment",
        "segment",
        Column("label", "Segment", "words"),
    ),
)


# The report's own rows, which the script sums as the reader picks them.
CELLS = """
select strftime(cohort_month, '%Y-%m') as cohort_month, channel, segment, grade, scoring_model, mqls, accepted,
    meetings_held, opportunities, won, rejected, disqualified, recycled, expired, lost, merged, "open" as still_open,
    cast(pipeline_amount as double) as pipeline_amount, cast(won_amount as double) as won_amount,
    opportunities_without_amount, is_acceptance_mature, is_mature
from rpt_mql_in_context
order by cohort_month, channel, segment, grade, scoring_model"""
DIMENSIONS = {
    "cohort_month": "Month",
    "channel": "Channel",
    "segment": "Segment",
    "grade": "Grade",
    "scoring_model": "Scoring model",
}


def facts(marts: Marts) -> Row:
    """What the tiles say, and the cohorts to pick from: each dimension's values once, and rows that point at them."""
    cells = marts.rows(CELLS)
    values = {name: sorted({row[name] for row in cells}, key=lambda one: (one is None, one)) for name in DIMENSIONS}
    places = {name: {value: at for at, value in enumerate(values[name])} for name in DIMENSIONS}
    return {
        **marts.row(f"select {MEASURES} from rpt_mql_in_context"),
        "cells": {
            "dimensions": [
                [name, title, [without_email(words(value)) for value in values[name]]]
                for name, title in DIMENSIONS.items()
            ],
            "measures": [name for name in cells[0] if name not in DIMENSIONS] if cells else [],
            "rows": [
                [places[name][value] if name in DIMENSIONS else _plain(value) for name, value in row.items()]
                for row in cells
            ],
        },
    }


def _plain(value: float | bool | None) -> float:
    """A whole number as one, a yes as 1 and nothing as 0: short, and ready to be summed."""
    exact = value or 0
    return int(exact) if exact == int(exact) else exact


def charts(tables: Mapping[str, Table]) -> dict[str, str]:
    drawn = {}
    steps = {"MQLs": "mqls", "Accepted": "accepted", "Meetings held": "meetings_held"}
    steps |= {"Opportunities": "opportunities", "Won": "won"}
    if tables["cohorts"].values:
        drawn["cohorts"] = draw.cohorts(
            [
                {"month": month(row["cohort_month"]) + ("" if row["is_mature"] else " *")}
                | {"mature": row["is_mature"], "step": step, "count": row[name]}
                for row in tables["cohorts"].values
                for step, name in steps.items()
            ],
            list(steps),
        )
    rows = [row for row in tables["channels"].values if row["mature"]]
    if rows:
        drawn["channels"] = draw.rates(
            [(words(row["label"]), row["opportunities"], row["mature"]) for row in rows], "MQLs with an opportunity"
        )
    return drawn
