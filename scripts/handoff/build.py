"""Build: one dbt build of the candidate in a child process that inherits the run lock."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from handoff.errors import CheckFailed, CouldNotRun, HandoffError
from handoff.project import Project

_ADDRESS = re.compile(r"[^\s'\"<>]+@[^\s'\"<>]+")


@dataclass(frozen=True)
class Node:
    """What became of a dbt node."""

    unique_id: str
    name: str
    resource_type: str
    status: str
    seconds: float
    failures: int | None
    message: str


@dataclass(frozen=True)
class Candidate:
    """The private folder of one run: its database, dbt's artifacts and log."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "handoff.duckdb"

    @property
    def target(self) -> Path:
        return self.folder / "target"

    @property
    def log(self) -> Path:
        return self.folder / "log" / "dbt.log"

    def manifest(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.target / "manifest.json").read_text(encoding="utf-8"))
        return document


def build(
    project: Project,
    candidate: Candidate,
    variables: dict[str, Any],
    *,
    lock: int,
    threads: int,
    select: Sequence[str] = (),
    full_refresh: bool = False,
    verbose: bool = False,
) -> list[Node]:
    """Run `dbt build` (unit tests left out) into the candidate; returns every node when all of them passed.

    Raises CheckFailed when a data test failed and CouldNotRun when anything could not be built, naming each node.
    """
    arguments = ["--vars", json.dumps(variables)]
    arguments += ["--project-dir", str(project.root), "--target", "duckdb"]
    arguments += ["--profiles-dir", str(profiles_of(project, candidate.folder))]
    arguments += ["--target-path", str(candidate.target), "--log-path", str(candidate.log.parent)]
    request = candidate.folder / "request.json"
    result = candidate.folder / "result.json"
    request.write_text(
        json.dumps(
            {
                "select": list(select),
                "arguments": arguments,
                "full_refresh": full_refresh,
                "parent": os.getpid(),
                "root": str(project.root),
                "target": str(candidate.target),
                "variables": variables,
            }
        ),
        encoding="utf-8",
    )
    output = candidate.folder / "dbt.out"
    with output.open("wb") as sink:
        child = subprocess.Popen(
            [sys.executable, "-m", "handoff.dbt_child", str(request), str(result)],
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr if verbose else sink,
            stderr=subprocess.STDOUT if not verbose else sys.stderr,
            env=environment(candidate, threads),
            pass_fds=(lock,),
        )
        try:
            child.wait()
        except BaseException:
            child.kill()
            child.wait()
            raise
    if not result.is_file():
        raise CouldNotRun(
            f"dbt ended with code {child.returncode} before it could say why.",
            *_tail(output),
            hint="Run again with --verbose; code -9 is a lack of memory: fewer --threads.",
        )
    return _judged(json.loads(result.read_text(encoding="utf-8")))


def profiles_of(project: Project, scratch: Path) -> Path:
    """The folder of profiles.yml: of a company's project one made for the run, whatever warehouse its own names."""
    if not project.is_a_company_s:
        return project.root
    shipped = yaml.safe_load((project.package / "profiles.yml").read_text(encoding="utf-8"))
    folder = scratch / "profiles"
    folder.mkdir(mode=0o700)
    written = yaml.safe_dump({project.profile: next(iter(shipped.values()))}, sort_keys=False)
    (folder / "profiles.yml").write_text(written, encoding="utf-8")
    return folder


def environment(candidate: Candidate, threads: int) -> dict[str, str]:
    """The child's environment: none of the user's dbt settings, no telemetry, no version check."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DBT_")}
    return kept | {
        "HANDOFF_DATABASE": str(candidate.database),
        "HANDOFF_THREADS": str(threads),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_VERSION_CHECK": "false",
        "DO_NOT_TRACK": "1",
        "NO_COLOR": "1",
    }


def keep_log(candidate: Candidate, logs: Path, run_id: str) -> Path | None:
    """Copy dbt's log out of a candidate that is about to go; keeps the last five."""
    if not candidate.log.is_file():
        return None
    logs.mkdir(mode=0o700, exist_ok=True)
    kept = logs / f"{run_id}.log"
    shutil.copyfile(candidate.log, kept)
    kept.chmod(0o600)
    for old in sorted(logs.glob("*.log"))[:-5]:
        old.unlink()
    return kept


def scrubbed(text: str) -> str:
    """One line of a message without e-mail addresses: dbt and DuckDB quote the data that failed."""
    return _ADDRESS.sub("<address>", " ".join(text.split()))[:300]


def _judged(result: dict[str, Any]) -> list[Node]:
    if result["stage"] == "select":
        if result["error"]:
            raise CouldNotRun(
                f"--select {result['selector']} cannot be read: {scrubbed(result['error'])}",
                hint="Write it as dbt does: a model's name, +name, tag:…, path:models/….",
            )
        raise CouldNotRun(
            f"--select {result['selector']} matches nothing.",
            hint="List what there is with `dbt ls --resource-type model`.",
        )
    nodes = [Node(**node) for node in result["nodes"]]
    if result["error"] and not nodes:
        raise CouldNotRun(
            "dbt could not start the build.",
            scrubbed(result["error"]),
            hint="`handoff doctor` says what is amiss; `git status` which files of the project were changed.",
        )
    broken = [node for node in nodes if node.status in ("error", "runtime error", "partial success")]
    failed = [node for node in nodes if node.status == "fail"]
    lines = [f"{node.resource_type} {node.name}: {scrubbed(node.message)}" for node in broken + failed]
    if broken or failed:
        error: type[HandoffError] = CouldNotRun if broken else CheckFailed
        skipped = sum(node.status == "skipped" for node in nodes)
        raise error(
            f"dbt build: {len(broken)} nodes could not be built, {len(failed)} tests failed, {skipped} were skipped.",
            *lines,
            hint="Nothing published has changed. With --keep-candidate what was built stays, to be looked at.",
        )
    if not any(node.resource_type == "model" and node.status == "success" for node in nodes):
        raise CouldNotRun(
            "dbt built no model at all.", scrubbed(result["error"]), hint="`handoff doctor` says what is amiss."
        )
    return nodes


def _tail(output: Path) -> list[str]:
    if not output.is_file():
        return []
    return [scrubbed(line) for line in output.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]]
