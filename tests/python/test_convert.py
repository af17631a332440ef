"""A CRM's own export comes over whole: as its plan says, or word for word and told."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from click.testing import CliRunner, Result
from handoff.convert import generic_tables, read_plan
from handoff.convert.cells import moment, number
from handoff.convert.command import convert_command
from handoff.errors import CouldNotRun
from handoff.project import Project
from support.compiled import PROJECT
from test_docs import FENCE

PAGE = PROJECT / "docs/how-to/convert-an-export.md"
GENERIC = PROJECT / "docs/how-to/run-on-your-crm.md"
TABLES = generic_tables(Project(PROJECT))
BERLIN = ZoneInfo("Europe/Berlin")


def fenced(page: Path, language: str) -> dict[str, str]:
    return {match[3]: match[4] for match in FENCE.finditer(page.read_text(encoding="utf-8")) if match[2] == language}


def rows(text: str) -> list[dict[str, str]]:
    return [{key: cell for key, cell in row.items() if cell} for row in csv.DictReader(text.splitlines())]


def called(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(
        convert_command,
        [str(folder / "export"), "--plan", str(folder / "crm.yml"), "--out", str(folder / "crm"), *more],
    )


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The example's export, in the encoding that it is said to have."""
    (tmp_path / "export").mkdir()
    for name, text in fenced(PAGE, "csv").items():
        (tmp_path / "export" / name).write_text(text, encoding="cp1252")
    return tmp_path


def test_the_example_becomes_the_example_of_the_generic_form(export: Path) -> None:
    (export / "crm.yml").write_text(fenced(PAGE, "yaml")["crm.yml"], encoding="utf-8")
    done = called(export)
    assert done.exit_code == 0, done.output
    assert "note: 1 cells of people.created_at are not written as the plan says" in done.stderr
    wanted = {name.removesuffix(".csv"): rows(text) for name, text in fenced(GENERIC, "csv").items()}
    made = {path.stem: rows(path.read_text(encoding="utf-8")) for path in (export / "crm").iterdir()}
    assert len(made) == 7
    assert made == wanted


def test_the_draft_has_every_file_and_all_but_three_columns_of_the_example(export: Path) -> None:
    assert called(export).exit_code == 0
    drafted = yaml.safe_load((export / "crm.yml").read_text(encoding="utf-8"))
    mended = yaml.safe_load(fenced(PAGE, "yaml")["crm.yml"])
    assert {key: drafted[key] for key in ("encoding", "delimiter", "decimal")} == {
        key: mended[key] for key in ("encoding", "delimiter", "decimal")
    }
    assert set(drafted["times"]) == set(mended["times"])
    missing = []
    for name, entry in mended["tables"].items():
        assert drafted["tables"][name]["file"] == entry["file"]
        found = drafted["tables"][name]["columns"]
        missing += [f"{name}.{column}" for column in entry["columns"] if column not in found]
        assert {column: entry["columns"][column] for column in found} == found
    assert missing == ["accounts.is_target_account", "reps.is_automation", "touches.is_automated"]
    assert drafted["tables"]["touches"]["values"]["touch_type"] == {"E-Mail": "email", "Anruf": "call"}
    # a draft converts as it is, and says what it left as it was
    done = called(export, "--json")
    assert done.exit_code == 0, done.output
    assert {entry["table"]: entry["rows"] for entry in json.loads(done.stdout)}["people"] == 4


@pytest.mark.parametrize(
    ("text", "formats", "zone", "expected"),
    [
        ("04.05.2026 11:00", ("%d.%m.%Y %H:%M",), BERLIN, "2026-05-04T09:00:00Z"),
        ("04.01.2026 11:00", ("%d.%m.%Y %H:%M",), BERLIN, "2026-01-04T10:00:00Z"),
        ("29.03.2026 02:30", ("%d.%m.%Y %H:%M",), BERLIN, "2026-03-29T01:30:00Z"),  # no such time: the later
        ("25.10.2026 02:30", ("%d.%m.%Y %H:%M",), BERLIN, "2026-10-25T00:30:00Z"),  # twice: the earlier
        ("15.01.2024", ("%d.%m.%Y %H:%M", "%d.%m.%Y"), BERLIN, "2024-01-15"),
        ("03/04/2026", ("%d/%m/%Y", "%m/%d/%Y"), BERLIN, "2026-04-03"),  # the first that fits
        ("31.02.2026", ("%d.%m.%Y",), BERLIN, "31.02.2026"),
        ("bald", ("%d.%m.%Y",), BERLIN, "bald"),
    ],
)
def test_a_time_is_read_as_the_plan_says_or_stays(
    text: str, formats: tuple[str, ...], zone: ZoneInfo, expected: str
) -> None:
    assert moment(text, formats, zone) == expected


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("2.300", ",", "2300"),
        ("1.234.567,89", ",", "1234567.89"),
        ("12,5", ",", "12.5"),
        ("1 200", ",", "1200"),
        ("2.300", ".", "2.300"),
        ("12.5", ",", "12.5"),  # no German number: as it is
        ("ca. 50", ",", "ca. 50"),
    ],
)
def test_a_number_is_read_as_the_plan_says_or_stays(text: str, decimal: str, expected: str) -> None:
    assert number(text, decimal) == expected


MINIMAL = {"people": {"file": "p.csv", "columns": {"record_id": "id"}, "constants": {"record_type": "lead"}}}


def planned(folder: Path, **changes: object) -> Path:
    (folder / "export").mkdir(exist_ok=True)
    path = folder / "crm.yml"
    path.write_text(yaml.safe_dump({"tables": MINIMAL} | changes), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "message", "hint"),
    [
        ({"tabels": {}}, "unknown key tabels", "tables"),
        ({"tables": {"peple": {}}}, "unknown key tables.peple", "people"),
        ({"tables": {"accounts": {"file": "a.csv"}}}, "account_id", "constants"),
        ({"tables": {"people": {"columns": {}}}}, "has no file", "file"),
        ({"tables": {"people": {**MINIMAL["people"], "columns": {"e_mail": "x"}}}}, "columns.e_mail", "email"),
        ({"tables": {}}, "no people", "leads or contacts"),
        ({"time_zone": "Mars/Olympus"}, "no time zone", "Europe/Berlin"),
        ({"decimal": "'"}, "decimal", "','"),
    ],
)
def test_a_wrong_plan_is_refused_with_what_to_do(
    tmp_path: Path, changes: dict[str, object], message: str, hint: str
) -> None:
    with pytest.raises(CouldNotRun) as refused:
        read_plan(planned(tmp_path, **changes), TABLES)
    assert message in refused.value.message and hint in refused.value.hint


@pytest.mark.parametrize(
    ("content", "changes", "message"),
    [
        (b"id\n1\n", {"tables": {"people": {**MINIMAL["people"], "file": "q.csv"}}}, "q.csv does not exist"),
        (b"key\n1\n", {}, "has no column id"),
        (b"id,id\n1,2\n", {}, "has twice the column id"),
        (b"id,x\n1\n", {}, "row 1 has 1 cells"),
        (b"id\n\xe4\n", {}, "is not utf-8-sig"),
        (b"id\n1\n", {"encoding": "klingon"}, "no encoding"),
        (b"", {}, "is empty"),
        (b'id\n"1', {}, "no plain CSV"),
    ],
)
def test_an_export_that_cannot_be_read_writes_nothing(
    tmp_path: Path, content: bytes, changes: dict[str, object], message: str
) -> None:
    planned(tmp_path, **changes)
    (tmp_path / "export" / "p.csv").write_bytes(content)
    done = called(tmp_path)
    assert isinstance(done.exception, CouldNotRun) and message in done.exception.message and done.exception.hint
    assert not list((tmp_path / "crm").iterdir())


def test_the_export_itself_is_never_written_over(tmp_path: Path) -> None:
    planned(tmp_path)
    arguments = [str(tmp_path / "export"), "--plan", str(tmp_path / "crm.yml"), "--out", str(tmp_path / "export")]
    done = CliRunner().invoke(convert_command, arguments)
    assert isinstance(done.exception, CouldNotRun) and "is the export itself" in done.exception.message


def test_a_draft_says_which_day_is_meant_where_both_fit(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    text = "id,email,created\n1,a@b.example,03/04/2026\n2,c@d.example,05/06/2026\n"
    (tmp_path / "export/contacts.csv").write_text(text, encoding="utf-8")
    assert called(tmp_path).exit_code == 0
    assert "which is the day?" in (tmp_path / "crm.yml").read_text(encoding="utf-8")
