"""Every current score and every due instant of the demo, recomputed from the published Parquet and the rule seeds."""

from __future__ import annotations

import ast
import csv
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "tests" / "python" / "oracles" / "recompute.py"


def recompute(marts: Path, seeds: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), "--marts", str(marts), "--seeds", str(seeds)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def test_no_score_and_no_clock_differs(demo_warehouse: Path) -> None:
    done = recompute(demo_warehouse / "marts", PROJECT / "seeds")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "current scores: 4000 compared, 0 differences" in done.stdout
    assert "SLA clocks: 0 compared" not in done.stdout


def test_a_rule_that_was_not_run_is_found_out(demo_warehouse: Path, tmp_path: Path) -> None:
    """The oracle can fail: other points, other opening hours, and both parts see it."""
    seeds = tmp_path / "seeds"
    shutil.copytree(PROJECT / "seeds", seeds)
    change(seeds / "rules/lead_scoring/rule_score_points.csv", "points", "10", "11")
    change(seeds / "rules/handoff_sla/rule_business_hours.csv", "opens_at", "09:00", "09:01")
    done = recompute(demo_warehouse / "marts", seeds)
    assert done.returncode == 1
    for line in done.stdout.splitlines():
        if "compared" in line:
            assert not line.endswith(" 0 differences"), line


def change(path: Path, column: str, old: str, new: str) -> None:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert any(row[column] == old for row in rows), f"{path.name} has no {column} of {old}"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(row | ({column: new} if row[column] == old else {}) for row in rows)


def test_the_oracles_share_nothing_with_the_project() -> None:
    """They import nothing from the package and read no SQL."""
    oracles = sorted((PROJECT / "tests" / "python" / "oracles").glob("*.py"))
    assert oracles
    for path in oracles:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not [name for name in names if name.split(".")[0] in ("handoff", "dbt", "jinja2")], path.name
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.endswith(".sql"), path.name
                assert "macros/" not in node.value and "models/" not in node.value, path.name
