"""MQL cycles and their statuses in plain Python, from the definitions and the rule seeds; no SQL of the project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

OPEN_END = datetime(9999, 12, 31)


@dataclass(frozen=True)
class Status:
    name: str
    order: int
    is_outcome: bool
    is_accepted: bool


@dataclass(frozen=True)
class CyclePolicy:
    segment: str
    cool_down: timedelta
    expiry: timedelta
    wake_up: timedelta
    join: timedelta


@dataclass(frozen=True)
class Rules:
    statuses: dict[str, Status]
    status_map: dict[str, tuple[str, str]]  # CRM status in lower case: our status, the reason of an outcome
    legal: frozenset[tuple[str, str]]
    policies: tuple[CyclePolicy, ...]

    def policy(self, segment: str) -> CyclePolicy:
        return next(policy for policy in self.policies if policy.segment in ("", segment))


@dataclass(frozen=True)
class Instant:
    """A moment at which somebody may qualify: its signal, and what they scored then."""

    at: datetime
    precision: str
    signal_id: str
    is_hand_raise: bool
    meets_threshold: bool
    scoring_model: str
    grade: str


@dataclass(frozen=True)
class Step:
    """Something that moves a status: a change in the CRM, or a deal."""

    at: datetime
    precision: str
    status: str
    reason: str
    key: str
    deal_id: str = ""


@dataclass(frozen=True)
class Deal:
    deal_id: str
    created_at: datetime
    precision: str
    closed_at: datetime | None
    is_won: bool


@dataclass(frozen=True)
class Person:
    person_id: str
    segment: str
    instants: tuple[Instant, ...]
    changes: tuple[Step, ...]
    deals: tuple[Deal, ...]
    excluded_from: tuple[datetime, ...]

    def is_excluded(self, moment: datetime) -> bool:
        return any(since <= moment for since in self.excluded_from)


@dataclass(frozen=True)
class Interval:
    status: str
    valid_from: datetime
    valid_until: datetime
    is_legal: bool


@dataclass(frozen=True)
class Cycle:
    person_id: str
    number: int
    opened_at: datetime
    precision: str
    entry_reason: str
    signal_id: str
    scoring_model: str
    grade: str
    accepted_at: datetime | None = None
    accepted_precision: str | None = None
    rejected_at: datetime | None = None
    deal_id: str | None = None
    deal_created_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    outcome_reason: str | None = None
    steps: tuple[Step, ...] = ()


def ordered(steps: list[Step], rules: Rules) -> list[Step]:
    return sorted(steps, key=lambda step: (step.at, rules.statuses[step.status].order, step.key))


def steps_of(person: Person, opened_at: datetime, rules: Rules) -> list[Step]:
    """What can move a cycle that opens then, in order: the CRM's changes, its first deal's creation and closing.

    Of one second, statuses follow each other in their own order: what is below an MQL came before the opening.
    "New" or "MQL" takes something back only where the CRM had said more within the cycle.
    """
    mql = rules.statuses["mql"].order
    found: list[Step] = []
    was_beyond = False
    for change in ordered([change for change in person.changes if change.at >= opened_at], rules):
        status = rules.statuses[change.status]
        is_beyond = status.order > mql
        if change.at == opened_at and not is_beyond:
            continue
        if is_beyond or was_beyond:
            found.append(change)
        was_beyond = is_beyond
    deals = [deal for deal in person.deals if deal.created_at >= opened_at]
    if deals:
        deal = min(deals, key=lambda one: (one.created_at, one.deal_id))
        found.append(Step(deal.created_at, deal.precision, "sql", "", "", deal.deal_id))
        if deal.closed_at is not None:
            outcome = "won" if deal.is_won else "lost"
            closed_at = max(deal.closed_at, deal.created_at)
            # the CRM's own word comes first where both say the same in one second
            found.append(Step(closed_at, "exact", outcome, f"opportunity_{outcome}", "~", deal.deal_id))
    return ordered(found, rules)


def run_cycle(person: Person, number: int, instant: Instant, rules: Rules, as_of: datetime) -> Cycle:
    expiry_at = instant.at + rules.policy(person.segment).expiry
    cycle = Cycle(
        person.person_id,
        number,
        instant.at,
        instant.precision,
        "hand_raise" if instant.is_hand_raise else "threshold",
        instant.signal_id,
        instant.scoring_model,
        instant.grade,
    )
    taken: list[Step] = []
    for step in steps_of(person, instant.at, rules):
        if cycle.closed_at is None and cycle.accepted_at is None and step.at > expiry_at:
            break
        status = rules.statuses[step.status]
        taken.append(step)
        if status.is_accepted and cycle.accepted_at is None:
            cycle = replace(cycle, accepted_at=step.at, accepted_precision=step.precision)
        if step.deal_id and step.status == "sql":
            cycle = replace(cycle, deal_id=step.deal_id, deal_created_at=step.at)
        if status.is_outcome:
            rejected_at = step.at if cycle.accepted_at is None else None
            cycle = replace(
                cycle, closed_at=step.at, outcome=step.status, outcome_reason=step.reason, rejected_at=rejected_at
            )
            break
    if cycle.closed_at is None and cycle.accepted_at is None and expiry_at <= as_of:
        taken.append(Step(expiry_at, "exact", "expired", "not_accepted_in_time", ""))
        cycle = replace(cycle, closed_at=expiry_at, outcome="expired", outcome_reason="not_accepted_in_time")
    if cycle.closed_at is not None:  # what the CRM says of a closed cycle is kept, and judged like any transition
        seen = {(step.key, step.deal_id) for step in taken}
        taken += [s for s in steps_of(person, instant.at, rules) if not s.deal_id and (s.key, s.deal_id) not in seen]
    return replace(cycle, steps=tuple(taken))


def is_disqualified(person: Person, moment: datetime, rules: Rules) -> bool:
    """Whether sales had disqualified the person before then, and the CRM says nothing else up to then."""
    told = ordered([change for change in person.changes if change.at < moment], rules)
    said_now = {change.status for change in person.changes if change.at == moment}
    return bool(told) and told[-1].status == "disqualified" and said_now <= {"disqualified"}


def cycles_of(person: Person, rules: Rules, as_of: datetime) -> list[Cycle]:
    cycles: list[Cycle] = []
    policy = rules.policy(person.segment)
    for instant in sorted(person.instants, key=lambda one: one.at):
        if person.is_excluded(instant.at) or not (instant.is_hand_raise or instant.meets_threshold):
            continue
        if is_disqualified(person, instant.at, rules):
            continue
        if cycles:
            last = cycles[-1]
            if last.closed_at is None or instant.at <= last.closed_at:
                continue  # what qualifies in the second of the end came before it
            wait = policy.wake_up if last.outcome == "recycled" else policy.cool_down
            if not instant.is_hand_raise and instant.at < last.closed_at + wait:
                continue
        cycles.append(run_cycle(person, len(cycles) + 1, instant, rules, as_of))
    return cycles


def intervals_of(cycles: list[Cycle], rules: Rules) -> list[tuple[int, Interval]]:
    """The statuses of a person's cycles: a status told twice in a row is one, what held for no time is left out."""
    found: list[tuple[int, Interval]] = []
    for position, cycle in enumerate(cycles):
        end = cycles[position + 1].opened_at if position + 1 < len(cycles) else OPEN_END
        marks: list[tuple[str, datetime, bool]] = [("mql", cycle.opened_at, True)]
        for step in ordered([step for step in cycle.steps if step.at < end], rules):
            if step.status != marks[-1][0]:
                marks.append((step.status, step.at, (marks[-1][0], step.status) in rules.legal))
        untils = [at for _, at, _ in marks[1:]] + [end]
        found += [
            (cycle.number, Interval(status, at, until, legal))
            for (status, at, legal), until in zip(marks, untils, strict=True)
            if at < until
        ]
    return found
