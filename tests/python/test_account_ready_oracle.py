"""Cycles of accounts that become ready again and again, by the project's own SQL and by a Python model of the
definitions: units of qualification, whom a ready account hands over, and everybody's own instants in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from oracles.lifecycle import OPEN_END, Cycle, Rules, cycles_of, ordered
from oracles.lifecycle_inputs import rules
from oracles.ready_accounts import AS_OF, ENGAGEMENT_BANDS, MODELS, UNITS, Made, accounts
from support.compiled import Warehouse, compiled_project

SEED, ACCOUNTS = 1, 800
Rows = list[dict[str, Any]]
SINCE_EVER = datetime(1900, 1, 1)


def given() -> Rules:
    return replace(rules(), units=UNITS)


def stored(made: Iterable[Made], told: Rules) -> Iterator[tuple[str, Rows]]:
    """What the lifecycle reads of these accounts, table by table."""
    made = list(made)
    people = [(one, person) for one in made for person in one.account.people]
    yield (
        "int_persons_enriched",
        [
            {
                "person_id": person.person_id,
                "account_id": one.account_id,
                "segment": person.segment,
                "created_at": person.known_from,
                "is_reachable": person.is_reachable,
            }
            for one, person in people
        ],
    )
    yield (
        "fct_lead_score_instants",
        [
            {
                "person_id": person.person_id,
                "scoring_model": instant.score.scoring_model,
                "model_status": "active",
                "occurred_at": instant.at,
                "occurred_at_precision": instant.precision,
                "fit_band": "X" if person.is_excluded(instant.at) else instant.score.fit_band,
                "engagement_score": instant.score.engagement,
                "engagement_band": instant.score.engagement_band,
                "grade": instant.score.grade,
                "meets_threshold": instant.meets_threshold,
                "signal_id": instant.signal_id,
                "is_hand_raise": instant.is_hand_raise,
            }
            for _, person in people
            for instant in person.instants
        ],
    )
    yield (
        "fct_engagement_states",
        [
            {
                "person_id": person_id,
                "scoring_model": MODELS[number][0],
                "score_group": "all",
                "valid_from": state.since,
                "valid_until": state.until,
                "day_zero": AS_OF.date(),
                "decayed_points": 0,
                "flat_points": points,
                "points_lost_per_day": 0,
            }
            for one in made
            for person_id, states in one.states.items()
            for state in states
            for number, points in enumerate(state.points)
        ],
    )
    yield (
        "fct_fit_scores",
        [
            {
                "person_id": person.person_id,
                "scoring_model": MODELS[number][0],
                "valid_from": since,
                "valid_until": until,
                "fit_band": "X" if person.is_excluded(since) else band,
            }
            for one, person in people
            for since, until in pairwise([SINCE_EVER, *person.excluded_from, OPEN_END])
            for number, band in enumerate(one.fit_bands[person.person_id])
        ],
    )
    yield "fct_account_readiness_history", list(_history(made))
    yield (
        "fct_signals",
        [
            {
                "person_id": one.account.people[0].person_id,
                "signal_id": f"{one.account_id}-{number}",
                "occurred_at": ready.since,
                "occurred_at_precision": ready.precision,
                "is_counted": True,
            }
            for one in made
            for number, ready in enumerate(one.account.ready)
        ],
    )
    yield (
        "int_opportunities_conformed",
        [
            {
                "opportunity_id": f"{one.account_id}-{number}",
                "account_id": one.account_id,
                "created_at": told_at,
                "corporate_amount": amount,
            }
            for one in made
            for number, (told_at, amount) in enumerate(one.account.amounts)
        ],
    )
    yield "int_opportunity_stage_changes_conformed", []
    yield (
        "int_crm_statuses_repaired",
        [
            {
                "change_key": change.key,
                "person_id": person.person_id,
                "changed_at": change.at,
                "changed_at_precision": change.precision,
                "status": change.status,
                "status_order": told.statuses[change.status].order,
                "is_outcome": told.statuses[change.status].is_outcome,
                "is_accepted": told.statuses[change.status].is_accepted,
                "change_number": number,
                "seen_from": change.at,
            }
            for _, person in people
            for number, change in enumerate(ordered(list(person.changes), told))
        ],
    )
    yield (
        "int_person_opportunities",
        [
            {
                "person_id": person.person_id,
                "opportunity_id": deal.deal_id,
                "is_won": deal.is_won,
                "is_closed": deal.closed_at is not None,
                "closed_at": deal.closed_at,
                "created_at": deal.created_at,
                "seen_from": deal.created_at,
                "created_at_precision": deal.precision,
            }
            for _, person in people
            for deal in person.deals
        ],
    )
    yield "int_evidence_available", [{"has_statuses": True}]


def _history(made: Iterable[Made]) -> Iterator[dict[str, Any]]:
    """Ready and engaged by turns: the account's whole life, without gaps."""
    for one in made:
        edges = [SINCE_EVER]
        for ready in one.account.ready:
            edges += [ready.since, ready.until]
        evidence = iter([ready.evidence for ready in one.account.ready])
        for number, (since, until) in enumerate(zip(edges, [*edges[1:], OPEN_END], strict=True)):
            if since < until:
                stage = "ready" if number % 2 else "engaged"
                yield {
                    "account_id": one.account_id,
                    "readiness_stage": stage,
                    "valid_from": since,
                    "valid_until": until,
                    "evidence": next(evidence) if stage == "ready" else None,
                }


def seeds() -> dict[str, Rows]:
    return {
        "rule_scoring_models": [
            {
                "scoring_model": model,
                "model_status": "active",
                "effective_from": "" if since == SINCE_EVER else str(since),
                "effective_until": "" if until == OPEN_END else str(until),
            }
            for model, since, until in MODELS
        ],
        "rule_score_groups": [
            {"scoring_model": model, "score_group": "all", "rule_kind": "engagement"} for model, _, _ in MODELS
        ],
        "rule_score_bands": [
            {"scoring_model": model, "rule_kind": "engagement", "band": band, "min_score": str(least)}
            for model, _, _ in MODELS
            for least, band in ENGAGEMENT_BANDS
        ],
        "rule_qualification_units": [
            {
                "rule_id": f"U{number}",
                "sort_order": str(number),
                "segment": unit.segment,
                "min_deal_amount": "" if unit.min_deal_amount is None else str(unit.min_deal_amount),
                "min_known_people": "" if unit.min_known_people is None else str(unit.min_known_people),
                "unit": unit.unit,
                "min_fit_band": unit.min_fit_band,
                "min_engagement_band": unit.min_engagement_band,
                "effective_from": "" if unit.since == SINCE_EVER else str(unit.since),
                "effective_until": "" if unit.until == OPEN_END else str(unit.until),
            }
            for number, unit in enumerate(UNITS)
        ],
    }


def published(made: list[Made], told: Rules) -> Counter[tuple[Any, ...]]:
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.load_seeds(seeds())
        for table, rows in stored(made, told):
            warehouse.put(table, rows)
        warehouse.run("int_cycles_walked", as_of=AS_OF)
        return Counter(_read(warehouse))


def _read(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    relations = {name: warehouse.project.node(name).relation for name in warehouse.project.nodes}
    return warehouse.connection.execute(f"""
        select cycles.person_id, cycles.cycle_number, cycles.opened_at, candidates.occurred_at_precision,
            candidates.entry_reason, candidates.entry_signal_id, candidates.entry_evidence, candidates.scoring_model,
            candidates.grade, ends.closed_at, ends.outcome
        from {relations["int_cycles_walked"]} as cycles
        inner join {relations["int_qualification_instants"]} as candidates
            on cycles.person_id = candidates.person_id and cycles.opened_at = candidates.occurred_at
        inner join {relations["int_cycle_ends_decided"]} as ends
            on cycles.person_id = ends.person_id and cycles.opened_at = ends.occurred_at
    """).fetchall()


def expected(made: list[Made], told: Rules) -> Counter[tuple[Any, ...]]:
    found: Counter[tuple[Any, ...]] = Counter()
    for one in made:
        for cycles in cycles_of(one.account, one.account.people, told, AS_OF).values():
            found.update(_cells(cycle) for cycle in cycles)
    return found


def _cells(cycle: Cycle) -> tuple[Any, ...]:
    return (
        cycle.person_id,
        cycle.number,
        cycle.opened_at,
        cycle.precision,
        cycle.entry_reason,
        cycle.signal_id,
        cycle.evidence,
        cycle.scoring_model,
        cycle.grade,
        cycle.closed_at,
        cycle.outcome,
    )


def assert_equal(made: list[Made]) -> None:
    told = given()
    theirs, mine = published(made, told), expected(made, told)
    differing = sorted(map(str, (theirs - mine).keys() | (mine - theirs).keys()))
    assert not differing, f"{len(differing)} differences\n" + "\n".join(differing[:20])


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return accounts(SEED, ACCOUNTS)


def test_cycles_equal_the_definitions(made: list[Made]) -> None:
    assert_equal(made)


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 3])
def test_cycles_equal_the_definitions_in_more_accounts(seed: int) -> None:
    assert_equal(accounts(seed, 6000))


def test_the_accounts_hold_what_they_are_to_prove(made: list[Made]) -> None:
    """Every way into a cycle, and every way in which a ready account finds somebody else, or nobody."""
    told = given()
    seen: Counter[str] = Counter()
    for one in made:
        cycles = cycles_of(one.account, one.account.people, told, AS_OF)
        opened = {(cycle.opened_at, cycle.entry_reason): cycle for each in cycles.values() for cycle in each}
        seen.update(reason for _, reason in opened)
        for ready in one.account.ready:
            handed = [
                cycle
                for each in cycles.values()
                for cycle in each
                if cycle.opened_at == ready.since and cycle.signal_id is None
            ]
            assert len(handed) <= 1
            busy = [
                person.person_id
                for person in one.account.people
                for cycle in cycles[person.person_id]
                if cycle.opened_at <= ready.since <= (cycle.closed_at or OPEN_END) and cycle not in handed
            ]
            seen["handed over"] += len(handed)
            seen["handed over beside somebody in an open cycle"] += bool(handed and busy)
            seen["nobody to hand over"] += not handed
            seen["own in the same second"] += any(at == ready.since and why != "account_ready" for at, why in opened)
            seen["ready at as_of"] += bool(handed) and ready.since == AS_OF
            seen["handed over again"] += any(cycle.number > 1 for cycle in handed)
        seen["by their own signal in a ready account"] += sum(
            cycle.entry_reason == "account_ready" and cycle.signal_id is not None
            for each in cycles.values()
            for cycle in each
        )
    assert min(seen.values()) >= 5, seen
