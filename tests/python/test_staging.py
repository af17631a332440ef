"""Staging: every landed row once, typed or flagged, whatever its text, its order and its loader."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from staging_support import PROJECT, VENDORS, build_views, create_landed, dbt, declared, fill, read

DISPOSITIONS = {"current", "superseded", "deleted", "merged", "quarantined"}
LANDED_AT = "2199-06-01 12:00:00"
PASSTHROUGH = {"salesforce": {"lead": ["Territory__c", "Email"]}}
REUSED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)


def headline(column: str) -> str:
    """The name that a Salesforce export gives a column: CreatedDate for created_date."""
    return "".join(part.capitalize() for part in column.split("_"))


@pytest.fixture(scope="module")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Staging views of all vendors over empty landed tables; Salesforce's contact has the headers of an export."""
    path = tmp_path_factory.mktemp("staging") / "handoff.duckdb"
    marks = ["_fivetran_active", "_fivetran_deleted", "_fivetran_synced"]
    others = [
        "_ab_cdc_deleted_at",
        "_airbyte_extracted_at",
        "_airbyte_meta",
        "_dlt_load_id",
        "_dlt_valid_to",
        "employee_count__v_text",
    ]
    with duckdb.connect(str(path)) as database:
        for vendor in VENDORS:
            for table, columns in declared(vendor).items():
                if (vendor, table) == ("salesforce", "contact"):
                    columns = [headline(column) for column in columns]
                if (vendor, table) == ("salesforce", "lead"):
                    columns = [*columns, "territory__c"]
                create_landed(database, vendor, table, columns + (others if vendor == "generic" else marks))
    build_views(path, VENDORS, passthrough_columns=PASSTHROUGH, landed_at=LANDED_AT)
    with duckdb.connect(str(path)) as database:
        database.execute("set TimeZone = 'UTC'")
        yield database


def staged(database: duckdb.DuckDBPyConnection, vendor: str, table: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    fill(database, vendor, table, rows)
    return read(database, f"stg_{vendor}__{table}")


def judged(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["disposition"], row["reason_codes"]) for row in rows]


# ---------------------------------------------------------------- times

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2198, 12, 30)).map(lambda moment: moment.replace(microsecond=0))
OFFSETS = st.integers(-14 * 60, 14 * 60)


def offset_text(minutes: int, colon: bool) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{':' if colon else ''}{rest:02}"


@st.composite
def written_times(draw: st.DrawFn) -> tuple[str, datetime]:
    """A text as some CRM would export it, and the UTC moment that it means."""
    moment = draw(MOMENTS)
    form = draw(st.sampled_from(["naive", "minutes", "fraction", "zulu", "offset", "day", "us", "us12", "us_short"]))
    mark = draw(st.sampled_from("T "))
    if form == "naive":
        return moment.strftime(f"%Y-%m-%d{mark}%H:%M:%S"), moment
    if form == "minutes":
        return moment.strftime(f"%Y-%m-%d{mark}%H:%M"), moment.replace(second=0)
    if form == "fraction":
        micro = draw(st.integers(0, 999)) * 1000
        return moment.strftime(f"%Y-%m-%d{mark}%H:%M:%S") + f".{micro // 1000:03}+0000", moment.replace(
            microsecond=micro
        )
    if form == "zulu":
        return moment.strftime(f"%Y-%m-%d{mark}%H:%M:%SZ"), moment
    if form == "offset":
        minutes = draw(OFFSETS)
        aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
        blank = draw(st.sampled_from(["", " "]))
        return (
            moment.strftime(f"%Y-%m-%d{mark}%H:%M:%S") + blank + offset_text(minutes, draw(st.booleans())),
            aware.astimezone(UTC).replace(tzinfo=None),
        )
    day = moment.replace(hour=0, minute=0, second=0)
    if form == "day":
        return moment.strftime("%Y-%m-%d"), day
    if form == "us":
        return moment.strftime("%m/%d/%Y"), day
    if form == "us12":
        return moment.strftime("%m/%d/%Y %I:%M %p"), moment.replace(second=0)
    short = (moment.replace(day=28) if (moment.month, moment.day) == (2, 29) else moment).replace(
        year=1969 + moment.year % 100
    )
    return short.strftime("%m/%d/%y %H:%M"), short.replace(second=0)


@REUSED
@given(cases=st.lists(written_times(), min_size=1, max_size=100))
@example(cases=[("2026-03-08T02:30:00.000-0500", datetime(2026, 3, 8, 7, 30))])
@example(cases=[("2024-02-29T23:59:59+05:30", datetime(2024, 2, 29, 18, 29, 59)), ("02/24/26", datetime(2026, 2, 24))])
@example(
    cases=[
        ("2019-03-29 07:24:17 UTC", datetime(2019, 3, 29, 7, 24, 17)),
        ("2020-12-30 3:15:52", datetime(2020, 12, 30, 3, 15, 52)),
    ]
)
@example(cases=[("2020-06-01 5:25:50.633 UTC", datetime(2020, 6, 1, 5, 25, 50, 633000))])
@example(cases=[("1577836800123", datetime(2020, 1, 1, 0, 0, 0, 123000))])
@example(cases=[("1/2/26 2:18 pm", datetime(2026, 1, 2, 14, 18)), ("12/31/2025 12:00 AM", datetime(2025, 12, 31))])
def test_times_read_as_python_reads_them(staging: duckdb.DuckDBPyConnection, cases: list[tuple[str, datetime]]) -> None:
    found = staged(
        staging, "salesforce", "lead", *({"id": f"L{n}", "created_date": text} for n, (text, _) in enumerate(cases))
    )
    for (text, moment), row in zip(cases, found, strict=True):
        assert (text, row["created_at"], row["disposition"]) == (text, moment, "current")
        assert row["created_at_precision"] == ("exact" if ":" in text or text.isdigit() else "day"), text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("yesterday", "bad_timestamp"),
        ("2026-02-30", "bad_timestamp"),
        ("2026-13-01T00:00:00Z", "bad_timestamp"),
        ("24/02/2026", "bad_timestamp"),
        ("2026-01-01T25:00:00", "bad_timestamp"),
        ("2026-01-01T10:00:00+99:99", "bad_timestamp"),
        ("1767225600", "bad_timestamp"),
        ("infinity", "bad_timestamp"),
        ("now", "bad_timestamp"),
        ("0000-01-01", "year_out_of_range"),
        ("1899-12-31", "year_out_of_range"),
        ("2201-01-01T00:00:00Z", "year_out_of_range"),
        ("9999-12-31T23:59:59-12:00", "year_out_of_range"),
    ],
)
def test_an_impossible_time_quarantines_its_row(staging: duckdb.DuckDBPyConnection, text: str, codes: str) -> None:
    rows = staged(staging, "salesforce", "lead", {"id": "L1", "created_date": text}, {"id": "L2"})
    assert judged(rows) == [("quarantined", codes), ("current", "")]


def test_what_is_past_by_nature_cannot_lie_after_the_landing(staging: duckdb.DuckDBPyConnection) -> None:
    """A day is allowed for naive local times; a deal that is to close one day is no error."""
    late, later = "2199-06-02T12:00:00Z", "2199-06-02T12:00:01Z"
    rows = staged(
        staging,
        "salesforce",
        "opportunity",
        {"id": "O1", "created_date": late},
        {"id": "O2", "created_date": later},
        {"id": "O3", "created_date": "2026-01-01", "close_date": "2199-12-31"},
    )
    assert judged(rows) == [("current", ""), ("quarantined", "future_timestamp"), ("current", "")]
    for table, column, required in [
        ("activities", "occurred_at", {"activity_id": "1", "record_id": "P", "activity_type": "form_fill"}),
        ("people", "updated_at", {"record_id": "P", "record_type": "lead"}),
        ("status_changes", "changed_at", {"change_id": "1", "record_id": "P", "new_status": "New"}),
        ("campaign_members", "responded_at", {"campaign_id": "C", "record_id": "P"}),
    ]:
        (row,) = staged(staging, "generic", table, required | {column: later})
        assert judged([row]) == [("quarantined", "future_timestamp")], table
    (row,) = staged(
        staging,
        "generic",
        "touches",
        {"touch_id": "1", "rep_id": "R", "touch_type": "meeting"} | {"occurred_at": later},
    )
    assert row["disposition"] == "current", "a meeting may be planned"


def test_any_declared_time_counts_not_only_the_main_one(staging: duckdb.DuckDBPyConnection) -> None:
    for column in ("last_modified_date", "system_modstamp", "converted_date"):
        rows = staged(staging, "salesforce", "lead", {"id": "L1", column: "soon"})
        assert judged(rows) == [("quarantined", "bad_timestamp")], column


# ---------------------------------------------------------------- numbers and booleans


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1000", 1000),
        ("1,000", 1000),
        ("1,234,567", 1234567),
        ("100.0", 100),
        ("1e3", 1000),
        ("-5", -5),
        ("7.9", None),
        ("1,5", None),
        ("12,34", None),
        ("$5", None),
        ("50-100", None),
        ("many", None),
        ("nan", None),
        ("inf", None),
        ("1_000", None),
        ("0x10", None),
        ("1" * 40, None),
        ("1e300", None),
        ("1e999", None),
    ],
)
def test_a_head_count_is_a_whole_number_or_flagged(
    staging: duckdb.DuckDBPyConnection, text: str, value: int | None
) -> None:
    (row,) = staged(staging, "salesforce", "lead", {"id": "L1", "number_of_employees": text})
    assert row["employee_count"] == value
    assert judged([row]) == [("current", "bad_number" if value is None else "")]


def test_amounts_keep_their_cents(staging: duckdb.DuckDBPyConnection) -> None:
    texts = ["1124741.15", "1,651,993.36", "999999999999.99", "0.1", "-12.50", "1.5e3", "1000000000000000", "12 EUR"]
    rows = staged(staging, "salesforce", "opportunity", *({"id": text, "amount": text} for text in texts))
    assert [None if row["amount"] is None else str(row["amount"]) for row in rows] == [
        "1124741.15",
        "1651993.36",
        "999999999999.99",
        "0.10",
        "-12.50",
        "1500.00",
        None,
        None,
    ]
    assert [row["reason_codes"] for row in rows] == [""] * 6 + ["bad_number"] * 2


def test_booleans_of_every_loader(staging: duckdb.DuckDBPyConnection) -> None:
    texts = ["TRUE", "t", "1", "Yes", "false", "F", "0", "no", None, " ", "perhaps"]
    rows = staged(
        staging, "salesforce", "lead", *({"id": f"L{n}", "has_opted_out_of_email": t} for n, t in enumerate(texts))
    )
    assert [row["is_email_opt_out"] for row in rows] == [True] * 4 + [False] * 7
    assert [row["reason_codes"] for row in rows] == [""] * 10 + ["bad_boolean"]


# ---------------------------------------------------------------- dispositions


def test_reason_codes_stand_in_one_order(staging: duckdb.DuckDBPyConnection) -> None:
    (row,) = staged(
        staging,
        "salesforce",
        "lead",
        {"created_date": "x", "is_converted": "x", "annual_revenue": "x", "_row_problem": "ragged_row"},
    )
    assert row["row_key"] == "row:1"
    assert judged([row]) == [("quarantined", "ragged_row,null_key,bad_timestamp,bad_number,bad_boolean")]


def test_a_person_of_no_known_record_type_is_kept_and_said_to_be(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "generic",
        "people",
        {"record_id": "L1", "record_type": "Lead"},
        {"record_id": "L2", "record_type": "contact "},
        {"record_id": "L3", "record_type": "person"},
        {"record_id": "L4"},
    )
    assert judged(rows) == [
        ("current", ""),
        ("current", ""),
        ("current", "unknown_record_type"),
        ("current", "unknown_record_type"),
    ]


def test_a_row_without_its_required_parts_is_quarantined_as_such(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "salesforce",
        "lead_history",
        {"id": "H1", "lead_id": "L1", "field": "Status", "created_date": "2026-01-01T00:00:00Z"},
        {"id": "H2", "field": "Status", "created_date": "2026-01-01T00:00:00Z"},
        {"id": "H3", "lead_id": "L1", "field": "Status", "created_date": "once"},
        {"id": "H4", "lead_id": "L1", "field": "Status"},
    )
    assert judged(rows) == [
        ("current", ""),
        ("quarantined", "null_required"),
        ("quarantined", "bad_timestamp"),
        ("quarantined", "null_required"),
    ]


def test_the_newest_version_of_a_key_is_current(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "salesforce",
        "lead",
        {"id": "L1", "title": "old", "system_modstamp": "2026-01-01T00:00:00Z"},
        {"id": "L1", "title": "new", "system_modstamp": "2026-01-01T02:00:00+0100", "last_modified_date": "2020-01-01"},
        {"id": "L1", "title": "undated"},
        {"id": "L1", "title": "broken", "system_modstamp": "2027-99-99"},
    )
    assert [(row["job_title"], row["disposition"], row["reason_codes"]) for row in rows] == [
        ("old", "superseded", "duplicate_key"),
        ("new", "current", ""),
        ("undated", "superseded", "duplicate_key"),
        ("broken", "quarantined", "bad_timestamp"),
    ]


def test_merged_beats_deleted_and_history_mode_keeps_the_active_row(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "salesforce",
        "lead",
        {"id": "L1", "master_record_id": "L2", "is_deleted": "true"},
        {"id": "L2", "is_deleted": "true"},
        {"id": "L3", "_fivetran_deleted": "true"},
        {"id": "L4", "_fivetran_active": "false", "system_modstamp": "2026-02-01"},
        {"id": "L4", "_fivetran_active": "true", "system_modstamp": "2026-01-01"},
        {"id": "L5", "_fivetran_active": "false"},
        {"id": "L6", "_fivetran_synced": "2026-01-01", "title": "b"},
        {"id": "L6", "_fivetran_synced": "2026-01-02", "title": "a"},
    )
    assert judged(rows) == [
        ("merged", ""),
        ("deleted", ""),
        ("deleted", ""),
        ("superseded", "inactive_version"),
        ("current", ""),
        ("superseded", "inactive_version"),
        ("superseded", "duplicate_key"),
        ("current", ""),
    ]


def test_soft_deletes_and_versions_of_airbyte_and_dlt(staging: duckdb.DuckDBPyConnection) -> None:
    person = {"record_type": "lead"}
    rows = staged(
        staging,
        "generic",
        "people",
        person | {"record_id": "A1", "_ab_cdc_deleted_at": "2026-01-01T00:00:00Z"},
        person | {"record_id": "A2", "_airbyte_extracted_at": "2026-01-01 00:00:00.1+00", "job_title": "z"},
        person | {"record_id": "A2", "_airbyte_extracted_at": "2026-01-01 00:00:00.2+00", "job_title": "a"},
        person | {"record_id": "D1", "_dlt_load_id": "1767225600.5", "job_title": "z"},
        person | {"record_id": "D1", "_dlt_load_id": "1767225700.25", "job_title": "a"},
        person | {"record_id": "D2", "_dlt_valid_to": "2026-01-01 00:00:00+00"},
        person | {"record_id": "D2", "_dlt_valid_to": None},
        person | {"record_id": "D3", "_dlt_valid_to": "9999-12-31 00:00:00+00"},
        person | {"record_id": "D4", "_dlt_load_id": "no number", "_airbyte_extracted_at": "never"},
    )
    assert judged(rows) == [
        ("deleted", ""),
        ("superseded", "duplicate_key"),
        ("current", ""),
        ("superseded", "duplicate_key"),
        ("current", ""),
        ("superseded", "inactive_version"),
        ("current", ""),
        ("current", ""),
        ("current", ""),
    ]


def test_what_airbyte_left_out_is_said(staging: duckdb.DuckDBPyConnection) -> None:
    notes = [
        '{"sync_id": 5, "changes": []}',
        '{"changes": [{"field": "email", "change": "NULLED", "reason": "DESTINATION_SERIALIZATION_ERROR"}]}',
        '{"changes":[{"field":"job_title","change":"TRUNCATED"}]}',
        '{"errors":[]}',
        '{"errors":["Problem with `created_at`"]}',
        "no JSON",
    ]
    people = [{"record_id": f"P{n}", "record_type": "lead", "_airbyte_meta": note} for n, note in enumerate(notes)]
    rows = staged(staging, "generic", "people", *people)
    assert [row["reason_codes"] for row in rows] == ["", "cut_by_loader", "cut_by_loader", "", "cut_by_loader", ""]
    assert {row["disposition"] for row in rows} == {"current"}


def test_what_dlt_parked_beside_a_column_stands_in_for_it(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "generic",
        "people",
        {"record_id": "P1", "record_type": "lead", "employee_count": "10", "employee_count__v_text": "20"},
        {"record_id": "P2", "record_type": "lead", "employee_count__v_text": "20"},
        {"record_id": "P3", "record_type": "lead", "employee_count__v_text": "about 20"},
    )
    assert [(row["employee_count"], row["reason_codes"]) for row in rows] == [(10, ""), (20, ""), (None, "bad_number")]


@REUSED
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "id": st.sampled_from(["L1", "L2", None]),
                "title": st.sampled_from(["a", "b", None]),
                "system_modstamp": st.sampled_from(["2026-01-01", "2026-01-02", "never", None]),
                "is_deleted": st.sampled_from(["true", None]),
                "master_record_id": st.sampled_from(["L9", None]),
                "_fivetran_active": st.sampled_from(["true", "false", None]),
            }
        ),
        max_size=12,
    ),
    seed=st.integers(0, 99),
)
def test_arrival_order_changes_nothing(
    staging: duckdb.DuckDBPyConnection, rows: list[dict[str, str | None]], seed: int
) -> None:
    def outcome(landed: list[dict[str, str | None]]) -> list[str]:
        found = staged(staging, "salesforce", "lead", *landed)
        assert len(found) == len(landed)
        current = [row["row_key"] for row in found if row["disposition"] in ("current", "merged", "deleted")]
        assert len(current) == len(set(current)), "two usable rows of one key"
        return sorted(
            str((row["job_title"], row["record_id"], row["disposition"], row["reason_codes"])) for row in found
        )

    shuffled = random.Random(seed).sample(rows, len(rows))
    assert outcome(rows) == outcome(shuffled)


def test_composite_keys_do_not_run_into_each_other(staging: duckdb.DuckDBPyConnection) -> None:
    """Pitfall 30: `a-b`,`c` and `a`,`b-c` are two keys."""
    pairs = [("a", "b|1:c"), ("a|1:b", "c"), ("a-b", "c"), ("a", "b-c"), ("1:a", "b"), ("a", "b")]
    rows = staged(staging, "generic", "campaign_members", *({"campaign_id": a, "record_id": b} for a, b in pairs))
    assert [row["disposition"] for row in rows] == ["current"] * 6
    assert len({row["row_key"] for row in rows}) == 6


@settings(REUSED, max_examples=40)
@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=30))
@example(
    texts=["'; drop table x; --", '"', "\\", "{{ 1 }}", "a\nb", "=cmd()", "\x00", "\x1f", "💥" * 9, "é" * 3, "%s", "$$"]
)
def test_no_text_breaks_staging(staging: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    """Whatever a cell holds, in whatever column: as many rows out as in, and text comes out as it went in."""
    clean = [text.encode("utf-8", "ignore").decode() for text in texts]
    lead = declared("salesforce")["lead"]
    found = staged(staging, "salesforce", "lead", *({column: text for column in lead} for text in clean))
    assert [row["source_row_number"] for row in found] == list(range(1, len(clean) + 1))
    for text, row in zip(clean, found, strict=True):
        assert row["disposition"] in DISPOSITIONS
        assert row["job_title"] == (text.strip(" \t\n\r") or None)
    for vendor, table, id_name in (("generic", "people", "record_id"), ("marketo", "activity_visit_webpage", "id")):
        found = staged(staging, vendor, table, *({c: t for c in declared(vendor)[table]} | {id_name: t} for t in clean))
        assert len(found) == len(clean)


# ---------------------------------------------------------------- Salesforce


def test_names_are_matched_without_case_and_underscores(staging: duckdb.DuckDBPyConnection) -> None:
    (row,) = staged(
        staging,
        "salesforce",
        "contact",
        {"Id": "003A", "AccountId": "001A", "CreatedDate": "2026-01-01T08:00:00.000+0000"},
    )
    assert (row["record_id"], row["record_type"], row["account_id"]) == ("003A", "contact", "001A")
    assert row["created_at"] == datetime(2026, 1, 1, 8)


def test_a_column_passes_through_once_and_as_it_is(staging: duckdb.DuckDBPyConnection) -> None:
    (row,) = staged(staging, "salesforce", "lead", {"id": "L1", "territory__c": " North ", "email": " A@B.COM "})
    assert row["territory__c"] == "North"
    assert row["email"] == "a@b.com"
    assert [name for name in row if name.startswith("email")] == ["email"]


def test_a_company_that_is_an_account_id_is_a_link(staging: duckdb.DuckDBPyConnection) -> None:
    companies = ["001Ec00000GINb1IAH", "001Ec00000GINb1", "001 Ways Ltd", "0015", None]
    rows = staged(staging, "salesforce", "lead", *({"id": f"L{n}", "company": c} for n, c in enumerate(companies)))
    assert [(row["company_name"], row["account_id"]) for row in rows] == [
        (None, companies[0]),
        (None, companies[1]),
        (companies[2], None),
        (companies[3], None),
        (None, None),
    ]
    assert [row["reason_codes"] for row in rows] == ["company_is_account_id"] * 2 + [""] * 3


def test_a_status_is_no_conversion(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "salesforce",
        "lead",
        {"id": "L1", "status": "Closed - Converted", "is_converted": "FALSE"},
        {"id": "L2", "status": "Closed - Converted", "is_converted": "TRUE", "converted_date": "2026-02-24 00:00:00"},
        {"id": "L3", "status": "Closed - Not Converted", "is_converted": "FALSE"},
        {"id": "L4", "company": "001Ec00000GINb1IAH", "status": "Converted"},
    )
    assert [row["reason_codes"] for row in rows] == [
        "converted_status_not_converted",
        "",
        "",
        "company_is_account_id,converted_status_not_converted",
    ]
    assert [(row["converted_at"], row["converted_at_precision"]) for row in rows[:2]] == [
        (None, None),
        (datetime(2026, 2, 24), "day"),
    ]


def test_a_due_date_is_no_completion(staging: duckdb.DuckDBPyConnection) -> None:
    """Pitfall 4: an open task is no touch, and a done one without a time is known by day at best."""
    created = {"created_date": "2026-03-01T09:00:00Z", "last_modified_date": "2026-03-05T10:00:00Z"}
    rows = staged(
        staging,
        "salesforce",
        "task",
        {"id": "T1", "status": "Not Started", "activity_date": "2026-03-03"} | created,
        {"id": "T2", "status": "Completed", "activity_date": "2026-03-03"} | created,
        {"id": "T3", "status": "Completed", "activity_date": "2026-12-24"} | created,
        {"id": "T4", "is_closed": "true"} | created,
        {"id": "T5", "is_closed": "true", "completed_date_time": "2026-03-02T11:12:13Z", "activity_date": "2026-03-09"}
        | created,
        {"id": "T6", "is_closed": "false", "completed_date_time": "2026-03-02T11:12:13Z"} | created,
        {"id": "T7", "status": "Not Started", "activity_date": "2026-02-01"} | created,
    )
    assert [(row["is_completed"], row["occurred_at"], row["occurred_at_precision"]) for row in rows] == [
        (False, datetime(2026, 3, 1, 9), "exact"),
        (True, datetime(2026, 3, 3), "day"),
        (True, datetime(2026, 3, 5), "day"),
        (True, datetime(2026, 3, 5), "day"),
        (True, datetime(2026, 3, 2, 11, 12, 13), "exact"),
        (False, datetime(2026, 3, 1, 9), "exact"),
        (False, datetime(2026, 3, 1, 9), "exact"),
    ]
    assert [row["completed_at"] for row in rows] == [None] * 4 + [datetime(2026, 3, 2, 11, 12, 13), None, None]
    assert [row["completed_at_precision"] for row in rows] == [None] * 4 + ["exact", None, None]
    assert [row["reason_codes"] for row in rows] == [
        *("", "completion_time_unknown", "completion_time_unknown", "completion_time_unknown"),
        *("", "", "due_before_creation"),
    ]


def test_what_kind_of_touch_a_task_is(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "salesforce",
        "task",
        {"id": "T1", "task_subtype": "Call", "what_id": "001A"},
        {"id": "T2", "task_subtype": "Email", "what_id": "006A"},
        {"id": "T3", "task_subtype": "ListEmail", "account_id": "001B", "what_id": "001A"},
        {"id": "T4", "task_subtype": "Task", "type": "E-Mail"},
        {"id": "T5", "task_subtype": "Task", "type": "Prep"},
        {"id": "T6", "call_type": "Outbound"},
    )
    assert [(row["touch_type"], row["is_automated"], row["account_id"]) for row in rows] == [
        ("call", False, "001A"),
        ("email", False, None),
        ("email", True, "001B"),
        ("email", False, None),
        ("task", False, None),
        ("call", False, None),
    ]


def test_a_meeting_says_no_more_than_its_calendar(staging: duckdb.DuckDBPyConnection) -> None:
    times = {"start_date_time": "2026-03-03T10:00:00Z", "end_date_time": "2026-03-03T10:30:00Z"}
    rows = staged(
        staging,
        "salesforce",
        "event",
        {"id": "E1"} | times,
        {"id": "E2", "no_show": "true"} | times,
        {"id": "E3", "activity_date": "2026-03-03"},
        {"id": "E4", "is_all_day_event": "true"} | times,
    )
    assert [(row["is_completed"], row["completed_at"], row["completed_at_precision"]) for row in rows] == [
        (None, datetime(2026, 3, 3, 10, 30), "exact"),
        (False, datetime(2026, 3, 3, 10, 30), "exact"),
        (None, None, None),
        (None, datetime(2026, 3, 3, 10, 30), "day"),
    ]
    assert [row["occurred_at_precision"] for row in rows] == ["exact", "exact", "day", "day"]


def test_robots_are_told_from_people_who_work_for_integration_companies(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "salesforce",
        "user",
        {"id": "U1", "name": "Ana Diaz", "username": "ana@integration.example", "user_type": "Standard"},
        {"id": "U2", "name": "Integration User", "username": "sync@northwindmetrics.com"},
        {"id": "U3", "name": "Platform", "username": "marketo.integration@northwindmetrics.com"},
        {"id": "U4", "name": "Automated Process", "user_type": "AutomatedProcess"},
        {"id": "U5", "name": "Desintegrationer Smith", "is_active": "false"},
        {"id": "U6", "department": "SDR EMEA"},
    )
    assert [row["is_automation"] for row in rows] == [False, True, True, True, False, False]
    assert [row["is_active"] for row in rows] == [True, True, True, True, False, True]
    assert rows[5]["team"] == "SDR EMEA"


def test_a_response_belongs_to_the_contact_once_there_is_one(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "salesforce",
        "campaign_member",
        {
            "id": "M1",
            "campaign_id": "701A",
            "lead_id": "00QA",
            "contact_id": "003A",
            "first_responded_date": "2026-01-05",
        },
        {"id": "M2", "campaign_id": "701A", "lead_id": "00QB", "status": "Sent", "has_responded": "false"},
        {"id": "M3", "campaign_id": "701A"},
    )
    assert [(row["record_id"], row["has_responded"]) for row in rows[:2]] == [("003A", True), ("00QB", False)]
    assert (rows[0]["responded_at"], rows[0]["responded_at_precision"]) == (datetime(2026, 1, 5), "day")
    assert judged(rows)[2] == ("quarantined", "null_required")


def test_a_deal_closed_before_it_was_entered_is_named(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "salesforce",
        "opportunity",
        {"id": "O1", "is_closed": "1", "is_won": "1", "close_date": "02/03/24", "created_date": "02/23/26"},
        {"id": "O2", "is_closed": "0", "close_date": "02/03/24", "created_date": "02/23/26"},
    )
    assert [row["reason_codes"] for row in rows] == ["closed_before_creation", ""]
    assert rows[0]["close_date"] == date(2024, 2, 3)
    assert rows[0]["created_at_precision"] == "day"


# ---------------------------------------------------------------- Marketo and generic


def test_marketo_keeps_its_links_and_stands_beside_salesforce(staging: duckdb.DuckDBPyConnection) -> None:
    (row,) = staged(
        staging,
        "marketo",
        "lead",
        {"id": "17", "sfdc_lead_id": "00QA", "sfdc_contact_id": "003A", "sfdc_account_id": "001A", "unsubscribed": "1"},
    )
    assert (row["sfdc_lead_id"], row["sfdc_contact_id"], row["account_id"]) == ("00QA", "003A", "001A")
    assert row["is_email_opt_out"] is True


def test_a_page_visit_tells_where_it_came_from(staging: duckdb.DuckDBPyConnection) -> None:
    at = {"lead_id": "17", "activity_date": "2026-05-09 19:46:36.000"}
    rows = staged(
        staging,
        "marketo",
        "activity_visit_webpage",
        {"id": "1", "webpage_url": "/pricing?utm_source=ads&utm_campaign=q2#top", "campaign_id": "9"} | at,
        {"id": "2", "webpage_url": "/pricing", "query_parameters": "utm_medium=email&x=1"} | at,
        {"id": "3", "webpage_url": "/xutm_source=no"} | at,
        {"id": "4", "lead_id": "17"},
    )
    assert [(row["utm_source"], row["utm_medium"], row["utm_campaign"]) for row in rows] == [
        ("ads", None, "q2"),
        (None, "email", None),
        (None, None, None),
        (None, None, None),
    ]
    assert {row["activity_type"] for row in rows} == {"page_visit"}
    assert rows[0]["campaign_id"] == "marketo:9"
    assert judged(rows)[3] == ("quarantined", "null_required")


def test_a_form_is_known_by_its_name(staging: duckdb.DuckDBPyConnection) -> None:
    (row,) = staged(
        staging,
        "marketo",
        "activity_fill_out_form",
        {
            "id": "1",
            "lead_id": "17",
            "activity_date": "2026-05-09 19:46:36.000",
            "primary_attribute_value": "Request a demo",
            "webform_id": "1044",
            "query_parameters": "utm_source=ads",
        },
    )
    assert (row["activity_type"], row["asset_name"], row["asset_id"]) == ("form_fill", "Request a demo", "1044")
    assert (row["activity_id"], row["utm_source"]) == ("form_fill:1", "ads")


def test_ids_of_two_systems_never_meet(staging: duckdb.DuckDBPyConnection) -> None:
    (account,) = staged(
        staging, "generic", "accounts", {"account_id": "A1", "parent_account_id": "A0", "account_name": "x"}
    )
    (person,) = staged(staging, "generic", "people", {"record_id": "P1", "record_type": "Lead", "owner_id": "R1"})
    (crm,) = staged(staging, "salesforce", "account", {"id": "A1"})
    assert (account["account_id"], account["parent_account_id"]) == ("generic:A1", "generic:A0")
    assert (person["record_id"], person["owner_id"], person["record_type"]) == ("P1", "generic:R1", "lead")
    assert crm["account_id"] == "A1"
    (lead,) = staged(staging, "salesforce", "lead", {"id": "P1"})
    assert lead["record_key"] != person["record_key"]


def test_a_completion_known_by_day_is_no_moment(staging: duckdb.DuckDBPyConnection) -> None:
    rows = staged(
        staging,
        "generic",
        "touches",
        {"touch_id": "1", "touch_type": "Call", "occurred_at": "2026-01-01T10:00:00Z", "completed_at": "2026-01-02"},
        {"touch_id": "2", "touch_type": "E-mail sent", "occurred_at": "2026-01-01T10:00:00Z"},
    )
    assert [row["touch_type"] for row in rows] == ["call", "e_mail_sent"]
    assert [(row["occurred_at_precision"], row["completed_at_precision"]) for row in rows] == [
        ("exact", "day"),
        ("exact", None),
    ]


def test_every_generic_table_takes_a_row_of_the_contract(staging: duckdb.DuckDBPyConnection) -> None:
    """Each table of the contract's section 2 lands and comes out current, every column filled."""
    contract = {
        "people",
        "accounts",
        "reps",
        "rep_absences",
        "activities",
        "status_changes",
        "assignments",
        "attribute_changes",
        "touches",
        "opportunities",
        "opportunity_contacts",
        "opportunity_stage_changes",
        "campaigns",
        "campaign_members",
        "record_links",
    }
    assert set(declared("generic")) == contract
    for table, columns in declared("generic").items():
        row = {column: "x" for column in columns}
        for column in columns:
            if re.search(r"(_at|_on|_from|_until|_date)$", column):
                row[column] = "2026-01-01T10:00:00Z"
            elif re.match(r"(is|has)_", column):
                row[column] = "false"
            elif column in ("employee_count", "annual_revenue", "amount", "cost"):
                row[column] = "5"
            elif column == "record_type":
                row[column] = "lead"
        row.pop("merged_into_id", None)
        (found,) = staged(staging, "generic", table, row)
        assert judged([found]) == [("current", "")], table
        empty = {name for name, value in found.items() if value is None}
        assert empty <= {"merged_into_id"}, table


# ---------------------------------------------------------------- what landed otherwise


def test_a_plain_warehouse_with_types_of_its_own(tmp_path: Path) -> None:
    """No run landed this: native types, no row numbers, a missing optional column and missing optional tables."""
    path = tmp_path / "handoff.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("set TimeZone = 'America/New_York'")
        database.execute("create schema landed_generic")
        database.execute(
            "create table landed_generic.people as select 'P' || n as RECORD_ID, 'lead' as record_type, "
            "timestamptz '2026-01-01 00:00:00-05' as created_at, 12::integer as employee_count, "
            "1234.5::double as annual_revenue, date '2026-01-02' as updated_at, n = 1 as is_deleted "
            "from range(3) as numbers (n)"
        )
    build_views(path, ["generic"])
    with duckdb.connect(str(path)) as database:
        rows = read(database, "stg_generic__people")
        assert [(row["record_id"], row["disposition"]) for row in rows] == [
            ("P0", "current"),
            ("P1", "deleted"),
            ("P2", "current"),
        ]
        assert {row["created_at"] for row in rows} == {datetime(2026, 1, 1, 5)}
        assert {(row["employee_count"], str(row["annual_revenue"])) for row in rows} == {(12, "1234.50")}
        assert [row["source_row_number"] for row in rows] == [1, 2, 3]
        assert read(database, "stg_generic__activities") == []


def refused(path: Path, **more: Any) -> str:
    done = dbt(path, ["compile", "--quiet", "-s", "models/staging/generic"], ["generic"], **more)
    assert done.returncode != 0
    return done.stdout + done.stderr


def test_a_missing_required_column_is_named_with_what_was_found(tmp_path: Path) -> None:
    path = tmp_path / "handoff.duckdb"
    with duckdb.connect(str(path)) as database:
        create_landed(database, "generic", "people", ["record", "record_type"])
    message = refused(path)
    assert "generic.people has no column record_id, which is required" in message
    assert "record_type" in message


def test_marts_without_people_are_refused(tmp_path: Path) -> None:
    """Pitfall 28: a source whose people did not land must not look like a quiet month."""
    path = tmp_path / "handoff.duckdb"
    with duckdb.connect(str(path)) as database:
        create_landed(database, "generic", "accounts", ["account_id", "account_name"])
    assert "generic has no table of people: expected people, found: accounts" in refused(path)


def test_a_passthrough_column_is_a_name_and_no_sql(tmp_path: Path) -> None:
    """Pitfall 33: a variable spliced into SQL must not run as SQL."""
    path = tmp_path / "handoff.duckdb"
    with duckdb.connect(str(path)) as database:
        create_landed(database, "generic", "people", ["record_id", "record_type", "row_key"])
    hostile = {"generic": {"people": ["x; drop table y"]}}
    assert "which is no column name" in refused(path, passthrough_columns=hostile)
    assert "a meaning of its own" in refused(path, passthrough_columns={"generic": {"people": ["row_key"]}})


def test_a_column_passes_through_once_or_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "handoff.duckdb"
    with duckdb.connect(str(path)) as database:
        create_landed(database, "generic", "people", ["record_id", "record_type", "Territory"])
    twice = {"generic": {"people": ["Territory", "territory"]}}
    assert "generic.people names territory twice" in refused(path, passthrough_columns=twice)


def test_a_table_under_another_name_and_a_table_switched_off(tmp_path: Path) -> None:
    path = tmp_path / "handoff.duckdb"
    with duckdb.connect(str(path)) as database:
        create_landed(database, "generic", "crm_persons", ["record_id", "record_type"])
        fill(database, "generic", "crm_persons", [{"record_id": "P1", "record_type": "lead"}])
    settings = {"enabled": True, "schema": "landed_generic", "identifiers": {"people": "crm_persons"}}
    sources = {vendor: {"enabled": False} for vendor in VENDORS}
    sources["generic"] = settings | {"tables": {"touches": False}}
    done = dbt(path, ["run", "--quiet", "-s", "models/staging/generic"], [], sources=sources)
    assert done.returncode == 0, done.stdout + done.stderr
    with duckdb.connect(str(path)) as database:
        assert [row["record_id"] for row in read(database, "stg_generic__people")] == ["P1"]
        built = {row[0] for row in database.execute("select table_name from information_schema.tables").fetchall()}
    assert "stg_generic__activities" in built
    assert "stg_generic__touches" not in built


def test_a_table_that_stands_alone_leaves_no_model_when_it_is_switched_off() -> None:
    """Where a vendor's tables are put together, one that is switched off reads as one that did not land."""
    for model in sorted((PROJECT / "models" / "staging").rglob("stg_*__*.sql")):
        vendor, table = model.stem.removeprefix("stg_").split("__", 1)
        if vendor in ("salesforce", "generic"):
            assert f"is_source_enabled('{vendor}', '{table}')" in model.read_text(encoding="utf-8"), model.name


def test_nothing_landed_yet_compiles(tmp_path: Path) -> None:
    done = dbt(tmp_path / "handoff.duckdb", ["compile", "--quiet", "-s", "models/staging"], VENDORS)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_reason_code_is_documented() -> None:
    """A code that the reference page does not know is one that nobody can act on."""
    page = (PROJECT / "docs" / "reference" / "rows.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z0-9_]+)`(?=[^|]*\|[^|]*\|[^|]*\|)", page))
    emitted = set(re.findall(r"',([a-z_]+)'", (PROJECT / "macros" / "judged_rows.sql").read_text(encoding="utf-8")))
    for model in (PROJECT / "models" / "staging").rglob("stg_*.sql"):
        for notes in re.findall(r"notes=\{(.*?)\}", model.read_text(encoding="utf-8"), flags=re.DOTALL):
            emitted |= set(re.findall(r"'([a-z_]+)':", notes))
    assert {"null_key", "duplicate_key", "bad_number", "company_is_account_id", "ends_before_start"} <= emitted
    assert emitted <= documented
