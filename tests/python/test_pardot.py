"""Account Engagement (Pardot): what prospects and their activities say, and which rows are a copy of the CRM's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from support.compiled import VENDORS, Warehouse, compiled_project

AS_OF = "2026-06-30 18:00:00"


def key(record: str, system: str = "pardot") -> str:
    """The project's key of a record, written down a second time."""
    return hashlib.md5("|".join(f"{len(part)}:{part}" for part in (system, record)).encode()).hexdigest()


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    with compiled_project(*VENDORS).warehouse() as made:
        yield made


def put(warehouse: Warehouse, table: str, *rows: dict[str, Any], of_record: str = "") -> None:
    """Staged rows as staging hands them over: numbered, current unless they say otherwise."""
    staged = []
    for number, row in enumerate(rows, start=1):
        marks = {
            "source_system": "pardot",
            "source_table": table,
            "source_row_number": number,
            "row_key": str(row.get("id") or number),
            "disposition": "current",
            "reason_codes": "",
        }
        if of_record and row.get(of_record):
            marks["record_key"] = key(row[of_record])
        staged.append(marks | row)
    warehouse.put(f"stg_pardot__{table}", staged)


def test_what_happened_is_named_and_a_visitor_is_who_they_turned_out_to_be(warehouse: Warehouse) -> None:
    put(warehouse, "prospect", {"id": "1"}, {"id": "2"}, of_record="id")
    put(warehouse, "visitor", {"id": "v", "prospect_id": "2", "source_parameter": "ads"}, of_record="prospect_id")
    kinds: list[tuple[str, dict[str, Any], str | None]] = [
        (
            "1",
            {"type_name": "Email Tracker", "email_id": "9", "details": "https://x.example/p?utm_source=m"},
            "email_click",
        ),
        ("1", {"type_name": "Custom Redirect", "custom_redirect_id": "3"}, "link_click"),
        ("2", {"type_name": "Page View", "details": "/pricing"}, "page_visit"),
        ("2", {"type_name": "Form", "form_id": "4"}, "form_view"),
        ("2", {"type_name": "File", "file_id": "5"}, "content_download"),
        ("4", {"type_name": "Form Handler", "form_handler_id": "6", "details": "Request a demo"}, "form_fill"),
        ("6", {"type_name": "Email", "email_id": "9"}, "email_send"),
        ("7", {"type_name": "Site Search Query", "details": "lineage"}, "site_search"),
        ("8", {"type_name": "New Opportunity"}, None),
        ("11", {"type_name": "Email", "email_id": "9"}, "email_open"),
        ("12", {"type_name": "Email", "email_id": "9"}, "email_unsubscribed"),
        ("24", {"type_name": "Webinar"}, "webinar_attendance"),
        ("36", {"type_name": "Email", "email_id": "9"}, "email_bounced"),
        ("99", {"type_name": "New thing"}, "pardot_activity_99"),
    ]
    put(
        warehouse,
        "visitor_activity",
        *(
            {"id": f"a{number}", "type": kind, "prospect_id": "1", "created_at": "2026-06-01 10:00:00"} | more
            for number, (kind, more, _) in enumerate(kinds)
        ),
        {"id": "unknown", "type": "20", "visitor_id": "v", "created_at": "2026-06-01 10:00:00"},
        {"id": "nobody", "type": "20", "visitor_id": "w", "created_at": "2026-06-01 10:00:00"},
        of_record="prospect_id",
    )
    warehouse.run("int_activities_identified", as_of=AS_OF)
    found = {
        row["source_activity_id"].removeprefix("visitor_activity:"): row
        for row in warehouse.rows("int_activities_identified")
    }
    expected = {f"a{number}": name for number, (_, _, name) in enumerate(kinds) if name}
    assert {name: row["activity_type"] for name, row in found.items()} == expected | {"unknown": "site_visit"}
    assert {row["person_id"] for name, row in found.items() if name != "unknown"} == {key("1")}
    assert (found["unknown"]["person_id"], found["unknown"]["utm_source"]) == (key("2"), "ads")
    assert (found["a0"]["url"], found["a0"]["utm_source"]) == ("https://x.example/p?utm_source=m", "m")
    assert (found["a2"]["url"], found["a5"]["asset_name"], found["a7"]["search_term"]) == (
        "/pricing",
        "Request a demo",
        "lineage",
    )


def test_a_prospect_is_the_crm_s_person_and_their_deal_is_the_crm_s(warehouse: Warehouse) -> None:
    put(
        warehouse,
        "prospect",
        {
            "id": "1",
            "email": "Ada@x.example",
            "crm_contact_fid": "003000000000001AAA",
            "is_do_not_email": True,
            "crm_owner_fid": "005000000000001",
            "score": 87,
            "grade": "B+",
        },
        {"id": "2"},
        of_record="id",
    )
    contact = {"source_system": "salesforce", "record_id": "003000000000001", "disposition": "current"}
    warehouse.put("stg_salesforce__contact", [contact | {"record_key": key("003000000000001", "salesforce")}])
    put(
        warehouse,
        "opportunity",
        {"id": "7", "crm_opportunity_fid": "006000000000001AAA", "status": "Won", "created_at": "2026-01-01"},
        {"id": "8", "status": "Lost", "closed_at": "2026-02-01 00:00:00", "created_at": "2026-01-01"},
    )
    warehouse.put(
        "stg_salesforce__opportunity",
        [
            {
                "row_key": "006000000000001",
                "opportunity_id": "006000000000001",
                "source_system": "salesforce",
                "disposition": "current",
            }
        ],
    )
    put(
        warehouse,
        "opportunity_prospect",
        {"opportunity_id": "7", "prospect_id": "1"},
        {"opportunity_id": "8", "prospect_id": "2"},
        {"opportunity_id": "9", "prospect_id": "3"},
        of_record="prospect_id",
    )
    warehouse.run(
        "int_opportunity_people_identified", "int_person_records_resolved", "int_row_dispositions_unioned", as_of=AS_OF
    )
    persons = {row["record_id"]: row["person_id"] for row in warehouse.rows("int_person_records_resolved")}
    assert persons["1"] == persons["003000000000001"] != persons["2"]
    prospect = next(row for row in warehouse.rows("int_people_unioned") if row["record_id"] == "1")
    assert (prospect["email"], prospect["is_email_opt_out"], prospect["owner_id"]) == ("ada@x.example", True, None)
    deals = {row["opportunity_id"]: row for row in warehouse.rows("int_opportunities_conformed")}
    assert set(deals) == {"006000000000001", "pardot:8"}
    assert (deals["pardot:8"]["is_closed"], deals["pardot:8"]["is_won"]) == (True, False)
    on_deals = {
        (row["opportunity_id"], row["person_id"]) for row in warehouse.rows("int_opportunity_people_identified")
    }
    assert on_deals == {("006000000000001", persons["1"]), ("pardot:8", persons["2"])}
    codes = {
        (row["source_table"], row["source_row_number"]): row["reason_codes"]
        for row in warehouse.rows("int_row_dispositions_unioned")
        if row["source_system"] == "pardot"
    }
    assert codes[("opportunity", 1)] == "same_as_salesforce"
    assert [codes[("opportunity_prospect", number)] for number in (1, 2, 3)] == ["", "", "unknown_parent"]
