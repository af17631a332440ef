"""Audit: what must hold before anything is published, checked outside of dbt and against the reader's own counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from handoff.database import opened
from handoff.errors import CheckFailed
from handoff.landing import Landed, quoted

DISPOSITIONS = ("current", "superseded", "deleted", "merged", "quarantined")


@dataclass(frozen=True)
class Placed:
    """Where the rows of one table went, and what was odd about them."""

    dispositions: dict[str, int]
    reasons: dict[str, int]


def audit(database: Path, landed: Iterable[Landed]) -> dict[tuple[str, str], Placed]:
    """Check that every row that came in is accounted for; returns where the rows of each table went.

    Reads marts.fct_row_dispositions, marts.rpt_reconciliation and the staged rows of the candidate. Raises CheckFailed
    naming every table whose rows do not add up.
    """
    with opened(database, read_only=True) as candidate:
        present = {
            str(row[0])
            for row in candidate.execute(
                "select table_name from information_schema.tables where table_schema = 'marts'"
            ).fetchall()
        }
        if "fct_row_dispositions" not in present:
            raise CheckFailed(
                "marts.fct_row_dispositions was not built: rows cannot be accounted for.",
                hint="Run again without --select; if it stays so, the project's own models were changed: git status.",
            )
        counted: dict[tuple[str, str], dict[str, int]] = {}
        reasons: dict[tuple[str, str], dict[str, int]] = {}
        for system, table, disposition, codes, rows in candidate.execute(
            "select source_system, source_table, disposition, reason_codes, count(*) "
            "from marts.fct_row_dispositions group by all order by all"
        ).fetchall():
            key = (str(system), str(table))
            _add(counted.setdefault(key, {}), str(disposition), int(rows))
            for code in filter(None, (codes or "").split(",")):
                _add(reasons.setdefault(key, {}), code, int(rows))
        unaccounted: list[tuple[str, str, int]] = []
        reported: set[tuple[str, str]] | None = None
        if "rpt_reconciliation" in present:
            rows_reported = candidate.execute(
                "select source_system, source_table, unaccounted from marts.rpt_reconciliation"
            ).fetchall()
            reported = {(str(row[0]), str(row[1])) for row in rows_reported}
            unaccounted = [(str(row[0]), str(row[1]), row[2]) for row in rows_reported if row[2] != 0]
        tables = {(table.source_system, table.source_table): table for table in landed}
        staged = _staged_rows(candidate, tables)
    problems = []
    for key, table in sorted(tables.items()):
        found = sum(counted.get(key, {}).values())
        if found != table.rows_in:
            problems.append(f"{'.'.join(key)}: {table.rows_in} rows came in, {found} are accounted for")
        if staged.get(key, table.rows_in) != table.rows_in:
            problems.append(f"{'.'.join(key)}: {table.rows_in} rows came in, {staged[key]} are staged")
        if reported is not None and key not in reported and table.rows_in:
            problems.append(f"{'.'.join(key)}: absent from rpt_reconciliation")
    for key in sorted(set(counted) - set(tables)):
        problems.append(f"{'.'.join(key)}: {sum(counted[key].values())} rows of a table that was not landed")
    for key, dispositions in sorted(counted.items()):
        for unknown in sorted(set(dispositions) - set(DISPOSITIONS)):
            problems.append(f"{'.'.join(key)}: {dispositions[unknown]} rows of unknown disposition {unknown}")
    problems += [
        f"{system}.{table}: rpt_reconciliation leaves {rows} unaccounted" for system, table, rows in unaccounted
    ]
    if problems:
        raise CheckFailed(
            "Rows do not add up; nothing was published.",
            *problems,
            hint="Run again with --keep-candidate, and compare conformed.int_row_dispositions_unioned with the files.",
        )
    return {key: Placed(counted.get(key, {}), reasons.get(key, {})) for key in tables}


def _staged_rows(candidate: duckdb.DuckDBPyConnection, tables: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The rows that staging holds of each table: its marts were counted, but were they made of these rows?"""
    present = {
        str(row[0])
        for row in candidate.execute(
            "select table_name from information_schema.tables where table_schema = 'staging'"
        ).fetchall()
    }
    counts = {}
    for system, table in tables:
        name = f"stg_{system}__{table}"
        if name in present:
            row = candidate.execute(f"select count(*) from staging.{quoted(name)}").fetchone()
            counts[system, table] = int(row[0]) if row else 0
    return counts


def _add(counts: dict[str, int], name: str, rows: int) -> None:
    counts[name] = counts.get(name, 0) + rows
