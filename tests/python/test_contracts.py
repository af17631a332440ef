"""Every mart, report and export keeps its contract with BI: the manifest says so, and no column goes unsaid."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import runner_support
import yaml
from handoff.columns import (
    CHANGES,
    RECORD,
    Change,
    Column,
    Recorded,
    brought_up_to_date,
    contracts,
    read_changes,
    read_record,
    unexplained,
)
from handoff.layering import models_of
from support.compiled import PROJECT, VENDORS, manifest_path

PUBLIC = ("fct_", "dim_", "bridge_", "rpt_", "export_")
# Columns that are another mart's key, and words of theirs that the tests of keys know.
KEYS = {
    "person_id": "dim_person",
    "account_id": "dim_account",
    "campaign_id": "dim_campaign",
    "opportunity_id": "fct_opportunities",
    "mql_id": "fct_mql_cycles",
    "handoff_id": "fct_handoffs",
    "signal_id": "fct_signals",
    "scoring_model": "dim_scoring_model",
    "review_id": "fct_review_sample",
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(manifest_path(*VENDORS).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return document


@pytest.fixture(scope="module")
def marts(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    found = [dict(node) for node in models_of(manifest) if node["name"].startswith(PUBLIC)]
    assert len(found) > 100
    return found


def without(marts: list[dict[str, Any]], keeps: Any) -> list[str]:
    return [mart["name"] for mart in marts if not keeps(mart)]


def test_every_mart_has_an_enforced_contract_with_typed_and_described_columns(marts: list[dict[str, Any]]) -> None:
    assert without(marts, lambda mart: mart["config"]["contract"]["enforced"]) == []
    bare = [
        f"{mart['name']}.{column['name']}"
        for mart in marts
        for column in mart["columns"].values()
        if not (column["data_type"] and column["description"])
    ]
    assert bare == []


def test_every_mart_writes_its_descriptions_into_the_warehouse(marts: list[dict[str, Any]]) -> None:
    assert without(marts, lambda mart: mart["config"]["persist_docs"] == {"relation": True, "columns": True}) == []


def test_every_mart_has_a_group_with_an_owner(manifest: dict[str, Any], marts: list[dict[str, Any]]) -> None:
    owners = {group["name"]: group["owner"].get("name") for group in manifest["groups"].values()}
    assert without(marts, lambda mart: owners.get(mart["group"])) == []


def test_every_mart_is_shown_by_an_exposure_with_an_owner(
    manifest: dict[str, Any], marts: list[dict[str, Any]]
) -> None:
    exposures = manifest["exposures"].values()
    assert [exposure["name"] for exposure in exposures if not exposure["owner"].get("name")] == []
    shown = {key for exposure in exposures for key in exposure["depends_on"]["nodes"]}
    private = [mart for mart in marts if mart["access"] == "private"]
    assert [mart["name"] for mart in private] == ["dim_person_pii"]  # BI reads no names
    assert without(marts, lambda mart: (mart["unique_id"] in shown) != (mart in private)) == []
    exports = [mart for mart in marts if mart["name"].startswith("export_")]
    assert len(exports) == 7
    of_exports = {
        key: exposure for exposure in exposures for key in exposure["depends_on"]["nodes"] if "export_" in key
    }
    assert {exposure["type"] for exposure in of_exports.values()} == {"application"}


def test_every_key_of_another_mart_is_looked_for_there(manifest: dict[str, Any], marts: list[dict[str, Any]]) -> None:
    """One test for the keys we make, one for those of the CRM: each lists the marts that it looks through."""
    read = {
        name: set(manifest["nodes"][f"test.handoff.{name}"]["depends_on"]["nodes"])
        for name in ("assert_every_key_of_ours_is_found", "assert_every_key_of_the_crm_is_found")
    }
    crm = {"account_id", "campaign_id", "opportunity_id"}
    # each export of a vendor is a part of export_crm_reminders
    whole = [mart for mart in marts if mart["access"] == "public"]
    whole = [mart for mart in whole if not mart["name"].startswith("export_") or mart["name"] == "export_crm_reminders"]
    missing = [
        f"{mart['name']}.{column}"
        for mart in whole
        for column in mart["columns"]
        if column in KEYS
        and mart["unique_id"] not in read[f"assert_every_key_of_{'the_crm' if column in crm else 'ours'}_is_found"]
    ]
    assert missing == []
    severity = manifest["nodes"]["test.handoff.assert_every_key_of_ours_is_found"]["config"]["severity"]
    assert severity.lower() == "error"


def test_tools_that_read_relationships_find_the_joins_of_the_star(manifest: dict[str, Any]) -> None:
    found = {
        (test["attached_node"].rsplit(".", 1)[-1], test["column_name"], to)
        for test in manifest["nodes"].values()
        if test["resource_type"] == "test" and (test.get("test_metadata") or {}).get("name") == "relationships"
        for to in re.findall(r"ref\('(\w+)'\)", test["test_metadata"]["kwargs"]["to"])
    }
    assert {
        ("dim_person", "account_id", "dim_account"),
        ("fct_lead_scores", "person_id", "dim_person"),
        ("fct_qualifications", "person_id", "dim_person"),
        ("fct_mql_cycles", "person_id", "dim_person"),
        ("fct_mql_status_history", "mql_id", "fct_mql_cycles"),
        ("fct_handoffs", "mql_id", "fct_mql_cycles"),
        ("fct_handoff_sla", "handoff_id", "fct_handoffs"),
        ("fct_account_readiness_checks", "account_id", "fct_account_readiness"),
        ("fct_opportunities", "sourced_mql_id", "fct_mql_cycles"),
    } <= found


# --- what went, and was told -----------------------------------------------------------------------------------------


def test_every_column_is_recorded_and_what_went_is_told() -> None:
    """After a change that is meant: `python -m handoff.columns --write`."""
    recorded, changes = read_record(PROJECT / RECORD), read_changes(PROJECT / CHANGES)
    assert len(recorded) > 1000
    assert list(unexplained(recorded, contracts(PROJECT), changes)) == []


def test_the_record_is_of_what_dbt_enforces(marts: list[dict[str, Any]]) -> None:
    enforced = {
        Column(mart["alias"], column["name"], column["data_type"].replace(" ", "").lower())
        for mart in marts
        for column in mart["columns"].values()
    }
    assert enforced == set(contracts(PROJECT))


THERE = [Column("fct_a", "a_id", "string"), Column("fct_a", "amount", "bigint")]
RECORDED = [Recorded(column, "0.1.0", "") for column in THERE]


@pytest.mark.parametrize(
    ("now", "changes", "told"),
    [
        (THERE, [], []),
        (THERE[:1], [], ["fct_a.amount (bigint) went without an entry"]),
        (
            [THERE[0], Column("fct_a", "amount", "double")],
            [],
            ["fct_a.amount (double) is not recorded", "fct_a.amount (bigint) went without an entry"],
        ),
        (
            [THERE[0], Column("fct_a", "value", "bigint")],
            [],
            ["fct_a.value (bigint) is not recorded", "fct_a.amount (bigint) went without an entry"],
        ),
        ([], [], [f"fct_a.{column.column} ({column.data_type}) went without an entry" for column in THERE]),
        (THERE, [Change("0.2.0", "fct_a", "amount", "removed")], ["fct_a.amount: an entry, and nothing went"]),
        (
            THERE[:1],
            [Change("0.2.0", "fct_a", "amount", "gone")],
            ["fct_a.amount (bigint) went", "fct_a.amount: `gone` is none of removed, renamed to, retyped to, moved to"],
        ),
    ],
)
def test_what_goes_without_an_entry_is_found(now: list[Column], changes: list[Change], told: list[str]) -> None:
    assert list(unexplained(RECORDED, now, changes)) == told


def test_what_is_told_is_recorded_with_its_end_and_what_is_not_told_stays() -> None:
    now = [THERE[0], Column("fct_a", "amount", "double")]
    untold = brought_up_to_date(RECORDED, now, [], "0.2.0")
    assert list(unexplained(untold, now, [])) == ["fct_a.amount (bigint) went without an entry"]
    changes = [Change("0.2.0", "fct_a", "amount", "retyped to double")]
    told = brought_up_to_date(RECORDED, now, changes, "0.2.0")
    assert [(row.what.data_type, row.since, row.until) for row in told if row.what.column == "amount"] == [
        ("bigint", "0.1.0", "0.2.0"),
        ("double", "0.2.0", ""),
    ]
    assert list(unexplained(told, now, changes)) == []
    # the entry cannot be taken back afterwards
    assert list(unexplained(told, now, [])) == ["fct_a.amount (bigint) went in 0.2.0 without an entry"]


def test_entries_are_read_from_the_page(tmp_path: Path) -> None:
    page = (PROJECT / CHANGES).read_text(encoding="utf-8")
    assert "|---|---|---|---|---|\n" in page
    row = "|---|---|---|---|---|\n| 0.2.0 | `fct_a` | `amount` | renamed to value | read `value` |\n"
    (tmp_path / "changes.md").write_text(page.replace("|---|---|---|---|---|\n", row), encoding="utf-8")
    assert read_changes(tmp_path / "changes.md") == [
        *read_changes(PROJECT / CHANGES),
        Change("0.2.0", "fct_a", "amount", "renamed to value"),
    ]


def test_two_versions_of_a_mart_are_two_contracts(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    document = {
        "models": [
            {
                "name": "fct_a",
                "latest_version": 1,
                "columns": [{"name": "a_id", "data_type": "string"}, {"name": "amount", "data_type": "bigint"}],
                "versions": [
                    {"v": 1, "defined_in": "fct_a", "config": {"alias": "fct_a"}, "deprecation_date": "2027-06-30"},
                    {
                        "v": 2,
                        "columns": [
                            {"include": "all", "exclude": ["amount"]},
                            {"name": "amount", "data_type": "numeric(18, 2)"},
                        ],
                    },
                ],
            }
        ]
    }
    (tmp_path / "models/_a.yml").write_text(yaml.safe_dump(document), encoding="utf-8")
    assert contracts(tmp_path) == [
        Column("fct_a", "a_id", "string"),
        Column("fct_a", "amount", "bigint"),
        Column("fct_a_v2", "a_id", "string"),
        Column("fct_a_v2", "amount", "numeric(18,2)"),
    ]


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


def test_the_record_names_each_column_once_while_it_stands() -> None:
    standing = [(row["mart"], row["column"]) for row in rows_of(PROJECT / RECORD) if not row["until"]]
    assert len(standing) == len(set(standing))


# --- two versions of a mart, as a reader meets them ------------------------------------------------------------------

VISITS = """
models:
  - name: fct_visits
    description: "Grain: person. A mart that is on its way to another shape."
    latest_version: 1
    config: {contract: {enforced: true}}
    columns:
      - {name: record_id, data_type: string, description: Their record.}
      - {name: visits, data_type: integer, description: Visits.}
    versions:
      - v: 1
        defined_in: fct_visits
        deprecation_date: 2027-06-30
        config: {alias: fct_visits}
      - v: 2
        columns:
          - {include: all, exclude: [visits]}
          - {name: visit_count, data_type: bigint, description: Visits.}
"""


def test_two_versions_of_a_mart_are_served_and_the_older_says_when_it_goes(
    tmp_path: Path,
) -> None:
    project = shutil.copytree(runner_support.PROJECT, tmp_path / "project")
    marts = project / "models/marts"
    (marts / "_visits.yml").write_text(VISITS, encoding="utf-8")
    people = "{{ ref('dim_person') }}"
    (marts / "fct_visits.sql").write_text(
        f"select cast('A' as varchar) as record_id, 3 as visits from {people} limit 1"
    )
    (marts / "fct_visits_v2.sql").write_text(
        "select record_id, cast(visits as bigint) as visit_count from {{ ref('fct_visits', v=1) }}"
    )
    (marts / "rpt_visits.sql").write_text("select visits from {{ ref('fct_visits') }}")  # without a version: the latest
    warehouse = tmp_path / "warehouse"
    done = runner_support.run(
        runner_support.people(tmp_path / "landed"), warehouse, "--json", HANDOFF_PROJECT=str(project)
    )
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert "fct_visits goes after 2027-06-30; read fct_visits_v2 instead" in record["warnings"]
    assert "warning: fct_visits goes after 2027-06-30" in done.stderr
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as published:
        assert published.execute("select * from marts.fct_visits").fetchall() == [("A", 3)]
        assert published.execute("select * from marts.fct_visits_v2").fetchall() == [("A", 3)]
        assert published.execute("select * from marts.rpt_visits").fetchall() == [(3,)]
        types = "select data_type from duckdb_columns() where table_name = 'fct_visits_v2' order by column_index"
        assert published.execute(types).fetchall() == [("VARCHAR",), ("BIGINT",)]


def test_a_mart_of_the_project_stands_under_a_version_and_bears_its_plain_name(marts: list[dict[str, Any]]) -> None:
    versioned = {mart["unique_id"]: mart for mart in marts if mart.get("version")}
    (mart,) = versioned.values()
    assert list(versioned) == ["model.handoff.rpt_enrichment_coverage.v1"]
    assert (mart["alias"], mart["latest_version"], mart["deprecation_date"]) == ("rpt_enrichment_coverage", 1, None)
