"""dbt parses the project, every vendor switched on, without one deprecation or other warning."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from support.compiled import PROJECT, VENDORS


def parse(project: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    sources = {vendor: {"enabled": True, "database": None, "schema": f"landed_{vendor}"} for vendor in VENDORS}
    command = [
        *(sys.executable, "-m", "dbt.cli.main", "--warn-error", "parse", "--no-partial-parse"),
        *("--show-all-deprecations", "--project-dir", str(project), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
        *("--vars", json.dumps({"sources": sources})),
    ]
    environment = os.environ | {"HANDOFF_DATABASE": str(folder / "handoff.duckdb"), "DO_NOT_TRACK": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)


def test_the_project_parses_without_a_warning(tmp_path: Path) -> None:
    done = parse(PROJECT, tmp_path)
    assert done.returncode == 0, done.stdout
    assert "eprecat" not in done.stdout, done.stdout


def test_a_deprecation_would_be_noticed(tmp_path: Path) -> None:
    """A test's inputs outside of `arguments:` are an older form that dbt still takes."""
    project = tmp_path / "old"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text("name: old\nversion: '1'\nprofile: handoff\nconfig-version: 2\n")
    (project / "models" / "one.sql").write_text("select 1 as a")
    (project / "models" / "one.yml").write_text(
        "models:\n- name: one\n  columns:\n  - name: a\n    data_tests: [{accepted_values: {values: [1]}}]\n"
    )
    done = parse(project, tmp_path)
    assert done.returncode != 0 and "eprecat" in done.stdout, done.stdout
