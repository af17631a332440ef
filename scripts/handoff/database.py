"""DuckDB connections of this package: in UTC, and never fetching an extension."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb


@contextmanager
def opened(path: Path | None = None, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a file, or to memory; closed at the end."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=config) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection
