"""Cycles of persons who were several before conversions and merges joined them, by living through their time: each goes
their own way until the join; of two cycles open then the earlier goes on, and the later is merged into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from oracles.lifecycle import (
    NO_ACCOUNT,
    OPEN_END,
    Cycle,
    Entry,
    Instant,
    Interval,
    Person,
    Rules,
    Score,
    Step,
    intervals_until,
    may_open,
    own_entry,
    run_cycle,
)
from oracles.status_histories import AS_OF, History, Link, since, steps_of_records, together

NO_SCORE = Score("", "", "", Decimal(0))


@dataclass
class Lived:
    """A cycle, whose it was, and until when what it said was the person's status."""

    cycle: Cycle
    earlier_person_id: str
    until: datetime = OPEN_END


@dataclass
class Walker:
    """Whoever is one person at some time: their records, and their last cycle."""

    records: set[int]
    last: Lived | None = None


def leader(history: History, records: Iterable[int]) -> int:
    """The record that names them: who the person is now, else who is not merged away, else the oldest."""
    return min(records, key=lambda number: standing(history, number))


def standing(history: History, number: int) -> tuple[bool, bool, bool, datetime, str]:
    record = history.records[number]
    return (number != 0, record.is_merged, record.created_at is None, record.created_at or AS_OF, record.key)


def dated_joins(history: History) -> list[tuple[datetime, str, Link]]:
    """The joins of known instant in order, with how exactly it is known."""
    found = [(at, link.precision, link) for link in history.links if (at := since(history, link))]
    return sorted(found, key=lambda one: (one[0], one[2].one, one[2].other))


def person_of(history: History, steps: list[tuple[int, Step]], number: int) -> Person:
    """What happens to a record, and to whomever it is one with when it happens; and what a join brings along."""

    def is_theirs(other: int, at: datetime) -> bool:
        return other in together(history, number, at)

    changes = [step for other, step in steps if is_theirs(other, step.at)]
    deals = [deal for deal in history.deals if is_theirs(history.record_of[deal.deal_id], deal.created_at)]
    for at, precision, _ in dated_joins(history):
        before, after = together(history, number, at - timedelta(seconds=1)), together(history, number, at)
        if before == after:
            continue
        leads = leader(history, after)
        if leads not in before:  # what stands on the record that goes on: taken up there is taken up
            said = [step for step in person_of(history, steps, leads).changes if step.at < at]
            if said and said[-1].status in ("accepted", "working", "sql"):
                last = said[-1]
                changes.append(Step(at, precision, last.status, last.reason, f"{last.key}|{number}|{at}"))
        known = {deal.deal_id for deal in deals}
        for deal in history.deals:  # a deal still open comes along
            is_new = history.record_of[deal.deal_id] in after and deal.deal_id not in known and deal.created_at < at
            if is_new and (deal.closed_at is None or deal.closed_at > at):
                deals.append(replace(deal, created_at=at, precision=precision))
    changes = list(dict.fromkeys(changes))
    changes.sort(key=lambda step: step.at)
    return Person(history.person_id, history.segment, (), tuple(changes), tuple(deals), ())


def candidates(
    history: History, steps: list[tuple[int, Step]], rules: Rules, source: str
) -> list[tuple[datetime, int, Instant, Entry | None]]:
    """The moments at which somebody may qualify, of one second in the order of their reasons; None: by their score."""
    found: list[tuple[datetime, int, Instant, Entry | None]] = []
    scores = {instant.at: instant.score for instant in history.instants}
    if source in ("model", "earliest"):
        found += [
            (instant.at, history.record_of[str(instant.signal_id)], instant, None) for instant in history.instants
        ]
    if source in ("crm", "earliest"):
        sharpness = {"exact": 0, "day": 1}
        told = [(number, step) for number, step in steps if step.status == "mql"]
        for number, step in sorted(told, key=lambda one: sharpness.get(one[1].precision, 2)):
            score = scores.get(step.at, NO_SCORE)
            found.append((step.at, number, Instant(step.at, step.precision, None, False, False, score), Entry("crm")))
    return sorted(found, key=lambda one: (one[0], one[3] is not None))


def lives(history: History, rules: Rules, source: str = "model") -> list[Lived]:
    """Every cycle of the person, numbered as they opened."""
    steps = steps_of_records(history, rules)
    dated = [(at, link.one, link.other) for at, _, link in dated_joins(history)]
    starting = {frozenset(together(history, number, datetime(1900, 1, 1))) for number in range(len(history.records))}
    walkers = [Walker(set(records)) for records in starting]
    lived: list[Lived] = []
    told = candidates(history, steps, rules, source)
    people = {number: person_of(history, steps, number) for number in {leader(history, one) for one in starting}}
    for moment in sorted({at for at, *_ in dated} | {at for at, *_ in told}):
        for at, one, other in dated:
            if at == moment:
                _join(history, walkers, one, other, moment)
        for at, number, instant, entry in told:
            if at != moment:
                continue
            walker = next(walker for walker in walkers if number in walker.records)
            leads = leader(history, walker.records)
            person = people[leads]
            why = entry or own_entry(person, NO_ACCOUNT, instant, rules)
            mine = [walker.last.cycle] if walker.last else []
            if why is None or not may_open(person, mine, moment, instant.is_hand_raise and entry is None, rules):
                continue
            cycle = run_cycle(_without_what_a_join_brings(person, history, moment), 0, instant, why, rules, AS_OF)
            if walker.last:
                walker.last.until = moment
            walker.last = Lived(cycle, history.records[leads].key)
            lived.append(walker.last)
    lived.sort(key=lambda one: (one.cycle.opened_at, one.earlier_person_id))
    for number, one in enumerate(lived, start=1):
        one.cycle = replace(one.cycle, number=number)
    return lived


def _without_what_a_join_brings(person: Person, history: History, moment: datetime) -> Person:
    """Who qualifies in the second of a join begins anew: what it brings along is for what was open before."""
    made_at = {deal.deal_id: deal.created_at for deal in history.deals}
    return replace(
        person,
        changes=tuple(step for step in person.changes if step.at != moment or "|" not in step.key),
        deals=tuple(deal for deal in person.deals if deal.created_at != moment or made_at[deal.deal_id] == moment),
    )


def _join(history: History, walkers: list[Walker], one: int, other: int, moment: datetime) -> None:
    first, second = (next(walker for walker in walkers if number in walker.records) for number in (one, other))
    if first is second:
        return
    latest = timedelta.max

    def goes_on(walker: Walker) -> tuple[int, datetime, timedelta, tuple[object, ...]]:
        leads = standing(history, leader(history, walker.records))
        if walker.last is None:
            return (2, OPEN_END, latest, leads)
        closed_at = walker.last.cycle.closed_at
        if closed_at is None or closed_at >= moment:
            return (0, walker.last.cycle.opened_at, latest, leads)
        return (1, OPEN_END, OPEN_END - closed_at, leads)

    stays, yields = sorted((first, second), key=goes_on)
    stays.records |= yields.records
    walkers.remove(yields)
    if yields.last is None:
        return
    yields.last.until = moment
    cycle = yields.last.cycle
    if cycle.closed_at is None or cycle.closed_at >= moment:
        yields.last.cycle = _merged(cycle, moment)


def _merged(cycle: Cycle, moment: datetime) -> Cycle:
    """What had come of a cycle by the moment at which another took over."""
    is_accepted = cycle.accepted_at is not None and cycle.accepted_at < moment
    is_deal = cycle.deal_created_at is not None and cycle.deal_created_at < moment
    return replace(
        cycle,
        accepted_at=cycle.accepted_at if is_accepted else None,
        accepted_precision=cycle.accepted_precision if is_accepted else None,
        rejected_at=None,
        deal_id=cycle.deal_id if is_deal else None,
        deal_created_at=cycle.deal_created_at if is_deal else None,
        closed_at=moment,
        outcome="merged",
        outcome_reason="joined_with_another_record",
        steps=tuple(step for step in cycle.steps if step.at < moment),
    )


def intervals(lived: list[Lived], rules: Rules) -> list[tuple[int, Interval]]:
    return [(one.cycle.number, interval) for one in lived for interval in intervals_until(one.cycle, one.until, rules)]
