"""Several organisations of one vendor are landed one under the other; no row is lost, and none is taken for another."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from handoff.config import read_config
from handoff.errors import CouldNotRun
from handoff.landing import discover, parse_location
from handoff.orgs import land_sources, together
from handoff.project import Project
from handoff.run import Options, parse_as_of, preflight
from handoff.sources import read_vendor
from staging_support import PROJECT

THE_PROJECT = Project(PROJECT)


def org(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def options(tmp_path: Path, *sources: tuple[str, Path]) -> Options:
    return Options(tuple((vendor, str(path)) for vendor, path in sources), parse_as_of("2026-06-30"), tmp_path)


def test_tables_of_two_organisations_stand_one_under_the_other(tmp_path: Path) -> None:
    emea = org(tmp_path / "emea", lead="Id,CreatedDate,Territory__c\n1,2026-01-01,North\n,,x\n", contact="Id\n9\n")
    us = org(tmp_path / "us", sf_lead="id,created_date,email\n2,2026-01-02,a@b.example\n3\n", task="id,owner_id\n7,5\n")
    discoveries = preflight(THE_PROJECT, options(tmp_path, ("salesforce", emea), ("salesforce", us)))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with duckdb.connect() as database:
        landed = {table.source_table: table for table in land_sources(discoveries, database, scratch)}
        leads = database.execute(
            "select Id, CreatedDate, Territory__c, email, _row_number, _row_problem, _source_location "
            "from landed_salesforce.lead order by _row_number"
        ).fetchall()
        schemas = database.execute("select distinct table_schema from information_schema.tables").fetchall()
    assert leads == [
        ("1", "2026-01-01", "North", None, 1, None, str(emea)),
        (None, None, "x", None, 2, None, str(emea)),
        ("2", "2026-01-02", None, "a@b.example", 3, None, str(us)),
        ("3", None, None, None, 4, "ragged_row", str(us)),
    ]
    assert {name: table.rows_in for name, table in landed.items()} == {"lead": 4, "contact": 1, "task": 1}
    assert (landed["lead"].file_name, landed["lead"].problems) == ("lead.csv; sf_lead.csv", {"ragged_row": 1})
    assert schemas == [("landed_salesforce",)]
    (one,) = together(discoveries)
    assert sorted(entry.spec.name for entry in one.found) == ["contact", "lead", "task"]
    assert one.location.text == f"{emea}; {us}"
    assert not [warning for warning in one.warnings if warning.startswith("salesforce.task is absent")]


def test_an_id_of_two_organisations_stops_the_run(tmp_path: Path) -> None:
    emea = org(tmp_path / "emea", lead="id\n1\n2\n")
    copy = org(tmp_path / "copy", lead="Id\n2\n3\n")
    discoveries = preflight(THE_PROJECT, options(tmp_path, ("salesforce", emea), ("salesforce", copy)))
    with (
        duckdb.connect() as database,
        pytest.raises(CouldNotRun, match=r"1 ids of lead are in more than one of .*copy"),
    ):
        land_sources(discoveries, database, tmp_path)


def test_vendors_that_number_from_one_may_not_be_several(tmp_path: Path) -> None:
    one = org(tmp_path / "one", people="record_id,record_type\n1,lead\n")
    with pytest.raises(CouldNotRun, match="--source generic is given twice"):
        preflight(THE_PROJECT, options(tmp_path, ("generic", one), ("generic", one)))
    assert [name for name in ("salesforce", "generic", "marketo") if read_vendor(THE_PROJECT, name).may_be_several] == [
        "salesforce"
    ]


def test_one_organisation_is_landed_as_ever(tmp_path: Path) -> None:
    emea = org(tmp_path / "emea", lead="id\n1\n")
    found = discover(parse_location("salesforce", str(emea), tmp_path), read_vendor(THE_PROJECT, "salesforce"))
    with duckdb.connect() as database:
        land_sources([found], database, tmp_path)
        assert database.execute("select * from landed_salesforce.lead").fetchall() == [("1", 1, None)]
    assert together([found]) == [found]


def test_the_configuration_takes_a_list_of_places(tmp_path: Path) -> None:
    for name in ("emea", "us"):
        (tmp_path / name).mkdir()
    (tmp_path / "handoff.yml").write_text("sources: {salesforce: {location: [emea, us]}}")
    assert read_config(tmp_path / "handoff.yml").sources == (
        ("salesforce", str(tmp_path / "emea")),
        ("salesforce", str(tmp_path / "us")),
    )
