"""`handoff export`: a published mart as CSV that a spreadsheet opens without running it, or as JSON, exactly.

Reads the published file and nothing else. A text that begins like a formula is given an apostrophe, as OWASP advises
for CSV; numbers, times and truth values are written by their type, so a negative number stays one. JSON changes
nothing.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from handoff.database import opened
from handoff.errors import CouldNotRun
from handoff.landing import quoted
from handoff.publish import MARTS_FILE, current_version

# What a spreadsheet takes for the beginning of a formula, its full-width forms, and what it strips before looking.
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CONTROL = ("\t", "\r", "\n", "\0")
PREFIX = "export_"


@dataclass(frozen=True)
class Table:
    """A published mart: of which run, its columns, its rows in a fixed order."""

    name: str
    run_id: str
    as_of: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def begins_a_formula(text: str) -> bool:
    """Whether a spreadsheet could run a text: it begins like a formula, blanks aside, or with a control character."""
    return text.startswith(CONTROL) or text.lstrip().startswith(FORMULA)


def cell(value: Any) -> Any:
    """A value as a CSV cell: typed values by their type, texts guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"'{text}" if begins_a_formula(text) else text


def csv_of(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """CSV: a header, every text between quotes, so that no separator inside one begins a cell of its own."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def guarded_cells(rows: Sequence[Sequence[Any]]) -> int:
    """How many texts were given an apostrophe."""
    return sum(isinstance(value, str) and begins_a_formula(value) for row in rows for value in row)


def read_table(warehouse: Path, name: str) -> Table:
    """The rows of a published mart; raises CouldNotRun, with the nearest name, where there is no such mart."""
    version = _version(warehouse)
    record = json.loads((version / "run.json").read_text(encoding="utf-8"))
    with opened(version / MARTS_FILE, read_only=True) as marts:
        names = _names(marts)
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            exports = [known for known in names if known.startswith(PREFIX)]
            hint = f"Did you mean {near[0]}?" if near else f"For a CRM there are {', '.join(exports)}."
            raise CouldNotRun(f"{name} is not published in {warehouse}.", hint=hint)
        relation = marts.execute(f"select * from marts.{quoted(name)} order by all")
        columns = tuple(str(column[0]) for column in relation.description or [])
        return Table(name, record["run_id"], record["as_of"], columns, tuple(relation.fetchall()))


def exports_of(warehouse: Path) -> list[dict[str, Any]]:
    """What is there to be written back: each export with its rows and columns."""
    with opened(_version(warehouse) / MARTS_FILE, read_only=True) as marts:
        listed = []
        for name in _names(marts):
            if name.startswith(PREFIX):
                relation = marts.execute(f"select * from marts.{quoted(name)} limit 0")
                columns = [str(column[0]) for column in relation.description or []]
                (count,) = marts.execute(f"select count(*) from marts.{quoted(name)}").fetchone() or (0,)
                listed.append({"export": name, "rows": int(count), "columns": columns})
        return listed


def write(text: str, out: Path) -> None:
    """Put a text into a file, whole or not at all, readable by owner and group."""
    incoming = out.with_name(f".{out.name}.incoming")
    try:
        with os.fdopen(os.open(incoming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        incoming.replace(out)
    except OSError as error:
        incoming.unlink(missing_ok=True)
        raise CouldNotRun(f"{out} cannot be written: {error.strerror}.", hint="Name a folder of yours.") from error


def _version(warehouse: Path) -> Path:
    version = current_version(warehouse)
    if version is None:
        raise CouldNotRun(f"Nothing is published in {warehouse}.", hint="Publish first: handoff run.")
    return version


def _names(marts: Any) -> list[str]:
    rows = marts.execute("select table_name from duckdb_tables() where schema_name = 'marts' order by all").fetchall()
    return [str(row[0]) for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


@click.command()
@click.argument("name", required=False)
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder that holds the published files.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write (default: standard output)."
)
@click.option("--json", "as_json", is_flag=True, help="Rows as JSON, exactly; with --out, what was written where.")
def export(name: str | None, warehouse: Path, out: Path | None, as_json: bool) -> None:
    """Write a mart as CSV that is safe to open in a spreadsheet; without a name, list what is written back to a CRM.

    \b
    Examples:
      handoff export --warehouse warehouse
      handoff export export_crm_reminders --warehouse warehouse --out reminders.csv
      handoff export rpt_follow_up_queue --warehouse warehouse --json

    A text that begins with = + - @ or a control character is given an apostrophe: ids of that kind are exact in JSON
    and Parquet alone, which is what a program should read. Exit codes: 0 written, 2 could not run.
    """
    if name is None:
        if out is not None:
            raise click.UsageError("--out needs the name of an export.")
        _list(exports_of(warehouse), warehouse, as_json)
        return
    table = read_table(warehouse, name)
    guarded = guarded_cells(table.rows)
    about = {
        "export": table.name,
        "run_id": table.run_id,
        "as_of": table.as_of,
        "columns": list(table.columns),
        "row_count": len(table.rows),
    }
    if out is not None:
        write(csv_of(table.columns, table.rows), out)
        if as_json:
            click.echo(json.dumps({**about, "file": str(out), "guarded_cells": guarded}, indent=2))
        else:
            click.echo(str(out))
    elif as_json:
        rows = [dict(zip(table.columns, map(_plain, row), strict=True)) for row in table.rows]
        click.echo(json.dumps({**about, "rows": rows}, indent=2, ensure_ascii=False, default=str))
    else:
        click.echo(csv_of(table.columns, table.rows), nl=False)
    if guarded and (out is not None or not as_json):
        click.echo(
            f"{guarded} cells begin like a formula and were given an apostrophe; --json has them exactly.", err=True
        )


def _list(exports: list[dict[str, Any]], warehouse: Path, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(exports, indent=2))
        return
    for line in _lines(exports):
        click.echo(line)
    if exports:
        click.echo(f"Next: handoff export {exports[0]['export']} --warehouse {warehouse} --out reminders.csv", err=True)


def _lines(exports: list[dict[str, Any]]) -> Iterator[str]:
    for entry in exports:
        yield f"{entry['export']}: {entry['rows']} rows, {', '.join(entry['columns'])}"
