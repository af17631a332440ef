"""Guards: does what came in look like what came in before, and is it of now?

Compares each landed table with the record of the last published run (rows, quarantined rows, columns and their kinds)
and with the run's own moment, by the policy in seeds/rules/intake/rule_intake_guards.csv. What a guard finds is a label
(a warning in run.json) or blocks the publication (exit 1) unless the caller overrides it and says why.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import duckdb

from handoff.errors import CheckFailed, CouldNotRun
from handoff.landing import Discovery, Found, Landed, quoted
from handoff.project import RuleFiles
from handoff.rule_schemas.intake import GuardName, IntakeGuard
from handoff.rule_schemas.sheets import read_cells
from handoff.sources import did_you_mean, plain, variant_of

POLICY = "rules/intake/rule_intake_guards"
GUARDS: tuple[str, ...] = get_args(GuardName)
SAMPLE = 2000
Key = tuple[str, str]


@dataclass(frozen=True)
class Override:
    """A guard that the caller sets aside for one run: for a table, or for all with `*`."""

    guard: str
    source: str
    because: str

    def covers(self, concern: Concern) -> bool:
        return self.guard == concern.guard and self.source in ("*", concern.source)


@dataclass(frozen=True)
class Concern:
    """What a guard found."""

    guard: str
    source: str
    text: str
    action: str
    guard_id: str

    def line(self) -> str:
        return f"{self.source}: {self.text} ({self.guard}, {self.guard_id})"


@dataclass(frozen=True)
class Before:
    """A table in the last published run, or as its shape was accepted since."""

    rows_in: int
    quarantined: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """What a landed table says of itself: the kind of each column, and its newest day up to the run's moment."""

    columns: dict[str, str]
    newest_day: str | None = None
    future_rows: int = 0
    future_day: str | None = None
    newest_load: str | None = None

    def document(self) -> dict[str, Any]:
        """For run.json, whose keys are sorted: columns as pairs, so that their order is kept."""
        return asdict(self) | {"columns": [list(column) for column in self.columns.items()]}


def parse_overrides(texts: Sequence[str], because: str | None) -> tuple[Override, ...]:
    """Read `GUARD:VENDOR.TABLE` (or `GUARD:*`); raises CouldNotRun for what is none, or where no reason is given."""
    overrides = []
    for text in texts:
        guard, _, source = text.partition(":")
        if guard not in GUARDS:
            near = difflib.get_close_matches(guard, GUARDS, n=1)
            raise CouldNotRun(
                f"--override {text!r} names no guard.",
                hint=f"Did you mean {near[0]}?" if near else f"Guards: {', '.join(GUARDS)}.",
            )
        if source != "*" and not re.fullmatch(r"[a-z0-9_]+\.[a-z0-9_]+", source):
            raise CouldNotRun(f"--override {text!r} names no table.", hint=f"Write {guard}:vendor.table or {guard}:*.")
        overrides.append(Override(guard, source, (because or "").strip()))
    if overrides and not overrides[0].because:
        raise CouldNotRun("--override needs --because.", hint="Say in a few words why; it is kept with the run.")
    return tuple(overrides)


def read_policy(files: RuleFiles) -> tuple[IntakeGuard, ...]:
    """The rows of the policy; none where the project has no such file."""
    if not any(path.is_file() for path in files.of(POLICY)):
        return ()
    return tuple(IntakeGuard.model_validate(row) for row in read_cells(files, POLICY)[1])


def read_before(previous: Path | None, accepted: Path) -> dict[Key, Before]:
    """Every table of the last published run; where a newer shape of it was accepted, with that shape."""
    before: dict[Key, Before] = {}
    published_at = ""
    if previous is not None:
        try:
            record = json.loads((previous / "run.json").read_text(encoding="utf-8"))
            published_at = str(record.get("published_at") or "")
            for source in record["sources"]:
                for table in source["tables"]:
                    before[source["source_system"], table["source_table"]] = Before(
                        int(table["rows_in"]),
                        int(table.get("dispositions", {}).get("quarantined", 0)),
                        dict(table.get("columns", {})),
                    )
        except (OSError, ValueError, KeyError, TypeError):
            return {}
    for key, columns in _accepted(accepted, published_at).items():
        was = before.get(key, Before(0))
        before[key] = Before(was.rows_in, was.quarantined, columns)
    return before


def measure(
    database: duckdb.DuckDBPyConnection, entry: Found, vendor: str, as_of: datetime, landed_at: datetime
) -> Measured:
    """Look at a table that was landed: the kinds of its columns by its first rows, its days by all of them."""
    table = f"landed_{vendor}.{quoted(entry.spec.name)}"
    present = {plain(str(row[0])): str(row[0]) for row in database.execute(f"describe {table}").fetchall()}
    names = [name for name in dict.fromkeys(present.values()) if name not in ("_row_number", "_row_problem")]
    kinds = database.execute(
        f"select {', '.join(_kind_of(quoted(name)) for name in names)} from (select * from {table} limit {SAMPLE})"
    ).fetchone()
    columns = dict(zip(names, kinds or (), strict=True))
    past = [present[name] for spec in entry.spec.columns if spec.is_past for name in spec.names() if name in present]
    newest_day = future_day = None
    future_rows = 0
    if past:
        days = ", ".join(f"({_day_of(quoted(name))})" for name in past)
        moment = max(as_of, landed_at) + timedelta(days=1)
        row = database.execute(
            f"with days as (select unnest([{days}]) as day, _row_number from {table}) "
            "select max(day) filter (where day <= ?), max(day) filter (where day > ? and day < '2201'), "
            "count(distinct _row_number) filter (where day > ? and day < '2201') from days where day >= '1900'",
            [f"{as_of:%Y-%m-%d}", f"{moment:%Y-%m-%d}", f"{moment:%Y-%m-%d}"],
        ).fetchone()
        newest_day, future_day, future_rows = row or (None, None, 0)
    return Measured(columns, newest_day, int(future_rows or 0), future_day, _newest_load(database, table, present))


def find(
    landed: Sequence[Landed],
    measured: Mapping[Key, Measured],
    discoveries: Sequence[Discovery],
    before: Mapping[Key, Before],
    policy: Sequence[IntakeGuard],
    as_of: datetime,
) -> list[Concern]:
    """What the guards find once everything is landed: volume, freshness and shape of every table."""
    now = {(table.source_system, table.source_table): table for table in landed}
    concerns: list[Concern] = []
    read = {discovery.location.vendor: discovery for discovery in discoveries}
    for key, was in sorted(before.items()):
        table = now.get(key)
        discovery = read.get(key[0])
        if discovery is None or key[1] in discovery.switched_off:
            continue
        if was.rows_in and (table is None or not table.rows_in):
            text = f"{'came in without rows' if table else 'is absent'}; the last run had {was.rows_in}"
            concerns += _raised(policy, "empty", key, text)
        elif table is not None and table.rows_in < was.rows_in:
            share = 1 - table.rows_in / was.rows_in
            text = f"{table.rows_in} rows, {was.rows_in} in the last run"
            concerns += _raised(policy, "fewer_rows", key, text, share)
    for key, facts in sorted(measured.items()):
        if facts.future_rows:
            text = f"{facts.future_rows} rows after the landing, the newest of {facts.future_day}"
            concerns += _raised(policy, "future", key, text, float(facts.future_rows))
        if facts.newest_day:
            days = (as_of - datetime.fromisoformat(facts.newest_day)).days
            text = f"the newest row is of {facts.newest_day}, {days} days before the run's moment"
            concerns += _raised(policy, "stale", key, text, float(days))
    for discovery in discoveries:
        for entry in discovery.found:
            key = discovery.location.vendor, entry.spec.name
            if key in measured:
                concerns += _shape(policy, key, entry, measured[key].columns, before.get(key, Before(0)).columns)
    return concerns


def find_quarantined(
    quarantined: Mapping[Key, int],
    landed: Sequence[Landed],
    before: Mapping[Key, Before],
    policy: Sequence[IntakeGuard],
) -> list[Concern]:
    """What the guards find once every row is judged: a table of which much more cannot be used than the last time."""
    concerns = []
    for table in landed:
        key = table.source_system, table.source_table
        was = before.get(key)
        if was is None or not was.rows_in or not table.rows_in:
            continue
        share = quarantined.get(key, 0) / table.rows_in
        text = (
            f"{quarantined.get(key, 0)} of {table.rows_in} rows quarantined, {was.quarantined} of {was.rows_in} before"
        )
        concerns += _raised(policy, "quarantined", key, text, share - was.quarantined / was.rows_in)
    return concerns


def settle(concerns: Iterable[Concern], overrides: Sequence[Override]) -> tuple[list[str], list[dict[str, str]]]:
    """Warnings of what is labelled, and which blocks were overridden; raises CheckFailed for those that were not."""
    warnings = []
    used = []
    blocking = []
    for concern in concerns:
        override = next((override for override in overrides if override.covers(concern)), None)
        if concern.action == "label":
            warnings.append(concern.line())
        elif override is None:
            blocking.append(concern)
        else:
            warnings.append(f"{concern.line()}; overridden: {override.because}")
            used.append(
                {"guard": concern.guard, "source": concern.source, "found": concern.text}
                | {"because": override.because}
            )
    if blocking:
        first = blocking[0]
        mend = f"--override {first.guard}:{first.source} --because WHY"
        if first.guard.startswith("column"):
            mend = "`handoff sources accept`"
        raise CheckFailed(
            f"What came in is not what it was; nothing was published. {first.line()}",
            *[concern.line() for concern in blocking[1:]],
            hint=f"If that is meant: {mend}. The policy stands in seeds/{POLICY}.csv.",
        )
    return warnings, used


def _raised(policy: Sequence[IntakeGuard], guard: str, key: Key, text: str, measured: float = 1.0) -> list[Concern]:
    """The concern by the most exact rows for the table; a row that blocks goes before one that labels."""
    rows = [
        row
        for row in policy
        if row.guard == guard and row.source_system in ("*", key[0]) and row.source_table in ("*", key[1])
    ]
    scope = max((row.scope for row in rows), default=0)
    tripped = [row for row in rows if row.scope == scope and measured > (row.threshold or 0.0)]
    for action in ("block", "label"):
        for row in tripped:
            if row.action == action:
                return [Concern(guard, ".".join(key), text, action, row.guard_id)]
    return []


def _shape(
    policy: Sequence[IntakeGuard], key: Key, entry: Found, now: Mapping[str, str], was: Mapping[str, str]
) -> list[Concern]:
    if not was:
        return []
    concerns: list[Concern] = []
    had = {plain(name): name for name in was}
    has = {plain(name): name for name in now}
    declared = {name for spec in entry.spec.columns for name in spec.names()}
    strangers = [name for name in now if plain(name) not in had and plain(name) not in declared]
    renamed = set()
    for spec in entry.spec.columns:
        old = next((had[name] for name in spec.names() if name in had), None)
        new = next((has[name] for name in spec.names() if name in has), None)
        if old is not None and new is None:
            near = did_you_mean(spec, strangers)
            if near:
                renamed.add(near)
                text = f"column {spec.name} is gone; was it renamed to {near}?"
                concerns += _raised(policy, "column_renamed", key, text)
            else:
                concerns += _raised(policy, "column_lost", key, f"column {spec.name} is gone and read as NULL")
        elif old is not None and new is not None and "empty" not in (was[old], now[new]) and was[old] != now[new]:
            text = f"column {spec.name} held {was[old]} and now holds {now[new]}"
            concerns += _raised(policy, "column_retyped", key, text)
    for name in strangers:
        base = variant_of(name)
        if base and plain(base) in declared:
            text = f"the loader parks values of another type in {name}; they are read where {base} has none"
            concerns += _raised(policy, "column_retyped", key, text)
            renamed.add(name)
    new_ones = [name for name in strangers if name not in renamed]
    if new_ones:
        concerns += _raised(policy, "column_new", key, f"new columns {', '.join(new_ones)}, which nothing reads")
    both = [name for name in was if plain(name) in has]
    if [plain(name) for name in both] != [plain(name) for name in now if plain(name) in had]:
        concerns += _raised(policy, "columns_reordered", key, "columns came in another order")
    return concerns


def _accepted(path: Path, published_at: str) -> dict[Key, dict[str, str]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if str(document.get("accepted_at", "")) < published_at:
        return {}
    return {
        (source, table): columns
        for source, tables in document.get("shapes", {}).items()
        for table, columns in tables.items()
    }


def _kind_of(name: str) -> str:
    return (
        f"case when count({name}) = 0 then 'empty' "
        f"when bool_and(regexp_full_match(trim({name}), '[+-]?[0-9]+')) then 'whole numbers' "
        f"when bool_and(regexp_full_match(trim({name}), '[+-]?[0-9]+([.][0-9]*)?([eE][+-]?[0-9]+)?')) then 'numbers' "
        f"when bool_and(lower(trim({name})) in ('true', 'false')) then 'yes or no' "
        f"when bool_and(regexp_matches(trim({name}), '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')) then 'times' "
        "else 'text' end"
    )


def _day_of(name: str) -> str:
    """The day of a landed time as ISO text, near enough to judge freshness by days."""
    return (
        f"case when regexp_matches({name}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') then left({name}, 10) "
        f"when regexp_full_match({name}, '[0-9]{{13}}') then strftime(epoch_ms(cast({name} as bigint)), '%Y-%m-%d') "
        f"when {name} like '%/%' then strftime(try_strptime(split_part({name}, ' ', 1), ['%m/%d/%y', '%m/%d/%Y']), "
        "'%Y-%m-%d') end"
    )


def _newest_load(database: duckdb.DuckDBPyConnection, table: str, present: Mapping[str, str]) -> str | None:
    """The loader's newest stamp: Fivetran's, Airbyte's or dlt's."""
    for mark in ("fivetransynced", "airbyteextractedat", "airbyteemittedat", "dltloadid"):
        if mark in present:
            row = database.execute(f"select max({quoted(present[mark])}) from {table}").fetchone()
            if row is not None and row[0] is not None:
                text = str(row[0])
                if mark == "dltloadid" and re.fullmatch(r"\d{9,10}(\.\d+)?", text):
                    return f"{datetime.fromtimestamp(float(text), tz=UTC):%Y-%m-%d %H:%M:%S}"
                return text
    return None
