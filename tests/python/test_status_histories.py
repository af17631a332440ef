"""From what sources tell to cycles and intervals: generated histories by the project's own SQL and by a Python state
machine that shares no code with it; and the same marts whatever the order in which rows arrive."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from oracles.joined_persons import intervals, lives
from oracles.lifecycle import OPEN_END, Rules
from oracles.lifecycle_inputs import rules
from oracles.status_histories import (
    AS_OF,
    History,
    Link,
    Record,
    changes_of,
    histories,
    is_of_the_record,
    record_intervals,
    since,
    steps_of_records,
)
from support.compiled import Warehouse, compiled_project

Rows = list[dict[str, Any]]
SEED, PEOPLE = 1, 500
MARTS = ("fct_mql_cycles", "fct_mql_status_history", "fct_mql_status_transitions", "fct_crm_status_history")


def stored(told: list[History]) -> Iterator[tuple[str, Rows]]:
    """What the lifecycle reads of these people, table by table."""
    records = [(one, record) for one in told for record in one.records]
    yield (
        "int_people_unioned",
        [
            {
                "record_key": record.key,
                "source_system": "generic",
                "record_id": record.key,
                "status": record.status,
                "created_at": record.created_at,
                "created_at_precision": "exact",
                "updated_at": record.updated_at,
                "converted_at": record.converted_at,
                "converted_at_precision": "day",
                "merged_at": next((link.told_at for link in one.links if _is_by(link, record, one, "merge")), None),
                "merged_at_precision": next((x.precision for x in one.links if _is_by(x, record, one, "merge")), None),
                "is_merged": record.is_merged,
                "record_type": "lead",
            }
            for one, record in records
        ],
    )
    yield (
        "int_person_records_resolved",
        [
            {
                "record_key": record.key,
                "record_id": record.key,
                "source_system": "generic",
                "person_id": one.person_id,
                "is_survivor": record.key == one.person_id,
            }
            for one, record in records
        ],
    )
    yield (
        "int_person_record_keys_listed",
        [{"record_key": record.key, "person_id": one.person_id} for one, record in records],
    )
    yield (
        "int_record_links_decided",
        [
            {
                "record_key": one.records[link.one].key,
                "linked_record_key": one.records[link.other].key,
                "link_method": link.method,
            }
            for one in told
            for link in one.links
        ],
    )
    signals = [
        {
            "signal_id": instant.signal_id,
            "person_id": one.person_id,
            "record_key": one.records[one.record_of[str(instant.signal_id)]].key,
            "source_system": "generic",
            "source_activity_id": instant.signal_id,
            "occurred_at": instant.at,
            "is_counted": True,
            "is_hand_raise": instant.is_hand_raise,
        }
        for one in told
        for instant in one.instants
    ]
    activity = ("person_id", "record_key", "source_system", "source_activity_id", "occurred_at")
    yield "int_activities_identified", [{name: row[name] for name in activity} for row in signals]
    yield "fct_signals", [{name: value for name, value in row.items() if name != "record_key"} for row in signals]
    yield (
        "stg_generic__status_changes",
        [
            {
                "source_system": "generic",
                "source_table": "status_changes",
                "disposition": "current",
                "change_id": change.change_id,
                "record_key": record.key,
                "changed_at": change.at,
                "changed_at_precision": change.precision,
                "old_status": change.old,
                "new_status": change.new,
                "reason": change.reason,
            }
            for _, record in records
            for change in record.changes
        ],
    )
    yield (
        "int_campaign_members_identified",
        [
            {
                "campaign_member_key": f"{record.key} {number}",
                "source_system": "generic",
                "record_key": record.key,
                "person_id": one.person_id,
                "status": status,
                "has_responded": True,
                "responded_at": at,
                "responded_at_precision": precision,
            }
            for one, record in records
            for number, (at, precision, status) in enumerate(record.responses)
            if at <= AS_OF
        ],
    )
    yield "int_persons_enriched", [{"person_id": one.person_id, "segment": one.segment} for one in told]
    yield (
        "fct_lead_score_instants",
        [
            {
                "person_id": one.person_id,
                "scoring_model": instant.score.scoring_model,
                "model_status": "active",
                "occurred_at": instant.at,
                "occurred_at_precision": instant.precision,
                "fit_band": instant.score.fit_band,
                "engagement_score": instant.score.engagement,
                "engagement_band": instant.score.engagement_band,
                "grade": instant.score.grade,
                "meets_threshold": instant.meets_threshold,
                "signal_id": instant.signal_id,
                "is_hand_raise": instant.is_hand_raise,
            }
            for one in told
            for instant in one.instants
        ],
    )
    yield (
        "int_opportunities_conformed",
        [
            {
                "opportunity_id": deal.deal_id,
                "is_won": deal.is_won,
                "is_closed": deal.closed_at is not None,
                "closed_at": deal.closed_at,
                "created_at": deal.created_at,
                "surely_created_at": deal.created_at,
                "created_at_precision": deal.precision,
            }
            for one in told
            for deal in one.deals
        ],
    )
    yield (
        "int_opportunity_people_identified",
        [
            {
                "opportunity_id": deal.deal_id,
                "person_id": one.person_id,
                "record_key": one.records[one.record_of[deal.deal_id]].key,
            }
            for one in told
            for deal in one.deals
        ],
    )
    yield "int_evidence_available", [{"has_statuses": True}]
    for name in (
        *("int_field_changes_identified", "int_status_observations_recalled", "int_touches_identified"),
        *("int_reps_conformed", "int_person_attributes_dated"),
        *("int_opportunity_stage_changes_conformed", "fct_account_readiness_history"),
        *("fct_person_exclusions", "fct_fit_scores", "fct_engagement_states"),
    ):
        yield name, []


def _is_by(link: Link, record: Record, one: History, method: str) -> bool:
    return link.method == method and one.records[link.one] is record


def built(tables: list[tuple[str, Rows]], source: str = "model") -> Warehouse:
    warehouse = compiled_project("generic").warehouse()
    warehouse.load_seeds()
    for table, rows in tables:
        warehouse.put(table, rows)
    warehouse.run(*MARTS, as_of=AS_OF, mql_source=source)
    return warehouse


def read(warehouse: Warehouse, columns: str, mart: str) -> Counter[tuple[Any, ...]]:
    relation = warehouse.project.node(mart).relation
    return Counter(warehouse.connection.execute(f"select {columns} from {relation}").fetchall())


def _known(precision: str | None) -> str | None:
    """What a run observed, or what only stands there, has no time of its own."""
    return "unknown" if precision == "observed" else precision


def assert_equal(told: list[History], given: Rules, source: str = "model") -> Counter[str]:
    """Cycles, their intervals and those of every record; how many of each were compared, and the outcomes."""
    expected: dict[str, Counter[tuple[Any, ...]]] = {name: Counter() for name in ("cycle", "interval", "record")}
    for history in told:
        lived = lives(history, given, source)
        expected["cycle"].update(
            (
                *(history.person_id, one.earlier_person_id, one.cycle.number, one.until == OPEN_END),
                *(one.cycle.opened_at, one.cycle.precision, one.cycle.entry_reason, one.cycle.grade or None),
                *(
                    one.cycle.accepted_at,
                    _known(one.cycle.accepted_precision),
                    one.cycle.rejected_at,
                    one.cycle.deal_id,
                ),
                *(one.cycle.closed_at, one.cycle.outcome, one.cycle.outcome_reason or None),
            )
            for one in lived
        )
        expected["interval"].update(
            (history.person_id, number, one.status, one.valid_from, one.valid_until, one.is_legal)
            for number, one in intervals(lived, given)
        )
        for record in history.records:
            expected["record"].update(record_intervals(record, given))
    with built(list(stored(told)), source) as warehouse:
        found = {
            "cycle": read(
                warehouse,
                "person_id, earlier_person_id, cycle_number, is_latest, opened_at, opened_at_precision, entry_reason, "
                "grade, accepted_at, accepted_at_precision, rejected_at, opportunity_id, closed_at, outcome, "
                "outcome_reason",
                "fct_mql_cycles",
            ),
            "interval": read(
                warehouse,
                "person_id, cycle_number, status, valid_from, valid_until, is_legal_transition",
                "fct_mql_status_history",
            ),
            "record": read(warehouse, "record_id, crm_status, valid_from, valid_until", "fct_crm_status_history"),
        }
        current = read(
            warehouse,
            "person_id, count(*) filter (where is_current) over (partition by person_id)",
            "fct_mql_status_history",
        )
    for name, mine in expected.items():
        differing = sorted(map(str, (found[name] - mine).keys() | (mine - found[name]).keys()))
        assert not differing, f"{len(differing)} differences of {name}s\n" + "\n".join(differing[:20])
    assert {count for _, count in current} == {1}
    return Counter({name: sum(rows.values()) for name, rows in found.items()})


@pytest.mark.parametrize("source", ["model", "crm", "earliest"])
def test_cycles_and_intervals_equal_a_state_machine(source: str) -> None:
    compared = assert_equal(histories(SEED, PEOPLE), rules(), source)
    assert min(compared["cycle"], compared["interval"], compared["record"]) > PEOPLE // 3, compared


@pytest.mark.long
@pytest.mark.parametrize("source", ["model", "crm", "earliest"])
def test_cycles_and_intervals_equal_a_state_machine_on_5000_histories(source: str) -> None:
    compared = assert_equal(histories(2, 5000), rules(), source)
    assert min(compared["cycle"], compared["interval"], compared["record"]) > 1700, compared


def test_the_histories_hold_what_they_are_to_prove() -> None:
    given = rules()
    seen: Counter[str] = Counter()
    for history in histories(SEED, PEOPLE):
        by_source = {source: lives(history, given, source) for source in ("model", "crm", "earliest")}
        lived = by_source["model"]
        cycles = [one.cycle for one in lived]
        steps = [step for _, step in steps_of_records(history, given)]
        seen.update(str(cycle.outcome) for cycle in cycles)
        seen["a later cycle"] += len(cycles) > 1
        seen["two records"] += len(history.records) > 1
        seen["a tie"] += len({step.at for step in steps}) < len(steps)
        seen["by the day"] += any(step.precision == "day" for step in steps)
        seen["illegal"] += any(not one.is_legal for _, one in intervals(lived, given))
        seen["disorder"] += any(
            later.at < earlier.at
            for record in history.records
            for earlier, later in zip(record.changes, record.changes[1:], strict=False)
        )
        seen["a response first"] += any(step.key.startswith(" ") and step.status == "inquiry" for step in steps[:1])
        seen["a duplicate beside a record that stands"] += any(
            is_of_the_record(history, number, change, given)
            for number, record in enumerate(history.records)
            for change in changes_of(record)
        )
        joins = [at for link in history.links if (at := since(history, link))]
        seen["joined"] += bool(joins)
        seen["joined twice"] += len(joins) > 1
        seen["joined since nobody knows when"] += any(
            link.method != "email" and since(history, link) is None for link in history.links
        )
        seen["merged by the day"] += any(
            cycle.outcome == "merged" and cycle.closed_at and cycle.closed_at.second == 59 for cycle in cycles
        )
        seen["an open cycle carried on by the person of now"] += any(
            one.earlier_person_id != history.person_id
            and cycle.outcome != "merged"
            and any(one.cycle.opened_at < at < (cycle.closed_at or AS_OF) for at in joins)
            for one, cycle in zip(lived, cycles, strict=True)
        )
        seen["one had closed, one goes on"] += any(
            one.until in joins and one.cycle.outcome not in (None, "merged") for one in lived
        )
        seen["taken up with a join"] += any(cycle.accepted_at in joins for cycle in cycles)
        seen["a deal came along"] += any(cycle.deal_created_at in joins for cycle in cycles if cycle.deal_id)
        crm = [one.cycle for one in by_source["crm"]]
        seen["by the CRM"] += bool(crm)
        seen["by the CRM, merged"] += any(cycle.outcome == "merged" for cycle in crm)
        seen["by either"] += {one.cycle.entry_reason for one in by_source["earliest"]} >= {"crm", "hand_raise"}
    outcomes = {"won", "lost", "rejected", "disqualified", "recycled", "expired", "merged", "None"}
    assert outcomes <= set(seen) and min(seen.values()) >= 5, seen


def hashes(warehouse: Warehouse) -> dict[str, tuple[Any, ...] | None]:
    found = {}
    for mart in MARTS:
        relation = warehouse.project.node(mart).relation
        found[mart] = warehouse.connection.execute(
            f"select count(*), bit_xor(hash(rows)), sum(hash(rows)::hugeint) from {relation} as rows"
        ).fetchone()
    return found


def assert_same_in_any_order(orders: int) -> None:
    told = histories(3, 190)
    assert sum(history.events() for history in told) >= 2000
    tables = list(stored(told))
    with built(tables) as warehouse:
        first = hashes(warehouse)
    assert all(found and found[0] > 100 for found in first.values()), first
    for order in range(orders):
        dice = random.Random(f"order {order}")
        with built([(name, dice.sample(rows, len(rows))) for name, rows in tables]) as warehouse:
            assert hashes(warehouse) == first, f"order {order}"


def test_the_order_of_arrival_changes_nothing() -> None:
    assert_same_in_any_order(3)


@pytest.mark.long
def test_200_orders_of_arrival_of_2000_events_change_nothing() -> None:
    assert_same_in_any_order(200)
