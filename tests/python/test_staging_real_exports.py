"""Two real Salesforce exports, read in place: every row of every table once, and their oddities by name."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from staging_support import PROJECT, build_views, land_folder, read

TRAILHEAD = {
    "Lead.csv": "lead",
    "Contact.csv": "contact",
    "Account.csv": "account",
    "Opportunity.csv": "opportunity",
    "OpportunityHistory.csv": "opportunity_history",
}
WORKSHOP = {
    "Lead.csv": "lead",
    "Contact.csv": "contact",
    "Account.csv": "account",
    "Task.csv": "task",
    "Campaign.csv": "campaign",
    "CampaignMember.csv": "campaign_member",
    "Opportunity.csv": "opportunity",
}


def shared_folder(name: str) -> Path:
    base = Path(os.environ.get("HANDOFF_SHARED_DATA") or PROJECT.parent / "shared" / "data")
    if not (base / name).is_dir():
        pytest.skip(f"the export {name} is not here: set HANDOFF_SHARED_DATA to the folder that holds it")
    return base / name


def staged(tmp: Path, name: str, tables: dict[str, str]) -> tuple[dict[str, int], dict[str, list[dict[str, Any]]]]:
    path = tmp / "handoff.duckdb"
    counts = land_folder(path, shared_folder(name), "salesforce", tables)
    build_views(path, ["salesforce"])
    with duckdb.connect(str(path), read_only=True) as database:
        return counts, {table: read(database, f"stg_salesforce__{table}") for table in tables.values()}


def assert_every_row_once(counts: dict[str, int], tables: dict[str, list[dict[str, Any]]]) -> None:
    for table, rows in tables.items():
        assert [row["source_row_number"] for row in rows] == list(range(1, counts[table] + 1)), table
        assert len({row["row_key"] for row in rows}) == counts[table], table


def codes(rows: list[dict[str, Any]]) -> Counter[str]:
    return Counter(code for row in rows for code in row["reason_codes"].split(",") if code)


def test_the_trailhead_export(tmp_path: Path) -> None:
    counts, tables = staged(tmp_path, "salesforce_trailhead", TRAILHEAD)
    assert counts == {"lead": 22, "contact": 25, "account": 18, "opportunity": 36, "opportunity_history": 48}
    assert_every_row_once(counts, tables)
    assert {row["disposition"] for rows in tables.values() for row in rows} == {"current"}

    leads = tables["lead"]
    converted = [row for row in leads if row["converted_at"]]
    assert len(converted) == 5
    assert {row["converted_at_precision"] for row in converted} == {"day"}
    assert {row["converted_at"] for row in converted} == {datetime(2026, 2, 24)}
    assert codes(leads) == {"converted_status_not_converted": 3}
    assert all(row["created_at"] is None and row["created_at_precision"] is None for row in leads)
    assert leads[0]["updated_at"] == datetime(2026, 2, 24, 2, 18)

    history = tables["opportunity_history"]
    assert history[0]["changed_at"] == datetime(2026, 2, 23, 20, 55)
    assert all(row["changed_at"] and row["changed_at_precision"] == "exact" for row in history)
    deals = tables["opportunity"]
    assert deals[0]["close_date"] == date(2024, 2, 3)
    assert all(row["created_at"] and row["created_at_precision"] == "day" for row in deals)
    assert codes(deals)["closed_before_creation"] == sum(
        row["is_closed"] and row["close_date"] < row["created_at"].date() for row in deals
    )
    assert codes(deals)["closed_before_creation"] > 0


def test_the_workshop_export(tmp_path: Path) -> None:
    counts, tables = staged(tmp_path, "salesforce_workshop", WORKSHOP)
    assert counts | {"account": 0, "opportunity": 0} == {
        "lead": 60,
        "contact": 102,
        "task": 75,
        "campaign": 8,
        "campaign_member": 68,
        "account": 0,
        "opportunity": 0,
    }
    assert_every_row_once(counts, tables)
    assert {row["disposition"] for rows in tables.values() for row in rows} == {"current"}

    leads = tables["lead"]
    assert codes(leads) == {"company_is_account_id": 60}
    assert {row["company_name"] for row in leads} == {None}
    assert {row["account_id"] for row in leads} <= {row["account_id"] for row in tables["account"]}
    assert all(row["created_at_precision"] == "exact" for row in leads)

    tasks = tables["task"]
    assert not any(row["is_completed"] or row["completed_at"] for row in tasks), "all are Not Started"
    assert codes(tasks)["due_before_creation"] > 0
    assert Counter(row["touch_type"] for row in tasks) == {"email": 18, "call": 17, "meeting": 12, "task": 28}
    assert not any(row["has_responded"] for row in tables["campaign_member"]), "all were only sent"
