"""Business time as semantics define it: plain Python, the zone database, one day after the other.

Knows a calendar as rows of text (what a RevOps person writes) and answers two questions about instants in UTC:
how many seconds of [start, stop) were business time, and when a number of business seconds is reached.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
EVER = (date(1900, 1, 1), date(9999, 12, 31))
Span = tuple[datetime, datetime]


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock time: in a gap the later one, in an overlap the earlier one."""
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC).replace(tzinfo=None) for fold in (0, 1))
    is_shown = to_local(first, zone) == local
    return min(first, second) if is_shown else max(first, second)


def to_local(instant: datetime, zone: ZoneInfo) -> datetime:
    """What a clock on the wall shows at a UTC instant."""
    return instant.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


class Calendar:
    """When a team is at work. Rows are those of the rule sheets, cells as text; an empty cell says nothing.

    hours: iso_weekday, opens_at, closes_at (HH:MM, 24:00 ends the day), effective_from, effective_until (days).
    holidays: holiday_date, opens_at, closes_at; without hours the day is closed, with hours these replace the week's.
    """

    def __init__(
        self, time_zone: str, hours: Iterable[Mapping[str, str]], holidays: Iterable[Mapping[str, str]]
    ) -> None:
        self.zone = ZoneInfo(time_zone)
        self.week: dict[int, list[tuple[date, date, int, int]]] = {}
        for row in hours:
            begins = date.fromisoformat(row["effective_from"]) if row.get("effective_from") else EVER[0]
            ends = date.fromisoformat(row["effective_until"]) if row.get("effective_until") else EVER[1]
            rows = self.week.setdefault(int(row["iso_weekday"]), [])
            rows.append((begins, ends, minutes(row["opens_at"]), minutes(row["closes_at"])))
        self.special: dict[date, list[tuple[int, int]]] = {}
        for row in holidays:
            spans = self.special.setdefault(date.fromisoformat(row["holiday_date"]), [])
            if row.get("opens_at"):
                spans.append((minutes(row["opens_at"]), minutes(row["closes_at"])))
        self.known: dict[date, list[Span]] = {}

    def openings(self, day: date) -> list[Span]:
        """The openings that begin on a local day, as UTC instants."""
        if day not in self.known:
            if day in self.special:
                spans = self.special[day]
            else:
                rows = self.week.get(day.isoweekday(), [])
                spans = [(opens, closes) for begins, ends, opens, closes in rows if begins <= day < ends]
            midnight = datetime(day.year, day.month, day.day)
            self.known[day] = [
                (
                    to_utc(midnight + timedelta(minutes=opens), self.zone),
                    to_utc(midnight + timedelta(minutes=closes if closes > opens else closes + 24 * 60), self.zone),
                )
                for opens, closes in spans
            ]
        return self.known[day]

    def open_spans(self, start: datetime, stop: datetime) -> list[Span]:
        """[start, stop) less what is closed, in order; what two openings share is there once."""
        day = to_local(start, self.zone).date() - 2 * DAY  # a shift may reach into the next day, a gap may move one
        last = to_local(stop, self.zone).date() + 2 * DAY
        found: list[Span] = []
        while day <= last:
            found.extend(self.openings(day))
            day += DAY
        spans = []
        counted_to = start
        for opens, closes in sorted(found):
            begins, ends = max(opens, counted_to), min(closes, stop)
            if begins < ends:
                spans.append((begins, ends))
                counted_to = ends
        return spans

    def business_seconds(self, start: datetime, stop: datetime) -> int:
        """Seconds of [start, stop) in which the calendar is open."""
        return sum(whole_seconds(ends - begins) for begins, ends in self.open_spans(start, stop))

    def due(self, start: datetime, target_seconds: int, within_days: int = 800) -> datetime | None:
        """The earliest instant at which the business seconds since start reach the target, if within the days."""
        if target_seconds <= 0:
            return start
        for reach in (8, 64, within_days):
            left = target_seconds
            for begins, ends in self.open_spans(start, start + min(reach, within_days) * DAY):
                length = whole_seconds(ends - begins)
                if length >= left:
                    return begins + timedelta(seconds=left)
                left -= length
        return None

    def laid_out(self, first: date, last: date) -> Timeline:
        """The openings of these local days in one line, to be asked many times."""
        begins = datetime(first.year, first.month, first.day)
        return Timeline(self.open_spans(begins, datetime(last.year, last.month, last.day)))


class Timeline:
    """Openings laid out once: apart from each other, in order. Good for instants inside of them only."""

    def __init__(self, spans: list[Span]) -> None:
        self.opens = [begins for begins, _ in spans]
        self.spans = spans
        self.before = [0]
        for begins, ends in spans:
            self.before.append(self.before[-1] + whole_seconds(ends - begins))

    def position(self, moment: datetime) -> int:
        """Open seconds from the first opening to the moment."""
        place = bisect_right(self.opens, moment) - 1
        if place < 0:
            return 0
        begins, ends = self.spans[place]
        return self.before[place] + whole_seconds(min(moment, ends) - begins)

    def reached(self, position: int) -> datetime | None:
        """The earliest instant with so many open seconds before it; None beyond what is laid out."""
        place = bisect_left(self.before, position) - 1
        if place < 0 or place >= len(self.spans):
            return None
        return self.opens[place] + timedelta(seconds=position - self.before[place])

    def without(self, pauses: Iterable[Span]) -> Timeline:
        """The same line with the pauses cut out."""
        left = self.spans
        for since, until in pauses:
            left = [
                part
                for begins, ends in left
                for part in ((begins, min(ends, since)), (max(begins, until), ends))
                if part[0] < part[1]
            ]
        return Timeline(left)


def minutes(clock: str) -> int:
    hour, minute = clock.strip().split(":")
    return int(hour) * 60 + int(minute)


def whole_seconds(length: timedelta) -> int:
    return length.days * 86400 + length.seconds
