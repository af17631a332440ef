"""splink's proposals: a likely account for somebody who has none. They are proposed to a person and change no mart."""

from __future__ import annotations

import csv
import stat
import sys
from pathlib import Path

import duckdb
import pytest
from handoff.cli import main
from handoff.publish import MARTS_FILE, PII_FILE

pytest.importorskip("splink")
STEMS = [
    "ald",
    "bram",
    "cor",
    "dun",
    "elm",
    "fen",
    "gar",
    "hol",
    "ing",
    "jor",
    "kel",
    "lun",
    "mar",
    "nor",
    "oak",
    "per",
    "quil",
    "ros",
    "sil",
    "tor",
]
KINDS = ("freight", "robotics", "insurance", "biotech", "textiles", "energy")
COUNTRIES = ("Germany", "France", "Japan")
COMPANIES = [f"{stem.title()}{STEMS[-place - 1]} {KINDS[place % 6].title()}" for place, stem in enumerate(STEMS)]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A published run of twenty accounts, their people, one person who misspells their company, and a stranger."""
    version = tmp_path / "versions" / "one"
    version.mkdir(parents=True)
    (tmp_path / "current").symlink_to(version)
    people = [(f"K{place}-{one}", f"A{place}", place) for place in range(len(COMPANIES)) for one in range(3)]
    with duckdb.connect(str(version / MARTS_FILE)) as marts:
        marts.execute("create schema marts")
        marts.execute(
            "create table marts.dim_person"
            " (person_id varchar, account_id varchar, country varchar, exclusion_reason varchar)"
        )
        for person, account, place in people:
            marts.execute(
                "insert into marts.dim_person values (?, ?, ?, null)", [person, account, COUNTRIES[place % 3]]
            )
        marts.execute("insert into marts.dim_person values ('typo', null, ?, null)", [COUNTRIES[7 % 3]])
        marts.execute("insert into marts.dim_person values ('stranger', null, 'Japan', null)")
        marts.execute("insert into marts.dim_person values ('student', null, ?, 'student')", [COUNTRIES[7 % 3]])
    with duckdb.connect(str(version / PII_FILE)) as pii:
        pii.execute("create schema marts_pii")
        pii.execute("create table marts_pii.dim_person_pii (person_id varchar, company_name varchar)")
        for person, _, place in people:
            pii.execute("insert into marts_pii.dim_person_pii values (?, ?)", [person, COMPANIES[place]])
        misspelt = COMPANIES[7].replace("Robotics", "Robotcis")
        assert misspelt != COMPANIES[7]
        for person, company in (("typo", misspelt), ("stranger", "Zzyzx Holdings"), ("student", COMPANIES[7])):
            pii.execute("insert into marts_pii.dim_person_pii values (?, ?)", [person, company])
    return tmp_path


def called(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["handoff", "match", "suggest", *arguments])
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    shown = capsys.readouterr()
    return code, shown.out + shown.err


def test_a_misspelt_company_is_proposed_and_a_stranger_is_not(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (warehouse / "versions").rglob("*.duckdb")}
    out = tmp_path / "proposals.csv"
    code, said = called(monkeypatch, capsys, "--warehouse", str(warehouse), "--out", str(out))
    assert code == 0, said
    with out.open(encoding="utf-8", newline="") as file:
        proposals = list(csv.DictReader(file))
    assert [(row["person_id"], row["account_id"]) for row in proposals] == [("typo", "A7")]
    assert float(proposals[0]["match_probability"]) >= 0.5
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert {path: path.read_bytes() for path in before} == before


def test_without_names_it_cannot_run(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (warehouse / "versions" / "one" / PII_FILE).unlink()
    code, said = called(monkeypatch, capsys, "--warehouse", str(warehouse), "--out", str(tmp_path / "p.csv"))
    assert code == 2
    assert "published no names" in said and "Traceback" not in said


def test_without_splink_it_says_how_to_get_it(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    code, said = called(monkeypatch, capsys, "--warehouse", str(warehouse), "--out", str(tmp_path / "p.csv"))
    assert code == 2
    assert "handoff[splink]" in said


def test_a_cell_that_would_run_in_a_spreadsheet_is_inert(tmp_path: Path) -> None:
    from handoff.match import Proposal, write

    write([Proposal("=1+1", "A1", 0.9, "@company", "-company", "")], tmp_path / "p.csv")
    (row,) = csv.DictReader((tmp_path / "p.csv").open(encoding="utf-8", newline=""))
    assert (row["person_id"], row["company_name"], row["account_company_name"]) == ("'=1+1", "'@company", "'-company")
