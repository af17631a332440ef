"""Worlds that a readiness rule may go wrong in, made from a seed: many accounts, the rules they live under, and events
crowded on few instants, on windows' ends, on the first instants of versions and rule rows, and on the run's own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from oracles.readiness import (
    OPEN_END,
    SINCE_EVER,
    Account,
    ContactRole,
    Deal,
    Exclusion,
    Facts,
    Fit,
    Person,
    Points,
    Signal,
)
from oracles.readiness_seeds import Row, shipped_seeds

SEGMENTS = ("smb", "mid_market", "enterprise", "unknown")
FUNCTIONS = ("finance", "it", "engineering", "other", "unknown")
SENIORITIES = ("c_level", "director", "individual", "unknown")
ROLES = ("decision_maker", "champion", "user", "procurement", "unknown")
CONTACT_ROLES = ("Decision Maker", "economic buyer", "CHAMPION", "End User", "procurement", "no such role", None)
POINTS = tuple(map(Decimal, ("1", "2.5", "5", "7.77", "10", "15", "20", "40", "0.02", "0.05", "0", "-10")))
FIT_SCORES = tuple(map(Decimal, ("-20", "0", "44.99", "45", "45.01", "49.99", "50", "50.01", "75", "100")))
# What a criterion of the name measures; the marts show some of them in a column of their own.
MEASURES = {
    "account_fit": "account_fit",
    "engaged_people_30": "engaged_people",
    "engaged_people_90": "engaged_people",
    "engaged_functions": "engaged_functions",
    "decision_maker_engaged": "engaged_people",
    "buying_roles_covered": "buying_roles",
    "high_intent_signals": "high_intent_signals",
    "recency": "recency",
    "no_exclusion": "people_to_sell_to",
    "account_engagement": "account_engagement",
    "surge": "surge",
    "second_recency": "recency",
    "second_surge": "surge",
    "finance_engaged": "engaged_people",
    "silence": "engaged_people",
}
WINDOWED = {"engaged_people", "engaged_functions", "buying_roles", "high_intent_signals", "account_engagement"}
THRESHOLDS = {
    "engaged_people": ("1", "2", "3"),
    "engaged_functions": ("1", "2", "3"),
    "buying_roles": ("1", "2", "3"),
    "high_intent_signals": ("1", "2", "3"),
    "recency": ("0", "1", "3", "7", "14", "20"),
    "account_fit": ("0", "45", "50", "75"),
    "people_to_sell_to": ("1", "2", "3"),
    "account_engagement": ("5", "10", "17.5", "20", "25", "27.77", "40"),
    "surge": ("33.33", "50", "66.67", "100", "150", "200"),
}
BRACKETS = (
    (("0", "20", "1"), ("20", "40", "0.5"), ("40", "80", "0.25")),
    (("0", "10", "1"), ("10", "25", "0.33"), ("25", "40", "0.1")),
    (("0", "1000", "1"),),
    (("0", "7.77", "0.9"), ("7.77", "30", "0.9"), ("30", "31", "0")),
)


@dataclass
class World:
    """One set of rules and the accounts that live under it."""

    facts: Facts
    seeds: dict[str, list[Row]]


@dataclass
class Maker:
    """Draws one world."""

    seed: int
    accounts: int
    is_shipped: bool = False
    rng: random.Random = field(init=False)
    as_of: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        day = datetime(2026, 6, 30) - timedelta(days=self.rng.randrange(200))
        self.as_of = day + timedelta(seconds=self.rng.choice((0, 1, 64_800, 86_399)))
        self.days = 200 if self.is_shipped else 90
        self.turns = sorted(self._any_moment(is_whole=self.rng.random() < 0.5) for _ in range(3))

    def world(self) -> World:
        seeds = shipped_seeds() if self.is_shipped else self.rules()
        return World(self.facts([row["scoring_model"] for row in seeds["rule_scoring_models"]]), seeds)

    def one_in(self, number: float) -> bool:
        return self.rng.random() < 1 / number

    # --- rules ---------------------------------------------------------------------------------------------------

    def rules(self) -> dict[str, list[Row]]:
        shipped = shipped_seeds()
        names = self.rng.sample(sorted(MEASURES), self.rng.randint(5, 11))
        criteria = [row for name in names for row in self.criterion(name)]
        self.rng.shuffle(criteria)
        return {
            "rule_readiness_criteria": [
                {**row, "rule_id": f"R{number}", "sort_order": str(self.rng.randint(1, 9))}
                for number, row in enumerate(criteria)
            ],
            "rule_readiness_stages": self.stages(sorted({row["criterion"] for row in criteria})),
            "rule_readiness_returns": [
                {"return_id": f"RET{begins}", "from_points": begins, "until_points": ends, "share": share}
                for begins, ends, share in self.rng.choice(BRACKETS)
            ],
            "rule_buying_roles": [
                *shipped["rule_buying_roles"],
                {"contact_role": "no such role", "buying_role": "bystander"},
            ][: self.rng.choice((5, 99))],
            "rule_readiness_levels": shipped["rule_readiness_levels"],
            "rule_scoring_models": self.scoring_models(),
            "rule_titles": shipped["rule_titles"],
        }

    def scoring_models(self) -> list[Row]:
        """Versions one after the other, with or without a gap between, and drafts beside them."""
        ends = sorted(self.rng.sample(self.turns, self.rng.randint(0, 2)))
        starts = [moment + timedelta(days=self.rng.choice((0, 0, 0, 3))) for moment in ends]
        windows = list(zip(["", *map(str, starts)], [*map(str, ends), ""], strict=True))
        rows = [
            {"scoring_model": f"v{number}", "model_status": "active", "effective_from": begins, "effective_until": end}
            for number, (begins, end) in enumerate(windows)
            if not begins or not end or begins < end
        ]
        draft = {"model_status": "draft", "effective_from": self.rng.choice(("", str(self.turns[0])))}
        return [*rows, {**draft, "scoring_model": "draft", "effective_until": ""}]

    def criterion(self, name: str) -> list[Row]:
        """A criterion's rows: for any segment, for some, or both; each for ever or for a while."""
        segments = [segment for segment in SEGMENTS if self.one_in(4)]
        if self.one_in(1.2) or not segments:
            segments.append("")
        return [row for segment in segments for row in self.rows_of_segment(name, segment)]

    def rows_of_segment(self, name: str, segment: str) -> list[Row]:
        cuts = sorted(self.rng.sample(self.turns, self.rng.choice((0, 0, 0, 1, 2))))
        edges = ["", *map(str, cuts), ""]
        windows = list(pairwise(edges))
        kept = [window for window in windows if not self.one_in(4)] or windows
        rows = []
        for begins, ends in kept:
            row = self.asked(MEASURES[name], "at_most" if name == "silence" else None)
            rows.append(
                {**row, "criterion": name, "segment": segment, "effective_from": begins, "effective_until": ends}
            )
        return rows

    def asked(self, measure: str, met_when: str | None) -> dict[str, str]:
        usual = "at_most" if measure == "recency" else "at_least"
        unusual = "at_most"
        way = met_when or (unusual if self.one_in(8) else usual)
        threshold = Decimal(self.rng.choice(THRESHOLDS[measure]))
        grace = Decimal(self.rng.choice((0, 1, 2, 5))) if self.one_in(2) else None
        beyond = None if grace is None else threshold - grace if way == "at_least" else threshold + grace
        window = self.rng.choice((1, 2, 5, 7, 14, 30)) if measure in WINDOWED or measure == "surge" else None
        if measure in WINDOWED and self.one_in(8):
            window = None
        if measure == "recency" and self.one_in(4):
            window = self.rng.choice((2, 7, 30))
        baseline = str(self.rng.choice((1, 3, 7, 14, 40))) if measure == "surge" else ""
        is_filtered = measure not in ("account_fit", "people_to_sell_to") and self.one_in(3)
        return {
            "measure": measure,
            "met_when": way,
            "threshold": str(threshold),
            "exit_threshold": "" if beyond is None else str(beyond),
            "window_days": "" if window is None else str(window),
            "baseline_days": baseline,
            "min_history_days": str(self.rng.choice((0, 1, 7, 30))) if self.one_in(3) else "",
            "job_functions": self.some(FUNCTIONS) if is_filtered and self.one_in(2) else "",
            "seniorities": self.some(SENIORITIES) if is_filtered and self.one_in(3) else "",
            "buying_roles": self.some(ROLES[:-1]) if is_filtered and self.one_in(2) else "",
            "missing_text": self.rng.choice(("", "{actual} of {threshold} in {window_days}: no {missing_roles}")),
            "next_action": self.rng.choice(("account_research", "nurture_enrollment", "disqualify")),
        }

    def some(self, values: Sequence[str]) -> str:
        return "|".join(self.rng.sample(values, self.rng.randint(1, 2)))

    def stages(self, criteria: list[str]) -> list[Row]:
        names = ["target", "aware", "engaged", "ready", "opportunity", "customer"]
        if self.one_in(4):
            self.rng.shuffle(names)
        rows = [{"readiness_stage": "none", "stage_order": "0", "criterion": ""}]
        for order, name in enumerate(names, start=1):
            stage = {"readiness_stage": name, "stage_order": str(order * self.rng.choice((1, 10)) + order * 10)}
            if name in ("aware", "engaged", "ready"):
                wanted = self.rng.sample(criteria, min(len(criteria), self.rng.randint(1, 4)))
                rows += [{**stage, "criterion": criterion} for criterion in wanted]
            elif not self.one_in(10):
                rows.append({**stage, "criterion": ""})
        return rows

    # --- facts ---------------------------------------------------------------------------------------------------

    def _any_moment(self, is_whole: bool = False) -> datetime:
        seconds = self.rng.randrange(self.days * 86_400)
        moment = self.as_of - timedelta(seconds=seconds)
        return datetime(moment.year, moment.month, moment.day) if is_whole else moment

    def moment(self) -> datetime:
        """A crowded instant, an instant whole days before the run, or any."""
        if self.one_in(2.5):
            return self.rng.choice(self.crowded)
        if self.one_in(4):
            day = self.as_of - timedelta(days=self.rng.choice((0, 1, 2, 5, 7, 14, 15, 21, 22, 30, 60)))
            midnight = datetime(day.year, day.month, day.day)
            return min(self.as_of, self.rng.choice((day, midnight, midnight + timedelta(seconds=86_399))))
        return self._any_moment(is_whole=self.one_in(6))

    def facts(self, models: list[str]) -> Facts:
        self.models = models
        facts = Facts(self.as_of, ())
        number = 0
        while number < self.accounts:
            size = min(self.accounts - number, self.rng.choice((1, 1, 1, 1, 2, 3, 4, 6)))
            names = [f"A{self.rng.randrange(10**6):06d}-{number + member}" for member in range(size)]
            head = self.rng.choice(names)
            edge = self.rng.choice(self.turns)
            near = [edge, edge - timedelta(seconds=1), self.as_of, self.as_of - timedelta(seconds=1)]
            self.crowded = [self._any_moment() for _ in range(3)] + self.rng.sample(near, 2)
            for name in names:
                facts = self.with_account(facts, name, head)
            number += size
        return self.with_strangers(facts)

    def with_account(self, facts: Facts, name: str, head: str) -> Facts:
        created = self.rng.choice((None, SINCE_EVER + timedelta(days=40_000), self.moment(), self.moment()))
        deals = tuple(self.deal(name, f"{name}-D{number}") for number in range(self.rng.choice((0, 0, 0, 1, 2, 3))))
        wins = [deal.closed_at for deal in deals if deal.closed_at is not None and self.one_in(2)]
        account = Account(
            account_id=name,
            ultimate_parent_account_id=head,
            segment=self.rng.choice(SEGMENTS),
            employee_count=self.rng.choice((None, 10, 10, 500, 5_000)),
            created_at=created,
            customer_since=SINCE_EVER if self.one_in(30) else min(wins, default=None),
            is_target_account=self.one_in(4),
        )
        people = tuple(self.person(name, f"{name}-P{n}") for n in range(self.rng.choice((0, 1, 1, 2, 2, 3, 3, 4, 5))))
        facts = replace(
            facts,
            accounts=(*facts.accounts, account),
            deals=(*facts.deals, *deals),
        )
        is_excluded = self.rng.choice((8, 8, 8, 3, 1))
        for person in people:
            facts = self.with_person(facts, person, is_excluded)
            for deal in deals:
                if self.one_in(3):
                    role = ContactRole(deal.opportunity_id, person.person_id, self.rng.choice(CONTACT_ROLES))
                    facts = replace(facts, contact_roles=(*facts.contact_roles, role))
        return facts

    def with_strangers(self, facts: Facts) -> Facts:
        """People of no account, also on deals, and a deal of nobody."""
        for number in range(3):
            person = replace(self.person("", f"stranger-{number}"), account_id=None)
            facts = self.with_person(facts, person, 8)
            for deal in facts.deals[:2]:
                role = ContactRole(deal.opportunity_id, person.person_id, "champion")
                facts = replace(facts, contact_roles=(*facts.contact_roles, role))
        lost = replace(self.deal("", "nobodys-deal"), account_id=None)
        return replace(facts, deals=(*facts.deals, lost))

    def person(self, account: str, name: str) -> Person:
        later = self.as_of + timedelta(days=1)
        created = self.rng.choice((None, SINCE_EVER, *(self.moment() for _ in range(5)), later))
        return Person(
            name,
            account,
            created,
            self.rng.choice(FUNCTIONS),
            self.rng.choice(SENIORITIES),
            self.rng.choice(ROLES),
        )

    def with_person(self, facts: Facts, person: Person, is_excluded: int) -> Facts:
        exclusions = [
            Exclusion(person.person_id, self.rng.choice((SINCE_EVER, self.moment(), self.moment())))
            for _ in range(self.rng.choice((1, 1, 2)))
            if self.one_in(is_excluded)
        ]
        signals = [
            Signal(
                f"{person.person_id}-S{number}",
                person.person_id,
                self.moment(),
                is_hand_raise=self.one_in(8),
                is_counted=not self.one_in(12),
            )
            for number in range(self.rng.choice((0, 0, 1, 1, 2, 3, 4, 7)))
        ]
        points = [
            Points(signal.signal_id, model, self.rng.choice(("high_intent", "web", "web", "email")), given)
            for signal in signals
            for model in self.models
            if not self.one_in(3)
            for given in self.rng.sample(POINTS, self.rng.choice((1, 1, 2)))
        ]
        fits = [fit for model in self.models if not self.one_in(8) for fit in self.fits(person.person_id, model)]
        return replace(
            facts,
            people=(*facts.people, person),
            exclusions=(*facts.exclusions, *exclusions),
            signals=(*facts.signals, *signals),
            points=(*facts.points, *points),
            fits=(*facts.fits, *fits),
        )

    def fits(self, person: str, model: str) -> list[Fit]:
        cuts = sorted({self.moment() for _ in range(self.rng.choice((0, 0, 1, 2)))})
        edges = [SINCE_EVER, *cuts, OPEN_END]
        return [
            Fit(person, model, begins, ends, self.rng.choice(FIT_SCORES))
            for begins, ends in pairwise(edges)
            if begins < ends
        ]

    def deal(self, account: str, name: str) -> Deal:
        created = None if self.one_in(15) else self.moment()
        if self.one_in(2):
            return Deal(name, account, created)
        if self.one_in(12):
            return Deal(name, account, created, is_closed=True)
        closed = created if created is not None and self.one_in(4) else self.moment()
        return Deal(name, account, created, is_closed=True, closed_at=max(closed, created or closed))
