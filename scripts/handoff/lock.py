"""One run at a time per warehouse. The kernel frees the lock when the last process of a run dies."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from handoff.errors import CouldNotRun, RunInProgress


@dataclass(frozen=True)
class Holder:
    """Who holds the lock, as the holder wrote it."""

    pid: int
    started_at: str

    def __str__(self) -> str:
        return f"process {self.pid}, started {self.started_at}"


@contextmanager
def run_lock(warehouse: Path) -> Iterator[int]:
    """Hold DIR/.lock; yields the descriptor, which a child process must inherit to keep the lock alive.

    Raises RunInProgress at once, naming the holder, when another run has it.
    """
    path = warehouse / ".lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    except OSError as error:
        raise CouldNotRun(
            f"The lock {path} cannot be opened: {error.strerror}.",
            hint="Run as the owner of the warehouse, or name another by --warehouse.",
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = read_holder(path)
            raise RunInProgress(
                f"A run is in progress in {warehouse}" + (f" ({holder})." if holder else "."),
                hint="Wait for it to end, or use another --warehouse. The lock frees itself if that process dies.",
            ) from error
        text = json.dumps({"pid": os.getpid(), "started_at": datetime.now(UTC).isoformat(timespec="seconds")})
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode(), 0)
        yield descriptor
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def read_holder(path: Path) -> Holder | None:
    """The holder written in the lock file; None when there is none or it cannot be read."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return Holder(pid=int(document["pid"]), started_at=str(document["started_at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_locked(warehouse: Path) -> bool:
    """Whether a run holds the warehouse now; takes nothing."""
    path = warehouse / ".lock"
    if not path.exists():
        return False
    with path.open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
