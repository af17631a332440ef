"""Landing: no row is lost, no cell is changed, and what cannot be read says so by file and line."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import duckdb
import pytest
from handoff.errors import CouldNotRun
from handoff.landing import discover, land, parse_location, read_header
from handoff.sources import ColumnSpec, TableSpec, VendorSpec

LEAD = TableSpec(
    "lead", (ColumnSpec("id", is_required=True), ColumnSpec("created_date"), ColumnSpec("email", also_named=("mail",)))
)
STAGES = TableSpec(
    "opportunity_history",
    (ColumnSpec("id", is_required=True), ColumnSpec("stage_name", also_named=("Stage",))),
    has_columns=("stage_name",),
    has_no_columns=("_fivetran_active",),
)
VENDOR = VendorSpec(
    "salesforce", (LEAD, TableSpec("contact", (ColumnSpec("id", is_required=True),)), STAGES), ("lead",)
)

Rows = list[tuple[object, ...]]


def landed(folder: Path, tmp_path: Path, vendor: VendorSpec = VENDOR) -> tuple[dict[str, int], dict[str, Rows]]:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    with duckdb.connect() as database:
        tables = land(discover(parse_location(vendor.name, str(folder), tmp_path), vendor), database, scratch)
        rows = {
            table.source_table: database.execute(
                f"select * from landed_{vendor.name}.{table.source_table} order by _row_number"
            ).fetchall()
            for table in tables
        }
    assert list(scratch.iterdir()) == []
    return {table.source_table: table.rows_in for table in tables}, rows


@pytest.fixture
def shared_data() -> Path:
    path = Path(os.environ.get("HANDOFF_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
    if not path.is_dir():
        pytest.skip("the shared real exports are absent; HANDOFF_SHARED_DATA may name them")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("name", ["Lead.csv", "sf_lead_data.csv", "LEAD.CSV", "salesforce_lead.csv", "lead_data.csv"])
def test_a_file_is_recognised_by_its_name(folder: Path, tmp_path: Path, name: str) -> None:
    write(folder, name, "Id,Email\n1,a\n")
    counts, _ = landed(folder, tmp_path)
    assert counts == {"lead": 1}


def test_a_file_of_the_name_but_not_the_columns_is_ignored_and_says_why(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", "id\n1\n")
    write(folder, "opportunity_history.csv", "id,stage_name,_fivetran_active\n1,a,true\n")
    write(folder, "notes.csv", "a\n")
    discovery = discover(parse_location("salesforce", str(folder), tmp_path), VENDOR)
    assert [found.spec.name for found in discovery.found] == ["lead"]
    assert {ignored.origin: ignored.why for ignored in discovery.ignored} == {
        "notes.csv": "no table of salesforce bears that name",
        "opportunity_history.csv": (
            "has the name of table opportunity_history but column _fivetran_active, which that table never has"
        ),
    }


def test_has_columns_accepts_the_other_names_of_a_column(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", "id\n1\n")
    write(folder, "OpportunityHistory.csv", "Id,Stage\n1,a\n")
    assert landed(folder, tmp_path)[0] == {"lead": 1, "opportunity_history": 1}


def test_two_files_for_one_table_name_both(folder: Path, tmp_path: Path) -> None:
    write(folder, "Lead.csv", "id\n1\n")
    write(folder, "sf_lead_data.csv", "id\n1\n")
    with pytest.raises(CouldNotRun, match=r"Lead\.csv and sf_lead_data\.csv"):
        landed(folder, tmp_path)


@pytest.mark.parametrize(("delimiter"), [",", ";", "\t", "|"])
def test_every_delimiter_is_found_from_the_header(folder: Path, tmp_path: Path, delimiter: str) -> None:
    path = write(folder, "lead.csv", delimiter.join(["Id", "Created Date", "E_mail"]) + "\n" + delimiter.join("123"))
    header, found = read_header(path, ["id", "created_date", "email"])
    assert (header, found) == (("Id", "Created Date", "E_mail"), delimiter)
    assert landed(folder, tmp_path)[1]["lead"] == [("1", "2", "3", 1, None)]


HOSTILE = [
    "'); drop table lead; --",
    '=cmd|"/c calc"!A1',
    "line\nbreak",
    "carriage\r\nreturn",
    'quote " inside',
    "nul\0byte",
    "tab\tbar|semi;comma,",
    "🤦🏼‍♂️ ünïcode \u202e",
    "NULL",
    "\\N",
    " blanks ",
    "{{ var('x') }}",
    "x" * 3_000_000,
]


def test_hostile_text_arrives_unchanged_and_in_order(folder: Path, tmp_path: Path) -> None:
    with (folder / "lead.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["id", "email"])
        writer.writerows([[str(number), text] for number, text in enumerate(HOSTILE)])
        writer.writerow(["", ""])
    counts, rows = landed(folder, tmp_path)
    assert counts == {"lead": len(HOSTILE) + 1}
    assert [row[1] for row in rows["lead"]] == [*HOSTILE, None]
    assert [row[-2:] for row in rows["lead"]] == [(number, None) for number in range(1, len(HOSTILE) + 2)]


def test_a_row_of_ten_megabytes_lands(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", "id,email\n1," + "y" * 10_000_000 + "\n2,b\n")
    _, rows = landed(folder, tmp_path)
    assert [len(str(row[1])) for row in rows["lead"]] == [10_000_000, 1]


def test_a_header_may_hold_quotes_line_breaks_and_reserved_names(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", 'id,"a""b; drop table x","two\nlines",_row_number,_ROW_PROBLEM,,x,X\n1,2,3,4,5,6,7,8\n')
    _, rows = landed(folder, tmp_path)
    assert rows["lead"] == [("1", "2", "3", "4", "5", "6", "7", "8", 1, None)]


def test_ragged_and_badly_encoded_rows_keep_their_place_and_a_reason(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", b'id,email\n1,a\n2\n\n3,b,c\n4,\xff\xfe\n5,"x" y\n6,ok\n')
    counts, rows = landed(folder, tmp_path)
    assert counts == {"lead": 6}
    assert rows["lead"] == [
        ("1", "a", 1, None),
        ("2", None, 2, "ragged_row"),
        ("3", "b", 3, "ragged_row"),
        ("4", "\ufffd\ufffd", 4, "not_utf8"),
        ("5", "x y", 5, "malformed_quotes"),
        ("6", "ok", 6, None),
    ]


def test_a_quote_never_closed_is_refused_with_its_line(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", 'id,email\n1,a\n2,"open\n3,b\n')
    with pytest.raises(CouldNotRun, match=r"lead\.csv:3: a quote opened"):
        landed(folder, tmp_path)


def test_mixed_line_ends_lose_nothing(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", b'id,email\r\n1,a\n2,"b\r\nc"\r3,d\r\n\r\n4,e')
    counts, rows = landed(folder, tmp_path)
    assert counts == {"lead": 4}
    assert [row[:2] for row in rows["lead"]] == [("1", "a"), ("2", "b\r\nc"), ("3", "d"), ("4", "e")]


def test_a_header_alone_is_no_rows(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", "id,email\n")
    assert landed(folder, tmp_path) == ({"lead": 0}, {"lead": []})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n\n", "is empty"),
        ("id\n1\n".encode("utf-16"), "is UTF-16"),
        (b"PK\x03\x04rest", "zip or Excel"),
        (b"\x8a\x01\xfe\x00,\xd6\n\x00\xff", "its header is not UTF-8"),
        ("id,Straße\n1,x\n".encode("latin-1"), "its header is not UTF-8"),
    ],
)
def test_what_is_no_csv_is_refused(folder: Path, tmp_path: Path, content: bytes, message: str) -> None:
    write(folder, "lead.csv", content)
    with pytest.raises(CouldNotRun, match=message):
        landed(folder, tmp_path)


def test_a_file_that_cannot_be_opened_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "lead.csv").symlink_to(folder / "gone.csv")
    with pytest.raises(CouldNotRun, match=r"lead\.csv cannot be read"):
        landed(folder, tmp_path)


def test_only_a_database_takes_a_schema(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", "id\n1\n")
    with pytest.raises(CouldNotRun, match=r"lead\.csv is no \.duckdb file"):
        parse_location("salesforce", f"{folder}/lead.csv:main", tmp_path)


def test_a_declared_column_that_stands_twice_is_refused(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", "id,Created_Date,CreatedDate\n1,a,b\n")
    with pytest.raises(CouldNotRun, match="created_date twice"):
        landed(folder, tmp_path)


def test_a_missing_required_column_says_what_was_found_and_meant(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.csv", "ids,email\n1,a\n")
    vendor = VendorSpec(
        "salesforce", (TableSpec("lead", (ColumnSpec("id_s", is_required=True, also_named=("idd",)),)),), ()
    )
    assert landed(folder, tmp_path, vendor)[0] == {"lead": 1}
    write(folder, "lead.csv", "recordd,email\n1,a\n")
    vendor = VendorSpec("salesforce", (TableSpec("lead", (ColumnSpec("record", is_required=True),)),), ())
    with pytest.raises(CouldNotRun, match="expected column record, found recordd, email") as raised:
        landed(folder, tmp_path, vendor)
    assert "Did you mean recordd" in raised.value.hint


def test_parquet_and_duckdb_land_as_text_in_order(folder: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "crm.duckdb")) as database:
        database.execute("set TimeZone = 'America/New_York'")
        database.execute("create schema salesforce")
        database.execute(
            "create table salesforce.sf_lead_data as select i as id, '' as email, "
            "timestamptz '2024-01-01 12:00:00+00' as created_date from range(3) t(i)"
        )
        database.execute(f"copy salesforce.sf_lead_data to '{folder}/lead [1].parquet' (format parquet)")
    expected = [(str(number), None, "2024-01-01 12:00:00+00", number + 1, None) for number in range(3)]
    (folder / "lead [1].parquet").rename(folder / "lead.parquet")
    assert landed(folder, tmp_path) == ({"lead": 3}, {"lead": expected})
    assert landed(tmp_path / "crm.duckdb", tmp_path) == ({"lead": 3}, {"lead": expected})
    assert landed(Path(f"{tmp_path}/crm.duckdb:salesforce"), tmp_path) == ({"lead": 3}, {"lead": expected})


def test_a_corrupt_parquet_file_is_named(folder: Path, tmp_path: Path) -> None:
    write(folder, "lead.parquet", b"PAR1 no more")
    with pytest.raises(CouldNotRun, match=r"lead\.parquet cannot be read as Parquet"):
        landed(folder, tmp_path)


def test_the_workshop_leads_are_as_many_as_the_csv_module_counts(tmp_path: Path, shared_data: Path) -> None:
    """A lenient CSV reader loses one of the 60 to a quoting trap."""
    source = shared_data / "salesforce_workshop"
    with (source / "Lead.csv").open(encoding="utf-8-sig", newline="") as handle:
        expected = sum(1 for _ in csv.DictReader(handle))
    assert expected == 60
    counts, rows = landed(source, tmp_path)
    assert counts["lead"] == len(rows["lead"]) == expected
