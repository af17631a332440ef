"""What a source holds, table by table: for `handoff doctor`, for `handoff init`, and to accept a changed shape."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from handoff.config import CONFIG
from handoff.database import opened
from handoff.errors import CouldNotRun, HandoffError
from handoff.landing import (
    DATABASES,
    Discovery,
    Found,
    Ignored,
    Location,
    check_columns,
    count_rows,
    discover,
    first_line,
    newest_load,
    parse_location,
    recognise,
)
from handoff.orgs import land_sources, together
from handoff.project import Project
from handoff.sources import VendorSpec, known_vendors, plain, read_vendor

MARKS = {"ok": "✓", "absent": "–", "wrong": "✗"}


@dataclass(frozen=True)
class Relation:
    """One table of a vendor as a source has it."""

    source: str
    status: str
    origin: str = ""
    rows: int | None = None
    newest_load: str | None = None
    text: str = ""
    mend: str = ""

    def document(self) -> dict[str, Any]:
        return asdict(self)

    def line(self) -> str:
        parts = [f"{MARKS[self.status]} {self.source:<38}"]
        if self.origin:
            parts.append(self.origin)
        if self.rows is not None:
            parts.append(f"{self.rows:,} rows")
        if self.newest_load:
            parts.append(f"newest load {self.newest_load}")
        if self.text:
            parts.append(self.text)
        return "  ".join(parts) + (f"  → {self.mend}" if self.mend else "")


@dataclass(frozen=True)
class Guess:
    """A place that looks like a vendor's: which of its tables were recognised there."""

    vendor: str
    location: str
    tables: tuple[tuple[str, str, int], ...]  # table, origin, columns that are read


def resolve(vendor: VendorSpec, text: str, warehouse: Path) -> list[Relation]:
    """Every table of a vendor: where it was found, or what is wrong and how to mend it. Never raises for bad input."""
    try:
        location = parse_location(vendor.name, text, warehouse)
        seen = list(recognise(location, vendor))
    except HandoffError as error:
        return [Relation(vendor.name, "wrong", text, text=error.message, mend=error.hint)]
    found: dict[str, list[Found]] = {}
    for entry in seen:
        if isinstance(entry, Found):
            found.setdefault(entry.spec.name, []).append(entry)
    ignored = [entry for entry in seen if isinstance(entry, Ignored)]
    relations = []
    nobody = not any(name in found for name in vendor.people_tables)
    for table in vendor.tables:
        name = f"{vendor.name}.{table.name}"
        entries = found.get(table.name, [])
        if len(entries) > 1:
            origins = " and ".join(entry.origin for entry in entries)
            relations.append(
                Relation(name, "wrong", origins, text="two files for one table", mend="keep one of them in the folder")
            )
        elif entries:
            relations.append(_resolved(name, location, entries[0]))
        elif table.is_required or (nobody and table.name in vendor.people_tables) or table.identifier:
            wanted = table.identifier or table.name
            mend = f"name the file {wanted}.csv, or {CONFIG}: sources.{vendor.name}.identifiers.{table.name}"
            reasons = [f"{entry.origin} {entry.why}" for entry in ignored if plain(table.name) in plain(entry.origin)]
            text = "; ".join(["required, and not there", *reasons])
            relations.append(Relation(name, "wrong", text=text, mend=mend))
        else:
            relations.append(Relation(name, "absent", text="absent: what depends on it is empty"))
    relations += [Relation(f"{vendor.name}.{name}", "absent", text="switched off") for name in vendor.switched_off]
    relations += [
        Relation(vendor.name, "absent", entry.origin, text=f"not read: {entry.why}")
        for entry in ignored
        if entry.why != "switched off"
    ]
    return relations


def look_through(project: Project, place: Path) -> tuple[list[Guess], list[str]]:
    """Which vendors' tables lie in a folder and its folders, or in the schemas of a DuckDB file; and what else does.

    Of a vendor found in several places the fullest counts. Raises CouldNotRun where nothing is recognised.
    """
    vendors = [read_vendor(project, name) for name in known_vendors(project)]
    guesses: dict[str, Guess] = {}
    notes = []
    for location_text in _places(place):
        best = _guess(vendors, location_text, place)
        for guess in best:
            other = guesses.get(guess.vendor)
            if other is None or _weight(guess) > _weight(other):
                guesses[guess.vendor] = guess
                if other is not None:
                    notes.append(f"{other.location} looks like {guess.vendor} too; {guess.location} is fuller")
            else:
                notes.append(f"{guess.location} looks like {guess.vendor} too; {other.location} is fuller")
        if not best:
            notes.append(f"{location_text}: no vendor's people are in it")
    if not guesses:
        raise CouldNotRun(
            f"{place} holds no table of people that the project knows.",
            *notes,
            hint="Of a CRM's own export `handoff convert FOLDER` makes tables to read; else name a file people.csv "
            "with record_id and record_type.",
        )
    return [guesses[name] for name in sorted(guesses)], notes


def written(guesses: Sequence[Guess], warehouse: str) -> str:
    """handoff.yml for what was found."""
    lines = [
        "# Written by `handoff init`; edit freely. `handoff doctor` says how each table is resolved.",
        f"warehouse: {json.dumps(warehouse)}",
        "sources:",
    ]
    for guess in guesses:
        lines += [f"  {guess.vendor}:", f"    location: {json.dumps(guess.location)}"]
        lines += [f"    # {table}: {origin}, {columns} columns read" for table, origin, columns in guess.tables]
    return "\n".join(lines) + "\n"


def accept_shapes(discoveries: Sequence[Discovery], path: Path, because: str, scratch: Path) -> dict[str, list[str]]:
    """Write down the columns that every table has now as the ones it is to have; returns the tables by source.

    The file is replaced whole or not at all; the next publication carries the shapes on in its own record.
    """
    from handoff.guards import measure

    moment = datetime.now(UTC).replace(microsecond=0)
    shapes: dict[str, dict[str, dict[str, str]]] = {}
    with opened() as database:
        land_sources(discoveries, database, scratch)
        for discovery in together(discoveries):
            vendor = discovery.location.vendor
            naive = moment.replace(tzinfo=None)
            shapes[vendor] = {
                entry.spec.name: measure(database, entry, vendor, naive, naive).columns for entry in discovery.found
            }
    document = {"accepted_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "because": because, "shapes": shapes}
    incoming = path.with_name(f".{path.name}.incoming")
    with incoming.open("w", encoding="utf-8") as handle:
        handle.write(json.dumps(document, indent=2, sort_keys=False) + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    incoming.replace(path)
    return {vendor: sorted(tables) for vendor, tables in shapes.items()}


def _resolved(name: str, location: Location, entry: Found) -> Relation:
    try:
        check_columns(location, entry)
        return Relation(name, "ok", entry.origin, count_rows(location, entry), newest_load(location, entry))
    except CouldNotRun as error:
        return Relation(
            name, "wrong", entry.origin, text=error.message.partition("): ")[2] or error.message, mend=error.hint
        )
    except duckdb.Error as error:
        return Relation(name, "wrong", entry.origin, text=first_line(error), mend="load the table again")


def _places(place: Path) -> list[str]:
    if place.is_dir():
        folders = [place, *sorted(entry for entry in place.iterdir() if entry.is_dir())]
        return [str(folder) for folder in folders if _has_tables(folder)]
    if place.is_file() and place.suffix.lower() in DATABASES:
        try:
            with opened(place, read_only=True) as database:
                rows = database.execute(
                    "select distinct table_schema from information_schema.tables "
                    "where table_catalog = current_database() order by table_schema"
                ).fetchall()
        except duckdb.Error as error:
            raise CouldNotRun(
                f"{place} cannot be read: {first_line(error)}",
                hint="Does another process write to it? Wait for it, or read a copy.",
            ) from error
        return [f"{place}:{row[0]}" for row in rows]
    raise CouldNotRun(f"{place} is no folder and no .duckdb file.", hint="Give what holds your landed tables.")


def _has_tables(folder: Path) -> bool:
    return any(entry.suffix.lower() in (".csv", ".parquet") for entry in folder.iterdir() if entry.is_file())


def _guess(vendors: Sequence[VendorSpec], location: str, place: Path) -> list[Guess]:
    """Every vendor whose people are there, the fullest first; a file is one vendor's only."""
    candidates = []
    for vendor in vendors:
        try:
            discovery = discover(parse_location(vendor.name, location, place), vendor)
        except HandoffError:
            continue
        tables = tuple(
            (entry.spec.name, entry.origin, sum(_is_read(entry, column) for column in entry.columns))
            for entry in discovery.found
        )
        candidates.append(Guess(vendor.name, location, tables))
    taken: set[str] = set()
    guesses = []
    for guess in sorted(candidates, key=lambda guess: (-_weight(guess), guess.vendor)):
        origins = {origin for _, origin, _ in guess.tables}
        if not origins & taken:
            guesses.append(guess)
            taken |= origins
    return guesses


def _is_read(entry: Found, column: str) -> bool:
    return any(plain(column) in spec.names() for spec in entry.spec.columns)


def _weight(guess: Guess) -> int:
    return sum(columns for _, _, columns in guess.tables)
