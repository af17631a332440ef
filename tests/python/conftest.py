"""What several tests share: the demo, generated, run and published once a session, whatever the number of workers."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from handoff.database import opened
from support.network import cut

PEOPLE = 2000
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def project_dir() -> Path:
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real exports, read in place: HANDOFF_SHARED_DATA, else beside the project. Without them tests skip."""
    folder = Path(os.environ.get("HANDOFF_SHARED_DATA") or PROJECT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the shared real exports are absent; HANDOFF_SHARED_DATA may name them")
    return folder


@pytest.fixture(scope="session")
def demo_warehouse(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The warehouse folder of a published demo run, made with the network cut."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    out = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "warehouse" / "run.json").exists():
            command = [sys.executable, "-m", "handoff.cli", "demo", "--people", str(PEOPLE), "--out", str(out)]
            with cut(shared / "demo-attempts") as environment:  # a run reaches no other machine
                done = subprocess.run(command, capture_output=True, text=True, timeout=900, env=environment)
                assert done.returncode == 0, done.stderr
    return out / "warehouse"


@pytest.fixture(scope="session")
def published(demo_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the demo's published marts, schema `marts`."""
    # as the package opens it: one process may hold a file open with one configuration only
    with opened(demo_warehouse / "marts.duckdb", read_only=True) as connection:
        yield connection
