"""Several organisations of one vendor in one run: their tables are landed one under the other.

Allowed where a vendor gives ids that no two of its organisations share (`may_be_several` in its YAML: Salesforce
does). Each row says in `_source_location` where it came from; a column that one organisation lacks is NULL in its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from handoff.errors import CouldNotRun
from handoff.landing import ROW_NUMBER, Discovery, Landed, land, literal, quoted
from handoff.sources import plain

LOCATION = "_source_location"


def land_sources(discoveries: Sequence[Discovery], database: duckdb.DuckDBPyConnection, scratch: Path) -> list[Landed]:
    """Land every source, those of one vendor together; raises CouldNotRun for an id that two organisations have."""
    landed: list[Landed] = []
    for vendor in dict.fromkeys(discovery.location.vendor for discovery in discoveries):
        own = [discovery for discovery in discoveries if discovery.location.vendor == vendor]
        if len(own) == 1:
            landed += land(own[0], database, scratch)
            continue
        tables: dict[str, Landed] = {}
        for discovery in own:
            schema = f"landed_{vendor}_next"
            for table in land(discovery, database, scratch, schema):
                _put_under(database, vendor, table.source_table, discovery.location.text, own)
                before = tables.get(table.source_table)
                tables[table.source_table] = _together(before, table) if before else table
            database.execute(f"drop schema {quoted(schema)} cascade")
        landed += [tables[name] for name in sorted(tables)]
    return landed


def together(discoveries: Sequence[Discovery]) -> list[Discovery]:
    """One discovery for each vendor: what any of its organisations has."""
    merged: dict[str, Discovery] = {}
    for discovery in discoveries:
        vendor = discovery.location.vendor
        first = merged.get(vendor)
        if first is None:
            merged[vendor] = discovery
            continue
        known = {entry.spec.name for entry in first.found}
        merged[vendor] = replace(
            first,
            location=replace(first.location, text=f"{first.location.text}; {discovery.location.text}"),
            found=(*first.found, *(entry for entry in discovery.found if entry.spec.name not in known)),
            ignored=(*first.ignored, *discovery.ignored),
            warnings=tuple(warning for warning in first.warnings if warning in discovery.warnings),
        )
    return list(merged.values())


def _put_under(
    database: duckdb.DuckDBPyConnection, vendor: str, table: str, location: str, own: Sequence[Discovery]
) -> None:
    """Add a table that was landed aside to what its vendor's earlier organisations landed."""
    schema = quoted(f"landed_{vendor}")
    source = f"{quoted(f'landed_{vendor}_next')}.{quoted(table)}"
    target = f"{schema}.{quoted(table)}"
    database.execute(f"create schema if not exists {schema}")
    new = _columns(database, source)
    tables = "select table_name from information_schema.tables where table_schema = ?"
    if (table,) not in database.execute(tables, [f"landed_{vendor}"]).fetchall():
        database.execute(f"create table {target} as select *, {literal(location)} as {quoted(LOCATION)} from {source}")
        return
    old = _columns(database, target)
    if "id" in new and "id" in old:
        shared = database.execute(
            f"select count(*) from (select {quoted(old['id'])} from {target} where {quoted(old['id'])} is not null "
            f"intersect select {quoted(new['id'])} from {source})"
        ).fetchone()
        if shared is not None and shared[0]:
            places = " and ".join(discovery.location.text for discovery in own)
            raise CouldNotRun(
                f"Source {vendor}: {shared[0]} ids of {table} are in more than one of {places}.",
                hint="One organisation was given twice, or a copy of it; leave one out.",
            )
    for key in new.keys() - old.keys():
        database.execute(f"alter table {target} add column {quoted(new[key])} varchar")
    places_of = {**new, **{key: name for key, name in old.items() if key in new}}
    columns = [key for key in new if key != plain(ROW_NUMBER)]
    database.execute(
        f"insert into {target} ({', '.join(quoted(places_of[key]) for key in columns)}, {ROW_NUMBER}, "
        f"{quoted(LOCATION)}) select {', '.join(quoted(new[key]) for key in columns)}, "
        f"{ROW_NUMBER} + (select coalesce(max({ROW_NUMBER}), 0) from {target}), {literal(location)} from {source}"
    )


def _columns(database: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    """The columns of a relation by their plain name; of two that read alike the first."""
    columns: dict[str, str] = {}
    for row in database.execute(f"describe {relation}").fetchall():
        columns.setdefault(plain(str(row[0])), str(row[0]))
    return columns


def _together(before: Landed, table: Landed) -> Landed:
    problems = {
        name: before.problems.get(name, 0) + table.problems.get(name, 0)
        for name in sorted(before.problems.keys() | table.problems.keys())
    }
    return Landed(
        table.source_system,
        table.source_table,
        before.rows_in + table.rows_in,
        f"{before.file_name}; {table.file_name}",
        problems,
    )
