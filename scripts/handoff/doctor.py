"""Is this machine fit for a run, and do the published files say what the run said?"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import sys
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from handoff.config import Config
from handoff.database import opened
from handoff.errors import CouldNotRun, HandoffError
from handoff.landing import first_line
from handoff.lock import is_locked, read_holder
from handoff.project import Project, extensions, find_project
from handoff.publish import LINKS, MARTS_FILE, PII_FILE, PII_SCHEMA, STORAGE_VERSION, current_version, hash_of
from handoff.relations import Relation, resolve
from handoff.sources import read_vendor

REPUBLISH = "run again: `handoff run --warehouse …` publishes every file anew"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")
# Packages that decide what a run computes; the others of the lock are for checking the project.
_RUN_PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb", "pyyaml", "click", "pydantic", "tzdata")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `mend` says what to do where it is not as it should be."""

    name: str
    is_ok: bool
    text: str
    mend: str

    def document(self) -> dict[str, Any]:
        return asdict(self) | {"mend": "" if self.is_ok else self.mend}


def examine(warehouse: Path | None) -> list[Finding]:
    """Look at Python, packages, the project, its rules, and a warehouse's last run; changes nothing."""
    findings = [
        Finding(
            "python",
            sys.version_info >= (3, 11),
            f"{sys.version.split()[0]} (3.11 or later is needed)",
            "rm -r .venv && make setup PYTHON=python3.11",
        ),
    ]
    try:
        project = find_project()
    except HandoffError as error:
        return [*findings, Finding("project", False, error.message, error.hint)]
    findings.append(Finding("project", True, f"{project.root}, {project.code_version()}", ""))
    findings += [Finding("extension", True, text, "") for text in extensions(project)]
    findings.append(_packages(project))
    findings.append(_network(project))
    findings.append(_rules(project))
    if warehouse is not None:
        findings += _warehouse(warehouse)
    return findings


def examine_sources(config: Config, warehouse: Path) -> list[Relation]:
    """Every table of every source of the configuration, as a run would resolve it; reads counts, changes nothing."""
    if not config.sources:
        return []
    project = find_project()
    relations = []
    for vendor, location in config.sources:
        try:
            settings = {**project.source_defaults().get(vendor, {}), **config.settings.get(vendor, {})}
            found = resolve(read_vendor(project, vendor).settled(settings), location, warehouse)
            several = sum(vendor == other for other, _ in config.sources) > 1
            relations += [
                replace(relation, origin=f"{location}: {relation.origin}") if several and relation.origin else relation
                for relation in found
            ]
        except HandoffError as error:
            relations.append(Relation(vendor, "wrong", location, text=error.message, mend=error.hint))
    return relations


def verify(warehouse: Path) -> list[Finding]:
    """Recount and rehash every published mart, in marts.duckdb and in Parquet, against the run's own record."""
    version = current_version(warehouse)
    if version is None:
        raise CouldNotRun(f"Nothing is published in {warehouse}.", hint="Run `handoff run --warehouse …` first.")
    findings = [
        Finding(
            f"link {name}",
            (warehouse / name).resolve().is_relative_to(version),
            str((warehouse / name).resolve()),
            "a run sets it anew",
        )
        for name in LINKS
        if (version / Path(LINKS[name]).name).exists()
    ]
    try:
        record = json.loads((version / "run.json").read_text(encoding="utf-8"))
        with opened() as reader:
            path = str(version / MARTS_FILE).replace("'", "''")
            reader.execute(f"attach '{path}' as published (read_only)")
            reader.execute("create schema memory.marts")
            latest = reader.execute("select max(run_id) from published.marts.publication").fetchone()
            findings.append(
                Finding(
                    "run",
                    latest is not None and latest[0] == record["run_id"],
                    f"{record['run_id']} in run.json",
                    REPUBLISH,
                )
            )
            for mart in record["marts"]:
                findings.append(_verify_mart(reader, version, mart))
        findings += _verify_pii(version, record)
    except (duckdb.Error, OSError, ValueError, KeyError) as error:
        findings.append(Finding("files", False, first_line(error), REPUBLISH))
    return findings


def _verify_mart(reader: duckdb.DuckDBPyConnection, version: Path, mart: dict[str, Any]) -> Finding:
    name = mart["name"]
    expected = (mart["rows"], mart["content_hash"])
    path = str(version / "marts" / f"{name}.parquet").replace("'", "''")
    reader.execute(f"create or replace view memory.marts.\"{name}\" as select * from read_parquet('{path}')")
    found = {"marts.duckdb": hash_of(reader, "published", name), "Parquet": hash_of(reader, "memory", name)}
    wrong = [where for where, measured in found.items() if measured != expected]
    text = f"{mart['rows']} rows" if not wrong else f"differs from run.json in {' and '.join(wrong)}"
    return Finding(name, not wrong, text, REPUBLISH)


def _verify_pii(version: Path, record: dict[str, Any]) -> list[Finding]:
    """The file of names and addresses: its owner's alone, of this run, and what it says of itself."""
    path = version / PII_FILE
    expected = {mart["name"]: mart["rows"] for mart in record.get("pii", [])}
    if not path.exists():
        return [Finding(PII_FILE, False, "is gone", REPUBLISH)] if expected else []
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        return [Finding(PII_FILE, False, f"mode {mode:04o}: others than its owner may read it", f"chmod 0600 {path}")]
    if not os.access(path, os.R_OK):
        return [Finding(PII_FILE, True, "not yours to read, so not counted", "")]
    with opened(path, read_only=True) as pii:
        told = pii.execute(f"select run_id, row_counts, content_hashes from {PII_SCHEMA}.publication").fetchone()
        found = {name: hash_of(pii, "pii", name, PII_SCHEMA) for name in expected}
    run_id, counts, digests = told or ("", "{}", "{}")
    wrong = run_id != record["run_id"] or json.loads(counts) != expected
    wrong = wrong or found != {name: (expected[name], digest) for name, digest in json.loads(digests).items()}
    rows = ", ".join(f"{name} {count} rows" for name, count in expected.items())
    return [Finding(PII_FILE, not wrong, "differs from run.json or from itself" if wrong else rows, REPUBLISH)]


def _packages(project: Project) -> Finding:
    lock = project.package / "requirements.lock.txt"
    pinned = {}
    if lock.is_file():
        for line in lock.read_text(encoding="utf-8").splitlines():
            match = _PIN.match(line)
            if match:
                pinned[match.group(1).lower()] = match.group(2)
    wrong = []
    for name in _RUN_PACKAGES:
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            installed = "missing"
        if name in pinned and installed != pinned[name]:
            wrong.append(f"{name} {installed} instead of {pinned[name]}")
    if not pinned:
        return Finding("packages", False, "requirements.lock.txt pins nothing", "git checkout requirements.lock.txt")
    if wrong:
        return Finding("packages", False, "; ".join(wrong), "make setup")
    return Finding(
        "packages", True, f"as locked, DuckDB {duckdb.__version__}, publishes for DuckDB {STORAGE_VERSION}+", ""
    )


def _network(project: Project) -> Finding:
    # of a company's project too, whose own profile a run does not use
    profile = (project.package / "profiles.yml").read_text(encoding="utf-8")
    settings = (project.package / "dbt_project.yml").read_text(encoding="utf-8")
    needed = {
        "autoinstall_known_extensions: false": profile,
        "autoload_known_extensions: false": profile,
        "send_anonymous_usage_stats: false": settings,
        "version_check: false": settings,
    }
    missing = [setting for setting, text in needed.items() if setting not in text]
    return Finding(
        "network",
        not missing,
        f"missing {', '.join(missing)}" if missing else "a run opens no connection",
        "git checkout profiles.yml dbt_project.yml, or write it there",
    )


def _rules(project: Project) -> Finding:
    from handoff.rules import rules_hash
    from handoff.run import lint_rules

    problems = lint_rules(project)
    if problems:
        return Finding("rules", False, f"{len(problems)} problems, first {problems[0]}", "handoff rules lint")
    return Finding("rules", True, f"clean, hash {rules_hash(project.rule_files())[:12]}", "")


def _warehouse(warehouse: Path) -> list[Finding]:
    if not warehouse.is_dir():
        return [Finding("warehouse", False, f"{warehouse} does not exist", f"handoff run --warehouse {warehouse}")]
    findings = []
    if is_locked(warehouse):
        findings.append(
            Finding("lock", True, f"a run is in progress ({read_holder(warehouse / '.lock') or 'unknown'})", "")
        )
    else:
        findings.append(Finding("lock", True, "free", ""))
    version = current_version(warehouse)
    if version is None:
        return [
            *findings,
            Finding("last run", False, "nothing is published yet", f"handoff run --warehouse {warehouse}"),
        ]
    try:
        record = json.loads((version / "run.json").read_text(encoding="utf-8"))
        published = datetime.fromisoformat(record["published_at"])
        hours = (datetime.now(UTC) - published).total_seconds() / 3600
        text = f"{record['run_id']}, as of {record['as_of']}, published {hours:.1f} hours ago"
        return [*findings, Finding("last run", True, text, "")]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [*findings, Finding("last run", False, f"run.json cannot be read: {first_line(error)}", REPUBLISH)]
