"""A run: lock, preflight, candidate, build, audit, publication.

The published files change at the last step or not at all.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from duckdb import Error as DuckDBError

from handoff import guards, publish, state
from handoff.audit import Placed, audit
from handoff.build import Candidate, build, keep_log
from handoff.database import opened
from handoff.errors import CheckFailed, CouldNotRun, HandoffError
from handoff.guards import Before, Key, Measured, Override
from handoff.landing import Discovery, Landed, discover, first_line, parse_location, write_source_tables
from handoff.lock import run_lock
from handoff.orgs import land_sources, together
from handoff.project import Project
from handoff.rules import lint, rules_hash
from handoff.sources import plain, read_vendor
from handoff.timings import jumps, timings

RESERVED_VARS = {"as_of": "--as-of", "sources": "--source", "publish_pii": "--no-pii"}
# What `handoff sources accept` wrote since the last publication.
ACCEPTED_SHAPES = "accepted_shapes.json"
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?$")


@dataclass(frozen=True)
class Options:
    """What a run was asked to do; `settings` is what differs from a vendor's entry in the project's `sources` var."""

    sources: tuple[tuple[str, str], ...]
    as_of: datetime
    warehouse: Path
    threads: int = 2
    variables: Mapping[str, Any] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    full_refresh: bool = False
    keep_candidate: bool = False
    allow_empty: bool = False
    overrides: tuple[Override, ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    pii: bool = True
    verbose: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a run did: its record as written in run.json, and where it was published (None for a partial run)."""

    record: dict[str, Any]
    version: Path | None


Observer = Callable[[str, Candidate], None]


def parse_as_of(text: str) -> datetime:
    """An ISO 8601 moment as naive UTC in whole seconds; a time without offset is UTC, a day is its midnight."""
    return parse_moment("--as-of", text)


def parse_moment(option: str, text: str) -> datetime:
    """The moment that an option gives, as `parse_as_of` reads it."""
    stripped = text.strip()
    try:
        if not _ISO.match(stripped):
            raise ValueError
        moment = datetime.fromisoformat(stripped)
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise CouldNotRun(
            f"{option} {text!r} is not a moment in ISO 8601.", hint="Write it as 2026-06-30T18:00:00Z or 2026-06-30."
        ) from error
    if moment.microsecond:
        raise CouldNotRun(f"{option} {text!r} has a fraction of a second.", hint="Runs speak for whole seconds.")
    if not 1900 <= moment.year <= 2200:
        raise CouldNotRun(f"{option} {text!r} is outside the years 1900 to 2200.", hint="Is the year right?")
    return moment


def execute(project: Project, options: Options, observer: Observer = lambda step, candidate: None) -> Outcome:
    """Run from sources to published files; raises HandoffError with the exit code to give.

    `observer` is told of every step as it begins (landing, build, audit, publish), with the candidate.
    """
    try:
        options.warehouse.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as error:
        raise CouldNotRun(
            f"--warehouse {options.warehouse} cannot be made: {error.strerror}.", hint="Name a folder of yours."
        ) from error
    with run_lock(options.warehouse) as lock:
        publish.sweep(options.warehouse)
        started = datetime.now(UTC)
        run_id = f"{started:%Y%m%dT%H%M%S}.{started.microsecond // 1000:03d}Z"
        discoveries = preflight(project, options)
        parent = options.warehouse.resolve() / ".candidate"  # dbt changes into the project's folder
        parent.mkdir(mode=0o700, exist_ok=True)
        candidate = Candidate(parent / run_id)
        candidate.folder.mkdir(mode=0o700)
        if options.keep_candidate:
            (candidate.folder / "KEEP").touch()
        try:
            return _execute(project, options, observer, lock, run_id, started, candidate, discoveries)
        except HandoffError as error:
            log = keep_log(candidate, options.warehouse / "logs", run_id)
            if log is not None:
                error.details = (*error.details, f"dbt's log: {log}")
            raise
        except (OSError, DuckDBError) as error:
            raise CouldNotRun(f"The run stopped: {first_line(error)}", hint="Nothing published has changed.") from error
        finally:
            if not options.keep_candidate:
                shutil.rmtree(candidate.folder, ignore_errors=True)


def preflight(project: Project, options: Options) -> list[Discovery]:
    """Check everything that can be checked before a row is read: vars, vendors, rules, sources and their columns."""
    for name, option in RESERVED_VARS.items():
        if name in options.variables:
            raise CouldNotRun(f"--vars may not set {name}.", hint=f"Use {option}.")
    vendors = [vendor for vendor, _ in options.sources]
    defaults = project.source_defaults()
    specs = {
        vendor: read_vendor(project, vendor).settled({**defaults.get(vendor, {}), **options.settings.get(vendor, {})})
        for vendor in dict.fromkeys(vendors)
    }
    for vendor, spec in specs.items():
        if vendors.count(vendor) > 1 and not spec.may_be_several:
            raise CouldNotRun(f"--source {vendor} is given twice.", hint="One source per vendor.")
    problems = lint_rules(project, options.variables)
    if problems:
        raise CouldNotRun(f"The rules have {len(problems)} problems.", *problems, hint="Run `handoff rules lint`.")
    discoveries = [
        discover(parse_location(vendor, text, options.warehouse), specs[vendor]) for vendor, text in options.sources
    ]
    _check_passthrough(project, options, discoveries)
    _landed_at(options, datetime.now(UTC))
    return discoveries


def _check_passthrough(project: Project, options: Options, discoveries: Sequence[Discovery]) -> None:
    """Every column that is to pass through is there, once, under a plain name; raises CouldNotRun naming it."""
    wanted = options.variables.get("passthrough_columns", project.variable("passthrough_columns", {}))
    if not isinstance(wanted, dict) or not all(isinstance(tables, dict) for tables in wanted.values()):
        raise CouldNotRun(
            "passthrough_columns is no {vendor: {table: [column]}}.",
            hint="Write it as {salesforce: {lead: [Territory__c]}}.",
        )
    for discovery in discoveries:
        vendor = discovery.location.vendor
        for table, names in wanted.get(vendor, {}).items():
            entry = next((entry for entry in discovery.found if entry.spec.name == table), None)
            where = f"passthrough_columns: {vendor}.{table}"
            if entry is None:
                raise CouldNotRun(f"{where} did not land.", hint="Name a table that the source has.")
            for name in names:
                near = [column for column in entry.columns if plain(column) == plain(str(name))]
                if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", str(name)):
                    raise CouldNotRun(f"{where} names {name}, which is no column name.", hint="Letters, digits and _.")
                if [str(other).lower() for other in names].count(str(name).lower()) > 1:
                    raise CouldNotRun(f"{where} names {name} twice.", hint="Keep it once.")
                if len(near) != 1:
                    found = f"{', '.join(near)} are all of that name" if near else f"found {', '.join(entry.columns)}"
                    raise CouldNotRun(f"{where} names {name}: {found}.", hint="Name one column as it landed.")


def lint_rules(project: Project, variables: Mapping[str, Any] | None = None) -> list[str]:
    """Problems of the rule seeds, one line each with file and line."""
    return [
        f"{problem.file}:{problem.line}: {problem.message}" + (f" {problem.suggestion}" if problem.suggestion else "")
        for problem in lint(replace(project, given=variables or {}), (variables or {}).get("passthrough_columns"))
    ]


def variables_of(project: Project, options: Options, landed_at: datetime) -> dict[str, Any]:
    """The vars of the build: the caller's, the moment, and every vendor switched on or off."""
    wanted = {vendor for vendor, _ in options.sources}
    landed: dict[str, Any] = {"database": None, "identifiers": {}}  # the landing gives every table its own name
    sources = {
        vendor: {**defaults, **options.settings.get(vendor, {}), **landed}
        | {"enabled": vendor in wanted, "schema": f"landed_{vendor}"}
        for vendor, defaults in project.source_defaults().items()
    }
    return {
        **options.variables,
        "landed_at": f"{landed_at:%Y-%m-%d %H:%M:%S}",
        "as_of": f"{options.as_of:%Y-%m-%d %H:%M:%S}",
        "sources": sources,
        "publish_pii": options.pii,
        "persist_docs": False,  # what is published has its own comments
    }


def _execute(
    project: Project,
    options: Options,
    observer: Observer,
    lock: int,
    run_id: str,
    started: datetime,
    candidate: Candidate,
    discoveries: Sequence[Discovery],
) -> Outcome:
    seconds: dict[str, float] = {}
    began = monotonic()

    def step(name: str, after: float) -> float:
        now = monotonic()
        seconds[name] = round(now - after, 2)
        return now

    observer("landing", candidate)
    landed_at = _landed_at(options, started)
    landed = land_all(candidate, discoveries)
    discoveries = together(discoveries)
    measured = measure_all(candidate, discoveries, options.as_of, landed_at)
    previous = publish.current_version(options.warehouse)
    before = guards.read_before(previous, options.warehouse / ACCEPTED_SHAPES)
    policy = guards.read_policy(project.rule_files())
    warnings = [warning for discovery in discoveries for warning in discovery.warnings]
    warnings += _problem_warnings(landed) + _people_warnings(landed, discoveries, before, options)
    concerns = guards.find(landed, measured, discoveries, before, policy, options.as_of)
    overrides = _overrides(options)
    labelled, used = guards.settle(concerns, overrides)
    warnings += labelled
    state.load(candidate.database, previous)
    moment = step("landing", began)

    observer("build", candidate)
    nodes = build(
        project,
        candidate,
        variables_of(project, options, landed_at),
        lock=lock,
        threads=options.threads,
        select=options.select,
        full_refresh=options.full_refresh,
        verbose=options.verbose,
    )
    warnings += [f"test {node.name}: {node.failures} rows" for node in nodes if node.status == "warn"]
    moment = step("build", moment)

    manifest = candidate.manifest()
    marts = publish.public_marts(manifest)
    warnings += publish.deprecations(manifest)
    pii_marts = publish.public_marts(manifest, publish.PII_SCHEMA)
    has_page = any(exposure["name"] == "review_page" for exposure in manifest["exposures"].values())
    built = {manifest["nodes"][node.unique_id]["alias"] for node in nodes if node.resource_type == "model"}
    is_partial = any(mart.name not in built for mart in [*marts, *pii_marts])
    observer("audit", candidate)
    rows = {} if is_partial else audit(candidate.database, landed)
    quarantined = {key: placed.dispositions.get("quarantined", 0) for key, placed in rows.items()}
    labelled, used_here = guards.settle(guards.find_quarantined(quarantined, landed, before, policy), overrides)
    warnings += labelled
    used += used_here
    moment = step("audit", moment)

    record: dict[str, Any] = {
        "format": 1,
        "run_id": run_id,
        "status": "partial" if is_partial else "published",
        "as_of": f"{options.as_of:%Y-%m-%dT%H:%M:%SZ}",
        "landed_at": f"{landed_at:%Y-%m-%dT%H:%M:%SZ}",
        "started_at": f"{started:%Y-%m-%dT%H:%M:%SZ}",
        "published_at": None,
        "code_version": project.code_version(),
        "rules_hash": rules_hash(project.rule_files()),
        "versions": versions(),
        "options": {
            "threads": options.threads,
            "variables": dict(options.variables),
            "select": list(options.select),
            "full_refresh": options.full_refresh,
            "pii": options.pii,
        },
        "sources": _sources(discoveries, landed, rows, measured),
        "overrides": used,
        "rules": _rules_of(candidate.database),
        "tests_passed": sum(node.resource_type == "test" and node.status == "pass" for node in nodes),
        "warnings": warnings,
        "marts": [],
        "pii": [],
        "timings": timings(seconds, nodes),
    }
    if is_partial:
        return Outcome(record, None)
    warnings += jumps(record["timings"], _timings_before(previous))

    observer("publish", candidate)

    def write(folder: Path) -> None:
        written = publish.write_marts(candidate.database, marts, folder)
        record["published_at"] = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        record["marts"] = [
            {"name": mart.name, "rows": mart.rows, "content_hash": mart.content_hash} for mart in written
        ]
        named = publish.write_pii(candidate.database, pii_marts, folder, record)
        record["pii"] = [{"name": mart.name, "rows": mart.rows} for mart in named]
        state.save(candidate.database, folder)
        publish.write_publication(folder, previous / publish.MARTS_FILE if previous else None, record, written)
        step("publish", moment)
        seconds["total"] = round(monotonic() - began, 2)
        (folder / "run.json").write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        if has_page:
            write_page(folder, record)
        observer("replace", candidate)

    version = publish.publish(options.warehouse, run_id, write)
    log_overrides(options.warehouse, run_id, used)
    return Outcome(record, version)


def land_all(candidate: Candidate, discoveries: Sequence[Discovery]) -> list[Landed]:
    """Land every source into a fresh candidate database and write down the rows that came in."""
    scratch = candidate.folder / "landing"
    scratch.mkdir(mode=0o700)
    with opened(candidate.database) as database:
        landed = land_sources(discoveries, database, scratch)
        write_source_tables(landed, database)
    return landed


def measure_all(
    candidate: Candidate, discoveries: Sequence[Discovery], as_of: datetime, landed_at: datetime
) -> dict[Key, Measured]:
    """What every landed table says of itself, for the guards and the record."""
    with opened(candidate.database, read_only=True) as database:
        return {
            (discovery.location.vendor, entry.spec.name): guards.measure(
                database, entry, discovery.location.vendor, as_of, landed_at
            )
            for discovery in discoveries
            for entry in discovery.found
        }


def log_overrides(warehouse: Path, run_id: str, used: Sequence[Mapping[str, str]]) -> None:
    """Add to DIR/logs/overrides.jsonl what a publication was made in spite of, and why."""
    if used:
        logs = warehouse / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        with (logs / "overrides.jsonl").open("a", encoding="utf-8") as handle:
            handle.writelines(json.dumps({"run_id": run_id, **entry}, sort_keys=True) + "\n" for entry in used)


def write_page(folder: Path, record: dict[str, Any]) -> None:
    """Write review.html beside the marts."""
    from handoff.review import write_review  # draws charts, which takes long to import

    write_review(folder / publish.MARTS_FILE, folder / "review.html", record)


def versions() -> dict[str, str]:
    """The versions that decide what a run computes."""
    packages = ("handoff", "dbt-core", "dbt-duckdb", "duckdb")
    return {"python": platform.python_version()} | {name: importlib.metadata.version(name) for name in packages}


def _problem_warnings(landed: Sequence[Landed]) -> list[str]:
    return [
        f"{table.source_system}.{table.source_table}: {rows} rows {problem}"
        for table in landed
        for problem, rows in sorted(table.problems.items())
    ]


def _people_warnings(
    landed: Sequence[Landed], discoveries: Sequence[Discovery], before: Mapping[Key, Before], options: Options
) -> list[str]:
    """A source that came in empty must not empty the marts unasked."""
    warnings = []
    for discovery in discoveries:
        vendor, people = discovery.location.vendor, discovery.people_tables
        now = sum(table.rows_in for table in landed if table.source_system == vendor and table.source_table in people)
        then = sum(before[vendor, name].rows_in for name in people if (vendor, name) in before)
        if now == 0 and then > 0 and not any(override.guard == "empty" for override in _overrides(options)):
            raise CheckFailed(
                f"Source {vendor} came in with no people; the last run had {then}.",
                hint="If that is meant, run again with --allow-empty.",
            )
        if now == 0:
            warnings.append(f"{vendor}: no people came in")
    return warnings


def _timings_before(previous: Path | None) -> dict[str, Any] | None:
    if previous is None:
        return None
    try:
        kept: dict[str, Any] = json.loads((previous / "run.json").read_text(encoding="utf-8"))["timings"]
        return kept
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _landed_at(options: Options, started: datetime) -> datetime:
    """When the rows were landed: now, or when the `landed_at` var says, so that a run can be repeated."""
    given = options.variables.get("landed_at")
    return parse_moment("landed_at", str(given)) if given else started.replace(microsecond=0, tzinfo=None)


def _overrides(options: Options) -> tuple[Override, ...]:
    allowed = (Override("empty", "*", "--allow-empty"),) if options.allow_empty else ()
    return options.overrides + allowed


def _sources(
    discoveries: Sequence[Discovery],
    landed: Sequence[Landed],
    rows: Mapping[tuple[str, str], Placed],
    measured: Mapping[Key, Measured],
) -> list[dict[str, Any]]:
    return [
        {
            "source_system": discovery.location.vendor,
            "location": discovery.location.text,
            "tables": [
                {
                    "source_table": table.source_table,
                    "file_name": table.file_name,
                    "rows_in": table.rows_in,
                    **measured[table.source_system, table.source_table].document(),
                    **_where(rows.get((table.source_system, table.source_table))),
                }
                for table in landed
                if table.source_system == discovery.location.vendor
            ],
            "ignored": [{"file_name": ignored.origin, "why": ignored.why} for ignored in discovery.ignored],
        }
        for discovery in discoveries
    ]


def _where(placed: Placed | None) -> dict[str, dict[str, int]]:
    return {"dispositions": placed.dispositions, "reasons": placed.reasons} if placed else {}


def _rules_of(database: Path) -> dict[str, list[dict[str, Any]]]:
    """The rules that a reader of the published files needs to follow a score or a clock."""
    wanted = {
        "scoring_models": "stg_rules__scoring_models",
        "score_groups": "stg_rules__score_groups",
        "score_bands": "stg_rules__score_bands",
        "qualification_matrix": "stg_rules__qualification_matrix",
        "sla_policies": "stg_rules__sla_policies",
    }
    with opened(database, read_only=True) as candidate:
        present = {
            str(row[0]): str(row[1])
            for row in candidate.execute("select table_name, table_schema from information_schema.tables").fetchall()
        }
        rules: dict[str, list[dict[str, Any]]] = {}
        for name, model in wanted.items():
            if model not in present:
                continue
            relation = candidate.execute(f"select * from {present[model]}.{model} order by all")
            columns = [column[0] for column in relation.description or []]
            rules[name] = [
                {key: _plain_value(value) for key, value in zip(columns, row, strict=True)}
                for row in relation.fetchall()
            ]
        return rules


def _plain_value(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
