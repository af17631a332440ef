"""MQL cycles and their statuses in plain Python, from the definitions and the rule seeds; no SQL of the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

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
class UnitRule:
    """Who qualifies where it is the first to apply, and the worst bands of who takes part in a ready account."""

    segment: str
    min_deal_amount: Decimal | None
    min_known_people: int | None
    unit: str
    min_fit_band: str
    min_engagement_band: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Rules:
    statuses: dict[str, Status]
    status_map: dict[str, tuple[str, str]]  # CRM status in lower case: our status, the reason of an outcome
    legal: frozenset[tuple[str, str]]
    policies: tuple[CyclePolicy, ...]
    units: tuple[UnitRule, ...]

    def policy(self, segment: str) -> CyclePolicy:
        return next(policy for policy in self.policies if policy.segment in ("", segment))


@dataclass(frozen=True)
class Score:
    scoring_model: str
    fit_band: str
    engagement_band: str
    engagement: Decimal

    @property
    def grade(self) -> str:
        return self.fit_band + self.engagement_band

    @property
    def is_excluded(self) -> bool:
        return self.fit_band == "X"


@dataclass(frozen=True)
class Instant:
    """A moment at which somebody may qualify: its signal, and what they scored then."""

    at: datetime
    precision: str
    signal_id: str | None
    is_hand_raise: bool
    meets_threshold: bool
    score: Score


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
    known_from: datetime | None = None
    is_reachable: bool = True
    scores_when_ready: Mapping[datetime, Score] = field(default_factory=dict)

    def is_excluded(self, moment: datetime) -> bool:
        return any(since <= moment for since in self.excluded_from)


@dataclass(frozen=True)
class Ready:
    """A time in which an account is ready, and the committee that made it so."""

    since: datetime
    until: datetime
    precision: str
    evidence: str | None


@dataclass(frozen=True)
class Account:
    """An account as matched now: when it was ready, the amounts told of its deals, everybody known of it."""

    ready: tuple[Ready, ...]
    amounts: tuple[tuple[datetime, Decimal], ...]
    people: tuple[Person, ...]


NO_ACCOUNT = Account((), (), ())


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
    signal_id: str | None
    evidence: str | None
    scoring_model: str | None
    grade: str | None
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


@dataclass(frozen=True)
class Entry:
    """Why a cycle opens."""

    reason: str
    evidence: str | None = None


def run_cycle(person: Person, number: int, instant: Instant, entry: Entry, rules: Rules, as_of: datetime) -> Cycle:
    expiry_at = instant.at + rules.policy(person.segment).expiry
    cycle = Cycle(
        person.person_id,
        number,
        instant.at,
        instant.precision,
        entry.reason,
        instant.signal_id,
        entry.evidence,
        instant.score.scoring_model,
        instant.score.grade,
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


def unit_rule(person: Person, account: Account, moment: datetime, rules: Rules) -> UnitRule | None:
    """The first unit rule that applies to somebody of an account then; None where nobody asks it."""
    if account is NO_ACCOUNT:
        return None
    known = sum(1 for one in account.people if one.known_from is not None and one.known_from <= moment)
    largest = max((amount for told_at, amount in account.amounts if told_at <= moment), default=None)
    for rule in rules.units:
        if not rule.since <= moment < rule.until or rule.segment not in ("", person.segment):
            continue
        if rule.min_known_people is not None and known < rule.min_known_people:
            continue
        if rule.min_deal_amount is not None and (largest is None or largest < rule.min_deal_amount):
            continue
        return rule
    return None


def takes_part(rule: UnitRule | None, score: Score) -> bool:
    """Bands are named from the best on: A before D, 1 before 4."""
    return (
        rule is not None
        and (not rule.min_fit_band or score.fit_band in "ABCD"[: "ABCD".index(rule.min_fit_band) + 1])
        and (not rule.min_engagement_band or int(score.engagement_band) <= int(rule.min_engagement_band))
    )


def own_entry(person: Person, account: Account, instant: Instant, rules: Rules) -> Entry | None:
    """Why an instant of their own qualifies a person, if it does."""
    if instant.score.is_excluded or person.is_excluded(instant.at) or is_disqualified(person, instant.at, rules):
        return None
    if instant.is_hand_raise:
        return Entry("hand_raise")
    rule = unit_rule(person, account, instant.at, rules)
    if instant.meets_threshold and (rule is None or rule.unit == "person"):
        return Entry("threshold")
    for ready in account.ready:  # in the second in which it became so, the account itself chooses
        if ready.since < instant.at < ready.until and takes_part(rule, instant.score):
            return Entry("account_ready", ready.evidence)
    return None


def may_open(person: Person, cycles: list[Cycle], moment: datetime, is_hand_raise: bool, rules: Rules) -> bool:
    """No cycle is open, and what follows the last one's end is over; a hand-raise waits for nothing but the end."""
    if not cycles:
        return True
    last = cycles[-1]
    if last.closed_at is None or moment <= last.closed_at:
        return False  # what qualifies in the second of the end came before it
    policy = rules.policy(person.segment)
    wait = policy.wake_up if last.outcome == "recycled" else policy.cool_down
    return is_hand_raise or moment >= last.closed_at + wait


def handed_over(
    account: Account, moment: datetime, cycles: Mapping[str, list[Cycle]], rules: Rules
) -> tuple[Person, Score] | None:
    """The most engaged of those whom an account that becomes ready may hand over; of equals the smallest id."""
    able = []
    for person in account.people:
        if person.known_from is None or person.known_from > moment or not person.is_reachable:
            continue
        score = person.scores_when_ready[moment]
        if score.is_excluded or person.is_excluded(moment) or is_disqualified(person, moment, rules):
            continue
        rule = unit_rule(person, account, moment, rules)
        if takes_part(rule, score) and may_open(person, cycles[person.person_id], moment, False, rules):
            able.append((-score.engagement, person.person_id, person, score))
    return min(able, key=lambda one: one[:2])[2:] if able else None


def cycles_of(account: Account, people: Iterable[Person], rules: Rules, as_of: datetime) -> dict[str, list[Cycle]]:
    """Everybody's cycles, by living through the account's time: own instants of a second before its becoming ready."""
    cycles: dict[str, list[Cycle]] = {person.person_id: [] for person in people}
    own: dict[datetime, list[tuple[Person, Instant]]] = {}
    for person in people:
        for instant in person.instants:
            own.setdefault(instant.at, []).append((person, instant))
    became_ready = {ready.since: ready for ready in account.ready if ready.since <= as_of}
    for moment in sorted(own.keys() | became_ready.keys()):
        for person, instant in own.get(moment, []):
            mine = cycles[person.person_id]
            entry = own_entry(person, account, instant, rules)
            if entry and may_open(person, mine, moment, instant.is_hand_raise, rules):
                mine.append(run_cycle(person, len(mine) + 1, instant, entry, rules, as_of))
        ready = became_ready.get(moment)
        chosen = handed_over(account, moment, cycles, rules) if ready else None
        if ready and chosen:
            person, score = chosen
            mine = cycles[person.person_id]
            instant = Instant(moment, ready.precision, None, False, False, score)
            entry = Entry("account_ready", ready.evidence)
            mine.append(run_cycle(person, len(mine) + 1, instant, entry, rules, as_of))
    return cycles


def intervals_of(cycles: list[Cycle], rules: Rules) -> list[tuple[int, Interval]]:
    """The statuses of a person's cycles, each until the next one opens."""
    found: list[tuple[int, Interval]] = []
    for position, cycle in enumerate(cycles):
        end = cycles[position + 1].opened_at if position + 1 < len(cycles) else OPEN_END
        found += [(cycle.number, interval) for interval in intervals_until(cycle, end, rules)]
    return found


def intervals_until(cycle: Cycle, end: datetime, rules: Rules) -> list[Interval]:
    """The statuses of one cycle: a status told twice in a row is one, what held for no time is left out."""
    marks: list[tuple[str, datetime, bool]] = [("mql", cycle.opened_at, True)]
    for step in ordered([step for step in cycle.steps if step.at < end], rules):
        if step.status != marks[-1][0]:
            marks.append((step.status, step.at, (marks[-1][0], step.status) in rules.legal))
    untils = [at for _, at, _ in marks[1:]] + [end]
    return [
        Interval(status, at, until, legal)
        for (status, at, legal), until in zip(marks, untils, strict=True)
        if at < until
    ]
