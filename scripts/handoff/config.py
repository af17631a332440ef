"""handoff.yml: which sources a company reads and from where, so that a run needs no options.

    warehouse: warehouse
    project: .                        # a dbt project that has Handoff as a package; else the checkout
    sources:
      salesforce:
        location: exports/sf          # a folder, FILE.duckdb[:schema], or a schema of the warehouse's landing.duckdb;
                                      # of several organisations a list of these
        tables: {task: false}         # not read
        identifiers: {lead: my_leads} # read from a file or table of another name
    vars: {mql_source: crm}

Paths are taken from the file's own folder.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from handoff.errors import CouldNotRun

CONFIG = Path("handoff.yml")
_KEYS = ("warehouse", "project", "sources", "vars")
_SOURCE_KEYS = ("location", "tables", "identifiers")


@dataclass(frozen=True)
class Config:
    """What handoff.yml says: sources as --source has them, their settings, vars, warehouse, and the dbt project."""

    sources: tuple[tuple[str, str], ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    warehouse: Path | None = None
    project: Path | None = None


def read_config(path: Path) -> Config:
    """Read a handoff.yml; raises CouldNotRun, naming the key, for what it may not hold."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        raise CouldNotRun(f"{path} cannot be read: {error.strerror}.", hint="`handoff init` writes one.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CouldNotRun(f"{path} is not YAML.", hint="`handoff init` writes one.") from error
    _check(path, "", document, _KEYS)
    sources: list[tuple[str, str]] = []
    settings: dict[str, dict[str, Any]] = {}
    for vendor, entry in _mapping(path, "sources", document).items():
        _check(path, f"sources.{vendor}.", entry, _SOURCE_KEYS)
        if not entry.get("location"):
            raise CouldNotRun(f"{path}: sources.{vendor} has no location.", hint="Say where its tables lie.")
        places = entry["location"] if isinstance(entry["location"], list) else [entry["location"]]
        sources += [(str(vendor), _placed(str(place), path.parent)) for place in places]
        for key in ("tables", "identifiers"):
            _mapping(path, f"sources.{vendor}.{key}", {f"sources.{vendor}.{key}": entry.get(key)})
        settings[str(vendor)] = {key: entry[key] for key in ("tables", "identifiers") if entry.get(key)}
    warehouse = document.get("warehouse")
    return Config(
        tuple(sources),
        settings,
        _mapping(path, "vars", document),
        path.parent / str(warehouse) if warehouse else None,
        path.parent / str(document["project"]) if document.get("project") else None,
    )


def _placed(location: str, folder: Path) -> str:
    """The location with a relative path taken from the folder; a bare schema name stays as it is."""
    head = location.rpartition(":")[0] or location
    if Path(head).is_absolute() or head.startswith("~"):
        return location
    return str(folder / location) if (folder / head).exists() or (folder / location).exists() else location


def _mapping(path: Path, key: str, document: Mapping[str, Any]) -> dict[str, Any]:
    value = document.get(key) or {}
    if not isinstance(value, dict):
        raise CouldNotRun(f"{path}: {key} is no mapping.", hint="`handoff init` writes one to begin with.")
    return value


def _check(path: Path, where: str, document: Any, known: tuple[str, ...]) -> None:
    if not isinstance(document, dict):
        raise CouldNotRun(
            f"{path}: {where.rstrip('.') or 'the file'} is no mapping.", hint="`handoff init` writes one to begin with."
        )
    for key in document:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            raise CouldNotRun(
                f"{path}: unknown key {where}{key}.",
                hint=f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}.",
            )
