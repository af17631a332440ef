"""Marketo: what its activities say to people, statuses, owners, attributes and campaign members."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from support.compiled import VENDORS, Warehouse, compiled_project

AS_OF = "2026-06-30 18:00:00"


def key(system: str, record: str) -> str:
    """The project's key of a record, written down a second time."""
    return hashlib.md5("|".join(f"{len(part)}:{part}" for part in (system, record)).encode()).hexdigest()


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    with compiled_project(*VENDORS).warehouse() as made:
        yield made


def put(warehouse: Warehouse, table: str, *rows: dict[str, Any]) -> None:
    """Staged rows as staging hands them over: numbered, current unless they say otherwise, keyed by their lead."""
    staged = []
    for number, row in enumerate(rows, start=1):
        marks = {
            "source_system": "marketo",
            "source_table": table,
            "source_row_number": number,
            "row_key": str(row.get("record_id") or row.get("id") or number),
            "disposition": "current",
            "reason_codes": "",
        }
        lead = row.get("record_id") or row.get("lead_id")
        if lead and "record_key" in warehouse.project.node(f"stg_marketo__{table}").columns:
            marks["record_key"] = key("marketo", lead)
        staged.append(marks | row)
    warehouse.put(f"stg_marketo__{table}", staged)


def test_merged_and_deleted_leads_end_so_and_their_doings_are_the_winner_s(warehouse: Warehouse) -> None:
    """`[2, 3]` is a list; what happens after as_of has not happened yet; a lead that lands no more is still told."""
    put(warehouse, "lead", *({"record_id": lead, "is_deleted": False} for lead in "123456"))
    put(
        warehouse,
        "activity_merge_leads",
        {"id": "m1", "lead_id": "1", "merge_ids": "[2, 3,gone]", "activity_date": "2026-06-30 18:00:00"},
        {"id": "m2", "lead_id": "4", "merge_ids": "[5]", "activity_date": "2026-06-30 18:00:01"},
    )
    put(
        warehouse,
        "activity_delete_lead",
        {"id": "d1", "lead_id": "5", "activity_date": "2026-06-30 18:00:00"},
        {"id": "d2", "lead_id": "6", "activity_date": "2026-06-30 18:00:01"},
        {"id": "d3", "lead_id": "2", "activity_date": "2026-06-30 18:00:00"},
    )
    put(
        warehouse,
        "activity_click_email",
        *(
            {"record_id": lead, "activity_id": lead, "activity_type": "email_click", "occurred_at": "2026-06-01"}
            for lead in ["1", "3", "gone", "5"]
        ),
    )
    warehouse.run("int_activities_identified", "int_row_dispositions_unioned", as_of=AS_OF)
    judged = {row["record_id"]: row["disposition"] for row in warehouse.rows("int_marketo_leads_judged")}
    assert judged == {
        "1": "current",
        "2": "merged",
        "3": "merged",
        "4": "current",
        "5": "deleted",
        "6": "current",
    }
    told = {row["source_activity_id"]: row["person_id"] for row in warehouse.rows("int_activities_identified")}
    assert told == dict.fromkeys(["1", "3", "gone"], key("marketo", "1"))
    codes = {
        row["row_key"]: row["reason_codes"]
        for row in warehouse.rows("int_row_dispositions_unioned")
        if row["source_table"] == "activity_click_email"
    }
    assert codes == {"1": "", "3": "", "gone": "", "5": "unknown_parent"}


def changes(warehouse: Warehouse) -> None:
    put(
        warehouse,
        "lead_describe",
        {"id": "145", "display_name": "Lead Status", "restname": "leadStatus"},
        {"id": "172", "display_name": "SFDC Lead Owner Id", "restname": "sfdcLeadOwnerId"},
        {"id": "9", "display_name": "Position", "restname": "title"},
        {"id": "10", "display_name": "Behaviour", "restname": "leadScore"},
    )
    put(
        warehouse,
        "activity_change_data_value",
        *(
            {
                "id": f"c{number}",
                "lead_id": lead,
                "activity_date": f"2026-06-{number:02} 10:00:00",
                "activity_date_precision": "exact",
                "primary_attribute_value_id": field,
                "primary_attribute_value": name,
                "old_value": old,
                "new_value": new,
            }
            for number, (lead, field, name, old, new) in enumerate(
                [
                    ("1", "145", "Lead Status", "New", "MQL"),
                    ("1", "145", "Lead Status", "MQL", "MQL"),
                    ("1", None, "lead status", "MQL", "Working"),
                    ("2", "145", "Lead Status", "New", "MQL"),
                    ("1", "172", "SFDC Lead Owner Id", "00500000000000A", "00500000000000B"),
                    ("1", "9", "Position", "Analyst", "Director"),
                    ("1", "10", "Behaviour", "1", "2"),
                    ("1", "77", "Country", "Spain", "Germany"),
                ],
                start=1,
            )
        ),
    )


def test_fields_go_by_what_lead_describe_calls_them(warehouse: Warehouse) -> None:
    put(warehouse, "lead", {"record_id": "1", "created_at": "2026-05-01 00:00:00"}, {"record_id": "2"})
    changes(warehouse)
    warehouse.run(
        *("int_status_changes_identified", "int_assignments_from_history", "int_attribute_changes_identified"),
        "int_row_dispositions_unioned",
        as_of=AS_OF,
    )
    statuses = warehouse.rows("int_status_changes_identified", "person_id = '" + key("marketo", "2") + "', changed_at")
    assert [(row["old_status"], row["new_status"]) for row in statuses] == [
        (None, "New"),
        ("New", "MQL"),
        ("MQL", "Working"),
        ("New", "MQL"),
    ]
    owners = warehouse.rows("int_assignments_from_history", "assigned_at")
    assert [row["new_owner_id"] for row in owners] == ["00500000000000A", "00500000000000B"]
    attributes = warehouse.rows("int_attribute_changes_identified", "attribute")
    assert [(row["attribute"], row["old_value"], row["new_value"]) for row in attributes] == [
        ("country", "Spain", "Germany"),
        ("job_title", "Analyst", "Director"),
    ]
    unknown = [
        row["row_key"]
        for row in warehouse.rows("int_row_dispositions_unioned")
        if row["source_table"] == "activity_change_data_value" and row["reason_codes"] == "unknown_parent"
    ]
    assert unknown == ["c8"]


def test_salesforce_s_own_log_goes_before_marketo_s_copy(warehouse: Warehouse) -> None:
    """Of a lead that Salesforce has too: told once, by Salesforce, where its log landed."""
    put(warehouse, "lead", {"record_id": "1", "sfdc_lead_id": "00Q000000000001"}, {"record_id": "2"})
    changes(warehouse)
    warehouse.run("int_marketo_values_changed", as_of=AS_OF)
    assert {row["record_id"] for row in warehouse.rows("int_marketo_values_changed")} == {"1", "2"}
    warehouse.put("stg_salesforce__lead_history", [{"row_key": "h", "disposition": "current"}])
    warehouse.run("int_marketo_values_changed", as_of=AS_OF)
    assert {row["record_id"] for row in warehouse.rows("int_marketo_values_changed")} == {"2"}


def test_a_program_s_members_respond_when_it_first_succeeds(warehouse: Warehouse) -> None:
    put(warehouse, "lead", *({"record_id": lead} for lead in "123"))
    warehouse.put(
        "stg_marketo__program",
        [
            {
                "source_system": "marketo",
                "row_key": "7",
                "campaign_id": "marketo:program:7",
                "campaign_type": "Webinar",
                "disposition": "current",
            }
        ],
    )
    put(warehouse, "campaign", {"id": "7", "name": "Invite", "program_id": "7"})
    put(
        warehouse,
        "program_membership",
        {
            "program_id": "7",
            "lead_id": "1",
            "progression_status": "Attended",
            "reached_success": True,
            "reached_success_date": "2026-06-03 00:00:00",
            "reached_success_date_precision": "exact",
        },
        {"program_id": "7", "lead_id": "2", "progression_status": "Invited", "reached_success": False},
    )
    put(
        warehouse,
        "activity_change_status_in_progression",
        *(
            {
                "id": f"p{number}",
                "lead_id": lead,
                "program_id": "7",
                "new_status": status,
                "success": success,
                "activity_date": at,
            }
            for number, (lead, status, success, at) in enumerate(
                [
                    ("1", "Attended", True, "2026-06-01 00:00:00"),
                    ("3", "Invited", False, "2026-06-01 00:00:00"),
                    ("3", "Attended", True, "2026-06-02 00:00:00"),
                    ("3", "Attended on demand", True, "2026-06-04 00:00:00"),
                    ("3", "Nothing yet", True, "2026-06-30 18:00:01"),
                ]
            )
        ),
    )
    warehouse.run("int_campaign_members_identified", "int_campaigns_conformed", as_of=AS_OF)
    members = {
        row["person_id"]: (row["status"], row["has_responded"], str(row["responded_at"]))
        for row in warehouse.rows("int_campaign_members_identified")
    }
    assert members == {
        key("marketo", "1"): ("Attended", True, "2026-06-03 00:00:00"),
        key("marketo", "2"): ("Invited", False, "None"),
        key("marketo", "3"): ("Attended on demand", True, "2026-06-02 00:00:00"),
    }
    campaigns = {row["campaign_id"]: row["channel"] for row in warehouse.rows("int_campaigns_conformed")}
    assert campaigns == {"marketo:program:7": "webinar", "marketo:7": "webinar"}
