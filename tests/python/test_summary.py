"""What a demo tells its reader to do next can be done as it is printed."""

from __future__ import annotations

import subprocess
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


def test_a_newcomer_s_second_command_says_why_somebody_was_sent_and_what_is_late(demo_warehouse: Path) -> None:
    """From a fresh clone: make demo, then the command that it ends with."""
    person = example_person(demo_warehouse / "current")
    command = [sys.executable, "-m", "handoff.cli", "explain", person, "--warehouse", str(demo_warehouse)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()[1:6]
    marts = demo_warehouse / "marts"
    sent = duckdb.sql(
        f"""
        select qualified.next_action || ': ' || action_reason, strftime(handed_off_at, '%Y-%m-%d %H:%M:%S')
        from '{marts}/fct_qualifications.parquet' as qualified
        join '{marts}/fct_handoffs.parquet' using (person_id)
        where person_id = '{person}' order by sequence desc limit 1
        """
    ).fetchone()
    late = duckdb.sql(
        f"""
        select clock || ' due ' || strftime(due_at, '%Y-%m-%d %H:%M:%S')
        from '{marts}/fct_handoff_sla.parquet' where person_id = '{person}' and sla_status = 'open_breached'
        """
    ).fetchall()
    assert sent is not None and late  # the most urgent one of the demo is late
    assert lines[0] == f"  in short: {sent[0]}"
    assert lines[1].startswith(f"  sent {sent[1]} as ")
    assert lines[2].startswith("  late: ")
    assert sorted(lines[2].removeprefix("  late: ").split(", ")) == sorted(clock for (clock,) in late)


def test_the_command_is_named_as_the_shell_would_find_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "argv", [".venv/bin/handoff", "demo"])
    assert command_name() == ".venv/bin/handoff"
    monkeypatch.setattr(sys, "argv", ["cli.py", "demo"])
    assert command_name() == "handoff"
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    monkeypatch.setattr(sys, "argv", [".venv/bin/handoff", "demo"])
    assert command_name() == "handoff"
