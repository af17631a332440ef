"""The published marts, opened for reading only: every figure of the page comes through here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from handoff.database import opened

Row = Mapping[str, Any]

RECENT_WEEKS = 13
REVIEW_WEEKS = 4
QUEUE_ROWS = 250


@dataclass(frozen=True)
class Marts:
    """One published run, asked by plain SQL. A query may name $as_of, $since and the other parameters.

    `people` and `accounts` are those with a drawer on the page; `names` are there only if they were asked for.
    """

    connection: duckdb.DuckDBPyConnection
    as_of: datetime
    names: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()

    @property
    def since(self) -> date:
        """The Monday from which clocks are shown."""
        return self.as_of.date() - timedelta(days=self.as_of.weekday(), weeks=RECENT_WEEKS - 1)

    def rows(self, sql: str) -> tuple[Row, ...]:
        known = {
            "as_of": self.as_of,
            "since": self.since,
            "queue_rows": QUEUE_ROWS,
            "review_weeks": REVIEW_WEEKS,
        }
        relation = self.connection.execute(sql, {name: value for name, value in known.items() if f"${name}" in sql})
        titles = [column[0] for column in relation.description or []]
        return tuple(dict(zip(titles, row, strict=True)) for row in relation.fetchall())

    def row(self, sql: str) -> Row:
        (row,) = self.rows(sql)
        return row


@contextmanager
def published(path: Path, as_of: datetime) -> Iterator[Marts]:
    """The marts of a published file."""
    with opened() as connection:
        escaped = str(path).replace("'", "''")
        connection.execute(f"attach '{escaped}' as published (read_only)")
        connection.execute("use published.marts")
        yield Marts(connection, as_of)
