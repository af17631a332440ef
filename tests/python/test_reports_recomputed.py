"""Every cell of the reports, computed a second time in plain Python from the facts of the published demo."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import duckdb
import pytest

VERDICTS = ("met", "met_late", "closed_untouched", "open_breached", "open", "excused", "time_unknown")
GRAINS = {
    "rpt_mql_in_context": ("cohort_month", "channel", "segment", "grade", "scoring_model"),
    "rpt_mql_funnel": (
        "cohort_month",
        "channel",
        "campaign_id",
        "segment",
        "grade",
        "entry_reason",
        "scoring_model",
    ),
}
OUTCOMES = ("won", "lost", "rejected", "disqualified", "recycled", "expired", "merged")


def rows_of(marts: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    cursor = marts.execute(f"select * from marts.{table}")
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def limits(project: Path) -> dict[str, int]:
    """The limits of the reports, as their seed says."""
    return {row["limit_name"]: int(row["limit_value"]) for row in seed(project, "feedback/rule_report_limits")}


def seed(project: Path, name: str) -> list[dict[str, str]]:
    with (project / "seeds" / "rules" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def percentile(values: Sequence[float], percent: int) -> float | None:
    if not values:
        return None
    return float(values[0]) if len(values) == 1 else quantiles(values, n=100, method="inclusive")[percent - 1]


def is_close(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is right
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)


@pytest.fixture(scope="module")
def as_of(published: duckdb.DuckDBPyConnection) -> datetime:
    moments = published.execute("select distinct scored_as_of from marts.fct_account_readiness").fetchall()
    assert len(moments) == 1
    moment = moments[0][0]
    assert isinstance(moment, datetime)
    return moment


def wilson(successes: int, trials: int) -> tuple[float, float] | None:
    """The 95 % interval by solving (p - s/n)^2 = z^2 p (1 - p) / n, the definition of Wilson's."""
    if trials == 0:
        return None
    z = 1.959963984540054
    a, b, c = 1 + z * z / trials, -(2 * successes / trials + z * z / trials), (successes / trials) ** 2
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    lower, upper = (-b - root) / (2 * a), (-b + root) / (2 * a)
    return (0.0 if successes == 0 else lower, 1.0 if successes == trials else upper)


def assert_counts(row: dict[str, Any], clocks: list[dict[str, Any]]) -> None:
    """A row of a report of clocks against the clocks it is about."""
    counts = dict.fromkeys(VERDICTS, 0)
    judged = []
    for clock in clocks:
        status = clock["sla_status"]
        if clock["is_time_unknown"] and clock["excused_reason"] in (None, "time_unknown"):
            verdict = "time_unknown"
        elif status == "excused":
            verdict = "excused"
        else:
            verdict = "open" if status in ("open_on_track", "open_at_risk") else status
        counts[verdict] += 1
        if verdict in VERDICTS[:4]:
            judged.append(clock["business_seconds"] - clock["paused_seconds"])
    assert {name: row[name] for name in VERDICTS} == counts, row
    assert (row["clocks"], row["judged"]) == (len(clocks), len(judged))
    assert row["handoffs"] == len({clock["handoff_id"] for clock in clocks})
    assert is_close(row["compliance_rate"], counts["met"] / len(judged) if judged else None), row
    lower, upper = wilson(counts["met"], len(judged)) or (None, None)
    assert is_close(row["compliance_rate_lower"], lower) and is_close(row["compliance_rate_upper"], upper), row
    for name, share in (("median", 50), ("p90", 90), ("p95", 95)):
        assert is_close(row[f"{name}_business_seconds"], percentile(judged, share)), row


def test_compliance_is_counted_from_the_clocks(published: duckdb.DuckDBPyConnection) -> None:
    channels = {row["handoff_id"]: row["channel"] for row in rows_of(published, "fct_handoffs")}
    cells: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    breakdown: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for clock in rows_of(published, "fct_handoff_sla"):
        week = clock["started_at"].date() - timedelta(days=clock["started_at"].weekday())
        named = {
            "team": clock["team"] or "unassigned",
            "rep": clock["rep_id"] or "unassigned",
            "priority": clock["priority"] or "none",
        }
        cells[(week, *named.values(), clock["clock"])].append(clock)
        for name, value in {**named, "all": "all", "source": channels[clock["handoff_id"]] or "unknown"}.items():
            breakdown[(week, clock["clock"], name, value)].append(clock)
    report = rows_of(published, "rpt_sla_compliance")
    assert len(report) == len(cells) > 0
    for row in report:
        assert_counts(row, cells[(row["week_start"], row["team"], row["rep_id"], row["priority"], row["clock"])])
    report = rows_of(published, "rpt_sla_breakdown")
    assert len(report) == len(breakdown) > 0
    for row in report:
        assert_counts(row, breakdown[(row["week_start"], row["clock"], row["breakdown"], row["breakdown_value"])])


def is_rate(row: dict[str, Any], name: str, successes: int, trials: int) -> bool:
    """Whether a rate and its two bounds are those of the counts."""
    bounds = wilson(successes, trials) or (None, None)
    expected = (successes / trials if trials else None, *bounds)
    return all(
        is_close(row[f"{name}{end}"], value) for end, value in zip(("", "_lower", "_upper"), expected, strict=True)
    )


def days(start: datetime | None, stop: datetime | None) -> list[float]:
    return [(stop.replace(microsecond=0) - start.replace(microsecond=0)) / timedelta(days=1)] if start and stop else []


def campaign_of(cycle: dict[str, Any], answers: list[dict[str, Any]], look_back: int) -> str:
    """The opening signal's campaign, else the last one answered in the days before."""
    recent = [
        answer
        for answer in answers
        if cycle["opened_at"] - timedelta(days=look_back) < answer["occurred_at"] <= cycle["opened_at"]
    ]
    recent.sort(key=lambda answer: answer["signal_id"])
    last = max(recent, key=lambda answer: answer["occurred_at"], default={"campaign_id": None})
    return cycle["campaign_id"] or last["campaign_id"] or "none"


@pytest.mark.parametrize("report_name", ["rpt_mql_in_context", "rpt_mql_funnel"])
def test_cohorts_are_counted_from_the_cycles(
    report_name: str, published: duckdb.DuckDBPyConnection, as_of: datetime, project_dir: Path
) -> None:
    deals = {deal["opportunity_id"]: deal for deal in rows_of(published, "fct_opportunities")}
    all_cycles = rows_of(published, "fct_mql_cycles")
    led: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for cycle in all_cycles:
        if cycle["opportunity_id"]:
            led[cycle["opportunity_id"]].append(cycle)
    amounts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for deal_id, cycles in led.items():
        cycles.sort(key=lambda cycle: cycle["mql_id"])
        latest = max(cycles, key=lambda cycle: cycle["opened_at"])
        assert deals[deal_id]["sourced_mql_id"] == latest["mql_id"]
        amounts[latest["mql_id"]].append(deals[deal_id])
    assert {key for key, deal in deals.items() if deal["sourced_mql_id"]} == set(led)
    answers: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for signal in rows_of(published, "fct_signals"):
        if signal["is_counted"] and signal["campaign_id"]:
            answers[signal["person_id"]].append(signal)
    look_back = limits(project_dir)["campaign_look_back_days"]
    cells: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for cycle in all_cycles:
        cell = {
            "cohort_month": date(cycle["opened_at"].year, cycle["opened_at"].month, 1),
            "channel": cycle["channel"] or "unknown",
            "campaign_id": campaign_of(cycle, answers[cycle["person_id"]], look_back),
            "segment": cycle["segment"] or "unknown",
            "grade": cycle["grade"] or "none",
            "entry_reason": cycle["entry_reason"],
            "scoring_model": cycle["scoring_model"] or "none",
        }
        cells[tuple(value for name, value in cell.items() if name in GRAINS[report_name])].append(cycle)
    report = rows_of(published, report_name)
    assert len(report) == len(cells) > 0
    for row in report:
        cycles = cells[tuple(row[name] for name in GRAINS[report_name])]
        reached = {
            "accepted": [cycle for cycle in cycles if cycle["accepted_at"]],
            "meetings_held": [cycle for cycle in cycles if cycle["meeting_held_at"]],
            "opportunities": [cycle for cycle in cycles if cycle["opportunity_id"]],
        }
        assert row["mqls"] == len(cycles)
        assert {name: row[name] for name in reached} == {name: len(found) for name, found in reached.items()}
        for outcome in OUTCOMES:
            assert row[outcome] == sum(cycle["outcome"] == outcome for cycle in cycles), (row, outcome)
        assert row["open"] == sum(cycle["outcome"] is None for cycle in cycles)
        credited = [deal for cycle in cycles for deal in amounts[cycle["mql_id"]]]
        summed = [deal for deal in credited if deal["corporate_amount"] is not None]
        assert row["pipeline_amount"] == sum(deal["corporate_amount"] for deal in summed)
        assert row["won_amount"] == sum(deal["corporate_amount"] for deal in summed if deal["is_won"])
        assert row["opportunities_without_amount"] == len(credited) - len(summed)
        exact = [cycle for cycle in cycles if cycle["accepted_at_precision"] == "exact"]
        won = [cycle for cycle in cycles if cycle["outcome"] == "won"]
        waits = {
            "to_accept": [wait for one in exact for wait in days(one["opened_at"], one["accepted_at"])],
            "accept_to_meeting": [wait for one in exact for wait in days(one["accepted_at"], one["meeting_held_at"])],
            "meeting_to_opportunity": [
                wait for one in cycles for wait in days(one["meeting_held_at"], one["opportunity_created_at"])
            ],
            "opportunity_to_win": [
                wait for one in won for wait in days(one["opportunity_created_at"], one["closed_at"])
            ],
            "to_win": [wait for one in won for wait in days(one["opened_at"], one["closed_at"])],
        }
        for step, found in waits.items():
            assert is_close(row[f"median_days_{step}"], percentile(found, 50)), (row, step)
        following = (row["cohort_month"] + timedelta(days=32)).replace(day=1)
        is_over = datetime(following.year, following.month, 1) <= as_of
        is_mature = is_over and all(one["mature_at"] and one["mature_at"] <= as_of for one in cycles)
        is_judged = is_over and all(one["acceptance_due_at"] and one["acceptance_due_at"] <= as_of for one in cycles)
        assert (row["is_mature"], row["is_acceptance_mature"]) == (is_mature, is_judged), row
        for name, count, is_told in [
            ("acceptance_rate", "accepted", is_judged),
            ("meeting_rate", "meetings_held", is_mature),
            ("opportunity_rate", "opportunities", is_mature),
            ("win_rate", "won", is_mature),
        ]:
            assert is_rate(row, name, row[count] if is_told else 0, len(cycles) if is_told else 0), (row, name)
    assert {row["is_mature"] for row in report} == {True, False}


def test_queue_holds_what_is_open_and_untouched_or_not_accepted(
    published: duckdb.DuckDBPyConnection, as_of: datetime
) -> None:
    waiting = {
        handoff["handoff_id"]: handoff
        for handoff in rows_of(published, "fct_handoffs")
        if handoff["closed_at"] is None
        and (
            handoff["accepted_at"] is None
            or (handoff["first_touch_at"] is None and handoff["first_touch_date_without_time"] is None)
        )
    }
    due: dict[str, list[tuple[bool, datetime]]] = defaultdict(list)
    missed: dict[str, set[str]] = defaultdict(set)
    for clock in rows_of(published, "fct_handoff_sla"):
        if clock["sla_status"].startswith("open_"):
            due[clock["handoff_id"]].append((clock["sla_status"] == "open_breached", clock["due_at"]))
            if clock["due_at"] < as_of:
                missed[clock["handoff_id"]].add(clock["clock"])
    queue = sorted(rows_of(published, "rpt_follow_up_queue"), key=lambda row: row["rank"])
    assert waiting
    assert [row["rank"] for row in queue] == list(range(1, len(waiting) + 1))
    assert {row["handoff_id"] for row in queue} == set(waiting)
    places = []
    for row in queue:
        assert set((row["missed_clocks"] or "").split(", ")) - {""} == missed[row["handoff_id"]], row
        is_late, first = min(due[row["handoff_id"]], default=(False, None))
        assert row["due_at"] == first, row
        if first is None:
            assert row["minutes_left"] is None
            places.append((row["priority"], 2, 0.0))
            continue
        left = math.floor((first - as_of).total_seconds() / 60)
        assert row["minutes_left"] == left, row
        seconds = (first - as_of).total_seconds()
        places.append((row["priority"], 1, -seconds) if is_late else (row["priority"], 0, seconds))
    assert any(missed.values()) and places == sorted(places)
    assert all("@" not in row["reason"] for row in queue)


def test_every_source_row_is_accounted_for(published: duckdb.DuckDBPyConnection) -> None:
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows_of(published, "fct_row_dispositions"):
        counts[(row["source_system"], row["source_table"])][row["disposition"]] += 1
    report = rows_of(published, "rpt_reconciliation")
    assert report
    for row in report:
        found = counts[(row["source_system"], row["source_table"])]
        dispositions = ("current", "superseded", "deleted", "merged", "quarantined")
        assert {name: row[name] for name in dispositions} == {name: found[name] for name in dispositions}
        assert row["rows_in"] == sum(found.values())
        assert row["unaccounted"] == 0
    quarantined = sum(found["quarantined"] for found in counts.values())
    assert len(rows_of(published, "rpt_quarantine")) == quarantined


def test_missed_demand_is_what_no_mql_came_before(published: duckdb.DuckDBPyConnection) -> None:
    """Deal by deal, from people, instants, exclusions and cycles; the demo's deals are all dated to the second."""
    by_account: dict[str, set[str]] = defaultdict(set)
    created: dict[str, datetime] = {}
    for person in rows_of(published, "dim_person"):
        by_account[person["account_id"]].add(person["person_id"])
        created[person["person_id"]] = person["created_at"]
    by_person: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for mart in ("fct_lead_score_instants", "fct_person_exclusions", "fct_mql_cycles"):
        for row in rows_of(published, mart):
            by_person[row["person_id"]][mart].append(row)
    on_deal: dict[str, set[str]] = defaultdict(set)
    listed: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(published, "fct_opportunity_people"):
        listed[row["opportunity_id"]].add(row["person_id"])
        if row["link_method"] != "account":
            on_deal[row["opportunity_id"]].add(row["person_id"])
    report = {row["opportunity_id"]: row for row in rows_of(published, "rpt_missed_demand")}
    missed = set()
    for deal in rows_of(published, "fct_opportunities"):
        assert deal["created_at_precision"] == "exact"
        then = deal["created_at"]
        people = on_deal[deal["opportunity_id"]] | (by_account[deal["account_id"]] if deal["account_id"] else set())
        assert people == listed[deal["opportunity_id"]]
        openings = {
            person: [cycle["opened_at"] for cycle in by_person[person]["fct_mql_cycles"]] for person in sorted(people)
        }
        is_preceded = any(opened <= then for opened_at in openings.values() for opened in opened_at)
        if deal["sourced_mql_id"] or is_preceded or (deal["is_closed"] and not deal["is_won"]):
            continue
        missed.add(deal["opportunity_id"])
        row = report[deal["opportunity_id"]]
        instants = {
            person: [
                instant
                for instant in by_person[person]["fct_lead_score_instants"]
                if instant["model_status"] == "active"
                and instant["occurred_at"] <= then
                and (instant["engagement_score"] > 0 or instant["is_hand_raise"])
            ]
            for person in people
        }
        engaged = {person for person in people if instants[person]}
        known = engaged | {person for person in people if created[person] and created[person] <= then}
        excluded = {
            person
            for person in people
            if any(rule["excluded_from"] <= then for rule in by_person[person]["fct_person_exclusions"])
        }
        qualifying = {
            person
            for person in engaged - excluded
            if any(instant["meets_threshold"] or instant["is_hand_raise"] for instant in instants[person])
        }
        asked = {person for person in engaged & excluded if any(one["is_hand_raise"] for one in instants[person])}
        who = on_deal[deal["opportunity_id"]] or people
        later = min((opened for person in who for opened in openings[person]), default=None)
        steps = [
            (later is not None and deal["is_won"] and later > deal["closed_at"], "won_before_mql"),
            (later is not None, "mql_after_creation"),
            (deal["account_id"] is None and not on_deal[deal["opportunity_id"]], "account_unmatched"),
            (not known, "no_known_person"),
            (not engaged, "people_not_engaged"),
            (bool(qualifying), "held_back"),
            (bool(engaged - excluded), "engaged_below_threshold"),
            (bool(asked), "asked_while_excluded"),
            (True, "excluded"),
        ]
        assert row["reason"] == next(reason for holds, reason in steps if holds)
        assert row["first_mql_at"] == later
        assert row["people_known_count"] == len(known) and row["engaged_people_count"] == len(engaged)
        grades = [instant["grade"] for person in engaged for instant in instants[person]]
        assert row["best_grade"] == min(grades, default=None)
        assert all(row[name] == deal[name] for name in ("is_won", "stage", "amount", "corporate_amount"))
    assert set(report) == missed
    assert len(missed) > 5 and len({row["reason"] for row in report.values()}) > 1


def test_everybody_engaged_is_sent_or_counted_as_held_back(published: duckdb.DuckDBPyConnection) -> None:
    people = {person["person_id"]: person for person in rows_of(published, "dim_person")}
    scores = {row["person_id"]: row for row in rows_of(published, "fct_lead_scores") if row["model_status"] == "active"}
    raised = {
        row["person_id"] for row in rows_of(published, "fct_signals") if row["is_counted"] and row["is_hand_raise"]
    }
    cells: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows_of(published, "fct_qualifications"):
        person = row["person_id"]
        is_engaged = scores[person]["engagement_score"] > 0 or person in raised
        if is_engaged and not row["is_qualified"]:
            place = (people[person]["segment"], people[person]["channel"], scores[person]["grade"])
            cells[(row["held_back_reason"], *place)].add(person)
    everybody = sum(len(cell) for cell in cells.values())
    report = rows_of(published, "rpt_held_back")
    assert len(report) == len(cells) > 10
    for row in report:
        cell = cells[(row["held_back_reason"], row["segment"], row["channel"], row["grade"])]
        assert row["people"] == len(cell) and row["hand_raisers"] == len(cell & raised)
        assert row["accounts"] == len({people[person]["account_id"] for person in cell} - {None})
        assert row["example_person_id"] == min(cell) and is_close(row["share"], len(cell) / everybody)
