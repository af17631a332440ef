"""What a demo tells its reader to do next can be done as it is printed."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest
from handoff.cli import command_name
from handoff.explain import explain
from handoff.summary import example_person


def test_the_example_is_the_most_urgent_person_and_can_be_explained(demo_warehouse: Path) -> None:
    person = example_person(demo_warehouse / "current")
    queue = duckdb.from_parquet(str(demo_warehouse / "marts" / "rpt_follow_up_queue.parquet"))
    assert queue.filter("rank = 1").project("person_id").fetchall() == [(person,)]
    explanation = explain(demo_warehouse, person)
    assert explanation["handoffs"] and explanation["sums_agree"]


def test_the_command_is_named_as_the_shell_would_find_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "argv", [".venv/bin/handoff", "demo"])
    assert command_name() == ".venv/bin/handoff"
    monkeypatch.setattr(sys, "argv", ["cli.py", "demo"])
    assert command_name() == "handoff"
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    monkeypatch.setattr(sys, "argv", [".venv/bin/handoff", "demo"])
    assert command_name() == "handoff"
