"""Every command answers in JSON when it is asked to: one document on standard output, and nothing beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from handoff import run as runs
from handoff.cli import cli


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands())


def test_every_command_takes_json() -> None:
    assert len(COMMANDS) >= 18
    without = [
        " ".join(path)
        for path, command in COMMANDS.items()
        if not any("--json" in parameter.opts for parameter in command.params)
    ]
    assert without == []


# What each is called with, beside --json; W is a published warehouse, T a folder of the test's own.
CALLS: dict[tuple[str, ...], list[str]] = {
    ("init",): ["T/crm", "--out", "T/handoff.yml"],
    ("convert",): ["T/export", "--out", "T/converted", "--plan", "T/convert.yml"],
    ("explain",): ["PERSON", "--warehouse", "W"],
    ("check",): ["--warehouse", "W"],
    ("doctor",): ["--warehouse", "W"],
    ("sources", "accept"): ["--source", "generic=T/crm", "--warehouse", "T/warehouse", "--because", "it is so"],
    ("metrics",): ["--warehouse", "W", "query", "--metrics", "mqls", "--group-by", "metric_time__month"],
    ("notify",): ["--warehouse", "W", "--about", "review"],
    ("audit",): ["--warehouse", "W", "--out", "T/audit"],
    ("review",): ["--warehouse", "W", "--out", "T/review.html"],
    ("export",): ["rpt_follow_up_queue", "--warehouse", "W"],
    ("rules", "lint"): [],
    ("rules", "schemas"): ["--out", "T/schemas"],
    ("rules", "diff"): ["--warehouse", "W"],
    ("rules", "backtest"): ["--warehouse", "W"],
    ("generate",): ["--people", "5", "--months", "1", "--out", "T/generated"],
}
# Commands whose answer in JSON another test reads, or that take long.
ELSEWHERE = {
    ("run",): "test_contracts.py::test_two_versions_of_a_mart_are_served_and_the_older_says_when_it_goes",
    ("demo",): "test_json.py::test_demo_prints_the_record_of_its_run",
    ("docs",): "test_dbt_docs.py",
    ("match", "suggest"): "test_match_suggest.py",
    ("rules", "suggest"): "test_suggest.py",
}


def test_the_lists_name_every_command_once() -> None:
    listed = [*CALLS, *ELSEWHERE]
    assert len(listed) == len(set(listed))
    assert set(COMMANDS) == set(listed)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("json")
    (folder / "crm").mkdir()
    (folder / "crm/people.csv").write_text("record_id,record_type\nL1,lead\n", encoding="utf-8")
    (folder / "export").mkdir()
    (folder / "export/people.csv").write_text("Record ID,Record type,Email\n1,lead,a@b.example\n", encoding="utf-8")
    (folder / "warehouse").mkdir()
    return folder


def person_of(warehouse: Path) -> str:
    import duckdb

    (row,) = (
        duckdb.from_parquet(str(warehouse / "marts/fct_mql_cycles.parquet")).project("person_id").limit(1).fetchall()
    )
    return str(row[0])


@pytest.mark.parametrize("path", CALLS, ids=" ".join)
def test_it_prints_one_document_and_nothing_beside_it(path: tuple[str, ...], place: Path, demo_warehouse: Path) -> None:
    stands_for = {"W": str(demo_warehouse), "PERSON": person_of(demo_warehouse)}
    words = [stands_for.get(word, word).replace("T/", f"{place}/") for word in CALLS[path]]
    done = subprocess.run(
        [sys.executable, "-m", "handoff.cli", *path, *words, "--json"],
        cwd=place,
        env={name: value for name, value in os.environ.items() if name != "HANDOFF_PROJECT"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode in (0, 1), done.stderr
    document = json.loads(done.stdout)  # raises where anything stands before or behind it
    assert document if path != ("notify",) else document is not None
    if path == ("metrics",):
        assert document["rows"] and set(document["rows"][0]) == {"metric_time__month", "mqls"}


@pytest.mark.parametrize(
    "words", [["run", "--source", "nothing", "--json"], ["explain", "X", "--warehouse", "T", "--json"]]
)
def test_what_could_not_be_done_is_a_document_too(words: list[str], tmp_path: Path) -> None:
    words = [str(tmp_path) if word == "T" else word for word in words]
    done = subprocess.run(
        [sys.executable, "-m", "handoff.cli", *words], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2 and done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    assert (document["status"], document["exit_code"]) == ("failed", 2) and document["error"]


def test_demo_prints_the_record_of_its_run(
    demo_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = json.loads((demo_warehouse / "run.json").read_text(encoding="utf-8"))
    version = (demo_warehouse / "current").resolve()
    monkeypatch.setattr(runs, "execute", lambda *arguments: runs.Outcome(record, version))
    out = shutil.copytree(demo_warehouse.parent / "landed" / "truth", tmp_path / "demo/landed/truth").parents[1]
    done = CliRunner().invoke(cli, ["demo", "--people", "5", "--months", "1", "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == record
