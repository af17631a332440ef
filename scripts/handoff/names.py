"""pii.duckdb, for those who may read it: the one place that names are read from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from handoff.database import opened
from handoff.errors import CouldNotRun


@contextmanager
def opened_names(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A published pii.duckdb, read-only; says why when there is none or it is not yours to read."""
    if not path.exists():
        raise CouldNotRun("The run published no names.", hint="It was told --no-pii; leave out --include-pii.")
    if not os.access(path, os.R_OK):
        raise CouldNotRun(f"You may not read {path.name}.", hint="Ask its owner, or leave out --include-pii.")
    with opened(path, read_only=True) as pii:
        yield pii
