"""The two real Salesforce exports through the whole project: every row accounted for, by the csv module's count."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import duckdb
import pytest
from runner_support import handoff

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=["salesforce_trailhead", "salesforce_workshop"])
def export(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A real export and the warehouse of its run."""
    data = Path(os.environ.get("HANDOFF_SHARED_DATA") or REPOSITORY.parent / "shared" / "data")
    source = data / request.param
    if not source.is_dir():
        pytest.skip("the shared real exports are absent; HANDOFF_SHARED_DATA may name them")
    warehouse = tmp_path_factory.mktemp(request.param)
    done = handoff(
        *("run", "--source", f"salesforce={source}", "--as-of", "2026-06-30T18:00:00Z", "--warehouse", str(warehouse)),
        HANDOFF_PROJECT=str(REPOSITORY),
    )
    assert done.returncode == 0, done.stderr
    return source, warehouse


def test_every_row_of_every_file_is_accounted_for(export: tuple[Path, Path]) -> None:
    source, warehouse = export
    record = json.loads((warehouse / "run.json").read_text())
    (read,) = record["sources"]
    assert len(read["tables"]) >= 5
    for table in read["tables"]:
        with (source / table["file_name"]).open(encoding="utf-8-sig", newline="") as handle:
            expected = sum(1 for _ in csv.DictReader(handle))
        assert expected > 0
        assert table["rows_in"] == sum(table["dispositions"].values()) == expected, table["file_name"]
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as marts:
        placed = marts.execute("select count(*) from marts.fct_row_dispositions").fetchone()
        leftover = marts.execute("select count(*) from marts.rpt_reconciliation where unaccounted <> 0").fetchone()
    assert placed == (sum(table["rows_in"] for table in read["tables"]),)
    assert leftover == (0,)


def test_what_was_not_read_is_listed_with_why(export: tuple[Path, Path]) -> None:
    source, warehouse = export
    (read,) = json.loads((warehouse / "run.json").read_text())["sources"]
    listed = {table["file_name"] for table in read["tables"]} | {ignored["file_name"] for ignored in read["ignored"]}
    assert listed == {path.name for path in source.glob("*.csv")}
    assert all(ignored["why"] for ignored in read["ignored"])


def test_published_files_agree_and_hold_no_address(export: tuple[Path, Path]) -> None:
    source, warehouse = export
    assert handoff("check", "--warehouse", str(warehouse)).returncode == 0
    page = (warehouse / "review.html").read_text()
    with (source / "Lead.csv").open(encoding="utf-8-sig", newline="") as handle:
        addresses = {row["Email"].lower() for row in csv.DictReader(handle) if row["Email"]}
    assert addresses
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as marts:
        for (mart,) in marts.execute("select table_name from information_schema.tables").fetchall():
            text = str(marts.execute(f"select * from marts.{mart}").fetchall()).lower()
            assert not [address for address in addresses if address in text], mart
    assert not [address for address in addresses if address in page.lower()]


def test_any_person_can_be_explained_and_the_ledger_sums_to_the_score(export: tuple[Path, Path]) -> None:
    _, warehouse = export
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as marts:
        record_id, person_id = marts.execute(
            "select record_id, person_id from marts.bridge_person_records order by record_id limit 1"
        ).fetchall()[0]
    done = handoff("explain", record_id, "--warehouse", str(warehouse), "--json")
    assert done.returncode == 0, done.stderr
    explanation = json.loads(done.stdout)
    assert explanation["person_id"] == person_id
    assert explanation["sums_agree"] and explanation["scores"]
    assert "which equals the score" in handoff("explain", person_id, "--warehouse", str(warehouse)).stdout
    assert handoff("explain", "nobody", "--warehouse", str(warehouse)).returncode == 2
