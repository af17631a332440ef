"""Publication: the marts of one run as files, put in place all at once or not at all.

A run's files are written to DIR/versions/<run>, flushed to disk, and then shown by replacing one symbolic link,
DIR/current. DIR/marts.duckdb, DIR/handoff.duckdb, DIR/marts, DIR/pii.duckdb, DIR/run.json and DIR/review.html are
fixed links through it, so a reader that opens them sees one run or the one before, and one that already holds a file
keeps it. Names and addresses stand in pii.duckdb alone, which only its owner may read, at no moment anybody else.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from handoff.database import opened
from handoff.errors import CouldNotRun
from handoff.landing import first_line, literal, quoted

# The oldest that a released driver opens of what DuckDB 1.5 writes: 1.0.0 does, 0.10.2 does not (both tried).
STORAGE_VERSION = "v1.0.0"
# Not marts.duckdb: DuckDB names the catalog by the file behind the link, and refuses `marts.x` in a catalog `marts`.
# Drivers older than 1.5 may name it by the link; for them DIR/handoff.duckdb is the same file.
MARTS_FILE = "handoff.duckdb"
_WRITING = "Look at free space and rights there, and run again; what was published stands."
PII_FILE = "pii.duckdb"
PII_SCHEMA = "marts_pii"
QUARANTINED_ROWS = "quarantined_rows"
_QUARANTINED_COMMENT = "Grain: quarantined row. Its cells as they landed, as JSON; the marts show its key alone."
STATE_FOLDER = "state"
LINKS = {
    "marts.duckdb": f"current/{MARTS_FILE}",
    "handoff.duckdb": f"current/{MARTS_FILE}",
    "marts": "current/marts",
    PII_FILE: f"current/{PII_FILE}",
    "run.json": "current/run.json",
    "review.html": "current/review.html",
}
KEPT_VERSIONS = 3


@dataclass(frozen=True)
class Mart:
    """A mart to publish, with the comments its model carries."""

    name: str
    description: str
    columns: dict[str, str]


@dataclass(frozen=True)
class Published:
    """A mart as it was written."""

    name: str
    rows: int
    content_hash: str


def public_marts(manifest: dict[str, Any], schema: str = "marts") -> list[Mart]:
    """Every model of a schema in the manifest; `marts_pii` holds those with names and addresses."""
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    return sorted(
        (
            Mart(
                name=str(node["alias"]),
                description=str(node.get("description") or ""),
                columns={name: str(column.get("description") or "") for name, column in node["columns"].items()},
            )
            for node in nodes
            if node["schema"] == schema
        ),
        key=lambda mart: mart.name,
    )


def deprecations(manifest: dict[str, Any]) -> list[str]:
    """What is said of each version of a mart that has a date after which it goes, and what to read in its place."""
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    told = []
    for node in models:
        if node.get("deprecation_date") and node["schema"] in ("marts", PII_SCHEMA):
            newest = max(
                (other for other in models if other["name"] == node["name"]), key=lambda other: other["version"]
            )
            instead = f"; read {newest['alias']} instead" if newest is not node else ""
            told.append(f"{node['alias']} goes after {str(node['deprecation_date'])[:10]}{instead}")
    return sorted(told)


def write_marts(database: Path, marts: Sequence[Mart], folder: Path) -> list[Published]:
    """Copy the marts of a candidate into the database file of `folder` and marts/<name>.parquet.

    Rows are ordered by every column, so that equal content gives equal Parquet bytes whatever the thread count.
    """
    parquet = folder / "marts"
    parquet.mkdir(mode=0o750)
    published = []
    try:
        with opened() as writer:
            writer.execute(f"attach {literal(str(database))} as candidate (read_only)")
            writer.execute(
                f"attach {literal(str(folder / MARTS_FILE))} as published (storage_version '{STORAGE_VERSION}')"
            )
            writer.execute("create schema published.marts")
            for mart in marts:
                source = f"candidate.marts.{quoted(mart.name)}"
                target = f"published.marts.{quoted(mart.name)}"
                writer.execute(f"create table {target} as select * from {source} order by all")
                _write_parquet(writer, target, parquet / f"{mart.name}.parquet")
                _comment(writer, target, mart)
                rows, content_hash = hash_of(writer, "published", mart.name)
                published.append(Published(mart.name, rows, content_hash))
            writer.execute("checkpoint published")
            writer.execute("detach published")
    except duckdb.Error as error:
        raise CouldNotRun(f"The marts could not be written: {first_line(error)}", hint=_WRITING) from error
    return published


def _write_quarantined(writer: duckdb.DuckDBPyConnection) -> Published:
    """What the quarantined rows hold, word for word as it landed: whoever mends them needs it, and nobody else."""
    target = f"pii.{PII_SCHEMA}.{QUARANTINED_ROWS}"
    writer.execute(
        f"create table {target} (source_system varchar, source_table varchar, source_row_number bigint, "
        "row_key varchar, reason_codes varchar, contents varchar)"
    )
    rows = "candidate.marts.fct_row_dispositions where disposition = 'quarantined'"
    tables = writer.execute(f"select distinct source_system, source_table from {rows} order by all").fetchall()
    for system, table in tables:
        landed = f"candidate.{quoted(f'landed_{system}')}.{quoted(table)}"
        writer.execute(
            f"insert into {target} select placed.*, cast(to_json(landed) as varchar) from (select source_system, "
            f"source_table, source_row_number, row_key, reason_codes from {rows} and source_system = ? "
            f"and source_table = ?) as placed inner join {landed} as landed "
            "on placed.source_row_number = landed._row_number order by all",
            [system, table],
        )
    writer.execute(f"comment on table {target} is {literal(_QUARANTINED_COMMENT)}")
    return Published(QUARANTINED_ROWS, *hash_of(writer, "pii", QUARANTINED_ROWS, PII_SCHEMA))


def write_pii(database: Path, marts: Sequence[Mart], folder: Path, run: dict[str, Any]) -> list[Published]:
    """Copy the marts with names and addresses into a file of their own, which says of which run it is.

    Nothing is written where there are none. What DuckDB may spill while it sorts goes into the candidate's folder.
    """
    if not marts:
        return []
    published = []
    try:
        with opened() as writer:
            writer.execute(f"set temp_directory = {literal(str(database.parent / 'spill'))}")
            writer.execute(f"attach {literal(str(database))} as candidate (read_only)")
            writer.execute(f"attach {literal(str(folder / PII_FILE))} as pii (storage_version '{STORAGE_VERSION}')")
            writer.execute(f"create schema pii.{PII_SCHEMA}")
            for mart in marts:
                source = f"candidate.{PII_SCHEMA}.{quoted(mart.name)}"
                target = f"pii.{PII_SCHEMA}.{quoted(mart.name)}"
                writer.execute(f"create table {target} as select * from {source} order by all")
                _comment(writer, target, mart)
                published.append(Published(mart.name, *hash_of(writer, "pii", mart.name, PII_SCHEMA)))
            published.append(_write_quarantined(writer))
            writer.execute(
                f"create table pii.{PII_SCHEMA}.publication as select ? as run_id, cast(? as timestamp) as as_of, "
                "? as row_counts, ? as content_hashes",
                [
                    run["run_id"],
                    run["as_of"].replace("T", " ").replace("Z", ""),
                    json.dumps({mart.name: mart.rows for mart in published}, sort_keys=True),
                    json.dumps({mart.name: mart.content_hash for mart in published}, sort_keys=True),
                ],
            )
            writer.execute("checkpoint pii")
            writer.execute("detach pii")
    except duckdb.Error as error:
        raise CouldNotRun(f"{PII_FILE} could not be written: {first_line(error)}", hint=_WRITING) from error
    return published


def write_publication(folder: Path, previous: Path | None, run: dict[str, Any], marts: Iterable[Published]) -> None:
    """Add the `publication` mart: the runs published before, carried over, and this one."""
    listed = list(marts)
    row = [
        run["run_id"],
        run["as_of"].replace("T", " ").replace("Z", ""),
        run["published_at"].replace("T", " ").replace("Z", ""),
        run["code_version"],
        run["rules_hash"],
        json.dumps({mart.name: mart.rows for mart in listed}, sort_keys=True),
        json.dumps({mart.name: mart.content_hash for mart in listed}, sort_keys=True),
    ]
    try:
        with opened() as writer:
            writer.execute(f"attach {literal(str(folder / MARTS_FILE))} as published")
            table = "published.marts.publication"
            writer.execute(
                f"create table {table} (run_id varchar not null, as_of timestamp not null, "
                "published_at timestamp not null, code_version varchar not null, rules_hash varchar not null, "
                "row_counts varchar not null, content_hashes varchar not null)"
            )
            if previous is not None and previous.is_file():
                writer.execute(f"attach {literal(str(previous))} as previous (read_only)")
                writer.execute(f"insert into {table} select * from previous.marts.publication")
                writer.execute("detach previous")
            writer.execute(f"insert into {table} values (?, ?, ?, ?, ?, ?, ?)", row)
            _comment(writer, table, PUBLICATION)
            _write_parquet(writer, table, folder / "marts" / "publication.parquet")
            writer.execute("checkpoint published")
            writer.execute("detach published")
    except duckdb.Error as error:
        raise CouldNotRun(f"The publication table could not be written: {first_line(error)}", hint=_WRITING) from error


def publish(warehouse: Path, run_id: str, write: Callable[[Path], None]) -> Path:
    """Let `write` fill a fresh folder, then make it the current version in one step; returns the version's folder.

    Whatever goes wrong before that step leaves the warehouse's published files as they were.
    """
    versions = warehouse / "versions"
    versions.mkdir(mode=0o750, exist_ok=True)
    incoming = versions / f".incoming-{run_id}"
    version = versions / run_id
    made: list[Path] = []
    try:
        incoming.mkdir(mode=0o750)
        with _closed_to_others():
            write(incoming)
        _settle(incoming)
        incoming.rename(version)
        _sync(versions)
        made = _make_links(warehouse, version)
        fresh = warehouse / f".current-{run_id}"
        fresh.symlink_to(Path("versions") / run_id)
        fresh.replace(warehouse / "current")
    except BaseException as error:
        for link in made:
            link.unlink(missing_ok=True)
        (warehouse / f".current-{run_id}").unlink(missing_ok=True)
        shutil.rmtree(incoming, ignore_errors=True)
        shutil.rmtree(version, ignore_errors=True)
        if isinstance(error, OSError):
            raise CouldNotRun(f"Nothing was published: {error.strerror}: {error.filename}.", hint=_WRITING) from error
        raise
    _remove_dead_links(warehouse)
    _sync(warehouse)
    _prune(warehouse)
    return version


def sweep(warehouse: Path) -> None:
    """Remove what killed runs left: half-written versions, stray links, candidates nobody asked to keep."""
    for leftover in (warehouse / "versions").glob(".incoming-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for leftover in warehouse.glob(".current-*"):
        leftover.unlink(missing_ok=True)
    for leftover in (warehouse / ".candidate").glob("*"):
        if not (leftover / "KEEP").exists():
            shutil.rmtree(leftover, ignore_errors=True)
    _remove_dead_links(warehouse)


def current_version(warehouse: Path) -> Path | None:
    """The folder of the published version, resolved once so that its files are of one run; None before the first."""
    current = warehouse / "current"
    return current.resolve() if current.exists() else None


def hash_of(connection: duckdb.DuckDBPyConnection, catalog: str, mart: str, schema: str = "marts") -> tuple[int, str]:
    """Rows and content hash of a mart: the same rows give the same hash, in any order.

    Columns named `*_run_id` and `published_at` are left out, for they differ from run to run.
    """
    columns = [
        str(row[0])
        for row in connection.execute(
            "select column_name from information_schema.columns "
            "where table_catalog = ? and table_schema = ? and table_name = ? order by ordinal_position",
            [catalog, schema, mart],
        ).fetchall()
    ]
    hashed = [name for name in columns if not name.endswith("_run_id") and name not in ("run_id", "published_at")]
    cells = [
        f"coalesce(length(cast({quoted(name)} as varchar)) || ':' || cast({quoted(name)} as varchar), '-')"
        for name in hashed
    ]
    row = connection.execute(
        "select count(*), coalesce(sum(cast(digest >> 64 as hugeint)), 0), "
        "coalesce(sum(cast(digest & 18446744073709551615 as hugeint)), 0) "
        f"from (select md5_number({' || '.join(cells)}) as digest "
        f"from {quoted(catalog)}.{quoted(schema)}.{quoted(mart)})"
    ).fetchone()
    assert row is not None
    rows, lower, upper = (int(value) for value in row)
    modulus = 1 << 64
    return rows, f"{rows:x}-{upper % modulus:016x}{lower % modulus:016x}"


PUBLICATION = Mart(
    name="publication",
    description="Grain: run that published. What was published when, by which code and rules.",
    columns={
        "run_id": "The run, by its start in UTC.",
        "as_of": "The moment the run speaks for, UTC.",
        "published_at": "When the files were written, UTC.",
        "code_version": "Package version and commit of the project.",
        "rules_hash": "Hash of every rule and reference seed: equal hashes, equal rules.",
        "row_counts": "JSON object: rows of every other mart.",
        "content_hashes": "JSON object: hash of every other mart's rows, whatever their order.",
    },
)


def _write_parquet(writer: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    writer.execute(f"copy (select * from {table}) to {literal(str(path))} (format parquet, compression zstd)")


def _comment(writer: duckdb.DuckDBPyConnection, table: str, mart: Mart) -> None:
    if mart.description:
        writer.execute(f"comment on table {table} is {literal(mart.description)}")
    schema, _, name = table.rpartition(".")
    present = {
        str(row[0])
        for row in writer.execute(
            "select column_name from information_schema.columns where table_catalog = ? and table_name = ?",
            [schema.partition(".")[0], name.strip('"')],
        ).fetchall()
    }
    for column, description in mart.columns.items():
        if description and column in present:
            writer.execute(f"comment on column {table}.{quoted(column)} is {literal(description)}")


def _settle(folder: Path) -> None:
    """Set modes and flush every file and folder to disk; a write-ahead log beside the marts would break readers."""
    logs = list(folder.rglob("*.wal"))
    if logs:
        raise CouldNotRun(f"{logs[0].name} was left beside the marts.", hint=_WRITING)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(_mode_of(path, folder))
        _sync(path)
    _sync(folder)


def _mode_of(path: Path, folder: Path) -> int:
    """Names and what the warehouse remembers are their owner's; the rest is for the group too."""
    is_private = path.name == PII_FILE or path.relative_to(folder).parts[0] == STATE_FOLDER
    if path.is_dir():
        return 0o700 if is_private else 0o750
    return 0o600 if is_private else 0o640


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _closed_to_others() -> Iterator[None]:
    """What is created meanwhile is its owner's alone, until its mode is set."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _remove_dead_links(warehouse: Path) -> None:
    """Take away our own links that lead nowhere: nothing is published, or this run wrote no such file."""
    for name, target in LINKS.items():
        link = warehouse / name
        if link.is_symlink() and str(link.readlink()) == target and not link.exists():
            link.unlink()


def _make_links(warehouse: Path, version: Path) -> list[Path]:
    made = []
    for name, target in LINKS.items():
        link = warehouse / name
        if not (version / Path(target).name).exists():
            continue
        if link.is_symlink() and str(link.readlink()) == target:
            continue
        if link.exists() or link.is_symlink():
            raise CouldNotRun(
                f"{link} is in the way: a run publishes there.", hint="Move it away, or use another --warehouse."
            )
        link.symlink_to(target)
        made.append(link)
    return made


def _prune(warehouse: Path) -> None:
    current = current_version(warehouse)
    kept = sorted((path for path in (warehouse / "versions").iterdir() if path.is_dir()), reverse=True)
    for version in kept[KEPT_VERSIONS:]:
        if version.resolve() != current:
            shutil.rmtree(version, ignore_errors=True)
