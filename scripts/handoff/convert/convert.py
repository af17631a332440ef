"""Convert: every row of the planned files, in the columns of the generic form, into a folder of UTF-8 CSV."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handoff.convert.cells import moment, number, yes_or_no
from handoff.convert.plan import Column, Plan, TablePlan
from handoff.errors import CouldNotRun


@dataclass(frozen=True)
class Converted:
    """What became of a file: its rows, the columns nobody asked for, and words that were left as they were."""

    table: str
    file: str
    rows: int
    unused: tuple[str, ...]
    left: Mapping[str, int]


def convert(folder: Path, plan: Plan, tables: Mapping[str, Mapping[str, Column]], out: Path) -> list[Converted]:
    """Write `out`/<table>.csv for every table of the plan; nothing is written when a file cannot be read."""
    csv.field_size_limit(sys.maxsize)
    try:
        out.mkdir(parents=True, exist_ok=True)
        made = [_converted(folder, plan, entry, tables[entry.name], out) for entry in plan.tables]
        for entry in plan.tables:
            (out / f".{entry.name}.incoming").replace(out / f"{entry.name}.csv")
    except OSError as error:
        place = error.filename or out
        raise CouldNotRun(
            f"{place} cannot be written: {error.strerror}.", hint="Name another folder by --out."
        ) from error
    finally:
        for entry in plan.tables:
            (out / f".{entry.name}.incoming").unlink(missing_ok=True)
    return made


def _converted(folder: Path, plan: Plan, entry: TablePlan, columns: Mapping[str, Column], out: Path) -> Converted:
    path = _named(folder, entry)
    records = _records(path, plan)
    header = next(records, None)
    if header is None:
        raise CouldNotRun(
            f"{path.name} is empty: it has no header.", hint="Export it again, or leave it out of the plan."
        )
    positions = _positions(path, header, entry)
    named = [name for name in columns if name in entry.columns or name in entry.constants]
    left: dict[str, int] = {}
    rows = 0
    with (out / f".{entry.name}.incoming").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(named)
        for record in records:
            if not record:
                continue
            rows += 1
            if len(record) != len(header):
                raise CouldNotRun(
                    f"{path.name}: row {rows} has {len(record)} cells, its header {len(header)}.",
                    hint=f"Is the delimiter {plan.delimiter!r}? A cell that holds it must stand in quotes.",
                )
            line = []
            for name in named:
                if name in entry.constants:
                    line.append(entry.constants[name])
                    continue
                text = record[positions[name]].strip()
                cell, fits = _cell(text, columns[name], entry, plan)
                if not fits:
                    left[name] = left.get(name, 0) + 1
                line.append(cell)
            writer.writerow(line)
        handle.flush()
        os.fsync(handle.fileno())
    used = set(positions.values())
    unused = tuple(name for place, name in enumerate(header) if place not in used and name.strip())
    return Converted(entry.name, path.name, rows, unused, left)


def _cell(text: str, column: Column, entry: TablePlan, plan: Plan) -> tuple[str, bool]:
    """The cell, and whether it was written as the plan says."""
    words = entry.values.get(column.name)
    if words is not None:
        if text in words:
            return words[text], True
        if column.kind == "text" and text:
            return text, False
    if not text:
        return "", True
    if column.kind in ("timestamp", "date") and plan.times:
        found = moment(text, plan.times, plan.time_zone)
        return found, found != text
    if column.kind == "number":
        found = number(text, plan.decimal)
        return found, plan.decimal == "." or found != text or text.lstrip("+-").isdigit()
    if column.kind == "boolean" and (plan.yes or plan.no):
        found = yes_or_no(text, plan.yes, plan.no)
        return found, found in ("true", "false")
    return text, True


def _named(folder: Path, entry: TablePlan) -> Path:
    path = folder / entry.file
    if not path.is_file():
        there = sorted(other.name for other in folder.iterdir() if other.is_file()) if folder.is_dir() else []
        raise CouldNotRun(
            f"{path} does not exist.",
            hint=f"tables.{entry.name}.file names it; found {', '.join(there) or 'no file'}.",
        )
    return path


def _positions(path: Path, header: list[str], entry: TablePlan) -> dict[str, int]:
    places: dict[str, list[int]] = {}
    for place, name in enumerate(header):
        places.setdefault(name.strip(), []).append(place)
    found = {}
    for column, source in entry.columns.items():
        if len(places.get(source.strip(), [])) != 1:
            why = "has no column" if source.strip() not in places else "has twice the column"
            raise CouldNotRun(
                f"{path.name} {why} {source}, from which {entry.name}.{column} is to come.",
                hint=f"It has {', '.join(header)}.",
            )
        found[column] = places[source.strip()][0]
    return found


def _records(path: Path, plan: Plan) -> Iterator[list[str]]:
    try:
        with path.open(encoding=plan.encoding, newline="") as handle:
            yield from csv.reader(handle, delimiter=plan.delimiter, strict=True)
    except UnicodeDecodeError as error:
        raise CouldNotRun(
            f"{path.name} is not {plan.encoding} (byte {error.start}).", hint="Say how it is written under `encoding`."
        ) from error
    except LookupError as error:
        raise CouldNotRun(f"{plan.encoding} is no encoding.", hint="Usual are utf-8-sig, cp1252 and utf-16.") from error
    except (csv.Error, TypeError) as error:
        raise CouldNotRun(
            f"{path.name} is no plain CSV: {error}.", hint="Export it again, with quotes doubled."
        ) from error
