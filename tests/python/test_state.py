"""What a warehouse remembers from run to run: carried on with what is published, never without it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from handoff import state
from handoff.errors import CouldNotRun
from runner_support import PROJECT, handoff, people

# The smallest project whose runs remember: what they saw before, and what they see now.
KEPT = """
{{ config(schema='conformed', materialized='table') }}
{%- set before = adapter.get_relation(target.database, 'handoff_run', 'status_observations') if execute else 'none' %}
select 'K' as record_key, 'generic' as source_system, 'run ' || cast(count(*) + 1 as varchar) as crm_status,
    cast(null as timestamp) as stands_since, cast('{{ var("as_of") }}' as timestamp) as first_seen_at,
    cast('{{ var("as_of") }}' as timestamp) as last_seen_at
from {{ before }}
union all
select * from {{ before }}
"""


def remembered(warehouse: Path) -> list[str]:
    file = warehouse / "current" / state.OBSERVATIONS
    with duckdb.connect() as connection:
        return [row[0] for row in connection.sql(f"select crm_status from '{file}' order by all").fetchall()]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project") / "runner"
    shutil.copytree(PROJECT, folder)
    (folder / "models" / "int_status_observations_kept.sql").write_text(KEPT, encoding="utf-8")
    return folder


def test_what_runs_saw_changes_with_what_they_publish(project: Path, tmp_path: Path) -> None:
    source, warehouse = people(tmp_path / "crm"), tmp_path / "warehouse"

    def run(day: str, *more: str) -> int:
        options = ["--source", f"generic={source}", "--as-of", day, "--warehouse", str(warehouse), *more]
        return handoff("run", *options, HANDOFF_PROJECT=str(project)).returncode

    assert run("2024-05-01") == 0
    assert remembered(warehouse) == ["run 1"]
    assert run("2024-05-02") == 0
    assert remembered(warehouse) == ["run 1", "run 2"]
    folder = (warehouse / "current" / state.OBSERVATIONS).parent
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (warehouse / "current" / state.OBSERVATIONS).stat().st_mode & 0o777 == 0o600

    # pitfall 28: a source that lost its people is not published, so nothing is forgotten or learnt
    people(tmp_path / "crm", "record_id,email,created_at\n")
    assert run("2024-05-03") == 1
    assert remembered(warehouse) == ["run 1", "run 2"]
    # and where that is meant, what was seen before is still known
    assert run("2024-05-03", "--allow-empty") == 0
    assert remembered(warehouse) == ["run 1", "run 2", "run 3"]


def test_a_broken_memory_stops_the_run_and_says_how_to_go_on(tmp_path: Path) -> None:
    file = tmp_path / "version" / state.OBSERVATIONS
    file.parent.mkdir(parents=True)
    file.write_text("no parquet", encoding="utf-8")
    with pytest.raises(CouldNotRun, match="cannot be read") as caught:
        state.load(tmp_path / "candidate.duckdb", tmp_path / "version")
    assert "Move it away" in (caught.value.hint or "")


def test_a_first_run_remembers_nothing(tmp_path: Path) -> None:
    for previous in (None, tmp_path):
        state.load(tmp_path / "candidate.duckdb", previous)
        with duckdb.connect(str(tmp_path / "candidate.duckdb")) as candidate:
            assert candidate.sql("select count(*) from handoff_run.status_observations").fetchall() == [(0,)]
