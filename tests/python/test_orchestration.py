"""What schedulers are told to call works as written: selectors, the hourly script, the units and the workflows."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from runner_support import environment, people
from support.compiled import PROJECT, VENDORS, manifest_path

EXAMPLES = PROJECT / "examples"
HANDOFF = Path(sys.executable).parent / "handoff"
SCRIPT = EXAMPLES / "cron" / "hourly.sh"


def script(**more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SCRIPT)], env=environment(HANDOFF=str(HANDOFF), **more), capture_output=True, text=True, timeout=300
    )


@pytest.fixture(scope="module")
def selected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The models of every selector, by dbt."""
    folder = tmp_path_factory.mktemp("selectors")
    program = """
import json, sys
from dbt.cli.main import dbtRunner
where = ["--project-dir", sys.argv[1], "--profiles-dir", sys.argv[1], "--vars", sys.argv[3]]
where += ["--target-path", sys.argv[2], "--log-path", sys.argv[2]]
manifest = dbtRunner().invoke(["--quiet", "parse", *where]).result
found = {}
for name in sys.argv[4:]:
    listed = ["--quiet", "ls", "--selector", name, "--resource-type", "model", "--output", "name", *where]
    found[name] = dbtRunner(manifest=manifest).invoke(listed).result
print("RESULT" + json.dumps(found))
"""
    names = [
        one["name"] for one in yaml.safe_load((PROJECT / "selectors.yml").read_text(encoding="utf-8"))["selectors"]
    ]
    sources = {name: {"enabled": True, "database": None, "schema": f"landed_{name}"} for name in VENDORS}
    done = subprocess.run(
        [sys.executable, "-c", program, str(PROJECT), str(folder), json.dumps({"sources": sources}), *names],
        env=os.environ | {"HANDOFF_DATABASE": str(folder / "handoff.duckdb")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "RESULT" in done.stdout, done.stdout + done.stderr
    found: dict[str, list[str]] = yaml.safe_load(done.stdout.split("RESULT")[1])
    # dbt lists a version of a model as name.v1
    return {name: {model.partition(".")[0] for model in models} for name, models in found.items()}


def models() -> dict[str, dict[str, Any]]:
    nodes = yaml.load(manifest_path(*VENDORS).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nodes"]
    return {node["name"]: node for node in nodes.values() if node["resource_type"] == "model"}


def test_every_public_mart_is_in_a_selector_with_all_it_reads(selected: dict[str, set[str]]) -> None:
    known = models()
    assert set(selected) == {"hourly_handoff", "daily_scoring", "weekly_review"}
    public = {name for name, model in known.items() if model["config"].get("access") == "public"}
    assert len(public) > 30
    assert public - set.union(*selected.values()) == set()
    for name, chosen in selected.items():
        parents = {
            parent.rpartition(".")[2]
            for model in chosen & set(known)
            for parent in known[model]["depends_on"]["nodes"]
            if parent.startswith("model.")
        }
        assert parents - chosen == set(), name
    assert {"fct_handoff_sla", "fct_mql_cycles", "rpt_follow_up_queue"} <= selected["hourly_handoff"]
    assert "rpt_sla_compliance" not in selected["hourly_handoff"] | selected["daily_scoring"]
    assert "fct_handoff_sla" not in selected["daily_scoring"]


def test_the_hourly_script_runs_and_says_how_it_went(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    told = {"HANDOFF_WAREHOUSE": str(warehouse)}
    source = people(tmp_path / "with a space")
    done = script(HANDOFF_SOURCES=f"\ngeneric={source}\n", **told)
    assert done.returncode == 0, done.stderr
    assert (warehouse / "run.json").exists()
    assert script(HANDOFF_SOURCES=f"generic={tmp_path / 'nowhere'}", **told).returncode == 2
    assert script(HANDOFF_SOURCES="", **told).returncode != 0


def test_an_hour_that_finds_the_last_run_at_work_is_no_failure(tmp_path: Path) -> None:
    busy, failing = tmp_path / "busy", tmp_path / "failing"
    for path, code in ((busy, 75), (failing, 1)):
        path.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
        path.chmod(0o755)
    told = {"HANDOFF_SOURCES": "generic=here", "HANDOFF_WAREHOUSE": str(tmp_path)}
    codes = [
        subprocess.run([str(SCRIPT)], env=environment(HANDOFF=str(command), **told)).returncode
        for command in (busy, failing)
    ]
    assert codes == [0, 1]


def test_crontab_and_units_call_the_script_with_what_it_asks_for() -> None:
    lines = (EXAMPLES / "cron" / "crontab").read_text(encoding="utf-8").splitlines()
    settings = dict(line.split("=", 1) for line in lines if line[:1].isupper())
    (job,) = [line for line in lines if line[:1].isdigit()]
    assert job.split()[5:] == [f"/opt/handoff/{SCRIPT.relative_to(PROJECT)}"]
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read(EXAMPLES / "systemd" / "handoff.service")
    assert unit["Service"]["ExecStart"] == job.split()[5]
    text = (EXAMPLES / "systemd" / "handoff.service").read_text(encoding="utf-8")
    asked = {"HANDOFF", "HANDOFF_SOURCES", "HANDOFF_WAREHOUSE"}
    assert asked <= set(settings) and all(f"Environment={name}=" in text for name in asked)
    timer = configparser.RawConfigParser()
    timer.read(EXAMPLES / "systemd" / "handoff.timer")
    assert timer["Timer"]["OnCalendar"] and timer["Install"]["WantedBy"] == "timers.target"


def steps(path: Path) -> list[str]:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "jobs"} <= set(document) and True in document  # YAML reads the key `on` as true
    (job,) = document["jobs"].values()
    assert all("run" in step or "uses" in step for step in job["steps"])
    return [step["run"] for step in job["steps"] if "run" in step]


def test_the_workflow_runs_as_written(tmp_path: Path) -> None:
    workflow = EXAMPLES / "github-actions" / "handoff.yml"
    given = yaml.safe_load(workflow.read_text(encoding="utf-8"))["env"]
    assert set(given) == {"HANDOFF", "HANDOFF_SOURCES", "HANDOFF_WAREHOUSE"}
    told = {
        "HANDOFF": str(HANDOFF),
        "HANDOFF_SOURCES": f"generic={people(tmp_path / 'landed')}",
        "HANDOFF_WAREHOUSE": str(tmp_path / "warehouse"),
    }
    called = steps(workflow)
    assert called.pop(0) == "make setup"  # done: these tests run in what it made
    for command in called:
        done = subprocess.run(
            ["bash", "-e", "-c", command], cwd=PROJECT, env=environment(**told), capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert (tmp_path / "warehouse" / "current" / "handoff.duckdb").exists()


def test_the_project_checks_itself_by_commands_that_exist() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for command in steps(PROJECT / ".github" / "workflows" / "check.yml"):
        words = command.split()
        if words[0] == "make":
            assert all(f"\n{target}:" in makefile for target in words[1:]), command
        else:
            assert os.access(PROJECT / words[0], os.X_OK), command
