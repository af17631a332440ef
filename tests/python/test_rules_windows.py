"""The generic test `windows_do_not_overlap` fails for what it is there to catch, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import jinja2
import pytest

PROJECT = Path(__file__).resolve().parents[2]


def failures(windows: list[tuple[str | None, str | None, str | None]], where: str = "true") -> int:
    source = (PROJECT / "tests" / "generic" / "windows_do_not_overlap.sql").read_text(encoding="utf-8")
    body = source.split("%}", 1)[1].split("{% endtest %}")[0]
    query = jinja2.Template(body).render(
        model="windows_under_test",
        group_by=["team"],
        where=where,
        from_column="effective_from",
        until_column="effective_until",
    )
    with duckdb.connect() as connection:
        connection.execute("create table windows_under_test (team varchar, effective_from date, effective_until date)")
        connection.executemany("insert into windows_under_test values (?, ?, ?)", windows)
        return len(connection.execute(query).fetchall())


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ([("a", "2025-01-01", "2026-01-01"), ("a", "2026-01-01", "9999-12-31")], 0),
        ([("a", "2025-01-01", "2026-01-02"), ("a", "2026-01-01", "9999-12-31")], 1),
        ([("a", "2025-01-01", "9999-12-31"), ("b", "2025-01-01", "9999-12-31")], 0),
        ([("a", "2025-01-01", "2027-01-01"), ("a", "2025-02-01", "2025-03-01"), ("a", "2026-01-01", "2026-02-01")], 2),
        ([("a", "2025-01-01", "2025-01-01")], 1),
        ([("a", "2025-01-01", None)], 1),
        ([("a", None, "2025-01-01")], 1),
        ([(None, "2025-01-01", "9999-12-31"), (None, "2026-01-01", "9999-12-31")], 1),
    ],
    ids=[
        "one ends where the next begins",
        "one day in common",
        "rivals only within a group",
        "both inside a long one",
        "empty window",
        "no end",
        "no beginning",
        "NULL is a group",
    ],
)
def test_overlaps_are_found_and_nothing_else(
    windows: list[tuple[str | None, str | None, str | None]], expected: int
) -> None:
    assert failures(windows) == expected


def test_only_the_rows_asked_for_count() -> None:
    windows: list[tuple[str | None, str | None, str | None]] = [
        ("a", "2025-01-01", "2027-01-01"),
        ("a", "2026-01-01", "2027-01-01"),
    ]
    assert failures(windows, where="effective_from < date '2026-01-01'") == 0
