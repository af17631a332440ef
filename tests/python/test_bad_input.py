"""Bad input, one case a test, its code or message in the test's name.

What cannot be read is refused with words before anything is built, and what is published stays as it is, byte for
byte. A row that cannot be used is quarantined by its code, and every other row comes out as if it had never been there.
The rows share one landing, one seeded defect to a row.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from handoff import run as run_module
from handoff.config import read_config
from handoff.errors import CheckFailed, CouldNotRun
from handoff.generate.damaged import SHARES, generate_damaged, misjudged
from handoff.guards import parse_overrides
from handoff.landing import discover, land, parse_location
from handoff.project import Project
from handoff.run import Options, execute, parse_as_of
from handoff.sources import read_vendor
from runner_support import PROJECT as RUNNER
from runner_support import fingerprint, handoff, people, run
from staging_support import PROJECT, build_views, declared

# ---------------------------------------------------------------- what cannot be read at all


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with one published run of people and touches."""
    folder = tmp_path_factory.mktemp("published")
    rows = "".join(f"P{number},p{number}@example.com,2024-01-{number % 28 + 1:02},IS\n" for number in range(40))
    people(folder / "in", "record_id,email,created_at,country\n" + rows)
    (folder / "in" / "touches.csv").write_text("touch_id\nT1\nT2\n", encoding="utf-8")
    done = run(folder / "in", folder / "warehouse")
    assert done.returncode == 0, done.stderr
    return folder / "warehouse"


@pytest.fixture(scope="module", autouse=True)
def sound_rules() -> Iterator[None]:
    """The rules are sound here and linted elsewhere; nothing below is about them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_module, "lint_rules", lambda project, variables: [])
        yield


def parquet(path: Path, query: str) -> None:
    with duckdb.connect() as database:
        database.execute(f"copy ({query}) to '{path}' (format parquet)")


def database(path: Path, *statements: str) -> None:
    with duckdb.connect(str(path)) as made:
        for statement in statements:
            made.execute(statement)


GOOD = "record_id,record_type\nP1,lead\n"
FILES: dict[str, tuple[dict[str, str | bytes], str]] = {
    "an_empty_folder-expected_a_table_people": ({}, "expected a table people in .*, found none"),
    "accounts_alone-expected_a_table_people": (
        {"accounts.csv": "account_id,account_name\nA,x\n"},
        r"expected a table people in .*, found accounts\.csv",
    ),
    "no_bytes-is_empty": ({"people.csv": ""}, r"people\.csv is empty"),
    "a_byte_order_mark_alone-is_empty": ({"people.csv": b"\xef\xbb\xbf\n"}, r"people\.csv is empty"),
    "utf16-is_UTF_16": ({"people.csv": GOOD.encode("utf-16")}, r"people\.csv is UTF-16"),
    "a_spreadsheet-zip_or_Excel": ({"people.csv": b"PK\x03\x04" + b"\0" * 40}, "is a zip or Excel file"),
    "gzip-compressed": ({"people.csv": b"\x1f\x8b\x08" + b"\0" * 40}, "is compressed"),
    "a_latin1_header-header_is_not_UTF_8": (
        {"people.csv": "record_id,record_type,Größe\nP1,lead,1\n".encode("latin-1")},
        "its header is not UTF-8",
    ),
    "no_id-expected_column_record_id": (
        {"people.csv": "record_type,email\nlead,a\n"},
        "expected column record_id, found record_type, email",
    ),
    "a_misspelt_id-did_you_mean": ({"people.csv": "recordid_,record_typ\n1,lead\n"}, "Did you mean record_typ"),
    "no_type-expected_column_record_type": ({"people.csv": "record_id\n1\n"}, "expected column record_type"),
    "an_id_twice-has_column_record_id_twice": (
        {"people.csv": "record_id,RecordId,record_type\n1,2,lead\n"},
        "has column record_id twice: record_id, RecordId",
    ),
    "two_files_of_people-names_both": (
        {"people.csv": GOOD, "generic_people_data.csv": GOOD},
        r"two files for table people: generic_people_data\.csv and people\.csv",
    ),
    "an_open_quote-a_quote_is_never_closed": (
        {"people.csv": 'record_id,record_type\nP1,lead\nP2,"lead\nP3,lead\n'},
        r"people\.csv:3: a quote opened in this row is never closed",
    ),
    "no_parquet-cannot_be_read_as_Parquet": ({"people.parquet": b"PAR1 no more"}, "cannot be read as Parquet"),
    "activities_without_a_time-expected_column_occurred_at": (
        {"people.csv": GOOD, "activities.csv": "activity_id,record_id,activity_type,occured_at\n1,P1,x,2026-01-01\n"},
        "expected column occurred_at.*Did you mean occured_at",
    ),
    "changes_without_a_status-expected_column_new_status": (
        {"people.csv": GOOD, "status_changes.csv": "change_id,record_id,changed_at\n1,P1,2026-01-01\n"},
        "expected column new_status",
    ),
    "touches_without_a_rep-expected_column_rep_id": (
        {"people.csv": GOOD, "touches.csv": "touch_id,touch_type\n1,call\n"},
        "expected column rep_id",
    ),
    "accounts_without_a_name-expected_column_account_name": (
        {"people.csv": GOOD, "accounts.csv": "account_id\nA\n"},
        "expected column account_name",
    ),
    "raw_airbyte-let_its_destination_type_the_streams": (
        {"_airbyte_raw_people.csv": "_airbyte_data\n{}\n"},
        "raw JSON of Airbyte",
    ),
}


def options(source: str, warehouse: Path, vendor: str = "generic", **more: Any) -> Options:
    return Options(((vendor, source),), parse_as_of("2024-05-01"), warehouse, **more)


def refused(error: type[Exception], message: str, attempt: Callable[[], Any]) -> None:
    with pytest.raises(error) as raised:
        attempt()
    told = raised.value
    text = "\n".join([told.message, *told.details, told.hint])
    assert re.search(message, text, re.DOTALL), text
    assert len(told.message.splitlines()) == 1


@pytest.mark.parametrize("case", FILES)
def test_refused(case: str, published: Path, tmp_path: Path) -> None:
    files, message = FILES[case]
    for name, content in files.items():
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    before = fingerprint(published)
    refused(CouldNotRun, message, lambda: execute(Project(PROJECT), options(str(tmp_path), published)))
    assert fingerprint(published) == before
    assert list((published / ".candidate").iterdir()) == []


def absent(folder: Path) -> str:
    return str(folder / "nowhere")


def one_file(folder: Path) -> str:
    (folder / "people.csv").write_text(GOOD)
    return str(folder / "people.csv")


def schema_of_a_file(folder: Path) -> str:
    return one_file(folder) + ":main"


def dangling(folder: Path) -> str:
    (folder / "people.csv").symlink_to(folder / "gone.csv")
    return str(folder)


def cut_short(folder: Path) -> str:
    parquet(folder / "people.parquet", "select i as record_id, 'lead' as record_type from range(9999) t(i)")
    whole = (folder / "people.parquet").read_bytes()
    (folder / "people.parquet").write_bytes(whole[: len(whole) // 2])
    return str(folder)


def rotten_database(folder: Path) -> str:
    (folder / "crm.duckdb").write_bytes(b"not a database" * 999)
    return str(folder / "crm.duckdb")


def no_schema(folder: Path) -> str:
    database(folder / "crm.duckdb", "create schema sales", "create table sales.people (record_id int)")
    return str(folder / "crm.duckdb") + ":crm"


def a_column_short(folder: Path) -> str:
    database(folder / "crm.duckdb", "create table people (record_id int, type text)")
    return str(folder / "crm.duckdb")


def broken_view(folder: Path) -> str:
    database(
        folder / "crm.duckdb",
        "create table base as select 1 as record_id, 'lead' as record_type",
        "create view people as select * from base",
        "drop table base",
        "create table base as select 1 as other",
    )
    return str(folder / "crm.duckdb")


PLACES = {
    "nothing_there-does_not_exist": (absent, "does not exist"),
    "a_file_for_a_folder-is_a_file": (one_file, "is a file"),
    "a_schema_of_a_csv-is_no_duckdb_file": (schema_of_a_file, r"is no \.duckdb file"),
    "a_dangling_link-cannot_be_read": (dangling, r"people\.csv cannot be read"),
    "half_a_parquet-cannot_be_read_as_Parquet": (cut_short, "cannot be read as Parquet"),
    "a_rotten_database-cannot_be_read": (rotten_database, r"crm\.duckdb cannot be read"),
    "an_unknown_schema-has_no_schema": (no_schema, r"has no schema crm.*sales"),
    "a_table_a_column_short-expected_column_record_type": (a_column_short, "expected column record_type"),
    "a_view_of_nothing-cannot_be_read": (broken_view, "cannot be read|no schema|expected a table"),
}


@pytest.mark.parametrize("case", PLACES)
def test_refused_place(case: str, published: Path, tmp_path: Path) -> None:
    make, message = PLACES[case]
    before = fingerprint(published)
    refused(CouldNotRun, message, lambda: execute(Project(PROJECT), options(make(tmp_path), published)))
    assert fingerprint(published) == before


SETTINGS: dict[str, tuple[dict[str, Any], str]] = {
    "a_table_of_no_such_name-did_you_mean_people": (
        {"settings": {"generic": {"identifiers": {"peoples": "x"}}}},
        "generic has no table peoples.*Did you mean people",
    ),
    "a_file_that_is_not_there-is_to_be_read_from": (
        {"settings": {"generic": {"identifiers": {"touches": "crm_touches"}}}},
        "table touches is to be read from crm_touches",
    ),
    "nobody_switched_on-every_table_of_people_switched_off": (
        {"settings": {"generic": {"tables": {"people": False}}}},
        "every table of people switched off",
    ),
    "a_column_that_did_not_land-names_it": (
        {"variables": {"passthrough_columns": {"generic": {"people": ["territory"]}}}},
        "generic.people names territory: found record_id",
    ),
    "a_column_twice-names_it_twice": (
        {"variables": {"passthrough_columns": {"generic": {"people": ["Region", "region"]}}}},
        "names Region twice",
    ),
    "sql_for_a_column-is_no_column_name": (
        {"variables": {"passthrough_columns": {"generic": {"people": ["x; drop table y"]}}}},
        "which is no column name",
    ),
    "a_column_of_a_table_that_did_not_land-did_not_land": (
        {"variables": {"passthrough_columns": {"generic": {"touches": ["x"]}}}},
        "generic.touches did not land",
    ),
    "a_list_for_a_mapping-is_no_mapping": ({"variables": {"passthrough_columns": ["x"]}}, "is no {vendor"),
    "the_moment_by_a_var-may_not_set_as_of": ({"variables": {"as_of": "now"}}, "--vars may not set as_of"),
    "sql_for_a_moment-is_not_a_moment": (
        {"variables": {"landed_at": "'; drop table x"}},
        "landed_at .* is not a moment",
    ),
    "an_unknown_vendor-did_you_mean_generic": ({"vendor": "generik"}, "Did you mean generic"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_refused_setting(case: str, published: Path, tmp_path: Path) -> None:
    more, message = SETTINGS[case]
    (tmp_path / "people.csv").write_text("record_id,record_type,region\nP1,lead,x\n")
    before = fingerprint(published)
    refused(CouldNotRun, message, lambda: execute(Project(PROJECT), options(str(tmp_path), published, **more)))
    assert fingerprint(published) == before


CONFIGS = {
    "no_yaml-is_not_YAML": ("{: :", "is not YAML"),
    "a_list-is_no_mapping": ("[1]", "is no mapping"),
    "an_unknown_key-did_you_mean_sources": ("source: {}", "unknown key source.*Did you mean sources"),
    "a_source_of_nowhere-has_no_location": ("sources: {generic: {tables: {}}}", "sources.generic has no location"),
    "a_misspelt_key-did_you_mean_location": (
        "sources: {generic: {locations: x}}",
        "unknown key sources.generic.locations.*Did you mean location",
    ),
    "tables_as_a_list-is_no_mapping": ("sources: {generic: {location: x, tables: [a]}}", "tables is no mapping"),
}


@pytest.mark.parametrize("case", CONFIGS)
def test_refused_configuration(case: str, tmp_path: Path) -> None:
    text, message = CONFIGS[case]
    (tmp_path / "handoff.yml").write_text(text)
    refused(CouldNotRun, message, lambda: read_config(tmp_path / "handoff.yml"))


@pytest.mark.parametrize(
    ("text", "because", "message"),
    [
        pytest.param("fewer_row:generic.people", "x", "Did you mean fewer_rows", id="a_misspelt_guard-did_you_mean"),
        pytest.param("stale:people", "x", "names no table", id="half_a_table-names_no_table"),
        pytest.param("stale:*", " ", "needs --because", id="no_reason-needs_because"),
    ],
)
def test_refused_override(text: str, because: str, message: str) -> None:
    refused(CouldNotRun, message, lambda: parse_overrides([text], because))


# ---------------------------------------------------------------- what is not what it was

MANY = "".join(f"P{number},p{number}@example.com,2024-01-02\n" for number in range(40))
BLOCKED: dict[str, tuple[dict[str, str], str]] = {
    "no_people-came_in_with_no_people": ({"people.csv": "record_id,email,created_at\n"}, "came in with no people"),
    "an_emptied_table-empty": (
        {"people.csv": "record_id,email,created_at\n" + MANY, "touches.csv": "touch_id\n"},
        r"generic\.touches: came in without rows; the last run had 2 \(empty, GRD-01\)",
    ),
    "a_table_gone-empty": (
        {"people.csv": "record_id,email,created_at\n" + MANY},
        r"generic\.touches: is absent; the last run had 2 \(empty",
    ),
    "a_truncated_load-fewer_rows": (
        {"people.csv": "record_id,email,created_at\nP1,a,2024-01-01\n", "touches.csv": "touch_id\nT1\n"},
        r"generic\.people: 1 rows, 40 in the last run \(fewer_rows",
    ),
    "a_renamed_column-column_renamed": (
        {"people.csv": "record_id,emails,created_at\n" + MANY, "touches.csv": "touch_id\nT1\n"},
        "column email is gone; was it renamed to emails.*handoff sources accept",
    ),
}


@pytest.mark.parametrize("case", BLOCKED)
def test_blocked(case: str, published: Path, tmp_path: Path) -> None:
    files, message = BLOCKED[case]
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    before = fingerprint(published)
    refused(CheckFailed, message, lambda: execute(Project(RUNNER), options(str(tmp_path), published)))
    assert fingerprint(published) == before


def test_an_override_publishes_and_is_logged_with_its_reason(published: Path, tmp_path: Path) -> None:
    warehouse = shutil.copytree(published, tmp_path / "warehouse", symlinks=True)
    source = people(tmp_path / "in", "record_id,email,created_at\nP1,a,2024-01-01\n")
    (source / "touches.csv").write_text("touch_id\nT1\n")
    more = ["--override", "fewer_rows:generic.people", "--because", "the old CRM was closed", "--json"]
    done = run(source, warehouse, *more)
    assert done.returncode == 0, done.stderr
    expected = {"guard": "fewer_rows", "source": "generic.people", "because": "the old CRM was closed"}
    (used,) = json.loads(done.stdout)["overrides"]
    assert expected.items() <= used.items()
    (logged,) = [json.loads(line) for line in (warehouse / "logs" / "overrides.jsonl").read_text().splitlines()]
    assert expected.items() <= logged.items()
    assert logged["run_id"] == json.loads(done.stdout)["run_id"]


def test_an_accepted_shape_publishes_and_a_required_column_is_never_accepted(published: Path, tmp_path: Path) -> None:
    warehouse = shutil.copytree(published, tmp_path / "warehouse", symlinks=True)
    source = people(tmp_path / "in", "record_id,email,created_at,countries\n" + MANY.replace("\n", ",IS\n"))
    (source / "touches.csv").write_text("touch_id\nT1\nT2\n")
    refused_run = run(source, warehouse)
    assert (refused_run.returncode, "column country is gone" in refused_run.stderr) == (1, True), refused_run.stderr
    accept = ["sources", "accept", "--source", f"generic={source}", "--warehouse", str(warehouse)]
    assert handoff(*accept).returncode == 2, "a reason must be given"
    done = handoff(*accept, "--because", "the field was renamed for good", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"generic": ["people", "touches"]})
    assert fingerprint(published).items() <= fingerprint(warehouse).items(), "nothing published has changed"
    done = run(source, warehouse)
    assert done.returncode == 0, done.stderr
    assert "country is absent" in " ".join(json.loads((warehouse / "run.json").read_text())["warnings"])
    (source / "people.csv").write_text("email\na\n")
    assert handoff(*accept, "--because", "x").returncode == 2


# ---------------------------------------------------------------- rows that cannot be used

LANDED_AT = "2026-06-30 18:00:00"


@dataclass(frozen=True)
class Bad:
    """A row with one defect, where it ends and by which code; and the row that mends it."""

    table: str
    cells: dict[str, str]
    disposition: str
    codes: str
    raw: bytes = b""

    def line(self, columns: list[str], identity: str) -> bytes:
        cells = {name: text.replace("@me", identity) for name, text in self.cells.items()}
        if self.raw:
            return self.raw.replace(b"@me", identity.encode()).replace(b"@pad", b"," * (len(columns) - 3))
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow([cells.get(column, "") for column in columns])
        return out.getvalue().encode()


P = {"record_id": "@me", "record_type": "lead"}
ACTIVITY = {
    "activity_id": "@me",
    "record_id": "P1",
    "activity_type": "form_fill",
    "occurred_at": "2026-06-01T10:00:00Z",
}
STATUS = {"change_id": "@me", "record_id": "P1", "changed_at": "2026-06-01T10:00:00Z", "new_status": "Working"}
ASSIGNED = {"assignment_id": "@me", "record_id": "P1", "assigned_at": "2026-06-01T10:00:00Z", "new_owner_id": "R1"}
TOUCH = {"touch_id": "@me", "record_id": "P1", "rep_id": "R1", "touch_type": "call", "occurred_at": "2026-06-01T10:00Z"}
DEAL = {"opportunity_id": "@me", "created_at": "2026-06-01", "amount": "5"}
STAGE = {"change_id": "@me", "opportunity_id": "O1", "changed_at": "2026-06-01", "new_stage": "Won"}
MEMBER = {"campaign_id": "C1", "record_id": "P1"}
Q, S, C, M = "quarantined", "superseded", "current", "merged"

ROWS: dict[str, Bad] = {
    "people-null_key": Bad("people", P | {"record_id": "", "email": "@me"}, Q, "null_key"),
    "people-null_key-of_blanks": Bad("people", P | {"record_id": " \t ", "email": "@me"}, Q, "null_key"),
    "people-bad_timestamp-day_first": Bad("people", P | {"created_at": "30/06/2026"}, Q, "bad_timestamp"),
    "people-bad_timestamp-in_words": Bad("people", P | {"created_at": "last Tuesday"}, Q, "bad_timestamp"),
    "people-bad_timestamp-no_such_day": Bad("people", P | {"updated_at": "2026-02-30T00:00:00Z"}, Q, "bad_timestamp"),
    "people-bad_timestamp-no_such_hour": Bad("people", P | {"created_at": "2026-02-03T24:30:00Z"}, Q, "bad_timestamp"),
    "people-bad_timestamp-no_such_offset": Bad(
        "people", P | {"created_at": "2026-02-03T10:00:00+99:00"}, Q, "bad_timestamp"
    ),
    "people-bad_timestamp-a_number": Bad("people", P | {"converted_at": "46203"}, Q, "bad_timestamp"),
    "people-bad_timestamp-infinity": Bad("people", P | {"created_at": "infinity"}, Q, "bad_timestamp"),
    "people-year_out_of_range-zero": Bad("people", P | {"created_at": "0001-01-01T00:00:00Z"}, Q, "year_out_of_range"),
    "people-year_out_of_range-far": Bad("people", P | {"created_at": "2999-01-01T00:00:00Z"}, Q, "year_out_of_range"),
    "people-future_timestamp": Bad("people", P | {"created_at": "2031-01-01T00:00:00Z"}, Q, "future_timestamp"),
    "people-ragged_row-short": Bad("people", {}, Q, "ragged_row", raw=b"@me,lead\n"),
    "people-ragged_row-long": Bad("people", {}, Q, "ragged_row", raw=b"@me,lead" + b"," * 60 + b"x\n"),
    "people-not_utf8": Bad("people", {}, Q, "not_utf8", raw=b"@me,lead,\xff\xfe@pad\n"),
    "people-malformed_quotes": Bad("people", {}, Q, "malformed_quotes", raw=b'@me,lead,"a"b@pad\n'),
    "people-duplicate_key-the_older_loses": Bad(
        "people", P | {"record_id": "P1", "updated_at": "2020-01-01"}, S, "duplicate_key"
    ),
    "people-duplicate_key-the_undated_loses": Bad(
        "people", P | {"record_id": "P2", "updated_at": ""}, S, "duplicate_key"
    ),
    "people-merge_orphan": Bad("people", P | {"merged_into_id": "NOBODY"}, M, "merge_orphan"),
    "people-merge_cycle": Bad("people", P | {"merged_into_id": "@me"}, Q, "merge_cycle"),
    "people-unknown_record_type": Bad("people", P | {"record_type": "alien"}, C, "unknown_record_type"),
    "people-bad_number-a_part": Bad("people", P | {"employee_count": "7.9"}, C, "bad_number"),
    "people-bad_number-a_range": Bad("people", P | {"employee_count": "50-100"}, C, "bad_number"),
    "people-bad_number-a_currency": Bad("people", P | {"annual_revenue": "$5"}, C, "bad_number"),
    "people-bad_number-too_long": Bad("people", P | {"annual_revenue": "9" * 30}, C, "bad_number"),
    "people-bad_number-not_a_number": Bad("people", P | {"annual_revenue": "NaN"}, C, "bad_number"),
    "people-bad_boolean": Bad("people", P | {"is_email_opt_out": "perhaps"}, C, "bad_boolean"),
    "accounts-null_key": Bad("accounts", {"account_name": "@me"}, Q, "null_key"),
    "accounts-unknown_parent": Bad(
        "accounts", {"account_id": "@me", "account_name": "x", "parent_account_id": "NONE"}, C, "unknown_parent"
    ),
    "accounts-parent_ring": Bad(
        "accounts", {"account_id": "@me", "account_name": "x", "parent_account_id": "@me"}, C, "parent_ring"
    ),
    "activities-null_key": Bad("activities", ACTIVITY | {"activity_id": ""}, Q, "null_key"),
    "activities-null_required-nobody": Bad("activities", ACTIVITY | {"record_id": ""}, Q, "null_required"),
    "activities-null_required-no_time": Bad("activities", ACTIVITY | {"occurred_at": ""}, Q, "null_required"),
    "activities-bad_timestamp": Bad("activities", ACTIVITY | {"occurred_at": "soon"}, Q, "bad_timestamp"),
    "activities-future_timestamp": Bad("activities", ACTIVITY | {"occurred_at": "2099-01-01"}, Q, "future_timestamp"),
    "activities-unknown_parent": Bad("activities", ACTIVITY | {"record_id": "NOBODY"}, C, "unknown_parent"),
    "activities-duplicate_key": Bad(
        "activities", ACTIVITY | {"activity_id": "X1", "occurred_at": "2026-05-01"}, S, "duplicate_key"
    ),
    "activities-bad_boolean": Bad("activities", ACTIVITY | {"is_bot": "2"}, C, "bad_boolean"),
    "status_changes-null_required": Bad("status_changes", STATUS | {"changed_at": ""}, Q, "null_required"),
    "status_changes-bad_timestamp": Bad("status_changes", STATUS | {"changed_at": "2026-13-01"}, Q, "bad_timestamp"),
    "status_changes-future_timestamp": Bad(
        "status_changes", STATUS | {"changed_at": "2030-01-01"}, Q, "future_timestamp"
    ),
    "assignments-null_required": Bad("assignments", ASSIGNED | {"record_id": ""}, Q, "null_required"),
    "assignments-unknown_parent": Bad("assignments", ASSIGNED | {"record_id": "NOBODY"}, C, "unknown_parent"),
    "touches-null_key": Bad("touches", TOUCH | {"touch_id": ""}, Q, "null_key"),
    "touches-bad_timestamp": Bad("touches", TOUCH | {"completed_at": "done"}, Q, "bad_timestamp"),
    "opportunities-bad_timestamp": Bad("opportunities", DEAL | {"close_date": "Q3"}, Q, "bad_timestamp"),
    "opportunities-bad_number": Bad("opportunities", DEAL | {"amount": "1.234,50"}, C, "bad_number"),
    "stages-null_required": Bad("opportunity_stage_changes", STAGE | {"opportunity_id": ""}, Q, "null_required"),
    "stages-year_out_of_range": Bad(
        "opportunity_stage_changes", STAGE | {"changed_at": "1066-10-14"}, Q, "year_out_of_range"
    ),
    "campaign_members-null_key": Bad("campaign_members", MEMBER | {"record_id": ""}, Q, "null_key"),
    "campaign_members-unknown_parent": Bad("campaign_members", MEMBER | {"record_id": "NOBODY"}, C, "unknown_parent"),
    "rep_absences-bad_timestamp": Bad(
        "rep_absences",
        {"rep_id": "R1", "absent_from": "May", "absent_until": "2026-06-01"},
        Q,
        "null_key,bad_timestamp",
    ),
}

HOSTILE = {
    "ten_megabytes": "y" * 10_000_000,
    "nul": "a\0b",
    "emoji": "🤦🏼‍♂️💥",
    "right_to_left": "\u202eevil\u202c שלום",
    "drop_table": "'; drop table people; --",
    "jinja": "{{ var('as_of') }}{% raw %}",
    "percent": "100%s %(x)s %%",
    "backslash": "C:\\new\\t\\",
    "formula": '=HYPERLINK("http://x";"y")',
    "formula_at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "lines": "a\r\nb\nc",
    "quotes": "\"'`´",
    "control": "\x01\x1f\x7f",
    "null_word": "NULL",
    "html": "<script>alert(1)</script>",
}

CLEAN: dict[str, list[dict[str, str]]] = {
    "people": [
        {"record_id": f"P{n}", "record_type": "lead", "email": f"p{n}@example.com", "updated_at": "2026-06-01"}
        for n in (1, 2, 3)
    ],
    "accounts": [{"account_id": "A1", "account_name": "Acme"}],
    "reps": [{"rep_id": "R1", "rep_name": "Noor"}],
    "activities": [ACTIVITY | {"activity_id": "X1", "occurred_at": "2026-06-02T10:00:00Z"}],
    "status_changes": [STATUS | {"change_id": "H1"}],
    "assignments": [ASSIGNED | {"assignment_id": "S1"}],
    "touches": [TOUCH | {"touch_id": "T1"}],
    "opportunities": [DEAL | {"opportunity_id": "O1"}],
    "opportunity_stage_changes": [STAGE | {"change_id": "G1"}],
    "campaigns": [{"campaign_id": "C1"}],
    "campaign_members": [MEMBER],
    "rep_absences": [{"rep_id": "R1", "absent_from": "2026-01-01", "absent_until": "2026-01-02"}],
}


PLACES_OF_ROWS = (
    "select source_table, source_row_number, disposition, reason_codes from conformed.int_row_dispositions_unioned"
)
# What a row of each table must hold to be used, whatever was wrong with it.
MENDED = {
    "people": P | {"created_at": "2026-01-01", "updated_at": "", "converted_at": "", "merged_into_id": ""},
    "accounts": {"account_id": "@me"},
    "activities": ACTIVITY,
    "status_changes": STATUS,
    "assignments": ASSIGNED,
    "touches": TOUCH | {"completed_at": ""},
    "opportunities": DEAL | {"close_date": ""},
    "opportunity_stage_changes": STAGE,
    "campaign_members": {"record_id": "P2"},
    "rep_absences": {"absent_from": "2026-05-01"},
}


@dataclass(frozen=True)
class Judged:
    """A landing after its one build: where each row ended, and what its staged rows say."""

    places: dict[tuple[str, int], tuple[str, str]]
    row_of: dict[str, tuple[str, int]]
    usable: dict[str, list[tuple[Any, ...]]]
    hostile: dict[str, dict[str, Any]]
    rows_in: dict[str, int]
    misjudged: list[Any]
    damaged: dict[str, int]
    mended: dict[str, int]


def usable(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Any, ...]]:
    """What the conformed layer may read of a table: everything of its rows but their number."""
    return connection.execute(
        f"select * exclude (source_row_number) from staging.stg_generic__{table} "
        "where disposition in ('current', 'merged') and row_key not like 'B%' and row_key not like '%NOBODY%' "
        "and coalesce(reason_codes, '') = '' order by row_key"
    ).fetchall()


def write(folder: Path, extra: dict[str, list[bytes]]) -> None:
    for table, rows in CLEAN.items():
        columns = declared("generic")[table]
        with (folder / f"{table}.csv").open("wb") as handle:
            handle.write((",".join(columns) + "\n").encode())
            for row in rows:
                handle.write(Bad(table, row, "", "").line(columns, ""))
            handle.writelines(extra.get(table, []))


def land_into(path: Path, folder: Path) -> dict[str, int]:
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    vendor = read_vendor(Project(PROJECT), "generic")
    with duckdb.connect(str(path)) as connection:
        landed = land(discover(parse_location("generic", str(folder), folder), vendor), connection, scratch)
    return {table.source_table: table.rows_in for table in landed}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    folder = tmp_path_factory.mktemp("bad_rows")
    path = folder / "handoff.duckdb"
    extra: dict[str, list[bytes]] = {}
    row_of = {}
    for number, (name, bad) in enumerate(ROWS.items()):
        lines = extra.setdefault(bad.table, [])
        lines.append(bad.line(declared("generic")[bad.table], f"B{number}"))
        row_of[name] = bad.table, len(CLEAN[bad.table]) + len(lines)
    for number, (name, text) in enumerate(HOSTILE.items()):
        lines = extra["people"]
        cells = P | {"record_id": f"BH{number}", "job_title": text, "company_name": text, "lead_source": text}
        lines.append(Bad("people", cells, C, "").line(declared("generic")["people"], ""))
        row_of[f"hostile-{name}"] = "people", len(CLEAN["people"]) + len(lines)
    write(folder, {})
    land_into(path, folder)
    build_views(path, ["generic"], select=["+int_row_dispositions_unioned"], landed_at=LANDED_AT)
    with duckdb.connect(str(path)) as connection:
        clean = {table: usable(connection, table) for table in CLEAN}
    write(folder, extra)
    rows_in = land_into(path, folder)
    with duckdb.connect(str(path)) as connection:
        dirty = {table: usable(connection, table) for table in CLEAN}
        places = {
            (table, number): (disposition, codes)
            for table, number, disposition, codes in connection.execute(PLACES_OF_ROWS).fetchall()
        }
        found = connection.execute(
            "select record_id, job_title, company_name, lead_source, disposition from staging.stg_generic__people "
            "where record_id like 'BH%'"
        ).fetchall()
    assert clean == dirty, "a bad row changed what its neighbours say"
    mended = land_mended(path, folder)
    truth = generate_damaged(folder / "damaged", 20_000)
    land_into(path, folder / "damaged")
    with duckdb.connect(str(path)) as connection:
        for table in SHARES:  # the views read every declared column
            for column in declared("generic")[table]:
                connection.execute(f"alter table landed_generic.{table} add column if not exists {column} varchar")
        outcomes = connection.execute(PLACES_OF_ROWS).fetchall()
    wrong = misjudged((row for row in outcomes if row[0] in SHARES), truth)
    damaged = Counter(codes for _, codes in truth.values())
    names = list(HOSTILE)
    hostile = {
        names[int(row[0][2:])]: dict(zip(("title", "company", "source", "disposition"), row[1:], strict=True))
        for row in found
    }
    return Judged(places, row_of, dirty, hostile, rows_in, wrong, dict(damaged), mended)


def land_mended(path: Path, folder: Path) -> dict[str, int]:
    """The same landing with every cell mended; returns how many rows end where."""
    extra: dict[str, list[bytes]] = {}
    for number, bad in enumerate(ROWS.values()):
        if bad.disposition == Q:
            mended = Bad(bad.table, bad.cells | MENDED[bad.table], C, "")
            extra.setdefault(bad.table, []).append(mended.line(declared("generic")[bad.table], f"B{number}"))
    write(folder, extra)
    land_into(path, folder)
    with duckdb.connect(str(path)) as connection:
        return Counter(row[2] for row in connection.execute(PLACES_OF_ROWS).fetchall())


@pytest.mark.parametrize("case", ROWS)
def test_row(case: str, judged: Judged) -> None:
    bad = ROWS[case]
    assert judged.places[judged.row_of[case]] == (bad.disposition, bad.codes)


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(case: str, judged: Judged) -> None:
    text = HOSTILE[case]
    assert judged.places[judged.row_of[f"hostile-{case}"]] == (C, "")
    row = judged.hostile[case]
    assert (row["title"], row["company"], row["source"]) == (text, text, text)


def test_every_row_has_one_place_and_the_clean_ones_are_used(judged: Judged) -> None:
    counted: dict[str, int] = {}
    for table, _ in judged.places:
        counted[table] = counted.get(table, 0) + 1
    assert counted == judged.rows_in
    assert {table: len(rows) for table, rows in judged.usable.items()} == {
        table: len(rows) for table, rows in CLEAN.items()
    }


def test_mended_rows_enter_by_themselves(judged: Judged) -> None:
    """The same keys, landed again without the defect: nothing remembers that they were quarantined."""
    quarantined = sum(bad.disposition == Q for bad in ROWS.values())
    assert judged.mended == {C: quarantined + sum(map(len, CLEAN.values()))}


def test_every_seeded_defect_of_a_generated_landing_is_found_by_its_code(judged: Judged) -> None:
    assert judged.misjudged == []
    assert len(judged.damaged) >= 15
    assert min(judged.damaged.values()) >= 10, "each kind of damage has cases"


def test_there_are_at_least_sixty_cases() -> None:
    cases = len(FILES) + len(PLACES) + len(SETTINGS) + len(CONFIGS) + 3 + len(BLOCKED) + len(ROWS) + len(HOSTILE)
    assert cases >= 60
