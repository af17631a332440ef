"""The vendor packages' own integration fixtures and the two real exports, run as they are, alone and together.

Every row of every file is counted by Python's csv module and found again; what names nobody says so and stops nothing.
"""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path

import duckdb
import pytest
from runner_support import handoff

REPOSITORY = Path(__file__).parents[2]
FOLDERS = {
    "salesforce": "fivetran_salesforce",
    "hubspot": "fivetran_hubspot",
    "marketo": "fivetran_marketo",
    "pardot": "fivetran_pardot",
}
EXPORTS = ("salesforce_trailhead", "salesforce_workshop")
TOGETHER = tuple(FOLDERS)
SOME = [(vendor,) for vendor in FOLDERS] + list(itertools.combinations(FOLDERS, 2))


def run(shared_data: Path, warehouse: Path, sources: dict[str, str]) -> dict[str, Path]:
    """Run these folders; returns where each vendor's files lie."""
    folders = {vendor: shared_data / name for vendor, name in sources.items()}
    for folder in folders.values():
        if not folder.is_dir():
            pytest.skip(f"{folder.name} is absent; HANDOFF_SHARED_DATA may name the folder that holds it")
    words = [word for vendor, folder in folders.items() for word in ("--source", f"{vendor}={folder}")]
    done = handoff(
        *("run", *words, "--as-of", "2026-06-30T18:00:00Z", "--warehouse", str(warehouse)),
        HANDOFF_PROJECT=str(REPOSITORY),
    )
    assert done.returncode == 0, done.stderr
    return folders


def assert_every_row_is_accounted_for(warehouse: Path, folders: dict[str, Path]) -> int:
    """Every file is read or listed with why not, every row ends in one disposition; how many rows there were."""
    record = json.loads((warehouse / "run.json").read_text(encoding="utf-8"))
    assert {source["source_system"] for source in record["sources"]} == set(folders)
    rows = 0
    for source in record["sources"]:
        folder = folders[source["source_system"]]
        listed = {table["file_name"] for table in source["tables"]}
        listed |= {ignored["file_name"] for ignored in source["ignored"]}
        assert listed == {path.name for path in folder.glob("*.csv")}
        for table in source["tables"]:
            with (folder / table["file_name"]).open(encoding="utf-8-sig", newline="") as handle:
                expected = sum(1 for _ in csv.DictReader(handle))
            assert table["rows_in"] == sum(table["dispositions"].values()) == expected, table["file_name"]
            rows += expected
    assert rows > 0
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as marts:
        placed = marts.execute("select count(*) from marts.fct_row_dispositions").fetchone()
        unaccounted = marts.execute("select count(*) from marts.rpt_reconciliation where unaccounted <> 0").fetchone()
    assert (placed, unaccounted) == ((rows,), (0,))
    return rows


@pytest.fixture(scope="module")
def together(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    """The warehouse of one run over all four fixture folders."""
    warehouse = tmp_path_factory.mktemp("fixtures")
    return warehouse, run(shared_data, warehouse, FOLDERS)


def test_all_four_together_account_for_every_row(together: tuple[Path, dict[str, Path]]) -> None:
    warehouse, folders = together
    assert assert_every_row_is_accounted_for(warehouse, folders) > 3000


def test_what_joins_to_nothing_is_an_orphan_and_nothing_is_quarantined_for_it(
    together: tuple[Path, dict[str, Path]],
) -> None:
    """HubSpot's deal stages are of deals that are not there; its company history is partly of known companies."""
    warehouse, folders = together
    with (folders["hubspot"] / "company_data.csv").open(encoding="utf-8-sig", newline="") as handle:
        companies = {row["id"] for row in csv.DictReader(handle)}
    with (folders["hubspot"] / "company_property_history_data.csv").open(encoding="utf-8-sig", newline="") as handle:
        strangers = sum(row["company_id"] not in companies for row in csv.DictReader(handle))
    with (folders["marketo"] / "marketo_lead_data.csv").open(encoding="utf-8-sig", newline="") as handle:
        leads = {row["id"] for row in csv.DictReader(handle)}
    with (folders["marketo"] / "marketo_activity_merge_leads_data.csv").open(
        encoding="utf-8-sig", newline=""
    ) as handle:
        lost = sum(row["lead_id"] not in leads for row in csv.DictReader(handle))
    assert 0 < strangers < 100 and lost > 0
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as marts:
        orphans = dict(
            marts.execute(
                "select source_system || '.' || source_table, count(*) from marts.fct_row_dispositions "
                "where reason_codes like '%unknown_parent%' group by all"
            ).fetchall()
        )
        quarantined = marts.execute(
            "select count(*) from marts.fct_row_dispositions where source_system <> 'salesforce' "
            "and disposition = 'quarantined'"
        ).fetchone()
    assert orphans["hubspot.company_property_history"] == strangers
    assert orphans["marketo.activity_merge_leads"] == lost
    assert orphans["hubspot.deal_stage"] == 14
    assert quarantined == (0,)


def test_merged_contacts_of_the_fixture_are_one_person(together: tuple[Path, dict[str, Path]]) -> None:
    warehouse, _ = together
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as marts:
        found = marts.execute(
            "select person_id, list(record_id order by record_id), min(link_method) filter (where not is_survivor) "
            "from marts.bridge_person_records where source_system = 'hubspot' group by person_id having count(*) > 1"
        ).fetchall()
    assert [(records, method) for _, records, method in found] == [
        (["46897301", "76226001", "76340251", "78971951"], "merge")
    ]


@pytest.mark.long
@pytest.mark.parametrize("vendors", SOME, ids="+".join)
def test_alone_and_in_pairs(shared_data: Path, tmp_path: Path, vendors: tuple[str, ...]) -> None:
    folders = run(shared_data, tmp_path, {vendor: FOLDERS[vendor] for vendor in vendors})
    assert_every_row_is_accounted_for(tmp_path, folders)


@pytest.mark.long
@pytest.mark.parametrize("export", EXPORTS)
def test_beside_a_real_export(shared_data: Path, tmp_path: Path, export: str) -> None:
    folders = run(shared_data, tmp_path, FOLDERS | {"salesforce": export})
    assert_every_row_is_accounted_for(tmp_path, folders)
