"""A BI tool that holds the published file open blocks no run and never sees half of one; no kill leaves a mix."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from runner_support import environment, fingerprint, people, run
from sqlalchemy.engine import Connection, Engine

QUERY = sqlalchemy.text(
    """
    select
        newest.run_id,
        newest.row_counts,
        (select count(*) from marts.dim_person) as people,
        (select count(*) from marts.fct_row_dispositions) as placed
    from marts.publication as newest
    order by newest.published_at desc, newest.run_id desc
    limit 1
    """
)


def landed(folder: Path, number: int) -> Path:
    rows = "".join(f"P{place},p{place}@example.com,2024-01-01\n" for place in range(number))
    return people(folder, "record_id,email,created_at\n" + rows)


def engine(warehouse: Path) -> Engine:
    return sqlalchemy.create_engine(
        f"duckdb:///{warehouse / 'handoff.duckdb'}",
        connect_args={"read_only": True},
        poolclass=sqlalchemy.pool.NullPool,
    )


def read(connection: Connection) -> tuple[str, int]:
    """The run that a connection sees, and its people; fails where figures of two runs stand together."""
    run_id, counts, seen, placed = connection.execute(QUERY).one()
    told = json.loads(counts)
    assert (told["dim_person"], told["fct_row_dispositions"]) == (seen, placed)
    return str(run_id), int(seen)


class Reader(threading.Thread):
    """Opens the file, reads, closes it, as often as it can; keeps what it saw and what went wrong."""

    def __init__(self, warehouse: Path) -> None:
        super().__init__(daemon=True)
        self.warehouse, self.stopped = warehouse, threading.Event()
        self.seen: list[tuple[str, int]] = []
        self.problems: list[str] = []

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                with engine(self.warehouse).connect() as connection:
                    self.seen.append(read(connection))
            except Exception as error:
                self.problems.append(repr(error))
            time.sleep(0.01)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "warehouse"
    done = run(landed(tmp_path / "first", 2), folder)
    assert done.returncode == 0, done.stderr
    yield folder


@pytest.mark.parametrize("runs", [3, pytest.param(20, marks=pytest.mark.long)])
def test_a_reader_through_sqlalchemy_reads_on_while_runs_publish(warehouse: Path, tmp_path: Path, runs: int) -> None:
    reader = Reader(warehouse)
    with engine(warehouse).connect() as held:
        first = read(held)
        reader.start()
        for number in range(runs):
            done = run(landed(tmp_path / f"in{number}", number + 3), warehouse)
            assert done.returncode == 0, done.stderr
            assert read(held) == first  # it keeps the run it opened
        reader.stopped.set()
        reader.join(timeout=60)
    assert reader.problems == []
    with engine(warehouse).connect() as opened_again:
        assert read(opened_again)[1] == runs + 2
    seen = [people_seen for _, people_seen in reader.seen]
    assert seen == sorted(seen) and set(seen) <= set(range(2, runs + 3))
    assert len(set(seen)) >= runs  # every run but perhaps the last was seen while the next was at work


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.long)])
def test_a_kill_at_any_moment_leaves_the_old_set_or_the_new(warehouse: Path, tmp_path: Path, kills: int) -> None:
    began = time.monotonic()
    assert run(landed(tmp_path / "timed", 3), warehouse).returncode == 0
    whole = time.monotonic() - began
    moments = random.Random(kills)
    for number in range(kills):
        before = fingerprint(warehouse)
        source = landed(tmp_path / f"in{number}", number + 4)
        command = [sys.executable, "-m", "handoff.cli", "run", "--source", f"generic={source}"]
        command += ["--as-of", "2024-05-01", "--warehouse", str(warehouse)]
        killed = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0, whole))
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait(timeout=60)
        after = fingerprint(warehouse)
        published = {name: content for name, content in after.items() if not name.startswith("versions/")}
        if published != {name: content for name, content in before.items() if not name.startswith("versions/")}:
            with engine(warehouse).connect() as connection:
                assert read(connection)[1] == number + 4  # the new set, whole
        kept = {name: content for name, content in before.items() if "versions/.incoming" not in name}
        gone = {name for name in kept if after.get(name) != kept[name] and name.startswith("versions/")}
        assert all(name.split("/")[1] != Path(str(before["current"])).name for name in gone)
        deadline = time.monotonic() + 60
        while (again := run(source, warehouse)).returncode == 75 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert again.returncode == 0, again.stderr
        with engine(warehouse).connect() as connection:
            assert read(connection)[1] == number + 4
