"""`handoff explain --handoff` reads a handoff out, and counts its clocks again from what is published."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from handoff.cli import cli
from handoff.explain_handoff import business_seconds, closings, duration, explain_handoff, open_spans, verdict


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-05-{text}")


def test_closed_hours_are_the_gaps_between_openings_that_touch_or_overlap() -> None:
    morning, noon = (at("13 09:00"), at("13 12:00")), (at("13 11:00"), at("13 13:00"))
    afternoon, friday = (at("13 13:00"), at("13 17:00")), (at("15 09:00"), at("15 17:00"))
    spans = open_spans([friday, morning, noon, afternoon])
    assert spans == [(at("13 09:00"), at("13 17:00")), (at("15 09:00"), at("15 17:00"))]
    assert closings(spans, at("13 08:00"), at("15 10:00")) == [
        (at("13 08:00"), at("13 09:00")),
        (at("13 17:00"), at("15 09:00")),
    ]
    assert closings(spans, at("13 10:00"), at("13 17:00")) == []
    assert closings(spans, at("13 18:00"), at("14 18:00")) == [(at("13 18:00"), at("14 18:00"))]
    assert business_seconds(spans, at("13 16:59:59"), at("15 09:00:02")) == 3


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59, "59 s"), (3600, "1 h"), (7384, "2 h 3 min 4 s"), (90000, "25 h")]
)
def test_lengths_are_said_in_words(seconds: int, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("status", "counted", "sentence"),
    [
        ("met", 840, "Met, with 1 min of the target to spare."),
        ("met", 900, "Met, in the last second of the target."),
        ("met_late", 901, "Late by 1 s of business time."),
        ("closed_untouched", 100, "Breached: it ended at 2026-05-13 10:00:00 UTC and nobody had touched them."),
        ("open_at_risk", 800, "At risk, still open: 1 min 40 s of business time left."),
        (
            "open_breached",
            960,
            "Breached and still open: nobody had touched them, 1 min of business time past the target.",
        ),
        ("excused", 10, "Excused, in no rate: the cycle ended as spam."),
    ],
)
def test_verdicts_are_sentences(status: str, counted: int, sentence: str) -> None:
    clock: dict[str, Any] = {
        "clock": "speed_to_lead",
        "target_seconds": 900,
        "counted_seconds": counted,
        "sla_status": status,
        "excused_reason": "spam",
        "read_at": at("13 10:00"),
    }
    assert verdict(clock) == sentence


def test_every_clock_of_the_demo_is_borne_out_by_the_openings(
    published: duckdb.DuckDBPyConnection, demo_warehouse: Path
) -> None:
    handoffs = published.execute(
        "select handoff_id, count(*) from marts.fct_handoff_sla group by handoff_id order by handoff_id limit 40"
    ).fetchall()
    assert handoffs
    named = 0
    for handoff_id, count in handoffs:
        explanation = explain_handoff(demo_warehouse, handoff_id)
        assert explanation["sums_agree"] and len(explanation["clocks"]) == count
        for clock in explanation["clocks"]:
            assert clock["policy"]["target_seconds"] == clock["target_seconds"]
            assert clock["closed_seconds"] == clock["elapsed_seconds"] - clock["business_seconds"]
            named += any(closing["days"] for closing in clock["closings"])
    assert named, "no clock ran over a holiday: its name was not tried"


def test_it_is_read_out_and_given_as_json(published: duckdb.DuckDBPyConnection, demo_warehouse: Path) -> None:
    (handoff_id, person_id) = published.execute(
        "select handoff_id, person_id from marts.fct_handoffs "
        "where policy_id is not null and first_touch_at is not null order by handoff_id limit 1"
    ).fetchall()[0]
    ask = ["explain", "--handoff", handoff_id, "--warehouse", str(demo_warehouse)]
    text = CliRunner().invoke(cli, ask)
    assert text.exit_code == 0
    for word in ("start", "calendar", "target", "closed", "due", "stopped", "verdict"):
        assert f"  {word} " in text.output
    document = json.loads(CliRunner().invoke(cli, [*ask, "--json"]).output)
    assert document["handoff"]["handoff_id"] == handoff_id
    assert {"verdict", "closings", "policy", "due_at", "time_zone"} <= set(document["clocks"][0])
    told = CliRunner().invoke(cli, ["explain", "--handoff", person_id, "--warehouse", str(demo_warehouse)])
    assert told.exit_code != 0 and handoff_id in "\n".join(told.exception.details)
    for wrong in (["explain", person_id, *ask[1:]], ["explain", *ask[3:]], [*ask, "--include-pii"]):
        assert CliRunner().invoke(cli, wrong).exit_code == 2
