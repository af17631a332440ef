"""Two records, each an MQL with a handoff and a rep of its own, before a merge makes them one person: one cycle goes
on, the other ends as merged, and nothing is counted twice, nor told otherwise of the time before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from oracles.lifecycle import Deal, Instant, Score
from oracles.status_histories import History, Link, Record, Told
from support.compiled import Warehouse, compiled_project
from test_status_histories import stored

Rows = list[dict[str, Any]]
AS_OF = datetime(2026, 3, 31, 18, 0, 0)
MERGE = datetime(2026, 1, 14, 10, 0, 0)
BEFORE = datetime(2026, 1, 13, 18, 0, 0)


def asked(record: str, at: datetime) -> Instant:
    return Instant(at, "exact", f"{record} asks", True, True, Score("2026-a", "A", "1", Decimal(80)))


def person(merged_at: datetime | None) -> History:
    """`new` asked on Monday and is worked by rep-1; `old`, who lives on, asked on Tuesday and was accepted by rep-2."""
    created_at = datetime(2025, 6, 1, 9, 0, 0)
    old, new = Record("old", created_at, None), Record("new", created_at, None, is_merged=merged_at is not None)
    old.changes.append(Told("c1", datetime(2026, 1, 7, 9, 0, 0), "exact", "New", "Working", None))
    new.changes.append(Told("c2", datetime(2026, 1, 5, 8, 0, 0), "exact", "New", "MQL", None))
    instants = [asked("new", datetime(2026, 1, 5, 10, 0, 0)), asked("old", datetime(2026, 1, 6, 10, 0, 0))]
    deal = Deal("deal", datetime(2026, 1, 9, 9, 0, 0), "exact", datetime(2026, 1, 30, 9, 0, 0), True)
    links = [Link(1, 0, "merge", merged_at, "exact")] if merged_at else []
    numbers = {"new asks": 1, "old asks": 0, "deal": 0}
    return History("old", "smb", [old, new], instants, [deal], links, numbers)


def two_persons() -> list[History]:
    """The same before anybody merged them."""
    whole = person(None)
    old = History("old", "smb", whole.records[:1], whole.instants[1:], whole.deals, [], {"old asks": 0, "deal": 0})
    return [History("new", "smb", whole.records[1:], whole.instants[:1], [], [], {"new asks": 0}), old]


def known(row: dict[str, Any], as_of: datetime) -> dict[str, Any]:
    """A deal that closes later is open."""
    is_open = row.get("closed_at") is not None and row["closed_at"] > as_of
    return row | {"closed_at": None, "is_closed": False} if is_open else row


def published(told: list[History], as_of: datetime) -> Warehouse:
    warehouse = compiled_project("generic").warehouse()
    warehouse.load_seeds()
    person_of = {record.key: one.person_id for one in told for record in one.records}
    for table, rows in stored(told):
        warehouse.put(table, [known(row, as_of) for row in rows])
    warehouse.put(
        "int_evidence_available",
        [dict.fromkeys(("has_statuses", "has_status_history", "has_touches", "has_owners"), True)],
    )
    owners = {"new": "rep-1", "old": "rep-2"}
    warehouse.put(
        "int_reps_conformed",
        [{"rep_id": rep, "team": "SDR EMEA", "is_active": True, "is_automation": False} for rep in owners.values()],
    )
    warehouse.put(
        "int_assignments_identified",
        [
            {
                "assignment_key": record,
                "source_assignment_id": record,
                "record_key": record,
                "person_id": person_of[record],
                "new_owner_id": rep,
                "assigned_at": datetime(2026, 1, 1, 9, 0, 0),
                "assigned_at_precision": "exact",
            }
            for record, rep in owners.items()
        ],
    )
    touches = [("old", "rep-2", datetime(2026, 1, 6, 10, 5, 0)), ("new", "rep-1", datetime(2026, 1, 8, 10, 0, 0))]
    warehouse.put(
        "int_touches_identified",
        [
            {
                "touch_key": f"{record} {at}",
                "source_system": "generic",
                "record_key": record,
                "person_id": person_of[record],
                "rep_id": rep,
                "touch_type": "call",
                "touched_at": at,
                "touched_at_precision": "exact",
                "is_completed": True,
                "is_automated": False,
            }
            for record, rep, at in touches
            if at <= as_of
        ],
    )
    warehouse.put("int_rep_absences_conformed", [])
    warehouse.run(
        "fct_handoff_sla",
        "fct_handoffs",
        "fct_mql_status_history",
        "rpt_mql_in_context",
        "rpt_mql_funnel",
        "rpt_sla_compliance",
        as_of=as_of,
    )
    return warehouse


@pytest.fixture(scope="module")
def merged() -> Iterator[Warehouse]:
    with published([person(MERGE)], AS_OF) as warehouse:
        yield warehouse


def rows(warehouse: Warehouse, columns: str, mart: str, order_by: str) -> list[tuple[Any, ...]]:
    relation = warehouse.project.node(mart).relation
    return warehouse.connection.execute(f"select {columns} from {relation} order by {order_by}").fetchall()


def test_the_earlier_cycle_goes_on_and_the_later_is_merged(merged: Warehouse) -> None:
    told = rows(
        merged,
        "opened_at, accepted_at, opportunity_id, closed_at, outcome, is_latest",
        "fct_mql_cycles",
        "cycle_number",
    )
    accepted, closed = datetime(2026, 1, 7, 9, 0, 0), datetime(2026, 1, 30, 9, 0, 0)
    assert told == [
        # taken up with the merge, as it stood on the record that lives on; the deal came along, and was won
        (datetime(2026, 1, 5, 10, 0, 0), MERGE, "deal", closed, "won", True),
        (datetime(2026, 1, 6, 10, 0, 0), accepted, "deal", MERGE, "merged", False),
    ]


def test_the_status_at_any_time_is_one_from_the_merge_on(merged: Warehouse) -> None:
    told = rows(
        merged, "cycle_number, status, valid_from, valid_until", "fct_mql_status_history", "valid_from, cycle_number"
    )
    assert [row for row in told if row[3] > MERGE] == [
        (1, "sql", MERGE, datetime(2026, 1, 30, 9, 0, 0)),
        (1, "won", datetime(2026, 1, 30, 9, 0, 0), datetime(9999, 12, 31)),
    ]
    assert [row[1] for row in told if row[0] == 2] == ["mql", "working", "sql"]
    assert max(row[3] for row in told if row[0] == 2) == MERGE


def test_the_clocks_of_the_merged_cycle_are_excused_and_the_other_s_run_on(merged: Warehouse) -> None:
    told = rows(merged, "clock, rep_id, sla_status, excused_reason", "fct_handoff_sla", "started_at, clock")
    by_rep = {
        rep: {(clock, status, reason) for clock, owner, status, reason in told if owner == rep}
        for rep in ("rep-1", "rep-2")
    }
    assert {(status, reason) for _, status, reason in by_rep["rep-2"]} == {("excused", "merged")}
    assert {clock: status for clock, status, _ in by_rep["rep-1"]} | {"meeting": ""} == {
        "assignment": "met",
        "first_touch": "met_late",  # rep-2's call of Tuesday answered another request
        "speed_to_lead": "met_late",
        "acceptance": "met_late",
        "meeting": "",
    }


def test_nothing_is_counted_twice(merged: Warehouse) -> None:
    measures = "sum(mqls), sum(merged), sum(accepted), sum(opportunities), sum(won), sum(open)"
    for report in ("rpt_mql_in_context", "rpt_mql_funnel"):
        assert rows(merged, measures, report, "all") == [(2, 1, 1, 1, 1, 0)], report
    compliance = merged.project.node("rpt_sla_compliance").relation
    assert merged.connection.execute(
        f"select sum(handoffs), sum(excused), sum(met_late) from {compliance} where clock = 'speed_to_lead'"
    ).fetchall() == [(2, 1, 1)]


def test_the_time_before_the_merge_is_told_as_it_was_before(merged: Warehouse) -> None:
    """A run before the merge knew two people; what it said of them stands."""
    columns = f"""opened_at, entry_signal_id, case when accepted_at <= '{BEFORE}' then accepted_at end,
        case when opportunity_created_at <= '{BEFORE}' then opportunity_id end"""
    touched = (
        f"handed_off_at, owner_id, first_touch_at, first_touch_rep_id, case when closed_at <= '{BEFORE}' then 1 end"
    )
    intervals = f"status, valid_from, case when valid_until <= '{BEFORE}' then valid_until end"
    with published(two_persons(), BEFORE) as earlier:
        assert rows(earlier, "count(distinct person_id)", "fct_mql_cycles", "all") == [(2,)]
        for mart, cells, moment in (
            ("fct_mql_cycles", columns, "opened_at"),
            ("fct_handoffs", touched, "handed_off_at"),
            ("fct_mql_status_history", intervals, "valid_from"),
        ):
            then = rows(earlier, cells, mart, "all")
            relation = merged.project.node(mart).relation
            now = merged.connection.execute(
                f"select {cells} from {relation} where {moment} <= '{BEFORE}' order by all"
            ).fetchall()
            assert now == then, mart
            assert len(then) >= 2
