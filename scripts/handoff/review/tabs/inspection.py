"""Inspection: a few of each kind each week, read by a person, and how often people agree with the handoff."""

from __future__ import annotations

from collections.abc import Mapping

from handoff.review import charts as draw
from handoff.review.marts import Marts, Row
from handoff.review.tables import Column, Spec, Table
from handoff.review.words import day

KEY = "inspection"
TITLE = "Inspection"

AGREEMENT = """
    cast(sum(candidates) as bigint) as candidates,
    cast(sum(sampled) as bigint) as sampled,
    cast(sum(reviewed) as bigint) as reviewed,
    cast(sum(verdicts) as bigint) as verdicts,
    cast(sum(agreed) as bigint) as agreed,
    cast(sum(agreed + disagreed) as bigint) as decided,
    cast(sum(disagreed) as bigint) as disagreed,
    cast(sum(unsure) as bigint) as unsure"""
AGREEMENT_COLUMNS = (
    Column("candidates", "Candidates"),
    Column("reviewed", "Inspected", "share", of="sampled"),
    Column("verdicts", "Verdicts"),
    Column("agreed", "Agreed", "rate", of="decided"),
    Column("disagreed", "Disagreed"),
    Column("unsure", "Unsure"),
)

# The sample of the last weeks; the page writes each as a card, and the script reads the same rows.
SAMPLE = """
select review_id, week_start, stratum, question, person_id, account_id, segment, channel, owner_id, team, grade,
    happened_at, evidence, what_happened_next, candidates, verdicts, agreed, disagreed
from rpt_handoff_review
where week_start in (select distinct week_start from rpt_handoff_review order by week_start desc limit $review_weeks)
order by week_start desc, stratum_order, draw_rank, review_id"""

TABLES = (
    Spec(
        "agreement",
        "How often reviewers agree with the handoff, by kind",
        ("rpt_review_agreement",),
        f"select stratum,{AGREEMENT}\nfrom rpt_review_agreement\ngroup by stratum\norder by stratum",
        (Column("stratum", "Kind", "words"), *AGREEMENT_COLUMNS),
        "No week is over yet.",
    ),
    Spec(
        "agreement-weeks",
        "Agreement week by week",
        ("rpt_review_agreement",),
        f"select week_start,{AGREEMENT}\nfrom rpt_review_agreement\nwhere week_start >= $since\n"
        "group by week_start\norder by week_start",
        (Column("week_start", "Week from Monday", "day"), *AGREEMENT_COLUMNS),
        "No week is over yet.",
    ),
)


def facts(marts: Marts) -> Row:
    """The sampled rows of the last weeks, and how many there are in all."""
    return {
        "sample": marts.rows(SAMPLE),
        "sampled": marts.row("select count(*) as sampled from rpt_handoff_review")["sampled"],
    }


def charts(tables: Mapping[str, Table]) -> dict[str, str]:
    weeks = [
        (day(row["week_start"]), row["agreed"], row["decided"])
        for row in tables["agreement-weeks"].values
        if row["decided"]
    ]
    return {"agreement-weeks": draw.over_time(weeks, "agreed", "week from Monday, UTC")} if weeks else {}
