"""The examples for Dagster and Airflow: one loads and materialises, the other says what the command understands.

Dagster comes from PyPI into an environment of its own, which is kept under target/; where PyPI is out of reach and
nothing is kept, its tests skip and say so. Airflow is not installed: its file is read, and its commands are tried.
"""

from __future__ import annotations

import ast
import fcntl
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import runner_support
from test_docs import wrong_command

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = ROOT / "examples/dagster/definitions.py"
DAG = ROOT / "examples/airflow/handoff_dag.py"
KEPT = ROOT / "target" / "dagster_for_tests"
PACKAGES = ["dagster==1.13.27", "dagster-dbt==0.29.27", "dbt-core==1.12.6", "dbt-duckdb==1.11.1"]


@pytest.fixture(scope="module")
def python() -> Path:
    """A Python with Dagster."""
    KEPT.parent.mkdir(exist_ok=True)
    with (KEPT.parent / "dagster_for_tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        program = KEPT / "bin/python"
        if not (KEPT / "ready").exists():
            uv = str(Path(sys.executable).parent / "uv")
            steps = [
                [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(KEPT)],
                [
                    uv,
                    "pip",
                    "install",
                    "--quiet",
                    "--python",
                    str(program),
                    "--override",
                    str(ROOT / "requirements.overrides.txt"),
                    *PACKAGES,
                ],
            ]
            for step in steps:
                done = subprocess.run(step, capture_output=True, text=True, timeout=300)
                if done.returncode:
                    pytest.skip(f"Dagster cannot be had here: {done.stderr.strip().splitlines()[-1]}")
            (KEPT / "ready").touch()
    return program


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with landed people, a place to publish, and the manifest of the small project."""
    folder = tmp_path_factory.mktemp("dagster")
    runner_support.people(folder / "landed")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "dbt.cli.main",
            "--quiet",
            "parse",
            "--project-dir",
            str(runner_support.PROJECT),
            "--profiles-dir",
            str(runner_support.PROJECT),
            "--target-path",
            str(folder / "target"),
            "--log-path",
            str(folder / "logs"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    (folder / "handoff").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m handoff.cli "$@"\n', encoding="utf-8")
    (folder / "handoff").chmod(0o755)
    return folder


MATERIALISE = """
import json, sys
import dagster as dg
sys.path.insert(0, sys.argv[1])
from definitions import defs, handoff
dg.Definitions.validate_loadable(defs)
result = dg.materialize([handoff], raise_on_error=False)
found = {
    event.asset_key.path[-1]: {name: value.value for name, value in event.materialization.metadata.items()}
    for event in result.get_asset_materialization_events()
}
said = [str(event.event_specific_data.error_display_string) for event in result.all_events if event.is_step_failure]
print(json.dumps({"ok": result.success, "marts": found, "keys": sorted(key.path[-1] for key in handoff.keys),
                  "schedules": [one.name for one in defs.schedules], "said": said}))
"""


def materialised(python: Path, place: Path, **more: str) -> dict[str, object]:
    environment = os.environ | {
        "HANDOFF_PROJECT": str(runner_support.PROJECT),
        "HANDOFF_COMMAND": str(place / "handoff"),
        "HANDOFF_MANIFEST": str(place / "target/manifest.json"),
        "HANDOFF_SOURCES": f"generic={place / 'landed'}",
        "HANDOFF_WAREHOUSE": str(place / "warehouse"),
        "HANDOFF_AS_OF": "2024-05-01",
        "DAGSTER_HOME": "",
        "DAGSTER_DISABLE_TELEMETRY": "1",
    }
    done = subprocess.run(
        [str(python), "-c", MATERIALISE, str(DEFINITIONS.parent)],
        capture_output=True,
        text=True,
        env=environment | more,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    document: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return document


def test_dagster_materialises_every_mart_by_one_run(python: Path, place: Path) -> None:
    told = materialised(python, place)
    assert told["ok"] is True and told["schedules"] == ["hourly_handoff"], told["said"]
    record = json.loads((place / "warehouse/run.json").read_text(encoding="utf-8"))
    published = {mart["name"]: mart for mart in record["marts"]}
    marts = told["marts"]
    assert isinstance(marts, dict) and set(marts) == set(published) == set(told["keys"])
    assert {name: entry["dagster/row_count"] for name, entry in marts.items()} == {
        name: mart["rows"] for name, mart in published.items()
    }
    assert {entry["run_id"] for entry in marts.values()} == {record["run_id"]}
    with duckdb.connect(str(place / "warehouse/marts.duckdb"), read_only=True) as database:
        assert database.execute("select count(*) from marts.dim_person").fetchone() == (
            published["dim_person"]["rows"],
        )


def test_a_run_that_fails_fails_in_dagster_with_its_words(python: Path, place: Path) -> None:
    told = materialised(python, place, HANDOFF_SOURCES="generic=/nowhere")
    assert told["ok"] is False and told["marts"] == {}
    assert "/nowhere" in str(told["said"])


# --- Airflow ---------------------------------------------------------------------------------------------------------


def commands() -> Iterator[str]:
    """What the tasks of the DAG return, with the constants of the file put in."""
    module = ast.parse(DAG.read_text(encoding="utf-8"))
    constants = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else constants[part.value.id]
                for part in node.value.values
            )


def test_cosmos_builds_by_a_selector_that_there_is() -> None:
    module = ast.parse((DAG.parent / "cosmos_dag.py").read_text(encoding="utf-8"))
    (selector,) = [
        ast.literal_eval(keyword.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "selector"
    ]
    assert f"- name: {selector}\n" in (ROOT / "selectors.yml").read_text(encoding="utf-8")
    assert "TestIndirectSelection.BUILDABLE" in ast.unparse(module)


def test_the_dag_is_python_and_its_tasks_call_what_there_is() -> None:
    found = list(commands())
    assert [shlex.split(command)[1] for command in found] == ["run", "check", "notify"]
    assert [wrong for command in found if (wrong := wrong_command(shlex.split(command)))] == []
    text = DAG.read_text(encoding="utf-8")
    assert "skip_on_exit_code=75" in text and "max_active_runs=1" in text
