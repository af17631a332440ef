"""From what sources tell to cycles and intervals: generated histories by the project's own SQL and by a Python state
machine that shares no code with it; and the same marts whatever the order in which rows arrive."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from oracles.lifecycle import NO_ACCOUNT, Rules, cycles_of, intervals_of
from oracles.lifecycle_inputs import rules
from oracles.status_histories import AS_OF, History, histories, person_of, record_intervals
from support.compiled import Warehouse, compiled_project

Rows = list[dict[str, Any]]
SEED, PEOPLE = 1, 400
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
                "is_merged": False,
            }
            for _, record in records
        ],
    )
    yield (
        "int_person_records_resolved",
        [
            {"record_key": record.key, "record_id": record.key, "source_system": "generic", "person_id": one.person_id}
            for one, record in records
        ],
    )
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
        "int_person_opportunities",
        [
            {
                "person_id": one.person_id,
                "opportunity_id": deal.deal_id,
                "is_won": deal.is_won,
                "is_closed": deal.closed_at is not None,
                "closed_at": deal.closed_at,
                "created_at": deal.created_at,
                "created_at_precision": deal.precision,
            }
            for one in told
            for deal in one.deals
        ],
    )
    yield "int_evidence_available", [{"has_statuses": True}]
    for name in (
        *("int_field_changes_identified", "int_status_observations_recalled", "int_touches_identified"),
        *("int_reps_conformed", "int_person_attributes_dated", "int_opportunities_conformed"),
        *("int_opportunity_stage_changes_conformed", "fct_account_readiness_history", "fct_signals"),
        *("fct_person_exclusions", "fct_fit_scores", "fct_engagement_states"),
    ):
        yield name, []


def built(tables: list[tuple[str, Rows]]) -> Warehouse:
    warehouse = compiled_project("generic").warehouse()
    warehouse.load_seeds()
    for table, rows in tables:
        warehouse.put(table, rows)
    warehouse.run(*MARTS, as_of=AS_OF)
    return warehouse


def read(warehouse: Warehouse, columns: str, mart: str) -> Counter[tuple[Any, ...]]:
    relation = warehouse.project.node(mart).relation
    return Counter(warehouse.connection.execute(f"select {columns} from {relation}").fetchall())


def assert_equal(told: list[History], given: Rules) -> Counter[str]:
    """Cycles, their intervals and those of every record; how many of each were compared."""
    expected: dict[str, Counter[tuple[Any, ...]]] = {name: Counter() for name in ("cycle", "interval", "record")}
    for history in told:
        person = person_of(history, given)
        cycles = cycles_of(NO_ACCOUNT, [person], given, AS_OF)[person.person_id]
        expected["cycle"].update(
            (
                *(cycle.person_id, cycle.number, cycle.opened_at, cycle.precision, cycle.entry_reason),
                *(cycle.accepted_at, cycle.accepted_precision, cycle.rejected_at, cycle.deal_id, cycle.closed_at),
                *(cycle.outcome, cycle.outcome_reason or None),
            )
            for cycle in cycles
        )
        expected["interval"].update(
            (person.person_id, number, one.status, one.valid_from, one.valid_until, one.is_legal)
            for number, one in intervals_of(cycles, given)
        )
        for record in history.records:
            expected["record"].update(record_intervals(record, given))
    with built(list(stored(told))) as warehouse:
        found = {
            "cycle": read(
                warehouse,
                "person_id, cycle_number, opened_at, opened_at_precision, entry_reason, accepted_at, "
                "accepted_at_precision, rejected_at, opportunity_id, closed_at, outcome, outcome_reason",
                "fct_mql_cycles",
            ),
            "interval": read(
                warehouse,
                "person_id, cycle_number, status, valid_from, valid_until, is_legal_transition",
                "fct_mql_status_history",
            ),
            "record": read(warehouse, "record_id, crm_status, valid_from, valid_until", "fct_crm_status_history"),
        }
    for name, mine in expected.items():
        differing = sorted(map(str, (found[name] - mine).keys() | (mine - found[name]).keys()))
        assert not differing, f"{len(differing)} differences of {name}s\n" + "\n".join(differing[:20])
    return Counter({name: sum(rows.values()) for name, rows in found.items()})


def test_cycles_and_intervals_equal_a_state_machine() -> None:
    compared = assert_equal(histories(SEED, PEOPLE), rules())
    assert min(compared["cycle"], compared["interval"], compared["record"]) > PEOPLE // 2, compared


@pytest.mark.long
def test_cycles_and_intervals_equal_a_state_machine_on_5000_histories() -> None:
    compared = assert_equal(histories(2, 5000), rules())
    assert min(compared["cycle"], compared["interval"], compared["record"]) > 2500, compared


def test_the_histories_hold_what_they_are_to_prove() -> None:
    given = rules()
    seen: Counter[str] = Counter()
    for history in histories(SEED, PEOPLE):
        person = person_of(history, given)
        cycles = cycles_of(NO_ACCOUNT, [person], given, AS_OF)[person.person_id]
        seen.update(str(cycle.outcome) for cycle in cycles)
        seen["a later cycle"] += len(cycles) > 1
        seen["two records"] += len(history.records) > 1
        seen["a tie"] += len({step.at for step in person.changes}) < len(person.changes)
        seen["by the day"] += any(step.precision == "day" for step in person.changes)
        seen["illegal"] += any(not one.is_legal for _, one in intervals_of(cycles, given))
        seen["disorder"] += any(
            later.at < earlier.at
            for record in history.records
            for earlier, later in zip(record.changes, record.changes[1:], strict=False)
        )
        seen["a response first"] += any(
            step.key.startswith(" ") and step.status == "inquiry" for step in person.changes[:1]
        )
    outcomes = {"won", "lost", "rejected", "disqualified", "recycled", "expired", "None"}
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
