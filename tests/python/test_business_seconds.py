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
from oracles.business_time import Calendar, Timeline, to_utc
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
REPS = 12
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
    rep: int | None = None  # whose absences let it stand still
    waits_until: datetime | None = None  # the wake-up of whom it is about


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


def some_absences(draw: random.Random, first: date) -> list[Row]:
    """A rep's times away: hours, days, some of them touching or within others, now and then one without end."""
    midnight = datetime(first.year, first.month, first.day)
    rows: list[Row] = []
    for _ in range(draw.randrange(1, 7)):
        since = midnight + timedelta(seconds=draw.randrange(-20 * 86400, (SPAN_DAYS + 60) * 86400))
        if rows and draw.random() < 0.3:
            since = datetime.fromisoformat(rows[-1]["absent_until"])
        if draw.random() < 0.5:
            until = since + timedelta(seconds=draw.choice((draw.randrange(1, 86400), draw.randrange(30 * 86400))))
            precision = "exact"
        else:
            since = datetime(since.year, since.month, since.day)
            until = since + timedelta(days=draw.randrange(1, 16))
            precision = "day"
        if draw.random() < 0.05:
            until = datetime(9999, 12, 31)
        rows.append(
            {
                "absent_from": str(since),
                "absent_from_precision": precision,
                "absent_until": str(until),
                "absent_until_precision": precision,
            }
        )
        if until.year == 9999:
            break
    return rows


def warehouse_of(
    sheets: Sequence[Sheet], clocks: Sequence[Clock], as_of: datetime, absences: Sequence[Sequence[Row]] = ()
) -> Warehouse:
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
                "rep_id": f"rep {clock.rep or 0}",
                "pauses_out_of_office": clock.rep is not None,
                "person_id": clock.clock_id,
                "pauses_recycled": clock.waits_until is not None,
            }
            for clock in clocks
        ],
    )
    warehouse.put(
        "int_rep_absences_conformed",
        [{"rep_id": f"rep {number}", **row} for number, rows in enumerate(absences) for row in rows],
    )
    warehouse.put(
        "fct_mql_cycles",
        [
            {
                "person_id": clock.clock_id,
                "outcome": outcome,
                "closed_at": clock.started_at - timedelta(seconds=number % 3),
                # the other one's cool-down is longer, and lets nothing stand still
                "quiet_until": clock.waits_until and clock.waits_until + timedelta(days=outcome == "lost"),
            }
            for number, clock in enumerate(clocks)
            for outcome in (("recycled", "lost") if clock.waits_until else ("lost",))
        ],
    )
    warehouse.run("int_clock_positions", "int_clock_dues", as_of=as_of)
    return warehouse


def answers(warehouse: Warehouse) -> dict[str, tuple[int, datetime]]:
    """clock_id → business seconds less those it stood still, due instant, as the SQL gives them."""
    dues = {row["clock_id"]: row["due_at"] for row in warehouse.rows("int_clock_dues")}
    paused = {row["clock_id"]: row["paused_seconds"] for row in warehouse.rows("int_clock_pauses_counted")}
    return {
        row["clock_id"]: (
            row["read_seconds"] - row["start_seconds"] - paused.get(row["clock_id"], 0),
            dues[row["clock_id"]],
        )
        for row in warehouse.rows("int_clock_positions")
    }


@dataclass
class Opinion:
    """The second opinion on one calendar, and on the reps who work by it."""

    calendar: Calendar
    absences: Sequence[Sequence[Row]]
    first: date
    promised_until: datetime

    def __post_init__(self) -> None:
        last = self.first + timedelta(days=LAID_OUT_DAYS)
        self.timeline = self.calendar.laid_out(self.first - timedelta(days=3), last)
        self.timelines: dict[int, Timeline] = {}

    def away(self, rep: int) -> list[tuple[datetime, datetime]]:
        """A day given without a time is a day where the calendar is."""

        def instant(row: Row, column: str) -> datetime:
            moment = datetime.fromisoformat(row[column])
            is_day = row[f"{column}_precision"] == "day" and moment.year < 9999
            return to_utc(moment, self.calendar.zone) if is_day else moment

        return [(instant(row, "absent_from"), instant(row, "absent_until")) for row in self.absences[rep]]

    def timeline_of(self, clock: Clock) -> Timeline:
        if clock.rep is None:
            return self.timeline
        if clock.rep not in self.timelines:
            self.timelines[clock.rep] = self.timeline.without(self.away(clock.rep))
        return self.timelines[clock.rep]

    def due_as_an_absence_begins(self, clock: Clock) -> Clock:
        """The clock with a target that is reached in the last second before its rep leaves, if they leave."""
        timeline = self.timeline_of(clock)
        start = timeline.position(max(clock.started_at, clock.waits_until or clock.started_at))
        for since, _ in self.away(clock.rep) if clock.rep is not None else ():
            if clock.started_at < since and start < timeline.position(since):
                return replace(clock, target_seconds=timeline.position(since) - start)
        return clock

    def answer(self, clock: Clock) -> tuple[int, datetime]:
        timeline = self.timeline_of(clock)
        start = timeline.position(max(clock.started_at, clock.waits_until or clock.started_at))
        seconds = max(0, timeline.position(clock.read_at) - start)
        if clock.target_seconds <= 0:
            return seconds, clock.started_at
        return seconds, timeline.reached(start + clock.target_seconds) or self.answer_from_nothing(clock)[1]

    def answer_from_nothing(self, clock: Clock) -> tuple[int, datetime]:
        """Day after day, each opening less each pause."""
        pauses = self.away(clock.rep) if clock.rep is not None else []
        if clock.waits_until is not None:
            pauses = [*pauses, (clock.started_at, clock.waits_until)]
        worked = Timeline(self.calendar.open_spans(clock.started_at, clock.read_at)).without(pauses)
        if clock.target_seconds <= 0:
            return worked.before[-1], clock.started_at
        for reach in (8, 64, 660):
            ahead = self.calendar.open_spans(clock.started_at, clock.started_at + timedelta(days=reach))
            due = Timeline(ahead).without(pauses).reached(clock.target_seconds)
            if due is not None:
                return worked.before[-1], due
        return worked.before[-1], NEVER

    def is_same(self, found: tuple[int, datetime], expected: tuple[int, datetime]) -> bool:
        is_beyond = expected[1] > self.promised_until and found[1] == NEVER
        return found[0] == expected[0] and (found[1] == expected[1] or is_beyond)


def judge(batch: int) -> int:
    """Run one batch and compare every clock; the number of clocks compared."""
    draw = random.Random(f"business seconds {batch}")
    first = STRANGE.get(batch) or date(2010, 1, 1) + timedelta(days=draw.randrange(365 * 25))
    sheets = [some_sheet(draw, number, first) for number in range(CALENDARS)]
    oracles = [sheet.oracle() for sheet in sheets]
    absences = [some_absences(draw, first) for _ in range(REPS)]
    clocks = [with_a_pause(draw, some_clock(draw, number, sheets, oracles, first), number) for number in range(CLOCKS)]
    as_of = datetime(first.year, first.month, first.day) + timedelta(days=SPAN_DAYS)
    opinions = [Opinion(calendar, absences, first, as_of + timedelta(days=HORIZON_DAYS)) for calendar in oracles]
    clocks = [
        opinions[clock.calendar].due_as_an_absence_begins(clock) if number % 15 == 0 else clock
        for number, clock in enumerate(clocks)
    ]
    with warehouse_of(sheets, clocks, as_of, absences) as warehouse:
        found = answers(warehouse)
    assert len(found) == CLOCKS
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


def with_a_pause(draw: random.Random, clock: Clock, number: int) -> Clock:
    """Every third clock stands still while its rep is away, every eleventh until a wake-up."""
    wait = timedelta(seconds=draw.choice((1, draw.randrange(1, 86400), draw.randrange(1, 40 * 86400))))
    return replace(
        clock,
        rep=draw.randrange(REPS) if number % 3 == 0 else None,
        waits_until=clock.started_at + wait if number % 11 == 0 else None,
    )


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
