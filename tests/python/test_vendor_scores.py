"""Scores that vendors gave their records: kept beside ours, each as its vendor last told it, and read by no rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from support.compiled import VENDORS, Warehouse, compiled_project, manifest_path

AS_OF = "2026-06-30 18:00:00"


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    with compiled_project(*VENDORS).warehouse() as made:
        yield made


def put(warehouse: Warehouse, model: str, *rows: dict[str, Any]) -> None:
    """Staged rows as staging hands them over, of records R1, R2, … by their ids 1, 2, …"""
    vendor, table = model.removeprefix("stg_").split("__")
    warehouse.put(
        model,
        [
            {
                "source_system": vendor,
                "source_table": table,
                "source_row_number": number,
                "row_key": str(row.get("id") or row.get("record_id")),
                "disposition": "current",
                "record_key": f"R{row.get('lead_id') or row.get('record_id') or row.get('id')}",
            }
            | row
            for number, row in enumerate(rows, start=1)
        ],
    )


def told(warehouse: Warehouse, model: str) -> set[tuple[Any, ...]]:
    warehouse.run(model, as_of=AS_OF)
    return {
        (row["record_id"], row["score_name"], None if row["vendor_score"] is None else float(row["vendor_score"]))
        for row in warehouse.rows(model)
        if row["disposition"] == "current"
    }


def test_pardot_s_score_and_grade_are_kept_and_a_prospect_without_either_has_none(warehouse: Warehouse) -> None:
    put(
        warehouse,
        "stg_pardot__prospect",
        {"id": "1", "score": 120, "grade": "B+", "updated_at": "2026-05-01 10:00:00"},
        {"id": "2", "grade": "D-"},
        {"id": "3"},
        {"id": "4", "score": 0},
        {"id": "5", "score": 9, "disposition": "superseded"},
    )
    assert told(warehouse, "int_pardot_scores_told") == {
        ("1", "score", 120.0),
        ("2", "score", None),
        ("4", "score", 0.0),
    }
    grades = {row["record_id"]: row["vendor_grade"] for row in warehouse.rows("int_pardot_scores_told")}
    assert (grades["1"], grades["2"]) == ("B+", "D-")


def test_marketo_s_last_change_of_a_score_by_as_of_counts_and_else_the_lead_s_own(warehouse: Warehouse) -> None:
    put(
        warehouse,
        "stg_marketo__lead",
        {"record_id": "1", "lead_score": 99},
        {"record_id": "2", "lead_score": 40, "updated_at": "2026-04-01 08:00:00"},
        {"record_id": "3"},
    )
    change = {"lead_id": "1", "primary_attribute_value": "Lead Score"}
    put(
        warehouse,
        "stg_marketo__activity_change_score",
        change | {"id": "a", "activity_date": "2026-05-01 09:00:00", "new_value": "10"},
        change | {"id": "b", "activity_date": "2026-05-02 09:00:00", "new_value": "25"},
        change | {"id": "c", "activity_date": "2026-07-02 09:00:00", "new_value": "70"},
        change | {"id": "d", "activity_date": "2026-05-03 09:00:00", "new_value": "33", "disposition": "quarantined"},
        change
        | {
            "id": "e",
            "activity_date": "2026-05-01 09:00:00",
            "primary_attribute_value": "Demographic Score",
            "new_value": "-5",
        },
        change
        | {
            "id": "f",
            "lead_id": "3",
            "activity_date": "2026-05-01 09:00:00",
            "primary_attribute_value": "Behavior Score",
            "new_value": "many",
        },
    )
    assert told(warehouse, "int_marketo_scores_told") == {
        ("1", "lead_score", 25.0),
        ("1", "demographic_score", -5.0),
        ("2", "lead_score", 40.0),
    }


def test_hubspot_s_scores_are_two_of_one_contact(warehouse: Warehouse) -> None:
    put(
        warehouse,
        "stg_hubspot__contact",
        {"id": "1", "hubspotscore": 55, "hs_predictivecontactscore_v2": 3.25},
        {"id": "2"},
    )
    warehouse.put(
        "int_hubspot_contacts_judged",
        [
            {
                "source_system": "hubspot",
                "source_table": "contact",
                "source_row_number": number,
                "row_key": str(number),
                "disposition": "current",
                "record_key": f"R{number}",
                "record_id": str(number),
            }
            for number in (1, 2)
        ],
    )
    assert told(warehouse, "int_hubspot_scores_told") == {
        ("1", "hubspotscore", 55.0),
        ("1", "hs_predictivecontactscore_v2", 3.25),
    }


def test_no_rule_can_read_a_vendor_s_score() -> None:
    """Of all models only the mart, the union before it and the comparison hang on what vendors scored."""
    nodes = json.loads(manifest_path(*VENDORS).read_text(encoding="utf-8"))["nodes"]
    children: dict[str, set[str]] = {}
    for name, node in nodes.items():
        if node["resource_type"] == "model":
            for parent in node["depends_on"]["nodes"]:
                children.setdefault(parent, set()).add(name)
    found: set[str] = set()
    ahead = {f"model.handoff.int_{vendor}_scores_told" for vendor in ("hubspot", "marketo", "pardot")}
    while ahead:
        name = ahead.pop()
        found.add(name.split(".")[-1])
        ahead |= children.get(name, set())
    assert found == {
        "int_hubspot_scores_told",
        "int_marketo_scores_told",
        "int_pardot_scores_told",
        "int_vendor_scores_identified",
        "fct_vendor_scores",
        "rpt_vendor_score_comparison",
    }
