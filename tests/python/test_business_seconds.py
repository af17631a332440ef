"""Business seconds and due instants of the project's SQL against the second opinion, on generated calendars.

One batch is one run of the compiled models: some dozens of calendars in eight zones, thousands of clocks over half a
year somewhere between 2010 and 2035; eight batches are more than 100,000 clocks. The second opinion asks a calendar
laid out day by day; some clocks of each batch it counts once more from nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from oracles.business_time import Calendar, Timeline
from support.compiled import Warehouse, compiled_project

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "Pacific/Apia",
)
CALENDARS = 48
CLOCKS = 13_000
COUNTED_AGAIN = 150
SPAN_DAYS = 190
# The calendars of a run reach 400 days past its moment; what is not due until then is due at the open end.
HORIZON_DAYS = 398
NEVER = datetime(9999, 12, 31)
# So many days are laid out at first; what is due later is looked for day by day.
LAID_OUT_DAYS = 240
# Batches that fall where clocks were moved strangely: Samoa left out a day, Egypt moved its clocks four times a year.
STRANGE = {0: date(2011, 10, 1), 1: date(2014, 3, 1)}
Row = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """The rows that describe one calendar."""

    calendar_id: str
    time_zone: str
    hours: tuple[Row, ...]
    holidays: tuple[Row, ...]

    def oracle(self) -> Calendar:
        return Calendar(self.time_zone, self.hours, self.holidays)


@dataclass(frozen=True)
class Clock:
    clock_id: str
    calendar: int
    started_at: datetime
    read_at: datetime
    target_seconds: int


def clock_text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def some_hours(draw: random.Random) -> list[tuple[str, str]]:
    """The openings of a day: office hours, a lunch, a night shift, all day, around the clock change, nothing."""
    kind = draw.randrange(8)
    if kind == 0:
        return [("00:00", "24:00")]
    if kind == 1:
        return [("09:00", "12:30"), ("13:30", "18:00")]
    if kind == 2:
        return [(clock_text(draw.randrange(17 * 60, 24 * 60)), clock_text(draw.randrange(1, 9 * 60)))]
    if kind == 3:
        return [("00:00", clock_text(draw.randrange(1, 600))), (clock_text(draw.randrange(601, 1439)), "24:00")]
    if kind == 4:
        return [(clock_text(draw.randrange(0, 150)), clock_text(draw.randrange(151, 300)))]
    if kind == 5:
        return []
    marks = sorted(draw.sample(range(0, 1440), draw.choice((2, 4, 6))))
    return [(clock_text(opens), clock_text(closes)) for opens, closes in zip(marks[::2], marks[1::2], strict=True)]


def some_sheet(draw: random.Random, number: int, first: date) -> Sheet:
    """A calendar: the week, perhaps another week from some day on, and special days near the clocks."""
    name = f"calendar {number}"
    zone = ZONES[number % len(ZONES)]
    hours: list[Row] = []
    change = (first + timedelta(days=draw.randrange(SPAN_DAYS))).isoformat() if draw.random() < 0.4 else ""
    is_always = number % 12 == 0
    for effective_from, effective_until in (("", change), (change, "")) if change and not is_always else (("", ""),):
        for day in range(1, 8):
            for opens, closes in [("00:00", "24:00")] if is_always else some_hours(draw):
                hours.append(
                    {
                        "calendar_id": name,
                        "iso_weekday": str(day),
                        "opens_at": opens,
                        "closes_at": closes,
                        "effective_from": effective_from,
                        "effective_until": effective_until,
                    }
                )
    holidays: list[Row] = []
    days = () if is_always else sorted(draw.sample(range(SPAN_DAYS), draw.randrange(8)))
    for offset in days:
        for opens, closes in some_hours(draw) or [("", "")]:
            holidays.append(
                {
                    "calendar_id": name,
                    "holiday_date": (first + timedelta(days=offset)).isoformat(),
                    "opens_at": opens,
                    "closes_at": closes,
                }
            )
    return Sheet(name, zone, tuple(hours), tuple(holidays))


def some_clock(
    draw: random.Random, number: int, sheets: Sequence[Sheet], oracles: Sequence[Calendar], first: date
) -> Clock:
    """A clock at a random second, or within two seconds of an opening, a closing or a local midnight."""
    calendar = draw.randrange(len(sheets))
    moment = datetime(first.year, first.month, first.day) + timedelta(seconds=draw.randrange(150 * 86400))
    edges = [edge for span in oracles[calendar].openings(moment.date()) for edge in span]
    if edges and draw.random() < 0.4:
        moment = draw.choice(edges) + timedelta(seconds=draw.randrange(-2, 3))
    length = draw.choice((0, 1, draw.randrange(7200), draw.randrange(3 * 86400), draw.randrange(30 * 86400)))
    target = draw.choice((0, 1, 900, 14400, 28800, draw.randrange(1, 500_000)))
    return Clock(f"clock {number}", calendar, moment, moment + timedelta(seconds=length), target)


def warehouse_of(sheets: Sequence[Sheet], clocks: Sequence[Clock], as_of: datetime) -> Warehouse:
    warehouse = compiled_project("generic").warehouse()
    for name in ("hours", "holidays"):
        rows = [row for sheet in sheets for row in getattr(sheet, name)]
        warehouse.put("rule_business_hours" if name == "hours" else "rule_holidays", rows)
    warehouse.put(
        "rule_calendars",
        [{"calendar_id": sheet.calendar_id, "time_zone": sheet.time_zone, "is_default": "false"} for sheet in sheets],
    )
    warehouse.put(
        "int_clocks_started",
        [
            {
                "clock_id": clock.clock_id,
                "calendar_id": sheets[clock.calendar].calendar_id,
                "started_at": clock.started_at,
                "read_at": clock.read_at,
                "target_seconds": clock.target_seconds,
            }
            for clock in clocks
        ],
    )
    warehouse.run("int_clock_positions", "int_clock_dues", as_of=as_of)
    return warehouse


def answers(warehouse: Warehouse) -> dict[str, tuple[int, datetime]]:
    """clock_id → business seconds, due instant, as the SQL gives them."""
    dues = {row["clock_id"]: row["due_at"] for row in warehouse.rows("int_clock_dues")}
    return {
        row["clock_id"]: (row["read_seconds"] - row["start_seconds"], dues[row["clock_id"]])
        for row in warehouse.rows("int_clock_positions")
    }


@dataclass
class Opinion:
    """The second opinion on one calendar."""

    calendar: Calendar
    timeline: Timeline
    promised_until: datetime

    @classmethod
    def of(cls, calendar: Calendar, first: date, as_of: datetime) -> Opinion:
        timeline = calendar.laid_out(first - timedelta(days=3), first + timedelta(days=LAID_OUT_DAYS))
        return cls(calendar, timeline, as_of + timedelta(days=HORIZON_DAYS))

    def answer(self, clock: Clock) -> tuple[int, datetime]:
        start = self.timeline.position(clock.started_at)
        seconds = self.timeline.position(clock.read_at) - start
        if clock.target_seconds <= 0:
            return seconds, clock.started_at
        due = self.timeline.reached(start + clock.target_seconds)
        return seconds, due or self.answer_from_nothing(clock)[1]

    def answer_from_nothing(self, clock: Clock) -> tuple[int, datetime]:
        seconds = self.calendar.business_seconds(clock.started_at, clock.read_at)
        return seconds, self.calendar.due(clock.started_at, clock.target_seconds) or NEVER

    def is_same(self, found: tuple[int, datetime], expected: tuple[int, datetime]) -> bool:
        is_beyond = expected[1] > self.promised_until and found[1] == NEVER
        return found[0] == expected[0] and (found[1] == expected[1] or is_beyond)


def judge(batch: int) -> int:
    """Run one batch and compare every clock; the number of clocks compared."""
    draw = random.Random(f"business seconds {batch}")
    first = STRANGE.get(batch) or date(2010, 1, 1) + timedelta(days=draw.randrange(365 * 25))
    sheets = [some_sheet(draw, number, first) for number in range(CALENDARS)]
    oracles = [sheet.oracle() for sheet in sheets]
    clocks = [some_clock(draw, number, sheets, oracles, first) for number in range(CLOCKS)]
    as_of = datetime(first.year, first.month, first.day) + timedelta(days=SPAN_DAYS)
    with warehouse_of(sheets, clocks, as_of) as warehouse:
        found = answers(warehouse)
    assert len(found) == CLOCKS
    opinions = [Opinion.of(calendar, first, as_of) for calendar in oracles]
    wrong = []
    for number, clock in enumerate(clocks):
        opinion = opinions[clock.calendar]
        expected = opinion.answer(clock)
        if number < COUNTED_AGAIN:
            assert expected == opinion.answer_from_nothing(clock), f"two second opinions on {clock}"
        if not opinion.is_same(found[clock.clock_id], expected):
            wrong.append(f"{clock} {sheets[clock.calendar]}: {found[clock.clock_id]}; expected {expected}")
    assert not wrong, f"batch {batch}: {len(wrong)} of {CLOCKS} differ, the first: {wrong[0]}"
    return len(clocks)


@pytest.mark.parametrize("batch", range(8))
def test_business_seconds_are_those_of_the_oracle(batch: int) -> None:
    assert judge(batch) == CLOCKS


@pytest.mark.long
@pytest.mark.parametrize("batch", range(100, 140))
def test_business_seconds_are_those_of_the_oracle_at_length(batch: int) -> None:
    assert judge(batch) == CLOCKS


@pytest.mark.parametrize("seed", range(2))
def test_the_sql_keeps_the_laws_of_business_time(seed: int) -> None:
    """24/7 equals elapsed; never more than elapsed; splitting adds up; due of what elapsed is not after the stop;
    a further holiday never lengthens."""
    draw = random.Random(f"laws {seed}")
    first = date(2012 + 11 * seed, 2, 20)
    sheets = [some_sheet(draw, number, first) for number in range(CALENDARS)]
    oracles = [sheet.oracle() for sheet in sheets]
    whole = [some_clock(draw, number, sheets, oracles, first) for number in range(800)]
    parts: list[Clock] = []
    for clock in whole:
        length = int((clock.read_at - clock.started_at).total_seconds())
        cut = clock.started_at + timedelta(seconds=draw.randrange(length + 1))
        parts.append(Clock(f"{clock.clock_id} first", clock.calendar, clock.started_at, cut, 1))
        parts.append(Clock(f"{clock.clock_id} second", clock.calendar, cut, clock.read_at, 1))
    as_of = datetime(first.year, first.month, first.day) + timedelta(days=SPAN_DAYS)
    with warehouse_of(sheets, [*whole, *parts], as_of) as warehouse:
        found = answers(warehouse)
    back = [
        Clock(clock.clock_id, clock.calendar, clock.started_at, clock.read_at, found[clock.clock_id][0])
        for clock in whole
    ]
    closed_day = str(first + timedelta(days=40))
    closed = [
        replace(
            sheet,
            holidays=(
                *(row for row in sheet.holidays if row["holiday_date"] != closed_day),
                {"calendar_id": sheet.calendar_id, "holiday_date": closed_day, "opens_at": "", "closes_at": ""},
            ),
        )
        for sheet in sheets
    ]
    with warehouse_of(closed, back, as_of) as warehouse:
        with_holiday = answers(warehouse)
    with warehouse_of(sheets, back, as_of) as warehouse:
        dues = answers(warehouse)
    shortened = 0
    for clock in whole:
        seconds = found[clock.clock_id][0]
        elapsed = int((clock.read_at - clock.started_at).total_seconds())
        assert 0 <= seconds <= elapsed
        if clock.calendar % 12 == 0:
            assert seconds == elapsed
        assert found[f"{clock.clock_id} first"][0] + found[f"{clock.clock_id} second"][0] == seconds
        due = dues[clock.clock_id][1]
        assert clock.started_at <= due <= clock.read_at
        assert with_holiday[clock.clock_id][0] <= seconds
        shortened += with_holiday[clock.clock_id][0] < seconds
    assert shortened, "no clock ran over the holiday: the law was not tried"
