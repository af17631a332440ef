"""How the page writes a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from handoff.rates import wilson

EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
WITHHELD = "(e-mail withheld)"
NOTHING = "–"
OPEN_END = 9999
# A rate whose true value may lie over so many points apart is shown with its interval.
WIDE = 0.10


@dataclass(frozen=True)
class Rate:
    """A part of a whole, that never goes without either."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        return wilson(self.part, self.whole)

    @property
    def interval(self) -> str:
        """Wilson's 95 % interval, where it is wide."""
        if self.bounds is None or self.bounds[1] - self.bounds[0] <= WIDE:
            return ""
        return f"{tenths(self.bounds[0])}–{tenths(self.bounds[1])} %"

    @property
    def percent(self) -> str:
        if not self.whole:
            return NOTHING
        return f"{tenths(Decimal(self.part) / Decimal(self.whole))} %"

    @property
    def counts(self) -> str:
        return f"({count(self.part)} of {count(self.whole)})"

    def __str__(self) -> str:
        return f"{self.percent} {self.counts}"


def tenths(share: float | Decimal) -> str:
    """A share in percent: whole, or with a tenth below ten."""
    hundred = Decimal(repr(share) if isinstance(share, float) else share) * 100
    fine = hundred.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(fine) if 0 < fine < 10 else str(hundred.quantize(Decimal(1), ROUND_HALF_UP))


def without_email(value: Any) -> Any:
    """The value with every e-mail address taken out, were a key or a team ever to hold one."""
    if isinstance(value, str) and "@" in value:
        return type(value)(EMAIL.sub(WITHHELD, value))
    return value


def count(value: int | None) -> str:
    return NOTHING if value is None else f"{int(value):,}"


def money(value: Decimal | float | None) -> str:
    return NOTHING if value is None else f"{Decimal(value).quantize(Decimal(1), ROUND_HALF_UP):,}"


def number(value: Decimal | float | None) -> str:
    """Two places at most."""
    if value is None:
        return NOTHING
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    text = f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def moment(value: datetime | None) -> str:
    if value is None:
        return NOTHING
    return "open" if value.year == OPEN_END else f"{value:%Y-%m-%d %H:%M}"


def day(value: date | datetime | None) -> str:
    if value is None:
        return NOTHING
    return "open" if value.year == OPEN_END else f"{value:%Y-%m-%d}"


def month(value: date | None) -> str:
    return NOTHING if value is None else f"{value:%Y-%m}"


def span(value: timedelta | None) -> str:
    """A length of time in its largest two units."""
    if value is None:
        return NOTHING
    minutes = int(abs(value).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def seconds(value: float | None) -> str:
    """Seconds of business time: hours and minutes, never days, which business time has none of."""
    if value is None:
        return NOTHING
    if 0 < value < 60:
        return "under 1 min"
    minutes = int(value // 60)
    return f"{minutes // 60:,} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def left(minutes: int | None) -> str:
    """Minutes left in words."""
    if minutes is None:
        return "no clock"
    text = span(timedelta(minutes=int(minutes)))
    return f"{text} overdue" if minutes < 0 else f"{text} left"


def words(value: str | None) -> str:
    """A code as words."""
    return NOTHING if value is None else value.replace("_", " ")


def text(value: Any) -> str:
    return NOTHING if value is None else str(value)


def short_key(value: str | None) -> str:
    """A hash by its first letters; the drawer has it whole. Any other key as it is."""
    if value is None:
        return NOTHING
    return f"{value[:8]}…" if re.fullmatch(r"[0-9a-f]{32}", value) else value
