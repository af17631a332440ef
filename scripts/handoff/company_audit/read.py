"""Asks the published marts every question of the audit, and puts the findings in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from handoff.company_audit.findings import CHECKS, PARTS, Check, Kind

Ask = Callable[[str], list[dict[str, Any]]]
ROWS_SHOWN = 5


@dataclass(frozen=True)
class Figure:
    """A number as it is told, and the query that gives it."""

    name: str
    kind: Kind
    sql: str
    value: Any

    @property
    def text(self) -> str:
        return written(self.value, self.kind)


@dataclass(frozen=True)
class Table:
    """The first rows behind a finding, how many there are, and the query that gives them all."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    sql: str


@dataclass(frozen=True)
class Finding:
    """Something to act on, or too little to."""

    check: Check
    title: str
    text: str
    figures: tuple[Figure, ...]
    money: Figure | None
    cases: int
    table: Table

    @property
    def order(self) -> tuple[bool, bool, Decimal, int, str]:
        """What costs money, then what came without us, then what nobody can tell in money; the dearest first."""
        amount = Decimal(str(self.money.value)) if self.money else Decimal(0)
        return (self.money is None, self.check.stake == "without us", -amount, -self.cases, self.check.key)


@dataclass(frozen=True)
class PartRead:
    """A part with its figures."""

    number: int
    title: str
    lines: tuple[Figure, ...]


@dataclass(frozen=True)
class Audit:
    """The whole audit of one publication."""

    as_of: datetime
    run_id: str
    rules_hash: str
    least_cases: Figure
    parts: tuple[PartRead, ...]
    findings: tuple[Finding, ...]
    too_few: tuple[Finding, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every number of the audit."""
        told = [self.least_cases, *(line for part in self.parts for line in part.lines)]
        for finding in (*self.findings, *self.too_few):
            told += [*finding.figures, *([finding.money] if finding.money else [])]
        return tuple(told)


def read_audit(ask: Ask) -> Audit:
    """The audit of what is published. `ask` runs a query on the marts and gives its rows."""
    (run,) = ask(
        "select as_of, run_id, rules_hash from marts.publication order by published_at desc, run_id desc limit 1"
    )
    least = _figure(
        ask,
        "least cases",
        "count",
        "select max(min_count) from marts.dim_review_trigger where trigger_name = 'rule_usefulness'",
    )
    parts = tuple(
        PartRead(
            part.number,
            part.title,
            tuple(_figure(ask, name, query.kind, query.sql) for name, query in part.lines.items()),
        )
        for part in PARTS
    )
    found = sorted((_finding(ask, check) for check in CHECKS if _holds(ask, check)), key=lambda one: one.order)
    enough = least.value or 0
    return Audit(
        run["as_of"],
        run["run_id"],
        run["rules_hash"],
        least,
        parts,
        tuple(one for one in found if one.cases >= enough or one.money),
        tuple(one for one in found if one.cases < enough and not one.money),
    )


def _holds(ask: Ask, check: Check) -> bool:
    ((answer,),) = (row.values() for row in ask(_filled(check.holds, check)))
    return bool(answer)


def _finding(ask: Ask, check: Check) -> Finding:
    figures = {
        name: _figure(ask, f"{check.key}.{name}", query.kind, _filled(query.sql, check))
        for name, query in check.figures.items()
    }
    words = {name: figure.text for name, figure in figures.items()}
    money = _figure(ask, f"{check.key}.money", "money", _filled(check.money, check)) if check.money else None
    rows = ask(check.rows)
    columns = tuple(rows[0]) if rows else ()
    return Finding(
        check,
        check.title.format(**words),
        check.text.format(**words),
        tuple(figures.values()),
        money if money and money.value is not None else None,
        int(figures[check.cases].value or 0),
        Table(
            columns,
            tuple(tuple(cell(row[name]) for name in columns) for row in rows[:ROWS_SHOWN]),
            len(rows),
            check.rows,
        ),
    )


def _filled(sql: str, check: Check) -> str:
    return sql.replace("{0}", check.rows)


def _figure(ask: Ask, name: str, kind: Kind, sql: str) -> Figure:
    ((value,),) = (row.values() for row in ask(sql))
    return Figure(name, kind, sql, value)


def written(value: Any, kind: Kind) -> str:
    """A value as the audit writes it."""
    if value is None:
        return "nothing"
    if kind == "text":
        return str(value)
    if kind == "rate":
        return f"{100 * float(value):.1f} %"
    if kind in ("days", "number"):
        return f"{float(value):.2f}"
    return f"{round(float(value)):,}"


def cell(value: Any) -> str:
    """A cell of a table, in one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return f"{value:.3g}"
    return " ".join(str(value).split())
