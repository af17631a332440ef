"""Which tables and columns a vendor has, and which landed file is which table.

The answer stands in `models/staging/<vendor>/_<vendor>__sources.yml` alone. A file is recognised by its name (case,
underscores, a usual prefix or suffix aside) and by its columns: Fivetran's history-mode `opportunity_history` and
Salesforce's stage history bear one name.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from handoff.errors import CouldNotRun
from handoff.project import Project

# What loaders put before a table's name. A file that bears another vendor's is not this one's.
PREFIXES = {
    "salesforce": ("salesforce_", "sfdc_", "sf_"),
    "hubspot": ("hubspot_", "hs_"),
    "marketo": ("marketo_",),
    "pardot": ("pardot_", "account_engagement_"),
    "generic": ("generic_",),
}
SUFFIXES = ("_data",)


@dataclass(frozen=True)
class ColumnSpec:
    """A column that staging reads, and the other names it may have landed under."""

    name: str
    is_required: bool = False
    also_named: tuple[str, ...] = ()
    is_past: bool = False

    def names(self) -> frozenset[str]:
        return frozenset(plain(name) for name in (self.name, *self.also_named))


@dataclass(frozen=True)
class TableSpec:
    """A table that staging reads."""

    name: str
    columns: tuple[ColumnSpec, ...] = ()
    is_required: bool = False
    has_columns: tuple[str, ...] = ()
    has_no_columns: tuple[str, ...] = ()
    identifier: str = ""

    def why_not(self, columns: Iterable[str]) -> str:
        """Why a file of these columns is not this table; '' when it is."""
        found = {plain(variant_of(column) or column) for column in columns}
        missing = [name for name in self.has_columns if not self._names_of(name) & found]
        if missing:
            return f"has the name of table {self.name} but not its column {' or '.join(missing)}"
        foreign = [name for name in self.has_no_columns if plain(name) in found]
        if foreign:
            return f"has the name of table {self.name} but column {foreign[0]}, which that table never has"
        return ""

    def _names_of(self, name: str) -> frozenset[str]:
        for column in self.columns:
            if plain(name) in column.names():
                return column.names()
        return frozenset({plain(name)})


@dataclass(frozen=True)
class VendorSpec:
    """A vendor whose tables the project reads."""

    name: str
    tables: tuple[TableSpec, ...]
    people_tables: tuple[str, ...]
    account_tables: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()
    may_be_several: bool = False

    def table_named(self, landed_name: str) -> TableSpec | None:
        """The table that a file or relation of this name is: by the identifier that settings give, else by its own."""
        for table in self.tables:
            if table.identifier and plain(table.identifier) == plain(landed_name):
                return table
        by_name = {plain(table.name): table for table in self.tables if not table.identifier}
        for candidate in _name_candidates(landed_name, self.name):
            if candidate in by_name:
                return by_name[candidate]
        return None

    def settled(self, settings: Mapping[str, Any]) -> VendorSpec:
        """The vendor as a `sources` entry has it: tables under names of their own, tables switched off.

        Raises CouldNotRun, with the nearest name, for a table that the vendor does not have.
        """
        identifiers = dict(settings.get("identifiers") or {})
        switches = dict(settings.get("tables") or {})
        names = [table.name for table in self.tables]
        for name in [*identifiers, *switches]:
            if name not in names:
                near = difflib.get_close_matches(str(name), names, n=1)
                raise CouldNotRun(
                    f"sources: {self.name} has no table {name}.",
                    hint=f"Did you mean {near[0]}?" if near else f"It has {', '.join(names)}.",
                )
        off = tuple(name for name in names if switches.get(name) is False)
        people = tuple(name for name in self.people_tables if name not in off)
        if self.people_tables and not people:
            raise CouldNotRun(
                f"sources: {self.name} has every table of people switched off.",
                hint=f"Leave one of {', '.join(self.people_tables)} on, or switch {self.name} off.",
            )
        tables = tuple(
            replace(table, identifier=str(identifiers.get(table.name, "")))
            for table in self.tables
            if table.name not in off
        )
        return replace(self, tables=tables, people_tables=people, switched_off=off)


def plain(name: str) -> str:
    """A name without case, blanks, underscores and hyphens: how names of files and columns are compared."""
    return re.sub(r"[\s_\-]+", "", name).lower()


def variant_of(name: str) -> str:
    """The column beside which dlt parked values of another type: `amount` for `amount__v_text`; '' for any other."""
    match = re.fullmatch(r"(.+)__v_[a-z]+", name.lower())
    return match.group(1) if match else ""


def known_vendors(project: Project) -> tuple[str, ...]:
    """Vendors of the `sources` var whose staging folder says what they land."""
    return tuple(vendor for vendor in project.source_defaults() if _sources_file(project, vendor).is_file())


def read_vendor(project: Project, vendor: str) -> VendorSpec:
    """Read a vendor's sources YAML; raises CouldNotRun, naming the known vendors, for one the project does not have."""
    known = known_vendors(project)
    if vendor not in known:
        near = difflib.get_close_matches(vendor, known, n=1)
        raise CouldNotRun(
            f"Unknown vendor {vendor!r}; the project reads {', '.join(known) or 'none'}.",
            hint=f"Did you mean {near[0]}?" if near else "Other CRMs come in through the generic vendor.",
        )
    document = yaml.safe_load(_sources_file(project, vendor).read_text(encoding="utf-8"))
    source = next(source for source in document["sources"] if source["name"] in (vendor, f"landed_{vendor}"))
    return VendorSpec(
        name=vendor,
        tables=tuple(_table(table) for table in source["tables"]),
        people_tables=tuple(_meta(source).get("people_tables", ())),
        account_tables=tuple(_meta(source).get("account_tables", ())),
        may_be_several=bool(_meta(source).get("may_be_several", False)),
    )


def did_you_mean(expected: ColumnSpec, found: Sequence[str]) -> str:
    """The found column that a person most likely meant; '' when none is near."""
    by_plain = {plain(name): name for name in found}
    for name in expected.names():
        near = difflib.get_close_matches(name, by_plain, n=1, cutoff=0.7)
        if near:
            return by_plain[near[0]]
    return ""


def _table(document: Mapping[str, Any]) -> TableSpec:
    meta = _meta(document)
    return TableSpec(
        name=str(document["name"]),
        columns=tuple(_column(column) for column in document.get("columns") or ()),
        is_required=bool(meta.get("is_required", False)),
        has_columns=tuple(meta.get("has_columns") or ()),
        has_no_columns=tuple(meta.get("has_no_columns") or ()),
    )


def _column(document: Mapping[str, Any]) -> ColumnSpec:
    meta = _meta(document)
    return ColumnSpec(
        name=str(document["name"]),
        is_required=bool(meta.get("is_required", False)),
        also_named=tuple(str(name) for name in meta.get("also_named") or ()),
        is_past=bool(meta.get("is_past", False)),
    )


def _meta(document: Mapping[str, Any]) -> Mapping[str, Any]:
    config: Mapping[str, Any] = document.get("config") or {}
    meta: Mapping[str, Any] = config.get("meta") or {}
    return meta


def _sources_file(project: Project, vendor: str) -> Path:
    return project.package / "models" / "staging" / vendor / f"_{vendor}__sources.yml"


def _name_candidates(landed_name: str, vendor: str) -> Iterable[str]:
    lowered = landed_name.lower().replace(" ", "_").replace("-", "_")
    shortened = {lowered, lowered.removeprefix("stg_")}
    for name in list(shortened):
        shortened |= {name.removeprefix(prefix) for prefix in PREFIXES.get(vendor, ())}
    shortened |= {name.removesuffix(suffix) for name in list(shortened) for suffix in SUFFIXES}
    named = sorted(shortened, key=lambda name: (-len(name), name))
    return (plain(name) for name in [*named, *(singular(name) for name in named)])


def singular(name: str) -> str:
    """The name of a table, its first and last word in the singular: Airbyte and dlt say `companies`, `activities_x`."""
    words = name.split("_")
    for position in (0, len(words) - 1):
        word = words[position]
        words[position] = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    return "_".join(words)
