"""What a source holds, before a run: `handoff doctor`, `handoff init`, `handoff sources accept`, and drift of shape."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from handoff.cli import cli
from handoff.config import read_config
from handoff.guards import Concern, Measured, find, find_quarantined, measure, read_before, read_policy
from handoff.landing import Landed, discover, land, parse_location
from handoff.project import Project
from handoff.relations import Relation, accept_shapes, resolve
from handoff.sources import read_vendor, singular
from staging_support import PROJECT

THE_PROJECT = Project(PROJECT)
POLICY = read_policy(THE_PROJECT.rule_files())
AS_OF = datetime(2026, 6, 30, 18)
PEOPLE = "record_id,record_type,email,employee_count,created_at\nP1,lead,a@b.example,5,2026-06-01\n"


def command(*arguments: str) -> Any:
    return CliRunner().invoke(cli, list(arguments))


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def looked_at(folder: Path) -> tuple[list[Any], list[Landed], dict[tuple[str, str], Measured]]:
    discovery = discover(parse_location("generic", str(folder), folder), read_vendor(THE_PROJECT, "generic"))
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    with duckdb.connect() as database:
        landed = land(discovery, database, scratch)
        measured = {
            ("generic", entry.spec.name): measure(database, entry, "generic", AS_OF, AS_OF) for entry in discovery.found
        }
    return [discovery], landed, measured


def drift(tmp_path: Path, before: dict[str, str], now: dict[str, str], as_of: datetime = AS_OF) -> list[Concern]:
    """What the guards say of a landing after another that was published."""
    discoveries, landed, measured = looked_at(write(tmp_path / "before", **before))
    record(tmp_path / "version", landed, measured)
    known = read_before(tmp_path / "version", tmp_path / "accepted.json")
    discoveries, landed, measured = looked_at(write(tmp_path / "now", **now))
    return find(landed, measured, discoveries, known, POLICY, as_of)


def record(folder: Path, landed: list[Landed], measured: dict[tuple[str, str], Measured]) -> None:
    """run.json of a published run, as far as the guards read it."""
    folder.mkdir(exist_ok=True)
    tables = [
        {"source_table": t.source_table, "rows_in": t.rows_in, **measured["generic", t.source_table].document()}
        for t in landed
    ]
    document = {"published_at": "2026-06-01T00:00:00Z", "sources": [{"source_system": "generic", "tables": tables}]}
    (folder / "run.json").write_text(json.dumps(document))


def said(concerns: list[Concern]) -> list[tuple[str, str, str]]:
    return [(concern.guard, concern.action, concern.text) for concern in concerns]


HEAD, ROW = PEOPLE.splitlines()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(PEOPLE, [], id="the_same-nothing"),
        pytest.param(
            f"{HEAD},Region2\n{ROW},x\n",
            [("column_new", "label", "new columns Region2, which nothing reads")],
            id="a_new_column-column_new",
        ),
        pytest.param(
            f"{HEAD.replace(',employee_count', '')}\n{ROW.replace(',5,', ',')}\n",
            [("column_lost", "label", "column employee_count is gone and read as NULL")],
            id="a_lost_column-column_lost",
        ),
        pytest.param(
            PEOPLE.replace("employee_count", "employees_count"),
            [("column_renamed", "block", "column employee_count is gone; was it renamed to employees_count?")],
            id="a_renamed_column-column_renamed",
        ),
        pytest.param(
            PEOPLE.replace(",5,", ",7.9,"),
            [("column_retyped", "label", "column employee_count held whole numbers and now holds numbers")],
            id="seven_point_nine-column_retyped",
        ),
        pytest.param(
            PEOPLE.replace(",5,", ",many,"),
            [("column_retyped", "label", "column employee_count held whole numbers and now holds text")],
            id="words_for_numbers-column_retyped",
        ),
        pytest.param(
            f"{HEAD},employee_count__v_text\n{ROW},many\n",
            [
                (
                    "column_retyped",
                    "label",
                    "the loader parks values of another type in employee_count__v_text; "
                    "they are read where employee_count has none",
                )
            ],
            id="a_column_of_dlt-column_retyped",
        ),
        pytest.param(
            "record_type,record_id,email,employee_count,created_at\nlead,P1,a@b.example,5,2026-06-01\n",
            [("columns_reordered", "label", "columns came in another order")],
            id="another_order-columns_reordered",
        ),
        pytest.param(
            f"{HEAD}\n{ROW}\nP2,lead,,,2027-02-03\n",
            [("future", "label", "1 rows after the landing, the newest of 2027-02-03")],
            id="a_row_of_next_year-future",
        ),
        pytest.param(
            PEOPLE.replace("2026-06-01", "2026-05-01"),
            [("stale", "label", "the newest row is of 2026-05-01, 60 days before the run's moment")],
            id="nothing_for_two_months-stale",
        ),
        pytest.param(
            f"{HEAD}\n{ROW.replace('2026-06-01', '2026-04-01')}\nP2,lead,,,2099-01-01\n",
            [
                ("future", "label", "1 rows after the landing, the newest of 2099-01-01"),
                ("stale", "label", "the newest row is of 2026-04-01, 90 days before the run's moment"),
            ],
            id="stale_behind_a_row_of_the_future-both",
        ),
    ],
)
def test_drift(tmp_path: Path, now: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(drift(tmp_path, {"people": PEOPLE}, {"people": now})) == expected


def test_a_new_column_is_told_once_and_an_accepted_shape_is_the_one_to_have(tmp_path: Path) -> None:
    wider = f"{HEAD},Region2\n{ROW},x\n"
    assert [c.guard for c in drift(tmp_path, {"people": PEOPLE}, {"people": wider})] == ["column_new"]
    (tmp_path / "again").mkdir()
    assert drift(tmp_path / "again", {"people": wider}, {"people": wider}) == []
    renamed = PEOPLE.replace("email", "e_mails")
    assert [c.action for c in drift(tmp_path, {"people": PEOPLE}, {"people": renamed})] == ["block"]
    discoveries, landed, measured = looked_at(tmp_path / "now")
    accept_shapes(discoveries, tmp_path / "accepted.json", "for good", tmp_path / "now" / "scratch")
    known = read_before(tmp_path / "version", tmp_path / "accepted.json")
    assert find(landed, measured, discoveries, known, POLICY, AS_OF) == []
    assert json.loads((tmp_path / "accepted.json").read_text())["because"] == "for good"
    older = json.loads((tmp_path / "accepted.json").read_text()) | {"accepted_at": "2026-05-31T00:00:00Z"}
    (tmp_path / "accepted.json").write_text(json.dumps(older))
    known = read_before(tmp_path / "version", tmp_path / "accepted.json")
    assert len(find(landed, measured, discoveries, known, POLICY, AS_OF)) == 1, "a publication since then decides"


def test_fewer_rows_label_then_block_and_more_rows_say_nothing(tmp_path: Path) -> None:
    def people(count: int) -> str:
        return HEAD + "".join(f"\nP{number},lead,,,2026-06-01" for number in range(count)) + "\n"

    for count, actions in ((100, []), (80, []), (79, ["label"]), (25, ["label"]), (24, ["block"]), (0, ["block"])):
        folder = tmp_path / str(count)
        folder.mkdir()
        found = drift(folder, {"people": people(100)}, {"people": people(count)})
        assert [concern.action for concern in found] == actions, count
        assert [concern.guard for concern in found] == ([] if not actions else ["fewer_rows" if count else "empty"])


def test_a_row_for_one_table_goes_before_one_for_all(tmp_path: Path) -> None:
    own = POLICY[0].model_copy(
        update={"guard_id": "X", "source_system": "generic", "source_table": "people", "guard": "stale"}
        | {"threshold": 5.0, "action": "ignore"}
    )
    discoveries, landed, measured = looked_at(write(tmp_path / "now", people=PEOPLE.replace("06-01", "01-01")))
    stale = find(landed, measured, discoveries, {}, [row for row in POLICY if row.guard == "stale"], AS_OF)
    assert [concern.action for concern in stale] == ["label"]
    only = [row for row in POLICY if row.guard == "stale" and row.source_table != "people"]
    assert find(landed, measured, discoveries, {}, [*only, own], AS_OF) == []


def test_rows_that_can_no_longer_be_used_label_then_block(tmp_path: Path) -> None:
    _, landed, measured = looked_at(write(tmp_path / "now", people=HEAD + "\nP,lead,,," * 10 + "\n"))
    record(tmp_path / "version", landed, measured)
    before = read_before(tmp_path / "version", tmp_path / "none")
    for rows, actions in ((1, []), (2, ["label"]), (5, ["label"]), (6, ["block"])):
        found = find_quarantined({("generic", "people"): rows}, landed, before, POLICY)
        assert [concern.action for concern in found] == actions, rows
    assert find_quarantined({("generic", "people"): 10}, landed, {}, POLICY) == [], "a first run has nothing to compare"


# ---------------------------------------------------------------- doctor


def relations(folder: Path, **settings: Any) -> dict[str, Relation]:
    found = resolve(read_vendor(THE_PROJECT, "generic").settled(settings), str(folder), folder)
    return {relation.source if relation.source != "generic" else relation.origin: relation for relation in found}


def test_doctor_says_of_every_table_how_it_is_resolved(tmp_path: Path) -> None:
    write(
        tmp_path, people=PEOPLE, activities="activity_id\nX\n", deals="a\n", crm_touches="touch_id,rep_id,touch_type\n"
    )
    (tmp_path / "reps.csv").write_text("rep_id\nR\n")
    (tmp_path / "generic_reps.csv").write_text("rep_id\nR\n")
    found = relations(tmp_path, identifiers={"touches": "crm_touches"}, tables={"campaigns": False})
    assert (found["generic.people"].status, found["generic.people"].rows) == ("ok", 1)
    assert found["generic.people"].newest_load
    assert found["generic.activities"].status == "wrong"
    assert "expected column record_id, found activity_id" in found["generic.activities"].text
    assert found["generic.activities"].mend == "Add column record_id."
    assert (found["generic.touches"].origin, found["generic.touches"].rows) == ("crm_touches.csv", 0)
    assert (found["generic.reps"].status, found["generic.reps"].origin) == ("wrong", "generic_reps.csv and reps.csv")
    assert found["generic.accounts"].status == "absent"
    assert found["generic.campaigns"].text == "switched off"
    assert found["deals.csv"].text == "not read: no table of generic bears that name"
    assert found["generic.people"].line().startswith("✓ generic.people")
    assert "→ Add column record_id." in found["generic.activities"].line()


def test_doctor_names_the_newest_load_of_a_loader(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "crm.duckdb")) as database:
        database.execute(
            "create table people as select 'P' || i as record_id, 'lead' as record_type, "
            "timestamp '2026-06-01 10:00:00' + to_days(i::int) as _fivetran_synced from range(3) t(i)"
        )
    found = relations(tmp_path / "crm.duckdb")
    assert (found["generic.people"].rows, found["generic.people"].newest_load) == (3, "2026-06-03 10:00:00")


def test_doctor_exits_1_with_json_where_something_is_wrong(tmp_path: Path) -> None:
    write(tmp_path / "crm", accounts="account_id,account_name\nA,x\n")
    done = command("doctor", "--source", f"generic={tmp_path / 'crm'}", "--json")
    assert done.exit_code == 1
    wrong = [entry for entry in json.loads(done.stdout) if entry.get("status") == "wrong"]
    assert [entry["source"] for entry in wrong] == ["generic.people"]
    assert "name the file people.csv" in wrong[0]["mend"]


# ---------------------------------------------------------------- init


def test_init_asks_a_folder_and_doctor_agrees(tmp_path: Path) -> None:
    write(tmp_path / "landed" / "crm", people=PEOPLE, touches="touch_id,rep_id,touch_type\nT,R,call\n", notes="a\n")
    write(tmp_path / "landed" / "sf", sf_lead_data="id,created_date\n1,2026-01-01\n", Contact="Id,AccountId\n1,2\n")
    write(tmp_path / "landed" / "empty", notes="a\n")
    out = tmp_path / "handoff.yml"
    done = command("init", str(tmp_path / "landed"), "--out", str(out), "--json")
    assert done.exit_code == 0, done.output
    sources = json.loads(done.stdout)["sources"]
    assert {name: sorted(source["tables"]) for name, source in sources.items()} == {
        "generic": ["people", "touches"],
        "salesforce": ["contact", "lead"],
    }
    config = read_config(out)
    assert dict(config.sources) == {
        "generic": str(tmp_path / "landed" / "crm"),
        "salesforce": str(tmp_path / "landed" / "sf"),
    }
    assert config.warehouse == tmp_path / "warehouse"
    assert "/empty: no vendor's people are in it" in done.stderr
    again = command("init", str(tmp_path / "landed"), "--out", str(out))
    assert isinstance(again.exception, Exception) and "exists" in str(again.exception)
    told = command("doctor", "--config", str(out))
    assert "✓ salesforce.lead" in told.stdout and "✗" not in told.stdout


def test_init_asks_the_schemas_of_a_database(tmp_path: Path) -> None:
    path = tmp_path / "landing.duckdb"
    with duckdb.connect(str(path)) as database:
        for schema, table in (("raw", "people"), ("sfdc", "Leads")):
            database.execute(f"create schema {schema}")
            key = "record_id" if table == "people" else "id"
            database.execute(
                f"create table {schema}.{table} as select 1 as {key}, 'lead' as record_type, 1 as is_converted"
            )
    out = tmp_path / "handoff.yml"
    assert command("init", str(path), "--out", str(out)).exit_code == 0
    assert dict(read_config(out).sources) == {"generic": f"{path}:raw", "salesforce": f"{path}:sfdc"}


def test_init_finds_nothing_and_says_so(tmp_path: Path) -> None:
    write(tmp_path / "in", notes="a\n")
    done = command("init", str(tmp_path / "in"), "--out", str(tmp_path / "handoff.yml"))
    assert "holds no table of people that the project knows" in str(done.exception)
    assert not (tmp_path / "handoff.yml").exists()


def test_names_of_other_loaders_and_other_vendors() -> None:
    assert [singular(name) for name in ("companies", "activities_visit_webpage", "leads")] == [
        "company",
        "activity_visit_webpage",
        "lead",
    ]
    salesforce = read_vendor(THE_PROJECT, "salesforce")
    for name in ("Leads", "sf_lead_data", "LEAD", "salesforce_leads", "stg_lead"):
        found = salesforce.table_named(name)
        assert found is not None and found.name == "lead", name
    assert salesforce.table_named("marketo_lead_data") is None, "another vendor's name is not this one's"


def test_the_order_of_columns_is_remembered_as_it_was(tmp_path: Path) -> None:
    """The keys of run.json are sorted: the same files would come in another order at every second run."""
    columns = {"record_id": "text", "record_type": "text", "email": "text", "created_at": "times"}
    table = {"source_table": "people", "rows_in": 1, **Measured(columns).document()}
    record = {"sources": [{"source_system": "generic", "tables": [table]}]}
    (tmp_path / "run.json").write_text(json.dumps(record, indent=2, sort_keys=True), encoding="utf-8")
    before = read_before(tmp_path, tmp_path / "none accepted")
    assert list(before["generic", "people"].columns.items()) == list(columns.items())
