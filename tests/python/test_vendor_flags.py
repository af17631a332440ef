"""A vendor that is switched off leaves nothing behind: no model, no source, no test, no freshness."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from staging_support import dbt
from support.compiled import VENDORS, manifest_path


def left_of(vendor: str, names: list[str]) -> list[str]:
    """What in a list of dbt's resources belongs to a vendor."""
    marks = (f"stg_{vendor}__", f"int_{vendor}_", f"source:handoff.{vendor}.", f"source.handoff.{vendor}.")
    return [name for name in names if any(mark in name for mark in marks)]


def resources(manifest: dict[str, Any]) -> list[str]:
    return [*manifest["nodes"], *manifest["sources"]]


def test_one_vendor_alone_leaves_nothing_of_the_others() -> None:
    manifest = json.loads(manifest_path().read_text(encoding="utf-8"))
    names = resources(manifest)
    assert left_of("generic", names)
    assert {vendor: left_of(vendor, names) for vendor in VENDORS if vendor != "generic"} == {
        vendor: [] for vendor in VENDORS if vendor != "generic"
    }


def test_all_together_have_something_of_each() -> None:
    manifest = json.loads(manifest_path(*VENDORS).read_text(encoding="utf-8"))
    names = resources(manifest)
    assert min(len(left_of(vendor, names)) for vendor in VENDORS) > 10
    for vendor in VENDORS:
        folder = Path(__file__).parents[2] / "models" / "staging" / vendor
        models = {path.stem for path in folder.glob("*.sql")}
        assert {f"model.handoff.{name}" for name in models} <= set(names)


@pytest.mark.long
@pytest.mark.parametrize("vendor", VENDORS)
def test_each_vendor_can_be_off_alone(vendor: str, tmp_path: Path) -> None:
    others = [name for name in VENDORS if name != vendor]
    done = dbt(tmp_path / "handoff.duckdb", ["ls", "--quiet", "--resource-types", "all"], others)
    assert done.returncode == 0, done.stdout + done.stderr
    names = done.stdout.split()
    assert left_of(vendor, names) == []
    assert not [name for name in names if f".{vendor}." in name]
    assert all(left_of(other, names) for other in others)
