"""Published cycles, intervals, handoffs and clocks of a world beside the oracle's: what differs, in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import duckdb

from oracles.handoffs import Clock, Handoff, clocks_of, handoff_of, handoff_starts, stints_of, watched_stints
from oracles.lifecycle import OPEN_END, Cycle, Rules, cycles_of, intervals_of
from oracles.lifecycle_inputs import Facts, active_until, day_end, facts_of, route, rules, sla_policies
from oracles.worlds import World

Cells = dict[str, Any]

CYCLES = """
    select person_id, cycle_number, opened_at, opened_at_precision, entry_reason, entry_signal_id, entry_evidence,
        scoring_model, grade, next_action, priority, accepted_at, accepted_at_precision, rejected_at, meeting_held_at,
        opportunity_id, opportunity_created_at, closed_at, outcome, outcome_reason
    from marts.fct_mql_cycles
"""
INTERVALS = """
    select person_id, cycle_number, status, valid_from, valid_until, is_legal_transition
    from marts.fct_mql_status_history
"""
HANDOFFS = """
    select fct_mql_cycles.person_id, fct_mql_cycles.cycle_number, fct_handoffs.sequence, fct_handoffs.handed_off_at,
        fct_handoffs.is_hand_raise, fct_handoffs.next_action, fct_handoffs.priority, fct_handoffs.assigned_at,
        fct_handoffs.owner_id, fct_handoffs.first_touch_at, fct_handoffs.first_touch_rep_id,
        fct_handoffs.meeting_held_at, fct_handoffs.touch_count, fct_handoffs.touches_before_count
    from marts.fct_handoffs
    inner join marts.fct_mql_cycles on fct_handoffs.mql_id = fct_mql_cycles.mql_id
"""
CLOCKS = """
    select fct_mql_cycles.person_id, fct_mql_cycles.cycle_number, fct_handoffs.sequence as handoff,
        fct_handoff_sla.clock, fct_handoff_sla.sequence as number, fct_handoff_sla.rep_id, fct_handoff_sla.started_at,
        fct_handoff_sla.stopped_at
    from marts.fct_handoff_sla
    inner join marts.fct_handoffs on fct_handoff_sla.handoff_id = fct_handoffs.handoff_id
    inner join marts.fct_mql_cycles on fct_handoffs.mql_id = fct_mql_cycles.mql_id
"""


def rows(marts: duckdb.DuckDBPyConnection, query: str) -> list[Cells]:
    found = marts.sql(query)
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def differences(world: World, marts: duckdb.DuckDBPyConnection, as_of: datetime) -> tuple[Counter[str], list[str]]:
    """How many rows of each mart were compared, and what differs."""
    given = rules()
    active = active_until(world, as_of)
    expected: dict[str, dict[tuple[Any, ...], Cells]] = defaultdict(dict)
    known = facts_of(world, marts, given, as_of)
    cycles_by_person: dict[str, list[Cycle]] = {}
    for person_id, facts in known.items():
        if person_id not in cycles_by_person:  # an account's people live through its time together
            people = facts.account.people or (facts.person,)
            cycles_by_person |= cycles_of(facts.account, people, given, as_of)
    for person_id, facts in known.items():
        cycles = cycles_by_person[person_id]
        for number, interval in intervals_of(cycles, given):
            key = (person_id, number, interval.valid_from)
            expected["status"][key] = {
                "status": interval.status,
                "valid_until": interval.valid_until,
                "is_legal_transition": interval.is_legal,
            }
        for cycle in cycles:
            _expect_cycle(expected, facts, cycle, given, active, as_of)
    published = {
        "cycle": _keyed(rows(marts, CYCLES), "person_id", "cycle_number"),
        "status": _keyed(rows(marts, INTERVALS), "person_id", "cycle_number", "valid_from"),
        "handoff": _keyed(rows(marts, HANDOFFS), "person_id", "cycle_number", "sequence"),
        "clock": _keyed(rows(marts, CLOCKS), "person_id", "cycle_number", "handoff", "clock", "number"),
    }
    told = []
    for mart, found in published.items():
        for key in sorted(set(found) | set(expected[mart]), key=str):
            mine, theirs = expected[mart].get(key), found.get(key)
            if mine is None or theirs is None:
                told.append(
                    f"{mart} {key}: {'not published' if theirs is None else 'published only'}: {mine or theirs}"
                )
                continue
            told += [
                f"{mart} {key} {cell}: published {theirs[cell]}, expected {value}"
                for cell, value in mine.items()
                if not (theirs[cell] in value if isinstance(value, frozenset) else theirs[cell] == value)
            ]
    return Counter({mart: len(found) for mart, found in published.items()}), told


def _keyed(found: list[Cells], *names: str) -> dict[tuple[Any, ...], Cells]:
    keyed = {tuple(row[name] for name in names): row for row in found}
    assert len(keyed) == len(found), f"{names} is no key"
    return keyed


def _expect_cycle(
    expected: dict[str, dict[tuple[Any, ...], Cells]],
    facts: Facts,
    cycle: Cycle,
    given: Rules,
    active: dict[str, datetime],
    as_of: datetime,
) -> None:
    key = (cycle.person_id, cycle.number)
    chosen = route(cycle.entry_reason, cycle.grade, facts.person.segment, facts)
    meetings = [day_end(touch.at, touch.precision, as_of) for touch in facts.touches if touch.is_meeting]
    held = [at for at in meetings if cycle.opened_at <= at <= (cycle.closed_at or OPEN_END)]
    expected["cycle"][key] = {
        "opened_at": cycle.opened_at,
        "opened_at_precision": cycle.precision,
        "entry_reason": cycle.entry_reason,
        "entry_signal_id": cycle.signal_id,
        "entry_evidence": cycle.evidence,
        "scoring_model": cycle.scoring_model,
        "grade": cycle.grade,
        "next_action": chosen["next_action"],
        "priority": chosen["priority"] or None,
        "accepted_at": cycle.accepted_at,
        "accepted_at_precision": cycle.accepted_precision,
        "rejected_at": cycle.rejected_at,
        "meeting_held_at": min(held, default=None),
        "opportunity_id": cycle.deal_id,
        "opportunity_created_at": cycle.deal_created_at,
        "closed_at": cycle.closed_at,
        "outcome": cycle.outcome,
        "outcome_reason": cycle.outcome_reason or None,
    }
    stints = stints_of(facts.assignments, active)
    starts = handoff_starts(
        cycle,
        chosen["opens_handoff"] == "true",
        facts.raises,
        given.policy(facts.person.segment).join,
        facts.person.excluded_from,
    )
    for sequence, start in enumerate(starts, start=1):
        is_opening = start[0] == cycle.opened_at
        action = chosen if is_opening else route("hand_raise", "", facts.person.segment, facts)
        owners = watched_stints(start[0], cycle, stints, as_of, active)
        handoff = handoff_of(sequence, start, cycle, owners, facts.touches)
        expected["handoff"][*key, sequence] = _handoff_cells(handoff) | {
            "next_action": action["next_action"],
            "priority": action["priority"],
        }
        with_targets = sla_policies(action["priority"], handoff.is_hand_raise, handoff.at)
        for clock in clocks_of(handoff, cycle, owners, facts.touches):
            if clock.clock in with_targets:
                expected["clock"][*key, sequence, clock.clock, clock.number] = _clock_cells(clock)


def _handoff_cells(handoff: Handoff) -> Cells:
    return {
        "handed_off_at": handoff.at,
        "is_hand_raise": handoff.is_hand_raise,
        "assigned_at": handoff.assigned_at,
        "owner_id": handoff.owner_id,
        "first_touch_at": handoff.first_touch_at,
        "first_touch_rep_id": handoff.first_touch_rep_ids or None,
        "meeting_held_at": handoff.meeting_held_at,
        "touch_count": handoff.touch_count,
        "touches_before_count": handoff.touches_before_count,
    }


def _clock_cells(clock: Clock) -> Cells:
    return {"rep_id": clock.rep_id, "started_at": clock.started_at, "stopped_at": clock.stopped_at}
