"""The columns of the marts, release by release: what an upgrade adds, takes away or gives another type.

Reads the contracts in models/**/_*.yml, docs/reference/columns.csv (every column there ever was, since which version
and until which) and the table of docs/reference/columns-changelog.md (what went, and what to do). A column that goes,
or changes its type, without an entry there is a violation; a new one is recorded by --write.
Exit 0: all is recorded. 1: something is not. 2: a file could not be read.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml

PREFIXES = ("fct_", "dim_", "bridge_", "rpt_", "export_")
RECORD = Path("docs/reference/columns.csv")
CHANGES = Path("docs/reference/columns-changelog.md")
_ENTRY = re.compile(r"^\| (\S+) \| `(\w+)` \| `([\w*]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
KINDS = ("removed", "renamed to", "retyped to", "moved to")


@dataclass(frozen=True, order=True)
class Column:
    """A column of a mart, as its contract has it."""

    mart: str
    column: str
    data_type: str


@dataclass(frozen=True)
class Recorded:
    """A column as it was recorded; `until` is the first version without it, '' while it is there."""

    what: Column
    since: str
    until: str


@dataclass(frozen=True)
class Change:
    """An entry of the list of changes; column `*` is the whole mart."""

    version: str
    mart: str
    column: str
    change: str


def contracts(project: Path) -> list[Column]:
    """Every column of every mart, report and export, versions of a model under their own names."""
    found: list[Column] = []
    for path in sorted((project / "models").rglob("_*.yml")):
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models") or []:
            if model["name"].startswith(PREFIXES):
                found += _columns(model)
    return sorted(set(found))


def _columns(model: dict[str, Any]) -> Iterator[Column]:
    versions: list[dict[str, Any]] = model.get("versions") or [{}]
    for version in versions:
        alias = (version.get("config") or {}).get("alias")
        name = str(alias or (f"{model['name']}_v{version['v']}" if version else model["name"]))
        listed: list[dict[str, Any]] = version.get("columns") or []
        left_out = {left for column in listed for left in column.get("exclude", [])}
        is_whole = not listed or any("include" in column for column in listed)
        own = [column for column in listed if "include" not in column]
        shared = [column for column in model.get("columns") or [] if is_whole and column["name"] not in left_out]
        for column in [*shared, *own]:
            yield Column(name, str(column["name"]), str(column.get("data_type", "")).replace(" ", "").lower())


def unexplained(recorded: Iterable[Recorded], now: Iterable[Column], changes: Iterable[Change]) -> Iterator[str]:
    """What the record, the contracts and the list of changes say against each other, one line each."""
    entries = list(changes)
    there, listed = set(now), list(recorded)
    standing = {row.what for row in listed if not row.until}
    for column in sorted(there - standing):
        yield f"{column.mart}.{column.column} ({column.data_type}) is not recorded"
    for row in listed:
        column = row.what
        told = any(entry.mart == column.mart and entry.column in (column.column, "*") for entry in entries)
        if not row.until and column not in there:
            yield f"{column.mart}.{column.column} ({column.data_type}) went" + ("" if told else " without an entry")
        elif row.until and not told:
            yield f"{column.mart}.{column.column} ({column.data_type}) went in {row.until} without an entry"
    names = {(row.what.mart, row.what.column) for row in listed if row.until or row.what not in there}
    for entry in entries:
        if not entry.change.startswith(KINDS):
            yield f"{entry.mart}.{entry.column}: `{entry.change}` is none of {', '.join(KINDS)}"
        if not any(mart == entry.mart and entry.column in (column, "*") for mart, column in names):
            yield f"{entry.mart}.{entry.column}: an entry, and nothing went"


def brought_up_to_date(
    recorded: Sequence[Recorded], now: Iterable[Column], changes: Sequence[Change], version: str
) -> list[Recorded]:
    """The record with what is new, and with an end for what went and is told; what is not told keeps standing."""
    there = set(now)
    rows = []
    for row in recorded:
        told = any(entry.mart == row.what.mart and entry.column in (row.what.column, "*") for entry in changes)
        gone = not row.until and row.what not in there and told
        rows.append(Recorded(row.what, row.since, version) if gone else row)
    standing = {row.what for row in rows if not row.until}
    rows += [Recorded(column, version, "") for column in there - standing]
    return sorted(rows, key=lambda row: (row.what, row.since))


def read_record(path: Path) -> list[Recorded]:
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as handle:
        return [
            Recorded(Column(row["mart"], row["column"], row["data_type"]), row["since"], row["until"])
            for row in csv.DictReader(handle)
        ]


def read_changes(path: Path) -> list[Change]:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return [Change(version, mart, column, change.strip()) for version, mart, column, change, _ in _ENTRY.findall(text)]


def written(rows: Iterable[Recorded]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["mart", "column", "data_type", "since", "until"])
    writer.writerows([row.what.mart, row.what.column, row.what.data_type, row.since, row.until] for row in rows)
    return out.getvalue()


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--write", is_flag=True, help="Record what is new, and the end of what went and is told.")
def main(write: bool) -> None:
    """Check that no column of a mart went or changed its type without an entry in the list of changes.

    \b
    Examples:
      python -m handoff.columns
      python -m handoff.columns --write
    """
    project = Path(__file__).resolve().parents[2]
    try:
        version = str(yaml.safe_load((project / "dbt_project.yml").read_text(encoding="utf-8"))["version"])
        recorded, now = read_record(project / RECORD), contracts(project)
        changes = read_changes(project / CHANGES)
        if write:
            recorded = brought_up_to_date(recorded, now, changes, version)
            (project / RECORD).write_text(written(recorded), encoding="utf-8")
    except (OSError, KeyError, yaml.YAMLError) as error:
        click.echo(f"The columns cannot be read: {error}", err=True)
        sys.exit(2)
    found = list(unexplained(recorded, now, changes))
    for line in found:
        click.echo(line)
    if found:
        click.echo(f"Record new columns by python -m handoff.columns --write; tell what went in {CHANGES}.", err=True)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
