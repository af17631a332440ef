"""dbt's own unit tests, one per rule edge, beside the models: all of them, on an empty build of the whole project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """The outcome of every unit test after `dbt build --empty`."""
    folder = tmp_path_factory.mktemp("unit")
    common = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(folder / "target")]
    common += ["--log-path", str(folder / "logs"), "--quiet"]
    environment = os.environ | {"HANDOFF_DATABASE": str(folder / "handoff.duckdb"), "DO_NOT_TRACK": "1"}
    for arguments in (
        ["build", "--empty", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "test"],
        ["test", "--select", "test_type:unit"],
    ):
        command = [sys.executable, "-m", "dbt.cli.main", *arguments, *common]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=900)
        if arguments[0] == "build":
            assert done.returncode == 0, done.stdout[-3000:]
    document = json.loads((folder / "target" / "run_results.json").read_text(encoding="utf-8"))
    return list(document["results"])


def test_every_unit_test_passes(results: list[dict[str, str]]) -> None:
    failed = [f"{result['unique_id']}: {result['message']}" for result in results if result["status"] != "pass"]
    assert not failed, "\n".join(failed)


def test_every_mart_has_a_unit_test(results: list[dict[str, str]]) -> None:
    tested = {result["unique_id"].split(".")[2] for result in results}
    marts = {path.stem for folder in ("marts", "reports") for path in (PROJECT / "models" / folder).rglob("*.sql")}
    marts = {name for name in marts if name.startswith(("fct_", "dim_", "rpt_", "bridge_"))}
    assert marts, "no marts found"
    assert marts - tested == set(), f"marts without a unit test: {sorted(marts - tested)}"
