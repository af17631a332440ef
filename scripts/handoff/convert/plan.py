"""The plan of a conversion: read from YAML, checked against the generic form and against itself."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from handoff.errors import CouldNotRun
from handoff.project import Project

_KEYS = ("encoding", "delimiter", "times", "time_zone", "decimal", "means_yes", "means_no", "tables")
UTC = ZoneInfo("UTC")
_TABLE_KEYS = ("file", "columns", "constants", "values")


@dataclass(frozen=True)
class Column:
    """A column of the generic form."""

    name: str
    kind: str  # text, timestamp, date, number, boolean
    is_required: bool


@dataclass(frozen=True)
class TablePlan:
    """Which file is a table, and where each of its columns comes from."""

    name: str
    file: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """How an export is written, and its tables."""

    tables: tuple[TablePlan, ...]
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    times: tuple[str, ...] = ()
    time_zone: ZoneInfo = UTC
    decimal: str = "."
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()


def generic_tables(project: Project) -> dict[str, dict[str, Column]]:
    """Tables and columns of the generic form, from its sources YAML."""
    path = project.root / "models" / "staging" / "generic" / "_generic__sources.yml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        table["name"]: {column["name"]: _column(column) for column in table["columns"]}
        for table in document["sources"][0]["tables"]
    }


def _column(document: Mapping[str, Any]) -> Column:
    data_type = str(document.get("data_type", "text"))
    kind = {"timestamp": "timestamp", "date": "date", "boolean": "boolean"}.get(data_type)
    kind = kind or ("number" if data_type.startswith(("bigint", "integer", "numeric", "double")) else "text")
    meta = document.get("config", {}).get("meta", {})
    return Column(str(document["name"]), kind, bool(meta.get("is_required", False)))


def read_plan(path: Path, tables: Mapping[str, Mapping[str, Column]]) -> Plan:
    """Read a plan; raises CouldNotRun, naming the key, the nearest known one, and what to do."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CouldNotRun(f"{path} is not YAML.", hint="Move it away, and `handoff convert` drafts another.") from error
    except OSError as error:
        raise CouldNotRun(f"{path} cannot be read: {error.strerror}.", hint="Name another by --plan.") from error
    _known(path, "", _mapping(path, "the file", document), _KEYS)
    plans = tuple(
        _table(path, str(name), entry, tables)
        for name, entry in _mapping(path, "tables", document.get("tables")).items()
    )
    if "people" not in [plan.name for plan in plans]:
        raise CouldNotRun(f"{path}: tables has no people.", hint="Say which file holds leads or contacts.")
    decimal = str(document.get("decimal", "."))
    if decimal not in (".", ","):
        raise CouldNotRun(f"{path}: decimal is {decimal!r}.", hint="It is '.' or ','.")
    times = document.get("times", [])
    try:
        zone = ZoneInfo(str(document.get("time_zone", "UTC")))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CouldNotRun(
            f"{path}: time_zone {document.get('time_zone')!r} is no time zone.", hint="Write it as Europe/Berlin."
        ) from error
    return Plan(
        tables=plans,
        encoding=str(document.get("encoding", "utf-8-sig")),
        delimiter=str(document.get("delimiter", ",")),
        times=(times,) if isinstance(times, str) else tuple(str(entry) for entry in times or ()),
        time_zone=zone,
        decimal=decimal,
        yes=_words(document.get("means_yes")),
        no=_words(document.get("means_no")),
    )


def _table(path: Path, name: str, entry: Any, tables: Mapping[str, Mapping[str, Column]]) -> TablePlan:
    where = f"tables.{name}"
    _known(path, "tables.", [name], tables)
    _known(path, f"{where}.", _mapping(path, where, entry), _TABLE_KEYS)
    if not entry.get("file"):
        raise CouldNotRun(f"{path}: {where} has no file.", hint="Say which file of the export it is.")
    parts = {key: _mapping(path, f"{where}.{key}", entry.get(key)) for key in ("columns", "constants", "values")}
    for key, part in parts.items():
        _known(path, f"{where}.{key}.", part, tables[name])
    columns = {str(column): str(source) for column, source in parts["columns"].items() if source is not None}
    constants = {str(column): _text(value) for column, value in parts["constants"].items()}
    twice = sorted(set(columns) & set(constants))
    if twice:
        raise CouldNotRun(f"{path}: {where} gives {twice[0]} a column and a constant.", hint="Keep one of them.")
    missing = [
        column.name
        for column in tables[name].values()
        if column.is_required and column.name not in columns and column.name not in constants
    ]
    if missing:
        raise CouldNotRun(
            f"{path}: {where} says nothing of {', '.join(missing)}, without which a row says nothing.",
            hint=f"Name its column under {where}.columns, or give it under {where}.constants.",
        )
    values = {
        str(column): {_text(word): _text(meaning) for word, meaning in _mapping(path, f"{where}.values", words).items()}
        for column, words in parts["values"].items()
    }
    return TablePlan(name, str(entry["file"]), columns, constants, values)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _words(value: Any) -> frozenset[str]:
    words = value if isinstance(value, list) else [value] if value is not None else []
    return frozenset(_text(word).strip().lower() for word in words)


def _mapping(path: Path, key: str, value: Any) -> Mapping[Any, Any]:
    if value is None and key != "the file":
        return {}
    if not isinstance(value, dict):
        raise CouldNotRun(f"{path}: {key} is no mapping.", hint="`handoff convert` drafts one to begin with.")
    return value


def _known(path: Path, where: str, keys: Iterable[Any], known: Iterable[str]) -> None:
    listed = list(known)
    for key in keys:
        if key not in listed:
            near = difflib.get_close_matches(str(key), listed, n=1)
            raise CouldNotRun(
                f"{path}: unknown key {where}{key}.",
                hint=f"Did you mean {near[0]}?" if near else f"Known: {', '.join(listed)}.",
            )
