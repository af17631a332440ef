"""What a table of the page is: columns, the plain SQL that fills them, and the cells that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from handoff.review import words
from handoff.review.marts import Marts, Row
from handoff.review.words import Rate

Kind = Literal[
    "text",
    "words",
    "prose",
    "key",
    "person",
    "account",
    "count",
    "money",
    "number",
    "seconds",
    "left",
    "moment",
    "day",
    "month",
    "yes",
    "rate",
    "share",
]
WRITTEN: Mapping[Kind, Callable[[Any], str]] = {
    "text": words.text,
    "words": words.words,
    "prose": words.text,
    "key": words.text,
    "person": words.short_key,
    "account": words.text,
    "count": words.count,
    "money": words.money,
    "number": words.number,
    "seconds": words.seconds,
    "left": words.left,
    "moment": words.moment,
    "day": words.day,
    "month": words.month,
    "yes": lambda value: "yes" if value else "no",
}
LEFT: tuple[Kind, ...] = ("text", "words", "prose", "key", "person", "account", "yes")


@dataclass(frozen=True)
class Column:
    """A column of the query, by its title.

    A `rate` is `name` of `of`, with the interval in which the true rate lies; where `settled` is false it is only a
    count so far. A `share` is part of a whole that was counted to the last one: nothing is left to estimate. `choose`
    lets the reader pick among its values; `range` lets them pick from one value to another.
    """

    name: str
    title: str
    kind: Kind = "count"
    of: str = ""
    settled: str = ""
    offers: Literal["", "choose", "range"] = ""

    @property
    def css(self) -> str:
        """Figures need no class: they stand right of their column as everything does that says nothing else."""
        return f"{self.kind} left" if self.kind in LEFT else ""


@dataclass(frozen=True)
class Spec:
    """A table as a tab declares it. Add one here and name it in the tab's template; nothing else is needed.

    `total` answers one row for the foot; `starred` names the column that, where false, marks a row as not mature; a
    table with `most` shows so many rows and says how many there are.
    """

    key: str
    title: str
    marts: tuple[str, ...]
    sql: str
    columns: tuple[Column, ...]
    nothing: str
    total: str = ""
    starred: str = ""
    most: int = 0

    @property
    def is_told(self) -> bool:
        """Whether it holds sentences, which a phone shows as cards."""
        return any(column.kind == "prose" for column in self.columns)


@dataclass(frozen=True)
class Cell:
    """A value in words; `beside` is what a rate stands on."""

    text: str
    beside: str = ""
    interval: str = ""
    href: str = ""
    css: str = ""


@dataclass(frozen=True)
class Table:
    """A filled table. `values` are the rows as the marts gave them, for charts."""

    spec: Spec
    values: tuple[Row, ...]
    rows: tuple[tuple[Cell, ...], ...]
    found: int = 0
    total: tuple[Cell, ...] = ()
    stars: frozenset[int] = field(default_factory=frozenset)


def address(kind: str, key: str) -> str:
    """Where the drawer of a person or an account opens."""
    return f"#{kind}={quote(words.without_email(key), safe='')}"


def fill(marts: Marts, spec: Spec) -> Table:
    """The table with the rows that the published marts give it."""
    values = marts.rows(f"{spec.sql}\nlimit {spec.most}" if spec.most else spec.sql)
    found = len(values)
    if spec.most and found == spec.most:
        found = marts.row(f"select count(*) as found from ({spec.sql})")["found"]
    total = marts.rows(spec.total) if spec.total and values else ()
    return Table(
        spec,
        values,
        tuple(tuple(_cell(column, row, marts) for column in spec.columns) for row in values),
        found,
        (Cell("All"), *(_cell(column, total[0], marts) for column in spec.columns[1:])) if total else (),
        frozenset(at for at, row in enumerate(values) if spec.starred and not row[spec.starred]),
    )


def _cell(column: Column, row: Row, marts: Marts) -> Cell:
    value = row[column.name]
    if column.kind in ("rate", "share"):
        rate = Rate(int(value or 0), int(row[column.of] or 0))
        if column.settled and not row[column.settled]:
            return Cell(f"{words.count(rate.part)} so far", css="sofar")
        return Cell(rate.percent, rate.counts, rate.interval if column.kind == "rate" else "")
    if column.kind == "person" and value in marts.people:
        return Cell(marts.names.get(value) or words.short_key(value), href=address("person", value))
    if column.kind == "account" and value in marts.accounts:
        return Cell(words.text(value), href=address("account", value))
    late = "late" if column.kind == "left" and value is not None and value < 0 else ""
    return Cell(WRITTEN[column.kind](value), css=late)
