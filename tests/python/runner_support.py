"""Runs of the small project beside the tests: seconds each, and dependent on no business model."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent / "runner_project"
PEOPLE = 'record_id,email,created_at\nA,a@example.com,2024-01-01\nB,,\n,c@example.com,\nD,"d,d",\n'


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"HANDOFF_PROJECT": str(PROJECT), "HANDOFF_DEBUG": ""} | more


def handoff(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Call the command; no call may ever show a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "handoff.cli", *arguments],
        capture_output=True,
        text=True,
        env=environment(**more),
        timeout=300,
    )
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def run(
    source: Path, warehouse: Path, *more: str, as_of: str = "2024-05-01", **environment: str
) -> subprocess.CompletedProcess[str]:
    options = ["--source", f"generic={source}", "--as-of", as_of, "--warehouse", str(warehouse), *more]
    return handoff("run", *options, **environment)


def people(folder: Path, text: str = PEOPLE) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "people.csv").write_text(text, encoding="utf-8")
    return folder


def fingerprint(warehouse: Path) -> dict[str, str]:
    """Every published path with its content: files by hash, links by target."""
    found = {}
    for path in sorted(warehouse.rglob("*")):
        name = path.relative_to(warehouse).as_posix()
        if name.startswith((".candidate", ".lock", "logs")):
            continue
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
