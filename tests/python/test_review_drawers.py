"""What the drawers hold: everybody of the sample and the queue and nobody else, each row as the marts have it."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.review import changed_marts, run_record
from support.review_oracle import Marts, Row, day, figure, groups, hours, minute, plain, spoken, whole, yes

OPEN = "9999-12-31 00:00"


@pytest.fixture(scope="module")
def details(demo_warehouse: Path) -> dict[str, Any]:
    text = (demo_warehouse / "review.html").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(re.findall(r'id="details">(.*?)</script>', text, re.S)[0])
    return told


@pytest.fixture(scope="module")
def marts(published: duckdb.DuckDBPyConnection) -> Marts:
    return Marts(published, datetime(2026, 6, 30, 18))


def looked_at(marts: Marts) -> list[Row]:
    weeks = sorted({row["week_start"] for row in marts("rpt_handoff_review")})[-4:]
    sample = [row for row in marts("rpt_handoff_review") if row["week_start"] in weeks]
    return [*sample, *(row for row in marts("rpt_follow_up_queue") if row["rank"] <= 250)]


def facts(kind: dict[str, Any], key: str) -> dict[str, str]:
    values = kind["of"][key][0]
    return {title: value for (title, _), value in zip(kind["facts"], values, strict=True) if value}


def block(kind: dict[str, Any], key: str, title: str) -> Counter[tuple[str, ...]]:
    at = [name for name, _ in kind["blocks"]].index(title)
    _, shown, found = kind["of"][key]
    assert len(shown[at]) == found[at] <= 60
    return Counter(tuple(row) for row in shown[at])


def until(value: datetime) -> str:
    return "open" if minute(value) == OPEN else minute(value)


def filled(**told: str | None) -> dict[str, str]:
    return {title.replace("_", " "): value for title, value in told.items() if value not in (None, "–")}


def test_drawers_are_of_the_sample_and_the_queue(details: dict[str, Any], marts: Marts) -> None:
    rows = looked_at(marts)
    assert set(details["person"]["of"]) == {row["person_id"] for row in rows}
    assert set(details["account"]["of"]) == {row["account_id"] for row in rows} - {None}
    assert details["person"]["names"] == {} and len(details["person"]["of"]) > 40


def test_person_is_as_the_marts_have_them(details: dict[str, Any], marts: Marts) -> None:
    people, kind = {row["person_id"]: row for row in marts("dim_person")}, details["person"]
    following = {row["person_id"]: row for row in marts("fct_qualifications")}
    scored = {row["person_id"]: row for row in marts("fct_lead_scores", model_status="active")}
    ledger = groups(marts("fct_score_points"), "person_id", "scoring_model")
    clocks, cycles = groups(marts("fct_handoff_sla"), "person_id"), groups(marts("fct_mql_cycles"), "person_id")
    statuses = groups(marts("fct_mql_status_history"), "person_id")
    points = 0
    for key in kind["of"]:
        person, now, score = people[key], following[key], scored[key]
        assert facts(kind, key) == filled(
            Account=plain(person["account_id"]),
            Country=plain(person["country"]),
            Owner=plain(person["owner_id"]),
            Excluded=spoken(person["exclusion_reason"]),
            To_do=spoken(now["next_action"]),
            Why=plain(now["action_reason"]),
            Priority=plain(now["priority"]),
            Held_back=spoken(now["held_back_reason"]),
            What_is_missing=plain(now["held_back_detail"]),
            Proposed_owner=plain(now["recommended_owner_id"]),
            Why_this_owner=plain(now["recommended_owner_reason"]),
            Grade=plain(score["grade"]),
            Scoring_model=plain(score["scoring_model"]),
            Fit=f"{score['fit_score']} (band {score['fit_band']})",
            Engagement=f"{score['engagement_score']} (band {score['engagement_band']})",
            Main_reasons=plain(score["top_reasons"]),
            **{
                title: spoken(person[title.lower()])
                for title in ("Segment", "Channel", "Job_function", "Seniority", "Buying_role", "Status")
            },
        )
        rows = ledger.get((key, score["scoring_model"]), [])
        points += len(rows)
        assert block(kind, key, "Score, row by row") == Counter(
            (
                *(plain(row["reason"]), spoken(row["rule_kind"]), spoken(row["score_group"]), day(row["occurred_at"])),
                *(figure(row["points"]), figure(row["weight"]), figure(row["weighted_points"]), row["rule_id"]),
            )
            for row in rows
        )
        at = [name for name, _ in kind["blocks"]].index("Score, row by row")
        weights = [(row[1] == "fit", abs(float(row[6]))) for row in kind["of"][key][1][at]]
        assert weights == sorted(weights, reverse=True)  # what counts most stands first, fit before engagement
        assert block(kind, key, "Clocks") == Counter(
            (
                spoken(row["clock"]),
                "time unknown" if row["is_time_unknown"] else spoken(row["sla_status"]),
                *(plain(row["rep_id"]), minute(row["started_at"]), minute(row["due_at"]), minute(row["stopped_at"])),
                *(hours(row["target_seconds"]), hours(row["counted_seconds"]), plain(row["pause_reasons"])),
                *(spoken(row["excused_reason"]), plain(row["calendar_id"]), plain(row["policy_id"])),
            )
            for row in clocks.get(key, [])
        )
        assert block(kind, key, "MQL cycles") == Counter(
            (
                *(
                    minute(row["opened_at"]),
                    spoken(row["entry_reason"]),
                    plain(row["grade"]),
                    spoken(row["next_action"]),
                ),
                *(plain(row["action_reason"]), minute(row["accepted_at"]), minute(row["meeting_held_at"])),
                *(plain(row["opportunity_id"]), minute(row["closed_at"]), spoken(row["outcome"])),
                spoken(row["outcome_reason"]),
            )
            for row in cycles.get(key, [])
        )
        assert block(kind, key, "Status history") == Counter(
            (
                *(spoken(row["status"]), minute(row["valid_from"]), until(row["valid_until"]), spoken(row["reason"])),
                *(spoken(row["source"]), yes(row["is_legal_transition"])),
            )
            for row in statuses.get(key, [])
        )
    assert points > 300


def test_account_is_as_the_marts_have_it(details: dict[str, Any], marts: Marts) -> None:
    known, kind = {row["account_id"]: row for row in marts("dim_account")}, details["account"]
    ready = {row["account_id"]: row for row in marts("fct_account_readiness")}
    checks, committee = (
        groups(marts(name), "account_id") for name in ("fct_account_readiness_checks", "fct_account_committee")
    )
    history = groups(marts("fct_account_readiness_history"), "account_id")
    people = groups(looked_at(marts), "account_id")
    for key in kind["of"]:
        account, now = known[key], ready[key]
        assert facts(kind, key) == filled(
            Stage=spoken(now["readiness_stage"]),
            Since=minute(now["stage_since"]),
            To_do=spoken(now["next_action"]),
            Missing=plain(now["missing"]),
            Readiness=figure(now["readiness_score"]),
            Fit=figure(now["account_fit_score"]),
            Engagement=figure(now["account_engagement_score"]),
            Momentum=spoken(now["momentum"]),
            Engaged_people=whole(now["engaged_people_count"]),
            Last_engaged=minute(now["last_engaged_at"]),
            Segment=spoken(account["segment"]),
            Industry=plain(account["industry"]),
            Employees=whole(account["employee_count"]),
            Domain=plain(account["domain"]),
            Target=yes(account["is_target_account"]),
            Customer=yes(account["is_customer"]),
            Owner=plain(account["owner_id"]),
            Parent=plain(account["parent_account_id"]),
        )
        assert block(kind, key, "Criteria") == Counter(
            (
                *(spoken(row["criterion"]), spoken(row["status"]), figure(row["actual"]), figure(row["threshold"])),
                *(whole(row["window_days"]), plain(row["rule_id"])),
            )
            for row in checks[key]
        )
        assert block(kind, key, "Committee") == Counter(
            (
                *(spoken(row["buying_role"]), whole(row["people_known_count"]), whole(row["people_engaged_count"])),
                spoken(row["coverage"]),
            )
            for row in committee[key]
        )
        assert block(kind, key, "People on this page") == Counter({(row["person_id"],) for row in people[key]})
        assert block(kind, key, "Stages") == Counter(
            (spoken(row["readiness_stage"]), minute(row["valid_from"]), until(row["valid_until"]), plain(row["reason"]))
            for row in history[key]
        )


def test_busiest_person_is_shown_in_part_and_told_whole(demo_warehouse: Path, tmp_path: Path) -> None:
    from handoff.review import write_review

    path = changed_marts(demo_warehouse, tmp_path)
    with duckdb.connect(":memory:") as database:
        database.execute(f"attach '{path}' as changed")
        (person,) = database.execute(
            "select person_id from changed.marts.rpt_follow_up_queue order by rank limit 1"
        ).fetchone()
        database.execute(
            "insert into changed.marts.fct_score_points select points.* from changed.marts.fct_score_points as points "
            "cross join range(5000) where point_id = (select min(point_id) from changed.marts.fct_score_points "
            "inner join changed.marts.fct_lead_scores using (person_id, scoring_model) "
            "where model_status = 'active' and person_id = ?)",
            [person],
        )
    out = tmp_path / "review.html"
    write_review(path, out, run_record(demo_warehouse))
    text = out.read_text(encoding="utf-8")
    kind = json.loads(re.findall(r'id="details">(.*?)</script>', text, re.S)[0])["person"]
    at = [name for name, _ in kind["blocks"]].index("Score, row by row")
    _, shown, found = kind["of"][person]
    assert len(shown[at]) == 60 and found[at] > 5000
    assert len(text) < 1.1 * (demo_warehouse / "review.html").stat().st_size
