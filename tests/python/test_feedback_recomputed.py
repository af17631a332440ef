"""What sales sends back, what a change did, audiences, the inspection and overrides, computed a second time in Python.

From the published facts of the demo, the landed tables and the rule seeds; no code and no list of the models is shared.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from test_reports_recomputed import as_of, campaign_of, is_close, is_rate, limits, rows_of, seed, wilson

__all__ = ["as_of"]  # a fixture
Row = dict[str, Any]
SENT_BACK = ("rejected", "disqualified", "recycled")


def monday(moment: datetime) -> date:
    return moment.date() - timedelta(days=moment.weekday())


def by(found: list[Row], key: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in found:
        groups[row[key]].append(row)
    return groups


@pytest.fixture(scope="module")
def signals(published: duckdb.DuckDBPyConnection) -> list[Row]:
    return [row for row in rows_of(published, "fct_signals") if row["is_counted"]]


@pytest.fixture(scope="module")
def cycles(published: duckdb.DuckDBPyConnection, signals: list[Row], project_dir: Path) -> list[Row]:
    """Every cycle with the campaign and the rule that brought it, found here."""
    answers = by([signal for signal in signals if signal["campaign_id"]], "person_id")
    rule_of_signal = {signal["signal_id"]: signal["signal_rule_id"] for signal in signals}
    points: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for row in rows_of(published, "fct_score_points"):
        if row["rule_kind"] == "engagement":
            points[(row["signal_id"], row["scoring_model"])].append((-row["points"], row["rule_id"]))
    look_back = limits(project_dir)["campaign_look_back_days"]
    found = rows_of(published, "fct_mql_cycles")
    for cycle in found:
        cycle["campaign"] = campaign_of(cycle, answers[cycle["person_id"]], look_back)
        earned = points[(cycle["entry_signal_id"], cycle["scoring_model"])]
        if cycle["entry_reason"] == "hand_raise":
            cycle["fired"] = ("signal_rule", rule_of_signal[cycle["entry_signal_id"]])
        elif cycle["entry_reason"] == "threshold" and earned:
            cycle["fired"] = ("score_rule", min(earned)[1])
        else:
            cycle["fired"] = ("routing_rule", cycle["routing_rule_id"])
    assert len({cycle["fired"][0] for cycle in found}) == 3
    return found


def share_of_reason(cycles: list[Row], reason: str) -> tuple[int, int]:
    sent_back = [one for one in cycles if one["outcome"] in SENT_BACK and one["outcome_reason"] == reason]
    return len(sent_back), len(cycles)


def test_what_sales_sends_back_is_counted_and_judged(
    published: duckdb.DuckDBPyConnection, cycles: list[Row], as_of: datetime, project_dir: Path
) -> None:
    span = timedelta(days=limits(project_dir)["acceptance_trend_days"])
    needed = limits(project_dir)["trend_min_mqls"]
    actions = sorted(seed(project_dir, "feedback/rule_feedback_actions"), key=lambda row: int(row["sort_order"]))
    judged = [cycle for cycle in cycles if cycle["acceptance_due_at"] <= as_of]

    def place(cycle: Row) -> tuple[str, ...]:
        return (cycle["channel"], cycle["campaign"], cycle["segment"], cycle["fired"][1])

    cells = Counter((one["outcome_reason"], *place(one)) for one in cycles if one["outcome"] in SENT_BACK)
    report = rows_of(published, "rpt_disqualification_feedback")
    grain = ("reason", "channel", "campaign_id", "segment", "rule_id")
    assert {tuple(row[name] for name in grain): row["rejected"] for row in report} == cells and len(cells) > 20
    for row in report:
        key = tuple(row[name] for name in grain[1:])
        here = share_of_reason([one for one in judged if place(one) == key], row["reason"])
        assert (row["judged_rejected"], row["mqls"]) == here
        assert is_rate(row, "share", *here)
        all_here = [one for one in cycles if place(one) == key and one["outcome_reason"] == row["reason"]]
        assert row["rejected_before_acceptance"] == sum(one["accepted_at"] is None for one in all_here)
        assert row["rejected_early"] == sum(one["acceptance_due_at"] > as_of for one in all_here)
        action = next(
            action
            for action in actions
            if (not action["outcome_reason"] or row["reason"] in action["outcome_reason"].split("|"))
            and (not action["rule_kind"] or action["rule_kind"] == row["rule_kind"])
            and (not action["has_campaign"] or (action["has_campaign"] == "true") == (row["campaign_id"] != "none"))
        )
        assert (row["feedback_rule_id"], row["judged_by"]) == (action["rule_id"], action["judged_by"])
        scope = {"channel": 0, "campaign": 1, "segment": 2, "rule": 3}[action["judged_by"]]
        concerned = [one for one in judged if place(one)[scope] == key[scope]]
        sent_back, mqls = share_of_reason(concerned, row["reason"])
        assert (row["concerned_rejected"], row["concerned_mqls"]) == (sent_back, mqls)
        assert is_rate(row, "concerned_share", sent_back, mqls)
        bounds = wilson(sent_back, mqls)
        if mqls < int(action["min_mqls"]):
            expected = "too_few"
        elif bounds and bounds[0] < float(action["min_share"]):
            expected = "keep"
        else:
            expected = action["proposed_change"]
        assert row["proposed_change"] == expected, row
        recent = [one for one in concerned if one["acceptance_due_at"] > as_of - span]
        previous = [one for one in concerned if as_of - 2 * span < one["acceptance_due_at"] <= as_of - span]
        assert (row["mqls_recent"], row["mqls_previous"]) == (len(recent), len(previous))
        now, then = (wilson(*share_of_reason(part, row["reason"])) for part in (recent, previous))
        if len(recent) < needed or len(previous) < needed or now is None or then is None:
            assert row["trend"] == "too_few"
        else:
            assert row["trend"] == ("rising" if now[0] > then[1] else "falling" if now[1] < then[0] else "steady")
    assert {"too_few", "keep"} < {row["proposed_change"] for row in report}


def test_before_and_after_a_change_of_the_definition(
    published: duckdb.DuckDBPyConnection, cycles: list[Row], as_of: datetime, project_dir: Path
) -> None:
    limit = limits(project_dir)
    window, lead_days = timedelta(days=limit["definition_window_days"]), timedelta(days=limit["lead_to_meeting_days"])
    people = rows_of(published, "dim_person")
    deals = rows_of(published, "fct_opportunities")
    met = by([cycle for cycle in cycles if cycle["meeting_held_at"]], "person_id")
    models = sorted(
        (row for row in rows_of(published, "dim_scoring_model") if row["model_status"] == "active"),
        key=lambda row: row["effective_from"],
    )
    report = {(row["scoring_model"], row["measure"]): row for row in rows_of(published, "rpt_definition_change")}
    assert len(report) == 4 * (len(models) - 1) > 0
    for previous, model in pairwise(models):
        change = model["effective_from"]
        sides = {
            "before": (max(previous["effective_from"], change - window), change),
            "after": (change, min(model["effective_until"], change + window, as_of)),
        }
        for side, (begins, ends) in sides.items():
            opened = [cycle for cycle in cycles if begins <= cycle["opened_at"] < ends]
            judged = [cycle for cycle in opened if cycle["acceptance_due_at"] <= as_of]
            leads = [one for one in people if one["created_at"] and begins <= one["created_at"] < ends]
            old = [lead for lead in leads if lead["created_at"] + lead_days <= as_of]
            meeting = [
                lead
                for lead in old
                if any(one["meeting_held_at"] <= lead["created_at"] + lead_days for one in met[lead["person_id"]])
            ]
            created = [deal for deal in deals if begins <= deal["created_at"] < ends]
            expected = {
                "acceptance": (
                    sum(one["accepted_at"] is not None for one in judged),
                    len(judged),
                    len(opened) - len(judged),
                ),
                "lead_to_meeting": (len(meeting), len(old), len(leads) - len(old)),
                "coverage": (sum(deal["sourced_mql_id"] is not None for deal in created), len(created), 0),
            }
            for measure, (successes, trials, too_early) in expected.items():
                row = report[(model["scoring_model"], measure)]
                assert (row[f"{side}_count"], row[f"{side}_of"]) == (successes, trials), (measure, side)
                assert is_rate(row, f"{side}_rate", successes, trials)
                if side == "after":
                    assert row["after_too_early"] == too_early
            row = report[(model["scoring_model"], "volume")]
            count, length = len(opened), (ends - begins) / timedelta(days=1)
            assert row[f"{side}_count"] == count and is_close(row[f"{side}_days"], length)
            assert is_close(row[f"{side}_rate"], count * 30 / length)
            for end in ("lower", "upper"):
                mean = row[f"{side}_rate_{end}"] * length / 30  # where the count lies at 1.96 standard deviations
                assert math.isclose((count - mean) ** 2, 1.959963984540054**2 * mean, rel_tol=1e-9)
    for row in report.values():
        rose, fell = (
            row["after_rate_lower"] > row["before_rate_upper"],
            row["after_rate_upper"] < row["before_rate_lower"],
        )
        cases = min(row["before_of"] or row["before_count"], row["after_of"] or row["after_count"])
        told = "rose" if rose else "fell" if fell else "no_change_shown"
        assert row["verdict"] == (told if cases >= limit["definition_min_count"] else "too_few")


def test_fields_are_counted_over_the_people_of_their_week(published: duckdb.DuckDBPyConnection) -> None:
    fields = {
        "job_function": "job_function",
        "seniority": "seniority",
        "buying_role": "buying_role",
        "account": "account_id",
        "lead_source": "lead_source",
        "owner": "owner_id",
    }
    cells: dict[tuple[Any, ...], list[bool]] = defaultdict(list)
    people = rows_of(published, "dim_person")
    for person in people:
        for field, column in fields.items():
            is_known = person[column] not in (None, "unknown")
            cells[(monday(person["created_at"]), person["channel"], field)].append(is_known)
    report = rows_of(published, "rpt_enrichment_coverage")
    assert Counter(row["field"] for row in report).keys() > set(fields)
    for field in {row["field"] for row in report}:
        assert sum(row["people"] for row in report if row["field"] == field) == len(people)
    for row in report:
        if row["field"] in fields:
            known = cells.pop((row["week_start"], row["channel"], row["field"]))
            assert is_rate(row, "coverage_rate", sum(known), len(known))
            assert (row["people"], row["filled"]) == (len(known), sum(known))
    assert not cells


def topic_of(signal: Row, rules: list[dict[str, str]]) -> dict[str, str]:
    """The first topic rule that fits, by the meaning of the operators that the shipped rows use."""
    for rule in rules:
        text = (signal[rule["match_field"]] or "").lower()
        fits = {
            "matches": lambda text=text, rule=rule: re.search(rule["value"], text) is not None,
            "starts_with": lambda text=text, rule=rule: text.startswith(rule["value"]),
            "equals": lambda text=text, rule=rule: text == rule["value"],
            "in": lambda text=text, rule=rule: text in rule["value"].split("|"),
        }
        if text and fits[rule["operator"]]():
            return rule
    return {"topic": "none", "buying_stage": "none", "follow_up_play": ""}


def test_topics_are_counted_from_what_people_did(
    published: duckdb.DuckDBPyConnection, signals: list[Row], cycles: list[Row], as_of: datetime, project_dir: Path
) -> None:
    rules = sorted(seed(project_dir, "feedback/rule_content_topics"), key=lambda row: int(row["sort_order"]))
    people = {person["person_id"]: person for person in rows_of(published, "dim_person")}
    first: dict[tuple[str, str, str], dict[str, datetime]] = defaultdict(dict)
    counted: Counter[tuple[str, str, str]] = Counter()
    plays: dict[tuple[str, str, str], str] = {}
    for signal in signals:
        if signal["asset_id"] or signal["content_topic"]:
            rule = topic_of(signal, rules)
            cell = (rule["topic"], rule["buying_stage"], people[signal["person_id"]]["segment"])
            met = first[cell].setdefault(signal["person_id"], signal["occurred_at"])
            first[cell][signal["person_id"]] = min(met, signal["occurred_at"])
            counted[cell] += 1
            plays[cell] = rule["follow_up_play"]
    cycles_of = by(cycles, "person_id")
    report = rows_of(published, "rpt_content_topics")
    assert len(report) == len(first) > 30
    for row in report:
        cell = (row["topic"], row["buying_stage"], row["segment"])
        readers = first[cell]
        assert row["people"] == len(readers) and row["signals"] == counted[cell]
        assert row["accounts"] == len({people[person]["account_id"] for person in readers} - {None})
        mqls = [one for person, met in readers.items() for one in cycles_of[person] if one["opened_at"] >= met]
        mature = [one for one in mqls if one["mature_at"] <= as_of]
        assert row["mqls"] == len(mqls)
        assert row["opportunities"] == sum(one["opportunity_id"] is not None for one in mqls)
        assert is_rate(row, "opportunity_rate", sum(one["opportunity_id"] is not None for one in mature), len(mature))
        assert (row["follow_up_play"] or "") == plays[cell]
    assert sum(row["mqls"] for row in report) > 100


def landed(demo_warehouse: Path, table: str) -> list[dict[str, str]]:
    with (demo_warehouse.parent / "landed" / "salesforce" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta())


def test_gaps_of_nurture_are_those_to_whom_nobody_wrote(
    published: duckdb.DuckDBPyConnection, cycles: list[Row], as_of: datetime, project_dir: Path, demo_warehouse: Path
) -> None:
    """Mail and campaign answers from the landed tables themselves."""
    person_of = {row["record_id"]: row["person_id"] for row in rows_of(published, "bridge_person_records")}
    machines = {row["id"] for row in landed(demo_warehouse, "user") if row["user_type"] != "Standard"}
    written: dict[str, datetime] = {}
    told = [
        (row["who_id"], row["completed_date_time"])
        for row in landed(demo_warehouse, "task")
        if row["owner_id"] in machines and row["task_subtype"] == "Email" and row["completed_date_time"]
    ]
    told += [
        (row["lead_id"] or row["contact_id"], row["first_responded_date"])
        for row in landed(demo_warehouse, "campaign_member")
        if row["has_responded"] == "true" and row["first_responded_date"]
    ]
    for record, moment in told:
        person, at = person_of.get(record), utc(moment)
        if person and at <= as_of:
            written[person] = max(written.get(person, at), at)
    silence = timedelta(days=limits(project_dir)["nurture_gap_days"])
    excluded = {
        row["person_id"] for row in rows_of(published, "fct_person_exclusions") if row["excluded_from"] <= as_of
    }
    last = {cycle["person_id"]: cycle for cycle in sorted(cycles, key=lambda cycle: cycle["cycle_number"])}
    expected: dict[str, str] = {}
    for row in rows_of(published, "fct_qualifications"):
        person, reason = row["person_id"], row["held_back_reason"]
        if row["is_qualified"] or person in excluded or reason == "disqualified_by_sales":
            continue
        cycle = last.get(person, {"outcome": None})
        is_due = cycle["outcome"] == "recycled" and cycle["quiet_until"] <= as_of
        if is_due and (person not in written or written[person] < cycle["quiet_until"]):
            expected[person] = "recycled_not_woken"
        elif reason and (person not in written or written[person] <= as_of - silence):
            expected[person] = "engaged_not_nurtured"
    report = rows_of(published, "rpt_nurture_gaps")
    assert {row["person_id"]: row["gap"] for row in report} == expected
    assert min(Counter(expected.values()).values()) > 5 and len(set(expected.values())) == 2
    for row in report:
        since = written.get(row["person_id"])
        assert row["last_nurtured_at"] == since
        assert row["days_without_nurture"] == ((as_of.date() - since.date()).days if since else None)


def test_costs_add_up_to_what_the_campaigns_cost(
    published: duckdb.DuckDBPyConnection, signals: list[Row], cycles: list[Row], demo_warehouse: Path, as_of: datetime
) -> None:
    campaigns = landed(demo_warehouse, "campaign")
    spent = {row["id"]: Decimal(row["actual_cost"]) for row in campaigns}
    people = {person["person_id"]: person for person in rows_of(published, "dim_person")}
    bands = {
        row["person_id"]: (row["fit_band"], row["engagement_band"])
        for row in rows_of(published, "fct_lead_scores")
        if row["model_status"] == "active"
    }
    # by month and channel: each day of a campaign costs the same
    channel_of = {row["campaign_id"]: row["channel"] for row in rows_of(published, "dim_campaign")}
    expected: dict[tuple[date, str], float] = defaultdict(float)
    for row in campaigns:
        first = date.fromisoformat(row["start_date"][:10])
        final = min(date.fromisoformat(row["end_date"][:10]), as_of.date())
        ran = [first + timedelta(days=place) for place in range((final - first).days + 1)]
        for day in ran:
            expected[(day.replace(day=1), channel_of[row["id"]])] += float(spent[row["id"]]) / len(ran)
    report = rows_of(published, "rpt_audience_quality")
    told: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    heads: Counter[tuple[date, str]] = Counter()
    cells: Counter[tuple[Any, ...]] = Counter(
        (person["created_at"].date().replace(day=1), person["channel"], *bands[key]) for key, person in people.items()
    )
    for row in report:
        told[(row["month_start"], row["channel"])] += row["cost"]
        heads[(row["month_start"], row["channel"])] += row["people"]
        key = (row["month_start"], row["channel"], row["fit_band"], row["engagement_band"])
        assert row["people"] == cells.pop(key, 0)
    assert not cells
    assert sum(told.values()) == sum(spent.values()) > 0
    for place, cost in expected.items():
        assert abs(float(told[place]) - cost) < 0.05, place  # each campaign's month is a whole number of cents
    for row in report:
        place = (row["month_start"], row["channel"])
        assert is_rate(row, "people_share", row["people"], heads[place])
        fair = told[place] * row["people"] / heads[place] if heads[place] else told[place]
        assert abs(row["cost"] - fair) <= Decimal("0.01")
    # campaign by campaign
    answered: dict[str, set[str]] = defaultdict(set)
    for signal in signals:
        if signal["campaign_id"]:
            answered[signal["campaign_id"]].add(signal["person_id"])
    of_campaign = by(rows_of(published, "rpt_campaign_audience"), "campaign_id")
    assert set(of_campaign) == set(spent)
    for campaign, rows in of_campaign.items():
        assert sum(row["cost"] for row in rows) == spent[campaign]
        found = Counter(bands[person] for person in answered[campaign])
        assert {(row["fit_band"], row["engagement_band"]): row["people"] for row in rows if row["people"]} == found
        assert sum(row["mqls"] for row in rows) == sum(cycle["campaign"] == campaign for cycle in cycles)


def hashed(*parts: str) -> str:
    return hashlib.md5("|".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def test_the_inspection_draws_what_the_seed_says(
    published: duckdb.DuckDBPyConnection, cycles: list[Row], signals: list[Row], as_of: datetime, project_dir: Path
) -> None:
    handoffs = rows_of(published, "fct_handoffs")
    of_cycle = by(handoffs, "mql_id")
    cycle_of = {cycle["mql_id"]: cycle for cycle in cycles}
    grades = {
        row["person_id"]: row["grade"]
        for row in rows_of(published, "fct_lead_scores")
        if row["model_status"] == "active"
    }
    events: list[tuple[str, str, str, datetime]] = []

    def add(stratum: str, cycle: Row, moment: datetime) -> None:
        begun = [one for one in of_cycle[cycle["mql_id"]] if one["handed_off_at"] <= moment]
        if begun:
            events.append((stratum, max(begun, key=lambda one: one["sequence"])["handoff_id"], cycle["grade"], moment))

    for cycle in cycles:
        if cycle["accepted_at"]:
            add("accepted", cycle, cycle["accepted_at"])
        stratum = {"won": "won_though_low", "expired": "expired"}.get(cycle["outcome"], "rejected_though_high")
        if cycle["outcome"] in ("won", "expired", "rejected", "disqualified"):
            add(stratum, cycle, cycle["closed_at"])
    for clock in rows_of(published, "fct_handoff_sla"):
        if clock["clock"] == "speed_to_lead" and clock["sla_status"] in (
            "met_late",
            "closed_untouched",
            "open_breached",
        ):
            events.append(("breached", clock["handoff_id"], cycle_of[clock["mql_id"]]["grade"], clock["due_at"]))
    last: dict[str, datetime] = {}
    for signal in signals:
        last[signal["person_id"]] = max(last.get(signal["person_id"], signal["occurred_at"]), signal["occurred_at"])
    for row in rows_of(published, "fct_qualifications"):
        if row["held_back_reason"] and row["person_id"] in last:
            events.append(("held_back", row["person_id"], grades[row["person_id"]], last[row["person_id"]]))
    strata = {row["stratum"]: row for row in seed(project_dir, "feedback/rule_review_strata")}
    weeks: dict[tuple[date, str], list[str]] = defaultdict(list)
    for stratum, subject, grade, moment in events:
        week, wanted = monday(moment), strata[stratum]["grades"]
        if datetime(week.year, week.month, week.day) + timedelta(days=7) <= as_of and (
            not wanted or grade in wanted.split("|")
        ):
            weeks[(week, stratum)].append(subject)
    expected = {}
    for (week, stratum), subjects in weeks.items():
        rule = strata[stratum]
        drawn = sorted(subjects, key=lambda one: hashed(rule["sampling_seed"], str(week), stratum, one))
        for place, subject in enumerate(drawn[: int(rule["sample_size"])], start=1):
            expected[hashed(str(week), stratum, subject)] = (week, stratum, subject, place, len(subjects))
    report = rows_of(published, "rpt_handoff_review")
    assert {
        row["review_id"]: (
            row["week_start"],
            row["stratum"],
            row["handoff_id"] or row["person_id"],
            row["draw_rank"],
            row["candidates"],
        )
        for row in report
    } == expected
    assert {row["stratum"] for row in report} == set(strata)
    assert any(row["candidates"] > row["draw_rank"] for row in report), "a sample, not everybody"
    agreement = {(row["week_start"], row["stratum"]): row for row in rows_of(published, "rpt_review_agreement")}
    assert {key: (row["candidates"], row["sampled"]) for key, row in agreement.items()} == {
        key: (len(subjects), min(len(subjects), int(strata[key[1]]["sample_size"]))) for key, subjects in weeks.items()
    }


def test_the_sentences_are_whole_and_name_nobody(published: duckdb.DuckDBPyConnection, demo_warehouse: Path) -> None:
    with duckdb.connect(str(demo_warehouse / "pii.duckdb"), read_only=True) as pii:
        named = pii.execute("select last_name, email, company_name from marts_pii.dim_person_pii").fetchall()
    words = {word.lower() for row in named for word in row if word and len(word) > 5}
    report = rows_of(published, "rpt_handoff_review")
    assert len(report) > 100 and len(words) > 500
    for row in report:
        for text in (row["evidence"], row["what_happened_next"]):
            assert text and text.endswith(".") and "  " not in text and " ." not in text and ". ." not in text, row
            assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", text)
            said = {word.strip(".,;:()").lower() for word in text.split()}
            assert not said & words, said & words


def test_overrides_are_what_the_rules_did_not_ask_for(published: duckdb.DuckDBPyConnection, cycles: list[Row]) -> None:
    teams = {row["rep_id"]: row["team"] for row in rows_of(published, "dim_rep")}
    first = {row["mql_id"]: row for row in rows_of(published, "fct_handoffs") if row["sequence"] == 1}
    spans = by(cycles, "person_id")
    cells: Counter[tuple[Any, ...]] = Counter()

    def team_of(mql: str) -> str:
        owner = first.get(mql, {"owner_id": None})["owner_id"]
        return teams.get(owner, "unassigned") if owner else "unassigned"

    for cycle in cycles:
        cells[(monday(cycle["opened_at"]), team_of(cycle["mql_id"]), "sent_without_the_rules", False)] += 1
        if cycle["accepted_at"]:
            cells[(monday(cycle["accepted_at"]), team_of(cycle["mql_id"]), "accepted_without_an_mql", False)] += 1
    steps = by(rows_of(published, "fct_mql_status_history"), "mql_id")
    for mql, intervals in steps.items():
        for step in sorted(intervals, key=lambda one: one["valid_from"])[1:]:
            illegal = not step["is_legal_transition"]
            cells[(monday(step["valid_from"]), team_of(mql), "moved_by_an_illegal_step", illegal)] += 1
    last = {}
    for handoff in sorted(rows_of(published, "fct_handoffs"), key=lambda one: one["sequence"]):
        last[handoff["mql_id"]] = handoff
    for handoff in last.values():
        if handoff["outcome"] in (*SENT_BACK, "expired"):
            untouched = not handoff["first_touch_at"] and not handoff["first_touch_date_without_time"]
            team = teams.get(handoff["owner_id"], "unassigned") if handoff["owner_id"] else "unassigned"
            cells[(monday(handoff["closed_at"]), team, "passed_over_untouched", untouched)] += 1
    report = rows_of(published, "rpt_rule_overrides")
    changes = by(rows_of(published, "fct_crm_status_changes"), "person_id")
    outside: Counter[tuple[date, str]] = Counter()
    for person, told in changes.items():
        before: Row = {"status": None, "is_accepted": False}
        for change in sorted(told, key=lambda one: one["change_number"]):
            moment = change["changed_at"]
            accepts = change["is_accepted"] and not before["is_accepted"]
            sends = change["status"] == "mql" != before["status"]
            is_inside = any(
                cycle["opened_at"] <= moment <= (cycle["closed_at"] or datetime.max) for cycle in spans[person]
            )
            if (accepts or sends) and not is_inside and change["changed_at_precision"] == "exact":
                kind = "accepted_without_an_mql" if accepts else "sent_without_the_rules"
                outside[(monday(moment), kind)] += 1
            before = change
    assert sum(outside.values()) > 20
    by_hand: Counter[tuple[date, str]] = Counter()
    for row in report:
        kind = row["override_kind"]
        key = (row["week_start"], row["team"], kind)
        assert is_rate(row, "override_rate", row["overrides"], row["occasions"])
        if kind in ("accepted_without_an_mql", "sent_without_the_rules"):
            assert row["occasions"] - row["overrides"] == cells[(*key, False)], row
            by_hand[(row["week_start"], kind)] += row["overrides"]
        else:
            assert (row["overrides"], row["occasions"]) == (
                cells[(*key, True)],
                cells[(*key, True)] + cells[(*key, False)],
            )
    assert +by_hand == outside


def test_verdicts_that_come_back_are_told_week_by_week() -> None:
    """From the rows of the seed, as a reviewer writes them, to the rate; the week is the one that was inspected."""
    from support.compiled import compiled_project

    ids = [hashed(str(number)) for number in range(12)]
    weeks = ["2026-06-01", "2026-06-08"]
    verdicts = [
        {
            "review_id": review_id,
            "week_start": weeks[number % 2],
            "stratum": "accepted",
            "reviewer": "Anna",
            "verdict": "disagree" if number in (1, 3, 5) else "unsure" if number == 7 else "agree",
            "reviewed_on": "2026-06-29",
        }
        for number, review_id in enumerate(ids)
    ]
    verdicts.append({**verdicts[0], "reviewer": "ben", "verdict": "disagree"})
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.load_seeds({"rule_review_verdicts": verdicts})
        warehouse.put(
            "fct_review_sample",
            [
                {
                    "review_id": row["review_id"],
                    "week_start": row["week_start"],
                    "stratum": "accepted",
                    "candidates": 20,
                }
                for row in verdicts[:12]
            ],
        )
        warehouse.run("rpt_review_agreement", as_of="2026-06-30 18:00:00")
        first, second = warehouse.rows("rpt_review_agreement")
    assert (str(first["week_start"]), first["reviewed"], first["verdicts"]) == ("2026-06-01", 6, 7)
    assert (first["agreed"], first["disagreed"], first["reviewed_by_several"], first["reviewers_at_one"]) == (
        6,
        1,
        1,
        0,
    )
    assert is_rate(first, "agreement_rate", 6, 7)
    assert (second["agreed"], second["disagreed"], second["unsure"]) == (2, 3, 1)
    assert is_rate(second, "agreement_rate", 2, 5)
    assert first["sampled"] == second["sampled"] == 6 and first["candidates"] == 20
