"""HubSpot: what its tables say to people, statuses, owners, deals, touches and activities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.compiled import VENDORS, Warehouse, compiled_project

AS_OF = "2026-06-30 18:00:00"
REUSED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)


def key(system: str, record: str) -> str:
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
            "source_system": "hubspot",
            "source_table": table,
            "source_row_number": number,
            "row_key": str(row.get("id") or row.get("deal_id") or row.get("owner_id") or number),
            "disposition": "current",
            "reason_codes": "",
        }
        if of_record:
            marks["record_key"] = key("hubspot", row[of_record])
        staged.append(marks | row)
    warehouse.put(f"stg_hubspot__{table}", staged)


def contacts(warehouse: Warehouse, *rows: dict[str, Any]) -> None:
    put(warehouse, "contact", *rows, of_record="id")


def history(warehouse: Warehouse, *rows: tuple[str, str, str, str | None]) -> None:
    listed = [
        {
            "contact_id": contact,
            "name": name,
            "changed_at": at,
            "changed_at_precision": "exact",
            "value": value,
            "row_key": f"{contact}|{name}|{at}",
        }
        for contact, name, at, value in rows
    ]
    put(warehouse, "contact_property_history", *listed, of_record="contact_id")


# ---------------------------------------------------------------- statuses, owners, attributes


def statuses(warehouse: Warehouse) -> list[tuple[str, str | None, str]]:
    warehouse.run("int_status_changes_identified", as_of=AS_OF)
    rows = warehouse.rows("int_status_changes_identified", "changed_at, change_key")
    return [(str(row["changed_at"]), row["old_status"], row["new_status"]) for row in rows]


def test_stage_and_lead_status_are_one_history(warehouse: Warehouse) -> None:
    """Repeats are no changes; NEW and OPEN say nothing once somebody has qualified; what comes later is unknown."""
    contacts(warehouse, {"id": "1", "createdate": "2026-01-01 09:00:00"})
    history(
        warehouse,
        ("1", "lifecyclestage", "2026-01-01 09:00:00.123", "lead"),
        ("1", "lifecyclestage", "2026-01-02 09:00:00", "lead"),
        ("1", "hs_lead_status", "2026-01-02 10:00:00", "OPEN"),
        ("1", "lifecyclestage", "2026-01-03 09:00:00", "marketingqualifiedlead"),
        ("1", "hs_lead_status", "2026-01-03 09:00:00", "NEW"),
        ("1", "hs_lead_status", "2026-01-04 09:00:00", "IN_PROGRESS"),
        ("1", "hs_lead_status", "2026-01-05 09:00:00", None),
        ("1", "hs_lead_status", "2026-01-06 09:00:00", "UNQUALIFIED"),
        ("1", "lifecyclestage", "2026-06-30 18:00:00", "customer"),
        ("1", "lifecyclestage", "2026-06-30 18:00:01", "evangelist"),
    )
    assert statuses(warehouse) == [
        ("2026-01-01 09:00:00.123000", None, "lead"),
        ("2026-01-02 10:00:00", "lead", "OPEN"),
        ("2026-01-03 09:00:00", "OPEN", "marketingqualifiedlead"),
        ("2026-01-04 09:00:00", "marketingqualifiedlead", "IN_PROGRESS"),
        ("2026-01-06 09:00:00", "IN_PROGRESS", "UNQUALIFIED"),
        ("2026-06-30 18:00:00", "UNQUALIFIED", "customer"),
    ]


def test_without_a_history_the_dates_of_the_stages_tell_it(warehouse: Warehouse) -> None:
    dates = {
        "hs_lifecyclestage_lead_date": "2026-01-01 09:00:00",
        "hs_lifecyclestage_marketingqualifiedlead_date": "2026-02-01 09:00:00",
    }
    contacts(warehouse, {"id": "1"} | dates, {"id": "2"} | dates)
    history(warehouse, ("2", "lifecyclestage", "2026-03-01 00:00:00", "opportunity"))
    assert statuses(warehouse) == [
        ("2026-01-01 09:00:00", None, "lead"),
        ("2026-02-01 09:00:00", "lead", "marketingqualifiedlead"),
        ("2026-03-01 00:00:00", None, "opportunity"),
    ]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["lifecyclestage", "hs_lead_status", "hubspot_owner_id", "jobtitle"]),
        st.sampled_from(["lead", "marketingqualifiedlead", "NEW", "IN_PROGRESS", "7", None]),
        st.integers(1, 5000),
    ),
    max_size=25,
)


@REUSED
@given(lives=st.lists(STEPS, min_size=1, max_size=3))
def test_the_history_of_a_property_is_replayed(lives: list[list[tuple[str, str | None, int]]]) -> None:
    """Written down again in Python: each value that differs from the one before it, whatever stands beside it."""
    rows = []
    expected = []
    for number, steps in enumerate(lives):
        at = datetime(2026, 1, 1)
        last: dict[str, str | None] = {}
        for name, value, seconds in steps:
            at += timedelta(seconds=seconds)
            rows.append((f"c{number}", name, str(at), value))
            if name not in last or last[name] != value:
                expected.append((f"c{number}", name, at, last.get(name), value))
            last[name] = value
    with compiled_project(*VENDORS).warehouse() as warehouse:
        history(warehouse, *rows)
        warehouse.run("int_hubspot_contact_values_changed", as_of=AS_OF)
        found = warehouse.rows("int_hubspot_contact_values_changed")
    changes = [
        (row["contact_id"], row["property"], row["changed_at"], row["old_value"], row["new_value"]) for row in found
    ]
    assert sorted(changes, key=str) == sorted(expected, key=str)


def test_owners_are_assigned_by_the_history_of_the_owner(warehouse: Warehouse) -> None:
    """The same human as a Salesforce user is known by that user's id; an owner taken away leaves nobody."""
    contacts(warehouse, {"id": "1", "createdate": "2026-01-01 09:00:00"})
    put(
        warehouse,
        "owner",
        {"owner_id": "11", "email": "Ada@ours.example"},
        {"owner_id": "12", "email": "b@ours.example"},
    )
    warehouse.put(
        "stg_salesforce__user",
        [
            {"rep_id": "005B", "email": "ada@ours.example", "is_active": True, "disposition": "current"},
            {"rep_id": "005A", "email": "ada@ours.example", "is_active": False, "disposition": "current"},
        ],
    )
    history(
        warehouse,
        ("1", "hubspot_owner_id", "2026-01-01 09:00:00", "11"),
        ("1", "hubspot_owner_id", "2026-01-02 09:00:00", "12"),
        ("1", "hubspot_owner_id", "2026-01-03 09:00:00", None),
        ("1", "hubspot_owner_id", "2026-01-04 09:00:00", "99"),
    )
    warehouse.run("int_assignments_from_history", "int_reps_conformed", as_of=AS_OF)
    rows = warehouse.rows("int_assignments_from_history", "assigned_at")
    assert [(row["old_owner_id"], row["new_owner_id"]) for row in rows] == [
        (None, "005B"),
        ("005B", "hubspot:12"),
        ("hubspot:12", None),
        (None, "hubspot:99"),
    ]
    assert {row["rep_id"] for row in warehouse.rows("int_reps_conformed")} == {
        "005A",
        "005B",
        "hubspot:12",
        "hubspot:99",
    }


def test_a_rep_s_team_is_the_primary_one_and_a_queue_is_nobody(warehouse: Warehouse) -> None:
    put(
        warehouse,
        "owner",
        {"owner_id": "1", "active_user_id": "u1"},
        {"owner_id": "2", "active_user_id": "u2", "type": "PERSON"},
        {"owner_id": "3", "user_id": "u3", "archived": True},
        {"owner_id": "4", "type": "QUEUE"},
    )
    put(warehouse, "team", *({"id": f"t{number}", "name": f"Team {number}"} for number in range(1, 5)))
    put(
        warehouse,
        "owner_team",
        {"owner_id": "1", "team_id": "t2", "is_team_primary": False},
        {"owner_id": "1", "team_id": "t3", "is_team_primary": True},
    )
    put(warehouse, "users", {"id": "u2", "primary_team_id": "t1", "role_id": "r1"})
    put(warehouse, "role", {"id": "r1", "name": "SDR"})
    put(
        warehouse,
        "team_user",
        {"user_id": "u3", "team_id": "t1", "is_secondary_user": True},
        {"user_id": "u3", "team_id": "t4", "is_secondary_user": False},
    )
    warehouse.run("int_hubspot_owners_judged", as_of=AS_OF)
    rows = warehouse.rows("int_hubspot_owners_judged", "owner_id")
    assert [(row["team"], row["role"], row["is_active"], row["is_automation"]) for row in rows] == [
        ("Team 3", None, True, False),
        ("Team 1", "SDR", True, False),
        ("Team 4", None, False, False),
        (None, None, True, True),
    ]


def test_attributes_have_a_history_under_the_contract_s_names(warehouse: Warehouse) -> None:
    contacts(warehouse, {"id": "1", "associatedcompanyid": "7"})
    put(warehouse, "company", {"id": "7"}, {"id": "8", "salesforceaccountid": "001000000000001AAA"})
    warehouse.put(
        "stg_salesforce__account",
        [{"row_key": "001000000000001", "account_id": "001000000000001", "disposition": "current"}],
    )
    history(
        warehouse,
        ("1", "jobtitle", "2026-01-01 09:00:00", "Analyst"),
        ("1", "jobtitle", "2026-02-01 09:00:00", "Director"),
        ("1", "hs_analytics_source", "2026-01-01 09:00:00", "ORGANIC_SEARCH"),
        ("1", "phone", "2026-01-01 09:00:00", "12345"),
    )
    put(
        warehouse,
        "company_property_history",
        *(
            {"company_id": company, "name": "numberofemployees", "changed_at": at, "value": value}
            for company, at, value in [("7", "2026-01-01", "5"), ("7", "2026-02-01", "5"), ("8", "2026-01-01", "9")]
        ),
    )
    warehouse.run("int_attribute_changes_identified", as_of=AS_OF)
    rows = warehouse.rows("int_attribute_changes_identified", "attribute, changed_at")
    assert [(row["attribute"], row["account_id"], row["old_value"], row["new_value"]) for row in rows] == [
        ("employee_count", "hubspot:7", None, "5"),
        ("job_title", None, None, "Analyst"),
        ("job_title", None, "Analyst", "Director"),
        ("lead_source", None, None, "ORGANIC_SEARCH"),
    ]


# ---------------------------------------------------------------- merges


def test_merged_contacts_are_one_person_by_audit_list_and_dated_list(warehouse: Warehouse) -> None:
    """`;` parts ids; a merge later than as_of has not happened; what a contact that is gone did is the other's."""
    contacts(
        warehouse,
        {
            "id": "1",
            "createdate": "2026-01-03 00:00:00",
            "hs_merged_object_ids": "2; 3;gone;1",
            "disposition": "current",
        },
        {"id": "2", "createdate": "2026-01-01 00:00:00"},
        {"id": "3", "createdate": "2026-01-02 00:00:00", "disposition": "deleted"},
        {"id": "4", "hs_calculated_merged_vids": "5:1767225600000;6:1782842401000"},
        {"id": "5"},
        {"id": "6"},
        {"id": "7"},
        {"id": "8"},
    )
    put(
        warehouse,
        "contact_merge_audit",
        {"canonical_vid": "7", "vid_to_merge": "8", "merged_at": "2026-06-30 18:00:00"},
        {"canonical_vid": "8", "vid_to_merge": "6", "merged_at": "2026-06-30 18:00:01"},
        of_record="canonical_vid",
    )
    put(
        warehouse,
        "contact_form_submission",
        *({"contact_id": contact, "submitted_at": "2026-02-01", "row_key": contact} for contact in ["1", "gone", "8"]),
        of_record="contact_id",
    )
    warehouse.run(
        "int_activities_identified", "int_row_dispositions_unioned", "int_person_records_resolved", as_of=AS_OF
    )
    dispositions = {row["row_key"]: row["disposition"] for row in warehouse.rows("int_hubspot_contacts_judged")}
    assert dispositions == {
        "1": "current",
        "2": "merged",
        "3": "merged",
        "4": "current",
        "5": "merged",
        "6": "current",
        "7": "current",
        "8": "merged",
    }
    records = {row["record_id"]: row for row in warehouse.rows("int_person_records_resolved")}
    assert records["1"]["person_id"] == records["2"]["person_id"] == records["3"]["person_id"] == key("hubspot", "1")
    assert {row: records[row]["link_method"] for row in "12358"} == {
        "1": "own",
        "2": "merge",
        "3": "merge",
        "5": "merge",
        "8": "merge",
    }
    assert len({row["person_id"] for row in records.values()}) == 4
    activities = {row["source_activity_id"]: row["person_id"] for row in warehouse.rows("int_activities_identified")}
    assert activities == {
        "form_fill:1": key("hubspot", "1"),
        "form_fill:gone": key("hubspot", "1"),
        "form_fill:8": key("hubspot", "7"),
    }
    codes = [
        row["reason_codes"]
        for row in warehouse.rows("int_row_dispositions_unioned")
        if row["source_table"] == "contact_form_submission"
    ]
    assert codes == ["", "", ""]


def test_contacts_merged_in_a_ring_are_quarantined(warehouse: Warehouse) -> None:
    contacts(
        warehouse,
        {"id": "1", "hs_merged_object_ids": "2"},
        {"id": "2", "hs_merged_object_ids": "1"},
        {"id": "3"},
    )
    warehouse.run("int_row_dispositions_unioned", as_of=AS_OF)
    found = {
        row["row_key"]: (row["disposition"], row["reason_codes"])
        for row in warehouse.rows("int_row_dispositions_unioned")
        if row["source_table"] == "contact"
    }
    assert found == {"1": ("quarantined", "merge_cycle"), "2": ("quarantined", "merge_cycle"), "3": ("current", "")}


def test_salesforce_s_ids_on_a_contact_join_it_to_the_lead(warehouse: Warehouse) -> None:
    contacts(warehouse, {"id": "1", "salesforceleadid": "00Q000000000001AAA"}, {"id": "2"})
    lead = {"source_system": "salesforce", "record_id": "00Q000000000001", "disposition": "current"}
    warehouse.put("stg_salesforce__lead", [lead | {"record_key": key("salesforce", "00Q000000000001")}])
    warehouse.run("int_person_records_resolved", as_of=AS_OF)
    persons = {row["record_id"]: row["person_id"] for row in warehouse.rows("int_person_records_resolved")}
    assert persons["1"] == persons["00Q000000000001"] != persons["2"]


# ---------------------------------------------------------------- companies and deals


def test_a_company_synced_with_a_salesforce_account_is_that_account(warehouse: Warehouse) -> None:
    put(
        warehouse,
        "company",
        {"id": "1", "name": "One", "hs_merged_object_ids": "2", "lifecyclestage": "customer", "type": "PROSPECT"},
        {"id": "2", "name": "Two"},
        {"id": "3", "name": "Three", "salesforceaccountid": "001000000000001AAA", "hs_parent_company_id": "2"},
        {"id": "4", "name": "Four", "salesforceaccountid": "001000000000009AAA", "hs_parent_company_id": "3"},
    )
    warehouse.put(
        "stg_salesforce__account",
        [{"row_key": "001000000000001", "account_id": "001000000000001", "disposition": "current"}],
    )
    warehouse.run("int_hubspot_companies_judged", as_of=AS_OF)
    found = {
        row["row_key"]: (row["disposition"], row["reason_codes"], row["account_id"], row["parent_account_id"])
        for row in warehouse.rows("int_hubspot_companies_judged")
    }
    assert found == {
        "1": ("current", "", "hubspot:1", None),
        "2": ("merged", "", "hubspot:1", None),
        "3": ("merged", "same_as_salesforce", "001000000000001", "hubspot:1"),
        "4": ("current", "", "hubspot:4", "001000000000001"),
    }
    assert warehouse.rows("int_hubspot_companies_judged", "source_row_number")[0]["account_type"] == "customer"


def test_a_deal_is_closed_and_won_by_its_own_word_its_stage_s_or_hubspot_s_names(warehouse: Warehouse) -> None:
    put(
        warehouse,
        "deal_pipeline_stage",
        {"stage_id": "s1", "label": "Signed", "closed_won": True, "is_closed": True},
        {"stage_id": "s2", "label": "Gone", "is_closed": True, "probability": 0},
        {"stage_id": "s3", "label": "Likely", "is_closed": False, "probability": 0.9},
        {"stage_id": "s4", "label": "Sure", "is_closed": True, "probability": 1},
    )
    closed = {"closedate": "2026-05-01 10:00:00", "closedate_precision": "exact", "createdate": "2026-01-01 00:00:00"}
    put(
        warehouse,
        "deal",
        *(
            {"deal_id": deal, "deal_pipeline_stage_id": stage, "hs_is_closed_won": won, "hs_is_closed": is_closed}
            | closed
            for deal, stage, won, is_closed in [
                ("1", "s1", None, None),
                ("2", "s2", None, None),
                ("3", "s3", None, None),
                ("4", "s4", None, None),
                ("5", "closedwon", None, None),
                ("6", "closedlost", None, None),
                ("7", "appointmentscheduled", None, None),
                ("8", "s1", False, False),
                ("9", None, None, None),
            ]
        ),
    )
    warehouse.run("int_opportunities_conformed", as_of=AS_OF)
    found = {
        row["opportunity_id"]: (row["stage"], row["is_closed"], row["is_won"], str(row["closed_at"]))
        for row in warehouse.rows("int_opportunities_conformed")
    }
    at, never = "2026-05-01 10:00:00", "None"
    assert found == {
        "hubspot:1": ("Signed", True, True, at),
        "hubspot:2": ("Gone", True, False, at),
        "hubspot:3": ("Likely", False, False, never),
        "hubspot:4": ("Sure", True, True, at),
        "hubspot:5": ("closedwon", True, True, at),
        "hubspot:6": ("closedlost", True, False, at),
        "hubspot:7": ("appointmentscheduled", False, False, never),
        "hubspot:8": ("Signed", False, False, never),
        "hubspot:9": (None, False, False, never),
    }


def test_a_deal_closed_when_its_history_says_so_and_both_histories_are_one(warehouse: Warehouse) -> None:
    put(warehouse, "deal_pipeline_stage", {"stage_id": "s1", "label": "Signed", "closed_won": True, "is_closed": True})
    put(
        warehouse,
        "deal",
        {
            "deal_id": "1",
            "deal_pipeline_stage_id": "s1",
            "closedate": "2026-05-09 00:00:00",
            "createdate": "2026-01-01",
        },
    )
    entered = [("appointmentscheduled", "2026-01-01 09:00:00"), ("s1", "2026-05-01 10:30:00")]
    put(
        warehouse,
        "deal_stage",
        *({"deal_id": "1", "value": stage, "date_entered": at, "row_key": at} for stage, at in entered),
    )
    put(
        warehouse,
        "deal_property_history",
        *(
            {"deal_id": "1", "name": name, "changed_at": at, "value": value, "row_key": at + name}
            for name, value, at in [
                ("dealstage", "appointmentscheduled", "2026-01-01 09:00:00.5"),
                ("dealstage", "qualifiedtobuy", "2026-02-01 09:00:00"),
                ("amount", "5", "2026-02-02 09:00:00"),
                ("dealstage", "s1", "2026-05-01 10:30:00.5"),
            ]
        ),
    )
    warehouse.run("int_opportunities_conformed", as_of=AS_OF)
    (deal,) = warehouse.rows("int_opportunities_conformed")
    assert (str(deal["closed_at"]), deal["is_won"]) == ("2026-05-01 10:30:00", True)
    changes = warehouse.rows("int_opportunity_stage_changes_conformed", "changed_at")
    assert [row["new_stage"] for row in changes] == ["appointmentscheduled", "qualifiedtobuy", "Signed"]


def test_deals_keep_their_primary_company_their_people_and_their_merges(warehouse: Warehouse) -> None:
    contacts(warehouse, {"id": "1", "hs_buying_role": "DECISION_MAKER;LEGAL_AND_COMPLIANCE"}, {"id": "2"})
    put(warehouse, "company", {"id": "5"}, {"id": "6"})
    put(
        warehouse,
        "deal",
        {"deal_id": "10", "createdate": "2026-01-01"},
        {"deal_id": "11", "createdate": "2026-01-01"},
        {"deal_id": "12", "createdate": "2026-01-01", "salesforceopportunityid": "006000000000001AAA"},
    )
    put(warehouse, "merged_deal", {"deal_id": "10", "merged_deal_id": "11"})
    put(
        warehouse,
        "deal_company",
        {"deal_id": "10", "company_id": "5", "type_id": "341"},
        {"deal_id": "10", "company_id": "6", "type_id": "5"},
    )
    put(
        warehouse,
        "deal_contact",
        {"deal_id": "11", "contact_id": "1", "type_id": "3"},
        {"deal_id": "10", "contact_id": "1", "type_id": "20"},
        {"deal_id": "12", "contact_id": "2", "type_id": "3"},
        of_record="contact_id",
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
    warehouse.run("int_opportunity_people_identified", "int_hubspot_deals_judged", as_of=AS_OF)
    deals = {row["row_key"]: row for row in warehouse.rows("int_hubspot_deals_judged")}
    assert {deal: (row["disposition"], row["reason_codes"]) for deal, row in deals.items()} == {
        "10": ("current", ""),
        "11": ("merged", ""),
        "12": ("merged", "same_as_salesforce"),
    }
    assert deals["10"]["account_id"] == "hubspot:6"
    people = {
        (row["opportunity_id"], row["person_id"], row["role"])
        for row in warehouse.rows("int_opportunity_people_identified")
    }
    assert people == {
        ("hubspot:10", key("hubspot", "1"), "decision maker"),
        ("006000000000001", key("hubspot", "2"), None),
    }


# ---------------------------------------------------------------- touches and activities

AT = {"hs_timestamp": "2026-03-01 10:00:00", "hs_timestamp_precision": "exact", "hubspot_owner_id": "11"}


def test_what_a_rep_did_is_a_touch_and_what_was_only_meant_is_none(warehouse: Warehouse) -> None:
    contacts(warehouse, {"id": "1"}, {"id": "2"})
    put(
        warehouse,
        "engagement_call",
        {"engagement_id": "c1", "hs_call_status": "COMPLETED", "hs_call_disposition": "x"} | AT,
        {"engagement_id": "c2", "hs_call_status": "NO_ANSWER"} | AT,
        {"engagement_id": "c3"} | AT,
    )
    put(
        warehouse,
        "engagement_email",
        {"engagement_id": "e1", "hs_email_status": "SENT", "hs_email_direction": "EMAIL"} | AT,
        {"engagement_id": "e2", "hs_email_status": "SENT", "hs_sequence_id": "9"} | AT,
        {"engagement_id": "e3", "hs_email_status": "SCHEDULED"} | AT,
        {"engagement_id": "e4", "hs_email_direction": "INCOMING_EMAIL"} | AT,
        {"engagement_id": "e5", "hs_object_source": "AUTOMATION_PLATFORM"} | AT,
    )
    times = {"hs_meeting_start_time": "2026-03-01 10:00:00", "hs_meeting_end_time": "2026-03-01 11:00:00"}
    put(
        warehouse,
        "engagement_meeting",
        {"engagement_id": "m1", "hs_meeting_outcome": "COMPLETED"} | times | AT,
        {"engagement_id": "m2", "hs_meeting_outcome": "NO_SHOW"} | times | AT,
        {"engagement_id": "m3", "hs_meeting_outcome": "SCHEDULED"} | times | AT,
        {"engagement_id": "m4", "hs_meeting_outcome": "RESCHEDULED"} | times | AT,
        {"engagement_id": "m5"} | {name: at.replace("2026", "2027") for name, at in times.items()} | AT,
    )
    put(
        warehouse,
        "engagement_task",
        {"engagement_id": "t1", "hs_task_status": "COMPLETED", "hs_task_completion_date": "2026-03-02 09:00:00"} | AT,
        {"engagement_id": "t2", "hs_task_status": "NOT_STARTED", "hs_task_completion_date": "2026-03-02 09:00:00"} | AT,
    )
    put(
        warehouse,
        "engagement_contact",
        *(
            {"engagement_id": engagement, "contact_id": "1"}
            for engagement in ["c1", "c2", "c3", "e1", "e2", "e3", "e4", "e5", "m1", "m2", "m3", "m4", "m5", "t1", "t2"]
        ),
        {"engagement_id": "c1", "contact_id": "2"},
        of_record="contact_id",
    )
    warehouse.run("int_touches_identified", "int_activities_identified", as_of=AS_OF)
    touches = {
        row["source_touch_id"]: (row["touch_type"], row["is_completed"], row["is_automated"], str(row["touched_at"]))
        for row in warehouse.rows("int_touches_identified")
    }
    start, end, never = "2026-03-01 10:00:00", "2026-03-01 11:00:00", "None"
    assert touches == {
        "call:c1:1": ("call", True, False, start),
        "call:c1:2": ("call", True, False, start),
        "call:c2:1": ("call", False, False, never),
        "call:c3:1": ("call", True, False, start),
        "email:e1:1": ("email", True, False, start),
        "email:e2:1": ("email", True, True, start),
        "email:e3:1": ("email", False, False, never),
        "email:e5:1": ("email", True, True, start),
        "meeting:m1:1": ("meeting", True, False, end),
        "meeting:m2:1": ("meeting", False, False, never),
        "meeting:m3:1": ("meeting", True, False, end),
        "meeting:m4:1": ("meeting", False, False, never),
        "meeting:m5:1": ("meeting", False, False, never),
        "task:t1:1": ("task", True, False, "2026-03-02 09:00:00"),
        "task:t2:1": ("task", False, False, never),
    }
    assert {row["rep_id"] for row in warehouse.rows("int_touches_identified")} == {"hubspot:11"}
    (reply,) = warehouse.rows("int_activities_identified")
    assert (reply["activity_type"], reply["person_id"]) == ("email_reply", key("hubspot", "1"))


def test_the_older_connector_s_engagements_say_the_same(warehouse: Warehouse) -> None:
    """Owner, time and deletion stand on the engagement; without contacts the company, or the deal's, is touched."""
    put(warehouse, "company", {"id": "7"})
    put(warehouse, "deal", {"deal_id": "9"})
    put(warehouse, "deal_company", {"deal_id": "9", "company_id": "7"})
    put(
        warehouse,
        "engagement",
        {"id": "1", "type": "CALL", "owner_id": "11", "occurred_at": "2026-03-01 10:00:00"},
        {"id": "2", "type": "CALL", "owner_id": "11", "occurred_at": "2026-03-01 10:00:00", "disposition": "deleted"},
        {"id": "3", "type": "EMAIL", "owner_id": "11", "occurred_at": "2026-03-02 10:00:00"},
    )
    put(warehouse, "engagement_call", {"engagement_id": "1"}, {"engagement_id": "2"})
    put(warehouse, "engagement_email", {"engagement_id": "3"})
    put(warehouse, "engagement_company", {"engagement_id": "1", "company_id": "7"})
    put(warehouse, "engagement_deal", {"engagement_id": "3", "deal_id": "9"})
    warehouse.run("int_touches_identified", as_of=AS_OF)
    found = [
        (row["source_touch_id"], row["rep_id"], row["account_id"], str(row["touched_at"]))
        for row in warehouse.rows("int_touches_identified", "source_touch_id")
    ]
    assert found == [
        ("call:1", "hubspot:11", "hubspot:7", "2026-03-01 10:00:00"),
        ("email:3", "hubspot:11", "hubspot:7", "2026-03-02 10:00:00"),
    ]


def test_events_of_marketing_mail_are_their_recipient_s(warehouse: Warehouse) -> None:
    contacts(
        warehouse,
        {"id": "1", "email": "Ada@buyer.example", "hs_additional_emails": "old@buyer.example;older@buyer.example"},
        {"id": "2", "email": "older@buyer.example"},
    )
    warehouse.put(
        "stg_hubspot__email_campaign", [{"row_key": "77", "campaign_name": "Spring", "disposition": "current"}]
    )
    at = {"created": "2026-03-01 10:00:00", "created_precision": "exact", "email_campaign_id": "77"}
    put(
        warehouse,
        "email_event",
        {"id": "o", "type": "OPEN", "recipient": "ada@buyer.example"} | at,
        {"id": "k", "type": "CLICK", "recipient": "OLD@buyer.example", "filtered_event": True} | at,
        {"id": "b", "type": "BOUNCE", "recipient": "older@buyer.example"} | at,
        {"id": "u", "type": "STATUSCHANGE", "recipient": "ada@buyer.example"} | at,
        {"id": "s", "type": "STATUSCHANGE", "recipient": "ada@buyer.example"} | at,
        {"id": "p", "type": "PROCESSED", "recipient": "ada@buyer.example"} | at,
        {"id": "x", "type": "OPEN", "recipient": "nobody@buyer.example"} | at,
    )
    put(warehouse, "email_event_open", {"id": "o", "user_agent": "Mozilla/5.0 (GoogleImageProxy)"})
    put(
        warehouse,
        "email_event_click",
        {"id": "k", "url": "https://x.example/p?utm_source=mail", "user_agent": "curl/8"},
    )
    put(
        warehouse,
        "email_event_status_change",
        {"id": "u", "portal_subscription_status": "UNSUBSCRIBED"},
        {"id": "s", "portal_subscription_status": "SUBSCRIBED"},
    )
    warehouse.run("int_activities_identified", "int_row_dispositions_unioned", as_of=AS_OF)
    found = {
        row["source_activity_id"].removeprefix("email_event:"): (row["activity_type"], row["person_id"])
        for row in warehouse.rows("int_activities_identified")
    }
    ada, other = key("hubspot", "1"), key("hubspot", "2")
    assert found == {
        "o": ("email_open", ada),
        "k": ("email_click", ada),
        "b": ("email_bounced", other),
        "u": ("email_unsubscribed", ada),
        "s": ("email_subscription_changed", ada),
    }
    rows = {row["source_activity_id"]: row for row in warehouse.rows("int_activities_identified")}
    click = rows["email_event:k"]
    assert (click["is_bot"], click["utm_source"], click["user_agent"]) == (True, "mail", "curl/8")
    assert rows["email_event:o"]["user_agent"] == "Mozilla/5.0 (GoogleImageProxy)"
    assert (click["asset_name"], click["campaign_id"]) == ("Spring", "hubspot:77")
    orphans = [
        row["row_key"]
        for row in warehouse.rows("int_row_dispositions_unioned")
        if row["source_table"] == "email_event" and row["reason_codes"] == "unknown_parent"
    ]
    assert orphans == ["x"]


def test_a_form_is_known_by_its_own_name(warehouse: Warehouse) -> None:
    contacts(warehouse, {"id": "1"})
    put(warehouse, "form", {"guid": "f", "name": "Request a demo", "row_key": "f"})
    at = {"contact_id": "1", "submitted_at": "2026-03-01 10:00:00", "submitted_at_precision": "exact"}
    put(
        warehouse,
        "contact_form_submission",
        {"form_id": "f", "title": "Home", "page_url": "https://x.example/?utm_campaign=q2", "row_key": "a"} | at,
        {"form_id": "g", "title": "Contact us", "row_key": "b"} | at,
        of_record="contact_id",
    )
    warehouse.run("int_activities_identified", as_of=AS_OF)
    rows = warehouse.rows("int_activities_identified", "asset_name")
    assert [(row["asset_name"], row["asset_id"], row["utm_campaign"]) for row in rows] == [
        ("Contact us", "g", None),
        ("Request a demo", "f", "q2"),
    ]
