"""What a warehouse remembers from run to run: the statuses in which its runs saw the records.

A source that keeps only the current status forgets what was before. Each run adds what it sees to what the runs before
saw, in a file of the version that it publishes: the memory changes with the marts or not at all, whoever goes back to
an earlier version goes back to its memory, and a run that fails leaves it as it was.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from handoff.database import opened
from handoff.errors import CouldNotRun
from handoff.landing import first_line, literal
from handoff.publish import STATE_FOLDER

OBSERVATIONS = f"{STATE_FOLDER}/status_observations.parquet"
_COLUMNS = (
    "record_key varchar, source_system varchar, crm_status varchar, "
    "stands_since timestamp, first_seen_at timestamp, last_seen_at timestamp"
)


def load(database: Path, previous: Path | None) -> None:
    """Lay what the published version remembers into the candidate, as `handoff_run.status_observations`."""
    file = previous / OBSERVATIONS if previous else None
    with opened(database) as candidate:
        candidate.execute("create schema if not exists handoff_run")
        candidate.execute(f"create or replace table handoff_run.status_observations ({_COLUMNS})")
        if file is None or not file.is_file():
            return
        try:
            candidate.execute(
                f"insert into handoff_run.status_observations by name select * from read_parquet({literal(str(file))})"
            )
        except duckdb.Error as error:
            raise CouldNotRun(
                f"{file} cannot be read: {first_line(error)}",
                hint="Move it away to go on without: the statuses that earlier runs saw are then forgotten.",
            ) from error


def save(database: Path, folder: Path) -> None:
    """Write what the candidate remembers into the folder of the version to publish."""
    with opened(database, read_only=True) as candidate:
        if not candidate.execute(
            "select 1 from information_schema.tables where table_schema = 'conformed' "
            "and table_name = 'int_status_observations_kept'"
        ).fetchall():
            return  # a project without statuses remembers nothing
        (folder / STATE_FOLDER).mkdir(mode=0o700)
        candidate.execute(
            "copy (select * from conformed.int_status_observations_kept order by all) "
            f"to {literal(str(folder / OBSERVATIONS))} (format parquet, compression zstd)"
        )
