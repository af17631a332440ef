"""What the readiness oracle is given from published marts: everything but two facts that no mart carries.

When an account was created, and who bears which contact role on a deal, are read from the tables that the run read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from oracles.readiness import (
    SINCE_EVER,
    Account,
    ContactRole,
    Deal,
    Exclusion,
    Facts,
    Fit,
    Person,
    Points,
    Signal,
)


def rows(marts: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = marts.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def facts_of(marts: duckdb.DuckDBPyConnection, landed: Path) -> Facts:
    return Facts(
        as_of=rows(marts, "select max(as_of) as moment from marts.publication")[0]["moment"],
        accounts=tuple(_accounts(marts, landed)),
        people=tuple(
            Person(**row)
            for row in rows(
                marts,
                "select person_id, account_id, created_at, job_function, seniority, buying_role from marts.dim_person",
            )
        ),
        signals=tuple(
            Signal(**row)
            for row in rows(
                marts,
                "select signal_id, person_id, occurred_at, is_hand_raise, is_counted from marts.fct_signals",
            )
            if row["person_id"] is not None
        ),
        points=tuple(
            Points(row["signal_id"], row["scoring_model"], row["score_group"], Decimal(str(row["points"])))
            for row in rows(marts, "select * from marts.fct_score_points where signal_id is not null")
        ),
        exclusions=tuple(
            Exclusion(**row) for row in rows(marts, "select person_id, excluded_from from marts.fct_person_exclusions")
        ),
        fits=tuple(
            Fit(**row)
            for row in rows(
                marts,
                "select person_id, scoring_model, valid_from, valid_until, fit_score from marts.fct_fit_scores",
            )
        ),
        deals=tuple(
            Deal(**row)
            for row in rows(
                marts,
                "select opportunity_id, account_id, created_at, is_closed, closed_at from marts.fct_opportunities",
            )
        ),
        contact_roles=tuple(_contact_roles(marts, landed)),
    )


def _accounts(marts: duckdb.DuckDBPyConnection, landed: Path) -> Iterator[Account]:
    """A customer is one since the first win; one of whom no deal is won always was."""
    created = {row["id"]: row["created_date"] for row in _landed(landed, "account")}
    wins: dict[str, datetime] = {}
    for row in rows(marts, "select account_id, closed_at from marts.fct_opportunities where is_won"):
        wins[row["account_id"]] = min(row["closed_at"], wins.get(row["account_id"], row["closed_at"]))
    for row in rows(marts, "select * from marts.dim_account"):
        account_id = row["account_id"]
        yield Account(
            account_id=account_id,
            ultimate_parent_account_id=row["ultimate_parent_account_id"],
            segment=row["segment"],
            employee_count=row["employee_count"],
            created_at=_utc(created[account_id]),
            customer_since=wins.get(account_id, SINCE_EVER) if row["is_customer"] else None,
            is_target_account=bool(row["is_target_account"]),
        )


def _contact_roles(marts: duckdb.DuckDBPyConnection, landed: Path) -> Iterator[ContactRole]:
    person_of = {
        row["record_id"]: row["person_id"]
        for row in rows(marts, "select * from marts.bridge_person_records where source_system = 'salesforce'")
    }
    held = [row for row in _landed(landed, "opportunity_contact_role") if row["is_deleted"] != "true"]
    found = [ContactRole(row["opportunity_id"], person_of[row["contact_id"]], row["role"] or None) for row in held]
    pairs = {(role.opportunity_id, role.person_id) for role in found}
    assert len(pairs) == len(found), "two roles of one person on one deal: only one counts, teach the oracle which"
    yield from found


def _landed(landed: Path, table: str) -> list[dict[str, str]]:
    with (landed / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _utc(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=None) if text else None
