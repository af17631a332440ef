"""Figures of the marts worked out by hand, and written as the page should write them. Shares nothing with the page."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import duckdb

Row = dict[str, Any]
Cells = dict[str, str]
Expected = dict[Any, Cells]


class Marts:
    """Whole marts as rows of Python, read once each."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, as_of: datetime) -> None:
        self.connection = connection
        self.as_of = as_of
        self.read: dict[str, list[Row]] = {}

    @property
    def since(self) -> Any:
        """The Monday twelve weeks before the Monday of as-of."""
        return (self.as_of - timedelta(days=self.as_of.weekday()) - timedelta(days=84)).date()

    def __call__(self, name: str, **which: Any) -> list[Row]:
        if name not in self.read:
            relation = self.connection.execute(f"select * from marts.{name}")
            titles = [column[0] for column in relation.description or []]
            self.read[name] = [dict(zip(titles, row, strict=True)) for row in relation.fetchall()]
        return [row for row in self.read[name] if all(row[column] == value for column, value in which.items())]


def groups(rows: Iterable[Row], *keys: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys)].append(row)
    return dict(found)


def total(rows: Iterable[Row], column: str) -> Any:
    return sum(row[column] for row in rows if row[column] is not None)


def whole(value: int | None) -> str:
    return "–" if value is None else format(value, ",")


def half_up(value: Fraction, places: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def per_cent(value: Fraction) -> str:
    """A whole number; a tenth where the share is under ten in a hundred and not nothing."""
    fine = half_up(100 * value, 1)
    return str(fine) if Decimal(0) < fine < 10 else str(half_up(100 * value, 0))


def interval(part: int, of: int) -> tuple[Fraction, Fraction]:
    """Where the score test of level 5 % cannot tell the true share from the one seen: the roots of its quadratic."""
    z_squared = 1.959963984540054**2
    seen = part / of
    first, second, third = 1 + z_squared / of, -(2 * seen + z_squared / of), seen * seen
    root = math.sqrt(max(second * second - 4 * first * third, 0.0))
    low, high = (-second - root) / (2 * first), (-second + root) / (2 * first)
    return Fraction(0 if part == 0 else low), Fraction(1 if part == of else high)


def share(part: int, of: int) -> str:
    return f"{per_cent(Fraction(part, of)) + ' %' if of else '–'} ({whole(part)} of {whole(of)})"


def rate(part: int, of: int) -> str:
    text = share(part, of)
    if of:
        low, high = interval(part, of)
        if high - low > Fraction(1, 10):
            text += f" {per_cent(low)}–{per_cent(high)} %"
    return text


def amount(value: Any) -> str:
    return "–" if value is None else format(half_up(Fraction(value), 0), ",")


def figure(value: Any) -> str:
    """At most two places."""
    if value is None:
        return "–"
    text = format(half_up(Fraction(repr(value) if isinstance(value, float) else value), 2), ",")
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(value: Any) -> str:
    return "–" if value is None else value.isoformat()[:10]


def minute(value: Any) -> str:
    return "–" if value is None else value.isoformat(" ")[:16]


def hours(value: float | None) -> str:
    """Business time in hours and minutes."""
    if value is None:
        return "–"
    if 0 < value < 60:
        return "under 1 min"
    full, rest = divmod(int(value) // 60, 60)
    return f"{full:,} h {rest} min" if full else f"{rest} min"


def plain(value: Any) -> str:
    return "–" if value is None else str(value)


def spoken(value: Any) -> str:
    return "–" if value is None else " ".join(str(value).split("_"))


def yes(value: Any) -> str:
    return "yes" if value else "no"


def rows_as(rows: Iterable[Row], key: Callable[[Row], Any], cells: Callable[[Row], Cells]) -> Expected:
    found = {}
    for row in rows:
        assert key(row) not in found, key(row)
        found[key(row)] = cells(row)
    return found


# --- what several tables of one kind hold ----------------------------------------------------------------------------


def funnel_cells(rows: Sequence[Row]) -> Cells:
    """Counts of all cohorts, rates of those that are mature."""
    judged = [row for row in rows if row["is_acceptance_mature"]]
    mature = [row for row in rows if row["is_mature"]]
    return {
        "mqls": whole(total(rows, "mqls")),
        "accepted": rate(total(judged, "accepted"), total(judged, "mqls") - total(judged, "merged")),
        **{
            step: rate(total(mature, step), total(mature, "mqls") - total(mature, "merged"))
            for step in ("meetings_held", "opportunities", "won")
        },
        **{
            end: whole(total(rows, end))
            for end in ("rejected", "disqualified", "recycled", "expired", "lost", "merged")
        },
        "still_open": whole(total(rows, "open")),
        "pipeline_amount": amount(total(rows, "pipeline_amount")),
        "won_amount": amount(total(rows, "won_amount")),
        "opportunities_without_amount": whole(total(rows, "opportunities_without_amount")),
    }


def month_cells(rows: Sequence[Row]) -> Cells:
    """A month is mature when all of it is; until then its steps are counts so far."""
    cells = funnel_cells([row | {"is_mature": True, "is_acceptance_mature": True} for row in rows])
    if not all(row["is_acceptance_mature"] for row in rows):
        cells["accepted"] = f"{whole(total(rows, 'accepted'))} so far"
    if not all(row["is_mature"] for row in rows):
        cells |= {step: f"{whole(total(rows, step))} so far" for step in ("meetings_held", "opportunities", "won")}
    return cells


def velocity_cells(cycles: Sequence[Row]) -> Cells:
    cells = {}
    for step in (
        "days_to_accept",
        "days_accept_to_meeting",
        "days_meeting_to_opportunity",
        "days_opportunity_to_win",
        "days_to_win",
    ):
        is_old = "is_judged" if step == "days_to_accept" else "is_mature"
        days = [row[step] for row in cycles if row[is_old] and row[step] is not None]
        cells |= {step: figure(median(days) if days else None), f"n_{step}": whole(len(days))}
    return cells


def clock_cells(rows: Sequence[Row]) -> Cells:
    decided = sum(total(rows, verdict) for verdict in ("met", "met_late", "closed_untouched", "open_breached"))
    return {
        "handoffs": whole(total(rows, "handoffs")),
        "met": rate(total(rows, "met"), decided),
        **{one: whole(total(rows, one)) for one in ("met_late", "closed_untouched", "open_breached", "excused")},
        "still_open": whole(total(rows, "open")),
        "time_unknown": whole(total(rows, "time_unknown")),
    }


def percentile_cells(row: Mapping[str, Any]) -> Cells:
    return {name: hours(row[name]) for name in ("median_business_seconds", "p90_business_seconds")}


def agreement_cells(rows: Sequence[Row]) -> Cells:
    return {
        "candidates": whole(total(rows, "candidates")),
        "reviewed": share(total(rows, "reviewed"), total(rows, "sampled")),
        "verdicts": whole(total(rows, "verdicts")),
        "agreed": rate(total(rows, "agreed"), total(rows, "agreed") + total(rows, "disagreed")),
        "disagreed": whole(total(rows, "disagreed")),
        "unsure": whole(total(rows, "unsure")),
    }


def audience(rows: Iterable[Row], fits: str, bands: str = "1234") -> int:
    return int(total((row for row in rows if row["fit_band"] in fits and row["engagement_band"] in bands), "people"))
