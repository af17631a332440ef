"""Landing: every file of a source becomes a table of text in the candidate, and no row is lost on the way.

Rows are counted by Python's csv module, loaded by DuckDB, and the two must agree in rows and in characters. Where a
file is not plain RFC 4180 (ragged rows, bytes that are not UTF-8, stray quotes), its rows are written out again one by
one with the reason in `_row_problem`, so that staging can quarantine them by name.
"""

from __future__ import annotations

import csv
import difflib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, TextIO

import duckdb

from handoff.database import opened
from handoff.errors import CouldNotRun
from handoff.sources import TableSpec, VendorSpec, did_you_mean, plain, variant_of

DELIMITERS = (",", ";", "\t", "|")
DATABASES = (".duckdb", ".db")
ROW_NUMBER = "_row_number"
ROW_PROBLEM = "_row_problem"
_NOT_TEXT = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK": "a zip or Excel file", b"\x1f\x8b": "compressed"}


@dataclass(frozen=True)
class Location:
    """Where a vendor's tables lie: a folder of files, or a schema of a DuckDB file."""

    vendor: str
    text: str
    path: Path
    schema: str = ""

    @property
    def is_folder(self) -> bool:
        return self.path.is_dir()


@dataclass(frozen=True)
class Found:
    """A file or table recognised as one of the vendor's tables."""

    spec: TableSpec
    origin: str
    path: Path
    columns: tuple[str, ...]
    delimiter: str = ""


@dataclass(frozen=True)
class Ignored:
    """A file or table that no table of the vendor is, and why."""

    origin: str
    why: str


@dataclass(frozen=True)
class Discovery:
    """What a source holds, before a row is read."""

    location: Location
    found: tuple[Found, ...]
    ignored: tuple[Ignored, ...]
    warnings: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()
    people_tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Landed:
    """A table that was landed, with the rows an independent reader counted."""

    source_system: str
    source_table: str
    rows_in: int
    file_name: str
    problems: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Scan:
    rows: int
    characters: int
    longest: int


def parse_location(vendor: str, text: str, warehouse: Path) -> Location:
    """Read `PATH_OR_SCHEMA`: a folder, `FILE.duckdb[:schema]`, or a schema of DIR/landing.duckdb."""
    path = Path(text).expanduser()
    if path.is_dir():
        return Location(vendor, text, path)
    if path.is_file():
        if path.suffix.lower() not in DATABASES:
            raise CouldNotRun(
                f"Source {vendor}: {text} is a file.", hint="Give the folder that holds it, or a .duckdb file."
            )
        return Location(vendor, text, path)
    head, separator, schema = text.rpartition(":")
    if separator and Path(head).expanduser().is_file():
        if Path(head).suffix.lower() not in DATABASES:
            raise CouldNotRun(
                f"Source {vendor}: {head} is no .duckdb file.", hint="Only FILE.duckdb takes a :schema behind it."
            )
        return Location(vendor, text, Path(head).expanduser(), schema)
    landing = warehouse / "landing.duckdb"
    if text.replace("_", "").isalnum() and landing.is_file():
        return Location(vendor, text, landing, text)
    raise CouldNotRun(
        f"Source {vendor}: {text} does not exist.",
        hint="Expected a folder of .csv or .parquet files, FILE.duckdb[:schema], or a schema of "
        f"{landing}{'' if landing.is_file() else ' (which does not exist)'}.",
    )


def discover(location: Location, vendor: VendorSpec) -> Discovery:
    """Recognise the vendor's tables by name and columns; raises CouldNotRun for what staging could not read."""
    found: dict[str, Found] = {}
    ignored: list[Ignored] = []
    for entry in recognise(location, vendor):
        if isinstance(entry, Ignored):
            ignored.append(entry)
        elif entry.spec.name in found:
            first = found[entry.spec.name].origin
            raise CouldNotRun(
                f"Source {location.vendor}: two files for table {entry.spec.name}: {first} and {entry.origin}.",
                hint="Keep one of them in the folder.",
            )
        else:
            found[entry.spec.name] = entry
    warnings = _check_tables(location, vendor, found, ignored)
    for entry in found.values():
        warnings += check_columns(location, entry)
    return Discovery(
        location=location,
        found=tuple(found[name] for name in sorted(found)),
        ignored=tuple(ignored),
        warnings=tuple(warnings),
        switched_off=vendor.switched_off,
        people_tables=vendor.people_tables,
    )


def land(discovery: Discovery, database: duckdb.DuckDBPyConnection, scratch: Path, into: str = "") -> list[Landed]:
    """Load every found table into schema `landed_<vendor>`, or another, and return what was counted independently.

    `scratch` is a private folder for links to the input and for rewritten files; it is left empty.
    """
    vendor = discovery.location.vendor
    schema = quoted(into or f"landed_{vendor}")
    database.execute(f"create schema if not exists {schema}")
    landed = []
    for entry in discovery.found:
        target = f"{schema}.{quoted(entry.spec.name)}"
        problems: dict[str, int] = {}
        if not discovery.location.is_folder:
            rows = _load_relation(database, target, entry, discovery.location)
        elif entry.delimiter:
            rows, problems = _load_csv(database, target, entry, scratch)
        else:
            rows = _load_parquet(database, target, entry, scratch)
        loaded = _one(database, f"select count(*) from {target}")
        if loaded != rows:
            raise CouldNotRun(
                f"{entry.origin}: {rows} rows were counted but {loaded} were loaded.",
                hint="Was it written to meanwhile? Run again once the export is done.",
            )
        landed.append(Landed(vendor, entry.spec.name, rows, entry.origin, problems))
    return landed


def write_source_tables(landed: Iterable[Landed], database: duckdb.DuckDBPyConnection) -> None:
    """Write `handoff_run.source_tables`: the rows each table came in with, by the independent count."""
    database.execute("create schema if not exists handoff_run")
    database.execute(
        "create or replace table handoff_run.source_tables "
        "(source_system varchar, source_table varchar, rows_in bigint, file_name varchar)"
    )
    for table in landed:
        database.execute(
            "insert into handoff_run.source_tables values (?, ?, ?, ?)",
            [table.source_system, table.source_table, table.rows_in, table.file_name],
        )


def quoted(name: str) -> str:
    """A name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as a SQL literal, for the few statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


# --- recognising


def recognise(location: Location, vendor: VendorSpec) -> Iterator[Found | Ignored]:
    """Each file or table of a source: which of the vendor's tables it is, or why it is none."""
    return _in_folder(location, vendor) if location.is_folder else _in_duckdb(location, vendor)


def count_rows(location: Location, entry: Found) -> int:
    """The rows of a recognised file or table, without landing it."""
    if entry.delimiter:
        return sum(1 for record in _records(entry.path, entry.delimiter, strict=False) if record) - 1
    with opened(None if location.is_folder else location.path, read_only=not location.is_folder) as database:
        if location.is_folder:
            return _one(database, "select sum(num_rows) from parquet_file_metadata(?)", [_glob_safe(entry.path)])
        return _one(database, f"select count(*) from {_relation_of(entry)}")


def newest_load(location: Location, entry: Found) -> str | None:
    """When rows last came into a file or table: the loader's own stamp, else when the file was written (UTC)."""
    stamps = ("fivetransynced", "airbyteextractedat", "airbyteemittedat")
    stamp = next((column for column in entry.columns if plain(column) in stamps), None)
    if stamp and not entry.delimiter:
        with opened(None if location.is_folder else location.path, read_only=not location.is_folder) as database:
            source = f"read_parquet({literal(_glob_safe(entry.path))})" if location.is_folder else _relation_of(entry)
            row = database.execute(f"select cast(max({quoted(stamp)}) as varchar) from {source}").fetchone()
            if row is not None and row[0] is not None:
                return str(row[0])
    return f"{datetime.fromtimestamp(entry.path.stat().st_mtime, tz=UTC):%Y-%m-%d %H:%M:%S}"


def _relation_of(entry: Found) -> str:
    schema, _, table = entry.origin.partition(".")
    return f"{quoted(schema)}.{quoted(table)}"


def _in_folder(location: Location, vendor: VendorSpec) -> Iterator[Found | Ignored]:
    for path in sorted(location.path.iterdir(), key=lambda entry: entry.name):
        suffix = path.suffix.lower()
        if path.is_dir() or suffix not in (".csv", ".parquet"):
            continue
        spec = vendor.table_named(path.stem)
        if spec is None:
            yield Ignored(path.name, _why_unknown(path.stem, vendor))
            continue
        delimiter = ""
        if suffix == ".csv":
            columns, delimiter = read_header(path, [column.name for column in spec.columns])
        else:
            columns = _parquet_columns(path)
        why_not = spec.why_not(columns)
        if why_not:
            yield Ignored(path.name, why_not)
        else:
            yield Found(spec, path.name, path, columns, delimiter)


def _in_duckdb(location: Location, vendor: VendorSpec) -> Iterator[Found | Ignored]:
    try:
        with opened(location.path, read_only=True) as database:
            rows = database.execute(
                "select table_schema, table_name, list(column_name order by ordinal_position) "
                "from information_schema.columns where table_catalog = current_database() "
                "group by table_schema, table_name order by table_schema, table_name"
            ).fetchall()
    except duckdb.Error as error:
        raise CouldNotRun(
            f"{location.path} cannot be read: {first_line(error)}",
            hint="Does another process write to it? Wait for it, or read a copy.",
        ) from error
    schemas = sorted({str(row[0]) for row in rows})
    wanted = [location.schema] if location.schema else [vendor.name, f"landed_{vendor.name}", "main"]
    schema = next((name for name in wanted if name in schemas), None)
    if schema is None:
        raise CouldNotRun(
            f"Source {location.vendor}: {location.path.name} has no schema {' or '.join(wanted)}.",
            hint=f"Found {', '.join(schemas) or 'no tables'}; name one as FILE.duckdb:schema.",
        )
    for table_schema, table_name, columns in rows:
        if table_schema != schema:
            continue
        origin = f"{table_schema}.{table_name}"
        spec = vendor.table_named(str(table_name))
        if spec is None:
            yield Ignored(origin, _why_unknown(str(table_name), vendor))
        elif why_not := spec.why_not(columns):
            yield Ignored(origin, why_not)
        else:
            yield Found(spec, origin, location.path, tuple(columns))


def _why_unknown(name: str, vendor: VendorSpec) -> str:
    if plain(name) in {plain(table) for table in vendor.switched_off}:
        return "switched off"
    if "_airbyte_raw_" in f"_{name.lower()}":
        return "is raw JSON of Airbyte: let its destination type the streams"
    return f"no table of {vendor.name} bears that name"


def read_header(path: Path, expected: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The header and delimiter of a CSV file: of comma, semicolon, tab, bar the one that shows most known columns."""
    with _readable(path) as handle:
        start = handle.read(4)
    for magic, kind in _NOT_TEXT.items():
        if start.startswith(magic):
            raise CouldNotRun(f"{path.name} is {kind}, not UTF-8 CSV.", hint="Export it as CSV in UTF-8.")
    known = {plain(name) for name in expected}
    best: tuple[tuple[int, int], tuple[str, ...], str] | None = None
    for delimiter in DELIMITERS:
        header = next(iter(_records(path, delimiter, strict=False)), None)
        if not header:
            continue
        names = tuple(name.replace("\0", "") for name in header)
        merit = (len(known & {plain(name) for name in names}), len(names))
        if best is None or merit > best[0]:
            best = (merit, names, delimiter)
    if best is None or not any(name.strip() for name in best[1]):
        raise CouldNotRun(f"{path.name} is empty: it has no header.", hint="A table without rows still needs a header.")
    if not all(_is_unicode(name) for name in best[1]):
        raise CouldNotRun(f"{path.name}: its header is not UTF-8 text.", hint="Export it as CSV in UTF-8.")
    return best[1], best[2]


def _parquet_columns(path: Path) -> tuple[str, ...]:
    _readable(path).close()
    try:
        with opened() as database:
            described = database.from_parquet(_glob_safe(path))
            return tuple(described.columns)
    except duckdb.Error as error:
        raise CouldNotRun(
            f"{path.name} cannot be read as Parquet: {first_line(error)}", hint="Export it again, or as CSV."
        ) from error


def _check_tables(location: Location, vendor: VendorSpec, found: dict[str, Found], ignored: list[Ignored]) -> list[str]:
    names = ", ".join(sorted([entry.origin for entry in found.values()] + [entry.origin for entry in ignored]))
    required = [[table.name] for table in vendor.tables if table.is_required]
    if vendor.people_tables:
        required.append(list(vendor.people_tables))
    for choices in required:
        if any(name in found for name in choices):
            continue
        reasons = [f"{entry.origin}: {entry.why}" for entry in ignored if not entry.why.startswith("no table")]
        expected = [table.identifier or table.name for table in vendor.tables if table.name in choices]
        raise CouldNotRun(
            f"Source {location.vendor}: expected a table {' or '.join(expected)} in {location.text}, "
            f"found {names or 'none'}.",
            *reasons,
            hint=f"Name the file {expected[0]}.csv or {expected[0]}.parquet, or say its name under `identifiers`.",
        )
    for table in vendor.tables:
        if table.identifier and table.name not in found:
            raise CouldNotRun(
                f"Source {location.vendor}: table {table.name} is to be read from {table.identifier}, "
                f"which is not in {location.text}.",
                hint=_nearest(table.identifier, [e.origin for e in found.values()] + [e.origin for e in ignored]),
            )
    return [
        f"{location.vendor}.{table.name} is absent: what depends on it is empty"
        for table in vendor.tables
        if table.name not in found
    ]


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, [re.sub(r"\.(csv|parquet)$|^.*\.", "", origin) for origin in known], n=1)
    return f"Did you mean {near[0]}?" if near else f"Found {', '.join(sorted(known)) or 'nothing'}."


def check_columns(location: Location, entry: Found) -> list[str]:
    """Warnings of optional columns that are absent; raises CouldNotRun for a required one, or one that stands twice."""
    warnings = []
    where = f"Source {location.vendor}: {entry.origin} (table {entry.spec.name})"
    positions: dict[str, list[str]] = {}
    for column in entry.columns:
        if not variant_of(column):
            positions.setdefault(plain(column), []).append(column)
    parked = {plain(variant_of(column)) for column in entry.columns if variant_of(column)}
    for spec in entry.spec.columns:
        doubled = positions.get(plain(spec.name), [])
        if len(doubled) > 1:
            raise CouldNotRun(
                f"{where} has column {spec.name} twice: {', '.join(doubled)}.",
                hint="Which one is meant cannot be known; drop or rename one.",
            )
        if any(name in positions or name in parked for name in spec.names()):
            continue
        if not spec.is_required:
            warnings.append(f"{location.vendor}.{entry.spec.name}.{spec.name} is absent: read as NULL")
            continue
        near = did_you_mean(spec, entry.columns)
        listed = ", ".join(entry.columns[:12]) + (", …" if len(entry.columns) > 12 else "")
        raise CouldNotRun(
            f"{where}: expected column {spec.name}, found {listed}.",
            hint=f"Did you mean {near}? Rename it to {spec.name}." if near else f"Add column {spec.name}.",
        )
    return warnings


# --- loading


def _load_csv(
    database: duckdb.DuckDBPyConnection, target: str, entry: Found, scratch: Path
) -> tuple[int, dict[str, int]]:
    scan = _scan_plain(entry.path, entry.delimiter, len(entry.columns))
    if scan is not None and _load_plain_csv(database, target, entry, scan, scratch):
        return scan.rows, {}
    return _load_rewritten_csv(database, target, entry, scratch)


def _scan_plain(path: Path, delimiter: str, width: int) -> _Scan | None:
    """Count rows and characters with the csv module; None where the file is not plain RFC 4180 UTF-8."""
    rows = characters = longest = 0
    try:
        for number, record in enumerate(_records(path, delimiter, strict=True, errors="strict")):
            if number == 0 or not record:
                continue
            if len(record) != width:
                return None
            length = sum(map(len, record))
            rows += 1
            characters += length
            longest = max(longest, length)
    except (csv.Error, UnicodeDecodeError):
        return None
    return _Scan(rows, characters, longest)


def _load_plain_csv(database: duckdb.DuckDBPyConnection, target: str, entry: Found, scan: _Scan, scratch: Path) -> bool:
    """Load with DuckDB's reader; False where it refuses or disagrees with the csv module."""
    if any("\n" in name or "\r" in name for name in entry.columns):
        return False
    link = scratch / "input.csv"
    link.symlink_to(entry.path.resolve())
    fields = _fields(len(entry.columns))
    try:
        database.execute(
            f"create or replace table {target} as select {_renamed(fields, entry.columns)}, "
            f"row_number() over () as {ROW_NUMBER}, cast(null as varchar) as {ROW_PROBLEM} "
            f"from {_reader(fields)}",
            [str(link), entry.delimiter, _line_limit(scan.longest)],
        )
        counted = " + ".join(f"coalesce(sum(length({name})), 0)" for name in _names(entry.columns))
        loaded = database.execute(f"select count(*), {counted} from {target}").fetchone()
        return loaded is not None and (int(loaded[0]), int(loaded[1])) == (scan.rows, scan.characters)
    except duckdb.Error:
        return False
    finally:
        link.unlink()


def _load_rewritten_csv(
    database: duckdb.DuckDBPyConnection, target: str, entry: Found, scratch: Path
) -> tuple[int, dict[str, int]]:
    clean = scratch / "rewritten.csv"
    width = len(entry.columns)
    fields = _fields(width)
    problems: dict[str, int] = {}
    rows = longest = 0
    try:
        with clean.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow([*fields, ROW_NUMBER, ROW_PROBLEM])
            for record, problem in _judged_records(entry.path, entry.delimiter, width):
                rows += 1
                longest = max(longest, sum(map(len, record)))
                if problem:
                    problems[problem] = problems.get(problem, 0) + 1
                writer.writerow([*record, rows, problem])
        database.execute(
            f"create or replace table {target} as select {_renamed(fields, entry.columns)}, "
            f"cast({ROW_NUMBER} as bigint) as {ROW_NUMBER}, {ROW_PROBLEM} "
            f"from {_reader([*fields, ROW_NUMBER, ROW_PROBLEM])}",
            [str(clean), ",", _line_limit(longest)],
        )
    except duckdb.Error as error:
        raise CouldNotRun(
            f"{entry.origin} cannot be loaded: {type(error).__name__}.",
            hint="Export it again; if it stays so, look at its longest row.",
        ) from error
    finally:
        clean.unlink(missing_ok=True)
    return rows, problems


def _judged_records(path: Path, delimiter: str, width: int) -> Iterator[tuple[list[str], str]]:
    """Every record as the csv module reads it, brought to the header's width, with what is wrong with it."""
    with _readable_text(path, "surrogateescape") as handle:
        lines = _Lines(handle)
        reader = csv.reader(lines, delimiter=delimiter)
        is_header = True
        while True:
            started = lines.count + 1
            lines.taken.clear()
            record = next(reader, None)
            if record is None:
                return
            problem = _quoting_problem(lines.taken, delimiter)
            if problem == "unclosed_quote":
                raise CouldNotRun(
                    f"{path.name}:{started}: a quote opened in this row is never closed.",
                    hint="Everything after it would be lost in one cell; mend the row or export the file again.",
                )
            if is_header or not record:
                is_header = False
                continue
            if any(not cell.isascii() and not _is_unicode(cell) for cell in record):
                problem = "not_utf8"
                record = [_as_unicode(cell) for cell in record]
            elif len(record) != width:
                problem = "ragged_row"
            yield (record + [""] * width)[:width], problem


def _quoting_problem(lines: list[str], delimiter: str) -> str:
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unclosed_quote" if "end of data" in str(error) else "malformed_quotes"
    return ""


def _load_parquet(database: duckdb.DuckDBPyConnection, target: str, entry: Found, scratch: Path) -> int:
    link = scratch / "input.parquet"
    link.symlink_to(entry.path.resolve())
    try:
        rows = _one(database, "select sum(num_rows) from parquet_file_metadata(?)", [str(link)])
        database.execute(
            f"create or replace table {target} as select {_as_text(entry.columns)} from read_parquet(?)", [str(link)]
        )
    except duckdb.Error as error:
        raise CouldNotRun(
            f"{entry.origin} cannot be read as Parquet: {first_line(error)}", hint="Export it again, or as CSV."
        ) from error
    finally:
        link.unlink()
    return rows


def _load_relation(database: duckdb.DuckDBPyConnection, target: str, entry: Found, location: Location) -> int:
    schema, _, table = entry.origin.partition(".")
    origin = f"landing_source.{quoted(schema)}.{quoted(table)}"
    try:
        database.execute(f"attach {literal(str(location.path))} as landing_source (read_only)")
        try:
            database.execute(f"create or replace table {target} as select {_as_text(entry.columns)} from {origin}")
            return _one(database, f"select count(*) from {origin}")
        finally:
            database.execute("detach landing_source")
    except duckdb.Error as error:
        raise CouldNotRun(
            f"{entry.origin} cannot be read: {first_line(error)}",
            hint="Does another process write to it? Wait for it, or read a copy.",
        ) from error


def _as_text(columns: Sequence[str]) -> str:
    """Every column as text under its own name, '' as NULL, in file order."""
    selected = [
        f"nullif(cast({quoted(column)} as varchar), '') as {name}"
        for column, name in zip(columns, _names(columns), strict=True)
    ]
    return ", ".join([*selected, f"row_number() over () as {ROW_NUMBER}", f"cast(null as varchar) as {ROW_PROBLEM}"])


def _reader(fields: Sequence[str]) -> str:
    columns = ", ".join(f"'{field}': 'VARCHAR'" for field in fields)
    return (
        "read_csv(?, auto_detect = false, header = true, delim = ?, quote = '\"', escape = '\"', "
        f"columns = {{{columns}}}, strict_mode = true, null_padding = false, ignore_errors = false, "
        "compression = 'none', max_line_size = ?)"
    )


def _fields(width: int) -> list[str]:
    return [f"column{position}" for position in range(width)]


def _renamed(fields: Sequence[str], columns: Sequence[str]) -> str:
    return ", ".join(f"{field} as {name}" for field, name in zip(fields, _names(columns), strict=True))


def _names(columns: Sequence[str]) -> list[str]:
    """The header's names as quoted identifiers, unique without regard to case, none of them empty or reserved."""
    taken = {ROW_NUMBER, ROW_PROBLEM}
    names = []
    for position, column in enumerate(columns, start=1):
        base = name = column or f"column_{position}"
        while name.lower() in taken:
            name = f"{base}__{position}"
            base = name
        taken.add(name.lower())
        names.append(quoted(name))
    return names


def _line_limit(longest: int) -> int:
    # Bytes, not characters, with room for quotes doubled and for the line's delimiters.
    return max(2_097_152, longest * 8 + 65_536)


def _one(database: duckdb.DuckDBPyConnection, query: str, parameters: list[str] | None = None) -> int:
    row = database.execute(query, parameters).fetchone()
    return int(row[0] or 0) if row else 0


def first_line(error: Exception) -> str:
    """The first line of an error, which says what is wrong; later lines may quote the data."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


# --- reading text


class _Lines:
    """The lines of a file, remembering those that the current record took."""

    def __init__(self, handle: Iterable[str]) -> None:
        self._lines = iter(handle)
        self.taken: list[str] = []
        self.count = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken.append(line)
        self.count += 1
        return line


def _records(path: Path, delimiter: str, strict: bool, errors: str = "surrogateescape") -> Iterator[list[str]]:
    with _readable_text(path, errors) as handle:
        yield from csv.reader(handle, delimiter=delimiter, strict=strict)


def _readable_text(path: Path, errors: str) -> TextIO:
    csv.field_size_limit(sys.maxsize)
    try:
        return path.open(encoding="utf-8-sig", errors=errors, newline="")
    except OSError as error:
        raise CouldNotRun(
            f"{path.name} cannot be read: {error.strerror}.", hint="Look at its rights: ls -l."
        ) from error


def _readable(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise CouldNotRun(
            f"{path.name} cannot be read: {error.strerror}.", hint="Look at its rights: ls -l."
        ) from error


def _is_unicode(cell: str) -> bool:
    return not any("\udc80" <= character <= "\udcff" for character in cell)


def _as_unicode(cell: str) -> str:
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _glob_safe(path: Path) -> str:
    """A path for DuckDB's readers, which take `*`, `?` and `[` for patterns."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in str(path))
