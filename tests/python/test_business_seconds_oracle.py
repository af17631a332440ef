"""The second opinion on business time, held to cases worked out by hand and to the laws that any calendar keeps."""

from __future__ import annotations

import ast
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import business_time
from oracles.business_time import Calendar, to_utc

NEW_YORK = "America/New_York"
WEEK = range(1, 8)


def week(opens: str, closes: str, days: range = range(1, 6), **window: str) -> list[dict[str, str]]:
    return [{"iso_weekday": str(day), "opens_at": opens, "closes_at": closes, **window} for day in days]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


HOURS = 3600
# (what it shows, zone, hours, holidays, start UTC, stop UTC, business seconds)
WORKED_OUT = [
    ("inside one day", NEW_YORK, week("09:00", "17:00"), [], "2026-01-05 15:00", "2026-01-05 16:30", 5400),
    ("over a weekend", NEW_YORK, week("09:00", "17:00"), [], "2026-01-09 21:00", "2026-01-12 15:00", 2 * HOURS),
    ("starts on a Saturday", NEW_YORK, week("09:00", "17:00"), [], "2026-01-10 15:00", "2026-01-12 14:00", 0),
    ("both ends are half-open", "UTC", week("09:00", "17:00"), [], "2026-01-05 08:59:59", "2026-01-05 09:00:01", 1),
    ("closed at the last second", "UTC", week("09:00", "17:00"), [], "2026-01-05 16:59:59", "2026-01-05 17:00:01", 1),
    ("lunch is no work", "UTC", week("09:00", "12:30") + week("13:30", "18:00"), [], "2026-01-05", "2026-01-06", 28800),
    # New York springs forward on 2026-03-08 at 07:00 UTC: local 00:00-24:00 is 23 hours
    ("spring day", NEW_YORK, week("00:00", "24:00", WEEK), [], "2026-03-08 05:00", "2026-03-09 04:00", 23 * HOURS),
    # and falls back on 2026-11-01 at 06:00 UTC: 25 hours
    ("autumn day", NEW_YORK, week("00:00", "24:00", WEEK), [], "2026-11-01 04:00", "2026-11-02 05:00", 25 * HOURS),
    # an opening at 02:30 in the gap opens at 03:30 EDT = 07:30 UTC
    ("opens in the gap", NEW_YORK, week("02:30", "05:00", WEEK), [], "2026-03-08 00:00", "2026-03-08 12:00", 5400),
    # an opening at 01:30 in the overlap opens at the first 01:30 = 05:30 UTC; 03:00 EST = 08:00 UTC
    ("opens in the overlap", NEW_YORK, week("01:30", "03:00", WEEK), [], "2026-11-01 00:00", "2026-11-01 12:00", 9000),
    # a closing at 01:30 in the overlap closes at the first one: 00:30 EDT to 01:30 EDT
    ("closes in the overlap", NEW_YORK, week("00:30", "01:30", WEEK), [], "2026-11-01 00:00", "2026-11-01 12:00", 3600),
    # Lord Howe moves by half an hour: 2026-04-05 02:00 becomes 01:30, so 00:00-06:00 lasts 6.5 hours
    (
        "half an hour of daylight saving",
        "Australia/Lord_Howe",
        week("00:00", "06:00", WEEK),
        [],
        "2026-04-04 12:00",
        "2026-04-05 12:00",
        int(6.5 * HOURS),
    ),
    (
        "a night shift ends on the next day",
        "UTC",
        week("22:00", "06:00"),
        [],
        "2026-01-05",
        "2026-01-06 12:00",
        8 * HOURS,
    ),
    (
        "a holiday is closed and a short day is short",
        "UTC",
        week("09:00", "17:00"),
        [
            {"holiday_date": "2026-12-25", "opens_at": "", "closes_at": ""},
            {"holiday_date": "2026-12-24", "opens_at": "09:00", "closes_at": "12:00"},
        ],
        "2026-12-24 00:00",
        "2026-12-26 00:00",
        3 * HOURS,
    ),
    (
        "a holiday is a local day",
        "Asia/Kolkata",
        week("00:00", "24:00", WEEK),
        [{"holiday_date": "2026-01-26", "opens_at": "", "closes_at": ""}],
        "2026-01-25 18:30",
        "2026-01-26 18:31",
        60,
    ),
    (
        "each local day by the row in force that day",
        "UTC",
        week("09:00", "17:00", effective_until="2026-01-06") + week("09:00", "10:00", effective_from="2026-01-06"),
        [],
        "2026-01-05 00:00",
        "2026-01-07 00:00",
        9 * HOURS,
    ),
    (
        "openings that overlap count once",
        "UTC",
        week("09:00", "12:00") + week("11:00", "13:00"),
        [],
        "2026-01-05 10:00",
        "2026-01-05 20:00",
        3 * HOURS,
    ),
]


@pytest.mark.parametrize(
    ("zone", "hours", "holidays", "start", "stop", "seconds"),
    [case[1:] for case in WORKED_OUT],
    ids=[case[0] for case in WORKED_OUT],
)
def test_worked_out_by_hand(
    zone: str, hours: list[dict[str, str]], holidays: list[dict[str, str]], start: str, stop: str, seconds: int
) -> None:
    calendar = Calendar(zone, hours, holidays)
    assert calendar.business_seconds(at(start), at(stop)) == seconds
    if seconds:
        due = calendar.due(at(start), seconds)
        assert due is not None and due <= at(stop)
        assert calendar.business_seconds(at(start), due - timedelta(seconds=1)) == seconds - 1


def test_a_saturday_request_falls_due_on_monday_morning() -> None:
    calendar = Calendar("UTC", week("09:00", "17:00"), [])
    assert calendar.due(at("2026-01-10 15:00"), HOURS) == at("2026-01-12 10:00")
    assert calendar.due(at("2026-01-09 16:00"), HOURS) == at("2026-01-09 17:00"), "not the next opening"
    assert calendar.due(at("2026-01-10 15:00"), 0) == at("2026-01-10 15:00")
    assert Calendar("UTC", [], []).due(at("2026-01-10 15:00"), 1) is None


def test_gap_and_overlap() -> None:
    zone = ZoneInfo(NEW_YORK)
    assert to_utc(at("2026-03-08 02:30"), zone) == at("2026-03-08 07:30")
    assert to_utc(at("2026-11-01 01:30"), zone) == at("2026-11-01 05:30")
    assert to_utc(at("2011-12-30 09:00"), ZoneInfo("Pacific/Apia")) == at("2011-12-30 19:00"), "a day that never was"


def test_the_oracle_stands_alone() -> None:
    tree = ast.parse(Path(business_time.__file__).read_text(encoding="utf-8"))
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
    assert modules == {"__future__", "bisect", "collections.abc", "datetime", "zoneinfo"}
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not calls & {"open", "exec", "eval", "__import__", "compile"}


INSTANTS = st.datetimes(at("2010-01-01"), at("2035-12-31")).map(lambda moment: moment.replace(microsecond=0))
ZONES = st.sampled_from([NEW_YORK, "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"])


@given(zone=ZONES, start=INSTANTS, length=st.integers(0, 20 * 86400), cut=st.floats(0, 1))
@settings(max_examples=150, deadline=None)
def test_laws(zone: str, start: datetime, length: int, cut: float) -> None:
    stop = start + timedelta(seconds=length)
    middle = start + timedelta(seconds=int(length * cut))
    always = Calendar(zone, week("00:00", "24:00", WEEK), [])
    assert always.business_seconds(start, stop) == length
    office = Calendar(zone, week("09:00", "12:30") + week("13:30", "18:00"), [])
    seconds = office.business_seconds(start, stop)
    assert seconds <= length
    assert office.business_seconds(start, middle) + office.business_seconds(middle, stop) == seconds
    due = office.due(start, seconds)
    assert due is not None and due <= stop
    holiday = {"holiday_date": str(date(middle.year, middle.month, middle.day)), "opens_at": "", "closes_at": ""}
    shorter = Calendar(zone, week("09:00", "12:30") + week("13:30", "18:00"), [holiday])
    assert shorter.business_seconds(start, stop) <= seconds
