"""Scoring rules and people made by chance, with what breaks scores: ties, same seconds, midnights, exact half-lives,
points of a hundredth, negatives that expire, caps and floors that bite, versions that change in between."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from oracles.scoring import (
    OPEN_END,
    SINCE_EVER,
    Condition,
    EngagementRule,
    Exclusion,
    FitRule,
    Group,
    Person,
    Rules,
    Signal,
    Version,
)

SIGNALS = ["demo", "pricing", "page", "webinar", "unsubscribed", "bounced", "unheard_of"]
NEGATIVE = {"unsubscribed", "bounced"}
HALF_LIVES = ["1", "2", "3.5", "7", "10", "30", "45"]
POINTS = ["0.01", "0.03", "1", "2.5", "5", "12.25", "20", "33.33", "40", "60", "100"]
FLOORS = [None, None, "0", "-5", "-40", "3"]
CAPS = [None, None, "10", "25.5", "40", "80", "0"]
COUNTRIES = ["US", "DE", "FR", None]
INDUSTRIES = ["Software", "Banking", "Agriculture", None]
SIZES = ["5", "250", "4000", None]
TITLES = ["VP Sales", "Engineer", "Student", None]
SENIORITY = {"VP Sales": "vp", "Engineer": "individual", "Student": "student"}
SEGMENTS = [(1000, "enterprise"), (100, "mid_market"), (1, "smb")]
ACCOUNTS = ["a0", "a1", "a2", "a3"]
STEPS = [
    *[timedelta(0)] * 3,
    timedelta(microseconds=1),
    *[timedelta(seconds=1)] * 2,
    timedelta(hours=5),
    timedelta(hours=24) - timedelta(seconds=1),
    *[timedelta(days=days) for days in (1, 1, 2, 3, 7, 10, 14, 30, 45)],
]


Steps = Mapping[str, Sequence[tuple[datetime, str | None]]]


@dataclass(frozen=True)
class World:
    """records and accounts: id → field → what it was, from when on, also after as_of; the last is the record's own."""

    rules: Rules
    people: Sequence[Person]
    as_of: datetime
    accounts: Mapping[str, Steps] = field(default_factory=dict)
    records: Mapping[str, Steps] = field(default_factory=dict)
    account_of: Mapping[str, str | None] = field(default_factory=dict)
    hand_raises: frozenset[str] = frozenset({"demo"})


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.as_of = datetime(2026, 3, 1) + timedelta(days=self.random.randrange(60))
        if self.random.random() < 0.7:  # else a midnight exactly
            self.as_of += timedelta(seconds=self.random.randrange(86400))

    def world(self, people: int) -> World:
        rules = self.rules()
        accounts = {name: self.account_fields() for name in ACCOUNTS}
        account_of: dict[str, str | None] = {}
        records: dict[str, Steps] = {}
        made_people = []
        for number in range(people):
            name = f"p{number}"
            account_of[name] = self.random.choice([None, *ACCOUNTS])
            records[name] = self.record_fields()
            attributes = seen_by_rules(records[name], accounts.get(account_of[name] or "", {}))
            made_people.append(self.person(number, attributes))
        return World(rules, made_people, self.as_of, accounts, records, account_of)

    def steps(self, values: Sequence[str | None]) -> list[tuple[datetime, str | None]]:
        """What a field was; often always the same, sometimes changed twice in one second, sometimes after as_of."""
        steps = [(SINCE_EVER, self.random.choice(values))]
        for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 4])):
            moment = self.moment(150)
            if self.random.random() < 0.15:
                moment = self.as_of + timedelta(seconds=self.random.choice([0, 1, 100000]))
            if self.random.random() < 0.2:
                moment = steps[-1][0]
            steps.append((max(moment, steps[-1][0]), self.random.choice(values)))
        return [step for step in steps if step[0] > SINCE_EVER or step is steps[0]]

    def record_fields(self) -> Steps:
        return {
            "country": self.steps(COUNTRIES),
            "industry": self.steps(INDUSTRIES),
            "employee_count": self.steps(SIZES),
            "job_title": self.steps(TITLES),
        }

    def account_fields(self) -> Steps:
        return {"industry": self.steps(INDUSTRIES), "employee_count": self.steps(SIZES)}

    def maybe(self, values: Sequence[str | None]) -> Decimal | None:
        chosen = self.random.choice(values)
        return None if chosen is None else Decimal(chosen)

    def moment(self, days_back: int) -> datetime:
        moment = self.as_of - timedelta(seconds=self.random.randrange(days_back * 86400 + 1))
        if self.random.random() < 0.4:
            return datetime(moment.year, moment.month, moment.day)
        return moment.replace(microsecond=self.random.choice([0, 0, 1, 999999]))

    def rules(self) -> Rules:
        changes = sorted(self.moment(150) for _ in range(self.random.choice([0, 1, 1, 2])))
        begins, ends = [SINCE_EVER, *changes], [*changes, OPEN_END]
        versions = [
            Version(f"v{number}", "active", *window)
            for number, window in enumerate(zip(begins, ends, strict=True))
            if window[0] < window[1]
        ]
        if self.random.random() < 0.3:  # known already when the next version comes
            later = self.as_of + timedelta(days=30)
            versions[-1] = replace(versions[-1], ends=later)
            versions.append(Version("v-later", "active", later, OPEN_END))
        versions.append(Version("draft", "draft"))
        groups: list[Group] = []
        engagement: list[EngagementRule] = []
        fit: list[FitRule] = []
        bands: dict[tuple[str, str], list[tuple[str, Decimal]]] = {}
        for version in versions:
            made = [self.group(version.name, f"g{number}") for number in range(self.random.randint(1, 6))]
            groups += made
            engagement += [
                self.engagement_rule(version.name, number, self.random.choice(made))
                for number in range(self.random.randint(1, 9))
            ]
            fit_groups = [
                Group(version.name, f"f{number}", "fit", self.maybe(FLOORS), self.maybe(CAPS)) for number in range(3)
            ]
            fit_groups = [in_order(group) for group in fit_groups]
            groups += fit_groups
            fit += [
                FitRule(version.name, f"FIT-{number}", self.random.choice(fit_groups).name, self.points(), condition)
                for number, condition in enumerate(self.conditions(self.random.randint(1, 6)))
            ]
            bands[(version.name, "fit")] = self.bands("DCBA", -100)
            bands[(version.name, "engagement")] = self.bands("4321", 0)
        qualifying = {
            (version.name, fit_band + band)
            for version in versions
            for fit_band in "ABCD"
            for band in "1234"
            if self.random.random() < 0.4
        }
        exclusions = [
            Exclusion(f"X{number}", condition, *self.random.choice([(SINCE_EVER, OPEN_END), self.window()]))
            for number, condition in enumerate(self.conditions(self.random.choice([0, 1, 2])))
        ]
        return Rules(versions, groups, fit, engagement, bands, frozenset(qualifying), exclusions)

    def window(self) -> tuple[datetime, datetime]:
        begins = self.moment(100)
        return begins, begins + timedelta(days=self.random.choice([1, 20, 4000]))

    def bands(self, names: str, lowest: int) -> list[tuple[str, Decimal]]:
        cuts = sorted(self.random.sample(range(1, 9000), 3))
        return list(zip(names, [Decimal(lowest), *(Decimal(cut) / 100 for cut in cuts)], strict=True))

    def group(self, version: str, name: str) -> Group:
        half_life = self.maybe([None, *HALF_LIVES])
        return in_order(Group(version, name, "engagement", self.maybe(FLOORS), self.maybe(CAPS), half_life))

    def points(self) -> Decimal:
        """Either way."""
        points = Decimal(self.random.choice(POINTS))
        return -points if self.random.random() < 0.4 else points

    def engagement_rule(self, version: str, number: int, group: Group) -> EngagementRule:
        signal = self.random.choice(SIGNALS)
        points = Decimal(self.random.choice(POINTS))
        decay = self.random.choice(["half_life"] * 3 + ["linear", "expire", "none"])
        if signal in NEGATIVE:
            points, decay = -points, "expire"
        if self.random.random() < 0.05:
            points = Decimal(0)
        days = self.random.choice([1, 2, 7, 30, 90]) if decay in ("linear", "expire") else None
        return EngagementRule(
            version,
            f"ENG-{number}",
            group.name,
            points,
            signal,
            decay,
            days,
            self.random.choice([None, None, 1, 10, 30, 60]),
            self.random.choice([None, None, 1, 2]),
        )

    def conditions(self, count: int) -> list[Condition]:
        return [
            self.random.choice(
                [
                    Condition("country", "equals", "us"),
                    Condition("country", "in", "DE|FR"),
                    Condition("country", "is_missing"),
                    Condition("industry", "equals", "Software"),
                    Condition("industry", "in", "banking|agriculture"),
                    Condition("employee_count", "at_least", "250"),
                    Condition("employee_count", "below", "1000"),
                    Condition("seniority", "in", "vp|c_level"),
                    Condition("seniority", "equals", "student"),
                    Condition("segment", "in", "enterprise|mid_market"),
                    Condition("segment", "equals", "unknown"),
                    Condition("account_industry", "equals", "Banking"),
                    Condition("account_industry", "is_missing"),
                ]
            )
            for _ in range(count)
        ]

    def person(self, number: int, attributes: Steps) -> Person:
        moment = self.moment(self.random.choice([3, 20, 90, 160]))
        signals = []
        for index in range(self.random.choice([0, 1, 2, 4, 8, 14])):
            moment += self.random.choice(STEPS)
            if moment > self.as_of:
                break
            signals.append(
                Signal(
                    f"{number}-{self.random.randrange(10**6):06d}-{index}",
                    self.random.choice(SIGNALS),
                    moment,
                    self.random.choice([None, "/a", "/b"]),
                )
            )
        self.random.shuffle(signals)
        created_at = self.random.choice([None, self.moment(170), moment])
        return Person(f"p{number}", created_at, attributes, tuple(signals))


def value_at(steps: Sequence[tuple[datetime, str | None]], moment: datetime) -> str | None:
    known = [value for begins, value in steps if begins <= moment]
    return known[-1] if known else None


def seen_by_rules(record: Steps, account: Steps) -> Steps:
    """What rules may ask about: the record's fields, its account's, and what is derived from them."""
    seen = dict(record)
    seen["seniority"] = [
        (moment, SENIORITY.get(title, "unknown") if title else "unknown") for moment, title in record["job_title"]
    ]
    seen["account_industry"] = account.get("industry", [(SINCE_EVER, None)])
    sizes = account.get("employee_count", [])
    moments = sorted({moment for moment, _ in [*sizes, *record["employee_count"]]})
    seen["segment"] = [
        (moment, segment(value_at(sizes, moment) or value_at(record["employee_count"], moment))) for moment in moments
    ]
    return seen


def segment(size: str | None) -> str:
    if size is None:
        return "unknown"
    return next(name for least, name in SEGMENTS if int(size) >= least)


def in_order(group: Group) -> Group:
    """A group whose floor is not above its cap."""
    if group.floor is not None and group.cap is not None and group.floor > group.cap:
        return replace(group, floor=group.cap, cap=group.floor)
    return group


def made(seed: int, people: int) -> World:
    return Maker(seed).world(people)
