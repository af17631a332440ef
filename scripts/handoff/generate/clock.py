"""Time in the demo world: seconds since 1970 in UTC, text for files, and local working hours."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

DAY = 86_400
HOUR = 3_600
_EPOCH = dt.date(1970, 1, 1)
_TIME_TEXT = [f"{s // HOUR:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in range(DAY)]

# How busy a weekday is (Monday first), and the hours of a working person's day.
_WEEKDAY_ACTIVITY = (0.92, 1.0, 0.98, 0.95, 0.72, 0.14, 0.16)
_HOURS = (
    7,
    8,
    8,
    9,
    9,
    9,
    10,
    10,
    10,
    10,
    11,
    11,
    11,
    12,
    12,
    13,
    13,
    13,
    14,
    14,
    14,
    15,
    15,
    15,
    16,
    16,
    17,
    18,
    20,
    21,
)

Hours = tuple[tuple[int, int], ...]


def seconds_of(moment: dt.datetime) -> int:
    """Whole seconds since 1970 of an aware moment."""
    return int(moment.timestamp())


class Clock:
    """Day texts and zone offsets over the days of one generated world, looked up rather than computed."""

    def __init__(self, first_day: int, last_day: int, zones: tuple[str, ...]) -> None:
        self._first_day = first_day
        days = range(first_day, last_day + 1)
        self._day_text = [(_EPOCH + dt.timedelta(days=day)).isoformat() for day in days]
        self._offsets = {zone: [_noon_offset(day, zone) for day in days] for zone in zones}

    def date(self, t: int) -> str:
        """The UTC day of a moment."""
        return self._day_text[t // DAY - self._first_day]

    def salesforce(self, t: int) -> str:
        """A moment as Salesforce writes it."""
        return f"{self._day_text[t // DAY - self._first_day]}T{_TIME_TEXT[t % DAY]}.000+0000"

    def marketo(self, t: int) -> str:
        """A moment as Marketo writes it."""
        return f"{self._day_text[t // DAY - self._first_day]}T{_TIME_TEXT[t % DAY]}Z"

    def offset(self, t: int, zone: str) -> int:
        """Seconds that local time in the zone is ahead of UTC, good outside the night of a clock change."""
        return self._offsets[zone][t // DAY - self._first_day]

    def clock_change_days(self, zone: str, first: int, last: int) -> list[int]:
        """The local days within [first, last) on which the zone changes its clocks."""
        offsets = self._offsets[zone]
        start = max(first // DAY, self._first_day + 1)
        places = range(start - self._first_day, last // DAY - self._first_day)
        return [place + self._first_day for place in places if offsets[place] != offsets[place - 1]]

    def local_moment(self, day: int, second: int, zone: str) -> int:
        """The moment at which the zone's clocks show this second of this day."""
        return day * DAY + second - self._offsets[zone][day - self._first_day]

    def is_weekend(self, t: int, zone: str) -> bool:
        """True on the zone's Saturday or Sunday."""
        return (((t + self.offset(t, zone)) // DAY) + 3) % 7 >= 5

    def after_working(self, t: int, seconds: int, zone: str, hours: Hours) -> int:
        """The moment at which, from t on, so many seconds of weekday working hours have passed."""
        day, second = divmod(t + self.offset(t, zone), DAY)
        while True:
            if (day + 3) % 7 < 5:
                for opens, closes in hours:
                    if second < closes:
                        begin = max(second, opens)
                        if seconds < closes - begin:
                            return self.local_moment(day, begin + seconds, zone)
                        seconds -= closes - begin
                        second = closes
            day, second = day + 1, 0

    def active_moment(self, low: int, high: int, zone: str, random: Callable[[], float]) -> int:
        """A moment in [low, high] that follows the weekly and daily rhythm of people at work."""
        span = high - low
        if span <= 0:
            return low
        for _ in range(10):
            day = (low + int(random() * span)) // DAY
            if random() > _WEEKDAY_ACTIVITY[(day + 3) % 7]:
                continue
            second = _HOURS[int(random() * len(_HOURS))] * HOUR + int(random() * HOUR)
            moment = self.local_moment(day, second, zone)
            if low <= moment <= high:
                return moment
        return low + int(random() * span)


def _noon_offset(day: int, zone: str) -> int:
    noon = dt.datetime.combine(_EPOCH + dt.timedelta(days=day), dt.time(12), ZoneInfo(zone))
    offset = noon.utcoffset()
    assert offset is not None
    return int(offset.total_seconds())
