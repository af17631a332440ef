"""The lead score as semantics define it, in 50-digit decimal arithmetic: one person, one instant, one sum at a time.

History is found by looking at every instant at which anything can change: each signal, each attribute change, each
version and each midnight. Slow and plain on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal, localcontext
from functools import cache

DIGITS = 50
OPEN_END = datetime(9999, 12, 31)
SINCE_EVER = datetime(1900, 1, 1)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
HUNDRED = Decimal(100)
NOTHING = Decimal(0)
GUARD = Decimal("0.000001")


@dataclass(frozen=True)
class Version:
    name: str
    status: str
    begins: datetime = SINCE_EVER
    ends: datetime = OPEN_END

    def judges(self, moment: datetime) -> bool:
        """A draft looks at all of history, an active version at its own window."""
        return self.status == "draft" or self.begins <= moment < self.ends


@dataclass(frozen=True)
class Group:
    version: str
    name: str
    kind: str
    floor: Decimal | None = None
    cap: Decimal | None = None
    half_life: Decimal | None = None

    def held(self, points: Decimal) -> Decimal:
        return held(points, self.floor, self.cap)


@dataclass(frozen=True)
class Condition:
    attribute: str
    operator: str
    value: str = ""

    def holds(self, text: str | None) -> bool:
        if self.operator == "is_missing":
            return text is None
        if text is None:
            return False
        if self.operator == "equals":
            return text.lower() == self.value.lower()
        if self.operator == "in":
            return text.lower() in self.value.lower().split("|")
        if self.operator == "at_least":
            return Decimal(text) >= Decimal(self.value)
        if self.operator == "below":
            return Decimal(text) < Decimal(self.value)
        raise ValueError(self.operator)


@dataclass(frozen=True)
class FitRule:
    version: str
    rule_id: str
    group: str
    points: Decimal
    condition: Condition


@dataclass(frozen=True)
class EngagementRule:
    version: str
    rule_id: str
    group: str
    points: Decimal
    signal_name: str
    decay: str
    decay_days: int | None = None
    look_back_days: int | None = None
    daily_cap: int | None = None


@dataclass(frozen=True)
class Exclusion:
    rule_id: str
    condition: Condition
    begins: datetime = SINCE_EVER
    ends: datetime = OPEN_END


@dataclass(frozen=True)
class Rules:
    versions: Sequence[Version]
    groups: Sequence[Group]
    fit: Sequence[FitRule]
    engagement: Sequence[EngagementRule]
    bands: Mapping[tuple[str, str], Sequence[tuple[str, Decimal]]]  # (version, kind) → (band, lowest score)
    qualifying: frozenset[tuple[str, str]]  # (version, grade)
    exclusions: Sequence[Exclusion] = ()

    def band(self, version: str, kind: str, score: Decimal) -> str:
        fitting = [(lowest, band) for band, lowest in self.bands[(version, kind)] if score >= lowest]
        return max(fitting)[1]


@dataclass(frozen=True)
class Signal:
    signal_id: str
    name: str
    occurred_at: datetime
    asset: str | None = None


@dataclass(frozen=True)
class Person:
    """attributes: name → what it was, from when on; the first from ever."""

    person_id: str
    created_at: datetime | None
    attributes: Mapping[str, Sequence[tuple[datetime, str | None]]]
    signals: Sequence[Signal] = field(default_factory=tuple)

    def attribute(self, name: str, moment: datetime) -> str | None:
        known = [value for begins, value in self.attributes.get(name, ()) if begins <= moment]
        return known[-1] if known else None


@dataclass(frozen=True)
class Standing:
    """What is said of a person at an instant by one version."""

    fit_score: Decimal
    fit_band: str
    engagement_score: Decimal
    engagement_band: str
    meets_threshold: bool

    @property
    def grade(self) -> str:
        return self.fit_band + self.engagement_band


@dataclass(frozen=True)
class Interval:
    valid_from: datetime
    valid_until: datetime
    standing: Standing


def held(points: Decimal, floor: Decimal | None, cap: Decimal | None) -> Decimal:
    if floor is not None and points < floor:
        return floor
    if cap is not None and points > cap:
        return cap
    return points


def quantised(score: Decimal) -> Decimal:
    """floor(100 x + 0.5 + 1e-6) / 100."""
    cents = (HUNDRED * score + Decimal("0.5") + GUARD).to_integral_value(rounding=ROUND_FLOOR)
    return (cents / HUNDRED).quantize(Decimal("0.01"))


@cache
def half_life_weight(age: int, half_life: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = DIGITS
        return Decimal("0.5") ** (Decimal(age) / half_life)


def weight(rule: EngagementRule, half_life: Decimal | None, age: int) -> Decimal:
    """What is left of a rule's points after whole days."""
    if rule.look_back_days is not None and age >= rule.look_back_days:
        return NOTHING
    if rule.decay_days is not None and rule.decay in ("expire", "linear") and age >= rule.decay_days:
        return NOTHING
    if rule.decay == "linear" and rule.decay_days is not None:
        return 1 - Decimal(age) / Decimal(rule.decay_days)
    if rule.decay == "half_life" and half_life is not None:
        return half_life_weight(age, half_life)
    return Decimal(1)


class Scored:
    """One person under one version."""

    def __init__(self, rules: Rules, version: Version, person: Person) -> None:
        self.rules, self.version, self.person = rules, version, person
        self.groups = {group.name: group for group in rules.groups if group.version == version.name}
        self.fit_rules = [rule for rule in rules.fit if rule.version == version.name]
        self.earned = sorted(self._earned(), key=lambda entry: entry[0].occurred_at)
        self.fit_known: dict[tuple[datetime, ...], tuple[Decimal, str]] = {}

    def _earned(self) -> Iterator[tuple[Signal, EngagementRule]]:
        """Signals with the rules that count them: of one day, rule and asset the first ones up to the cap."""
        for rule in self.rules.engagement:
            if rule.version != self.version.name:
                continue
            counted: dict[object, int] = defaultdict(int)
            for signal in sorted(self.person.signals, key=lambda one: (one.occurred_at, one.signal_id)):
                if signal.name == rule.signal_name:
                    key = (signal.occurred_at.date(), signal.asset)
                    counted[key] += 1
                    if rule.daily_cap is None or counted[key] <= rule.daily_cap:
                        yield signal, rule

    def engagement(self, moment: datetime) -> Decimal:
        sums: dict[str, Decimal] = {name: NOTHING for name, group in self.groups.items() if group.kind == "engagement"}
        today = moment.date().toordinal()
        for signal, rule in self.earned:
            if signal.occurred_at > moment:
                break
            age = today - signal.occurred_at.date().toordinal()
            sums[rule.group] += rule.points * weight(rule, self.groups[rule.group].half_life, age)
        total = sum((self.groups[name].held(points) for name, points in sums.items()), NOTHING)
        return quantised(held(total, NOTHING, HUNDRED))

    def fit(self, moment: datetime) -> Decimal:
        sums: dict[str, Decimal] = {name: NOTHING for name, group in self.groups.items() if group.kind == "fit"}
        for rule in self.fit_rules:
            if rule.condition.holds(self.person.attribute(rule.condition.attribute, moment)):
                sums[rule.group] += rule.points
        total = sum((self.groups[name].held(points) for name, points in sums.items()), NOTHING)
        return quantised(held(total, -HUNDRED, HUNDRED))

    def is_excluded(self, moment: datetime) -> bool:
        return any(
            rule.begins <= moment < rule.ends
            and rule.condition.holds(self.person.attribute(rule.condition.attribute, moment))
            for rule in self.rules.exclusions
        )

    def standing(self, moment: datetime) -> Standing:
        name = self.version.name
        fit, engagement = self.fit(moment), self.engagement(moment)
        fit_band = "X" if self.is_excluded(moment) else self.rules.band(name, "fit", fit)
        engagement_band = self.rules.band(name, "engagement", engagement)
        meets = (name, fit_band + engagement_band) in self.rules.qualifying
        return Standing(fit, fit_band, engagement, engagement_band, meets)

    def history(self, as_of: datetime) -> list[Interval]:
        """A row where a score rises, or a band, the grade or the threshold changes."""
        is_draft = self.version.status == "draft"
        begins = max(first_known(self.person, as_of), SINCE_EVER if is_draft else self.version.begins)
        ends = OPEN_END if is_draft else self.version.ends
        last = min(as_of, ends - TICK)
        kept: list[tuple[datetime, Standing]] = []
        before: Standing | None = None
        for moment in self._moments(begins, last):
            now = self.standing(moment)
            if before is None or is_told(before, now):
                kept.append((moment, now))
            before = now
        if not kept:
            return []
        stops = [moment for moment, _ in kept[1:]] + [ends if ends <= as_of else OPEN_END]
        return [Interval(moment, stop, now) for (moment, now), stop in zip(kept, stops, strict=True)]

    def instants(self, as_of: datetime, hand_raises: Collection[str]) -> dict[datetime, Standing]:
        """Where they stand at each instant that may qualify them: a signal that earns, a hand-raise, a change of an
        attribute that raises their fit or ends what excluded them."""
        found = {signal.occurred_at for signal, rule in self.earned if rule.points > 0}
        found.update(signal.occurred_at for signal in self.person.signals if signal.name in hand_raises)
        for steps in self.person.attributes.values():
            found.update(moment for moment, _ in steps if moment > SINCE_EVER and self._rises(moment))
        known = first_known(self.person, as_of)
        return {
            moment: self.standing(moment)
            for moment in sorted(found)
            if known <= moment <= as_of and self.version.judges(moment)
        }

    def _rises(self, moment: datetime) -> bool:
        before = moment - TICK
        is_freed = self.is_excluded(before) and not self.is_excluded(moment)
        is_time_passing = moment in {rule.ends for rule in self.rules.exclusions}
        return self.fit(moment) > self.fit(before) or (is_freed and not is_time_passing)

    def _moments(self, begins: datetime, last: datetime) -> list[datetime]:
        if begins > last:
            return []
        found = {begins}
        found.update(signal.occurred_at for signal in self.person.signals)
        found.update(moment for steps in self.person.attributes.values() for moment, _ in steps)
        found.update(moment for rule in self.rules.exclusions for moment in (rule.begins, rule.ends))
        midnight = datetime(begins.year, begins.month, begins.day) + DAY
        while midnight <= last:
            found.add(midnight)
            midnight += DAY
        return sorted(moment for moment in found if begins <= moment <= last)


def is_told(before: Standing, now: Standing) -> bool:
    return (
        now.engagement_score > before.engagement_score
        or now.fit_score > before.fit_score
        or now.fit_band != before.fit_band
        or now.engagement_band != before.engagement_band
        or now.meets_threshold != before.meets_threshold
    )


def first_known(person: Person, as_of: datetime) -> datetime:
    """When they were created or first did something; of whom neither is known is known from the run on."""
    moments = [signal.occurred_at for signal in person.signals] + [as_of]
    if person.created_at is not None:
        moments.append(person.created_at)
    return min(moments)


def told_of(rules: Rules, people: Iterable[Person], as_of: datetime) -> dict[tuple[str, str], list[Interval]]:
    """(person, version) → its history, where it has any."""
    with localcontext() as context:
        context.prec = DIGITS
        found = {
            (person.person_id, version.name): Scored(rules, version, person).history(as_of)
            for person in people
            for version in rules.versions
        }
        return {key: intervals for key, intervals in found.items() if intervals}


def instants_of(
    rules: Rules, people: Iterable[Person], as_of: datetime, hand_raises: Collection[str]
) -> dict[tuple[str, str], dict[datetime, Standing]]:
    """(person, version) → where they stood at each instant that may qualify them."""
    with localcontext() as context:
        context.prec = DIGITS
        return {
            (person.person_id, version.name): Scored(rules, version, person).instants(as_of, hand_raises)
            for person in people
            for version in rules.versions
        }


def standing_of(rules: Rules, people: Iterable[Person], as_of: datetime) -> dict[tuple[str, str], Standing]:
    """(person, version) → where they stand, by the version in force and every draft."""
    with localcontext() as context:
        context.prec = DIGITS
        return {
            (person.person_id, version.name): Scored(rules, version, person).standing(as_of)
            for person in people
            for version in rules.versions
            if version.judges(as_of)
        }
