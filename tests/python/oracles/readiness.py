"""How ready accounts and families are: the entry of 2026-11-26 in docs/decisions, in plain Python.

Nothing is kept running. A unit (an account, or a family of accounts) is judged from all that is known of it at every
instant at which anything about it may change; what a judgement was before is remembered only where the definition says
so, between an entry and an exit threshold. Numbers are exact: Decimal and Fraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

SINCE_EVER = datetime(1900, 1, 1)
OPEN_END = datetime(9999, 12, 31)
DAY = timedelta(days=1)
GUARD = Fraction(1, 1_000_000)


@dataclass(frozen=True)
class Account:
    account_id: str
    ultimate_parent_account_id: str
    segment: str = "unknown"
    employee_count: int | None = None
    created_at: datetime | None = None
    customer_since: datetime | None = None
    is_target_account: bool = False


@dataclass(frozen=True)
class Person:
    person_id: str
    account_id: str | None
    created_at: datetime | None = None
    job_function: str = "unknown"
    seniority: str = "unknown"
    buying_role: str = "unknown"


@dataclass(frozen=True)
class Signal:
    signal_id: str
    person_id: str
    occurred_at: datetime
    is_hand_raise: bool = False
    is_counted: bool = True


@dataclass(frozen=True)
class Points:
    """One row of the ledger: what a rule of a scoring model gives for a signal."""

    signal_id: str
    scoring_model: str
    score_group: str
    points: Decimal


@dataclass(frozen=True)
class Exclusion:
    person_id: str
    excluded_from: datetime


@dataclass(frozen=True)
class Fit:
    person_id: str
    scoring_model: str
    valid_from: datetime
    valid_until: datetime
    fit_score: Decimal


@dataclass(frozen=True)
class Deal:
    opportunity_id: str
    account_id: str | None
    created_at: datetime | None
    is_closed: bool = False
    closed_at: datetime | None = None


@dataclass(frozen=True)
class ContactRole:
    opportunity_id: str
    person_id: str
    role: str | None


@dataclass(frozen=True)
class ScoringModel:
    scoring_model: str
    model_status: str
    effective_from: datetime = SINCE_EVER
    effective_until: datetime = OPEN_END


@dataclass(frozen=True)
class Rule:
    """A row of rule_readiness_criteria."""

    rule_id: str
    criterion: str
    measure: str
    met_when: str
    threshold: Decimal
    segment: str | None = None
    exit_threshold: Decimal | None = None
    window_days: int | None = None
    baseline_days: int | None = None
    min_history_days: int | None = None
    job_functions: frozenset[str] = frozenset()
    seniorities: frozenset[str] = frozenset()
    buying_roles: frozenset[str] = frozenset()
    sort_order: int = 0
    missing_text: str | None = None
    next_action: str | None = None
    effective_from: datetime = SINCE_EVER
    effective_until: datetime = OPEN_END


@dataclass(frozen=True)
class Rules:
    criteria: tuple[Rule, ...]
    stage_orders: Mapping[str, int]
    asked: Mapping[str, frozenset[str]]
    returns: tuple[tuple[Decimal, Decimal, Decimal], ...]
    contact_roles: Mapping[str, str]
    title_roles: frozenset[str]
    scoring_models: tuple[ScoringModel, ...]

    @cached_property
    def by_criterion(self) -> Mapping[str, list[Rule]]:
        found: dict[str, list[Rule]] = defaultdict(list)
        for rule in sorted(self.criteria, key=lambda rule: rule.criterion):
            found[rule.criterion].append(rule)
        return found

    def rule(self, criterion: str, segment: str, moment: datetime) -> Rule | None:
        """The row of the segment in force, else the row for any segment."""
        rows = [rule for rule in self.by_criterion[criterion] if rule.effective_from <= moment < rule.effective_until]
        own = [rule for rule in rows if rule.segment == segment]
        for_any = [rule for rule in rows if rule.segment is None]
        assert len(own) <= 1 and len(for_any) <= 1, "two rows at once are no valid rules"
        return (own or for_any or [None])[0]

    def model(self, moment: datetime) -> str | None:
        """The scoring model in force: never a draft."""
        found = [
            model.scoring_model
            for model in self.scoring_models
            if model.model_status == "active" and model.effective_from <= moment < model.effective_until
        ]
        assert len(found) <= 1, "two models at once are no valid rules"
        return found[0] if found else None


@dataclass(frozen=True)
class Facts:
    """Everything that is known as of the run."""

    as_of: datetime
    accounts: tuple[Account, ...]
    people: tuple[Person, ...] = ()
    signals: tuple[Signal, ...] = ()
    points: tuple[Points, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    fits: tuple[Fit, ...] = ()
    deals: tuple[Deal, ...] = ()
    contact_roles: tuple[ContactRole, ...] = ()


@dataclass(frozen=True)
class Engagement:
    """A signal that engages at some instant, with what it earns then."""

    signal: Signal
    person: Person
    points: Decimal
    is_high_intent: bool


@dataclass(frozen=True)
class Check:
    """A judgement; for a rule row on buying roles, also all roles engaged inside its window."""

    status: str
    actual: Decimal | None = None
    rule: Rule | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Stint:
    readiness_stage: str
    valid_from: datetime
    valid_until: datetime
    reason: str
    evidence: str | None


@dataclass(frozen=True)
class Verdict:
    """A unit as of the run, and all its past."""

    checks: Mapping[str, Check]
    history: tuple[Stint, ...]
    last_engaged_at: datetime | None

    @property
    def stage(self) -> Stint:
        return self.history[-1]


@dataclass(frozen=True)
class Unit:
    """An account, or a family under its ultimate parent, with the people and deals of all its members."""

    head_account_id: str
    kind: str
    members: tuple[Account, ...]
    people: tuple[Person, ...]
    excluded_from: Mapping[str, datetime]
    signals: tuple[Signal, ...]
    points: Mapping[str, tuple[Points, ...]]
    fits: tuple[Fit, ...]
    deals: tuple[Deal, ...]
    roles: Mapping[str, tuple[tuple[str, datetime], ...]] = field(default_factory=dict)

    @cached_property
    def segment(self) -> str:
        known = [member for member in self.members if member.segment != "unknown"]
        for member in known:
            if member.account_id == self.head_account_id:
                return member.segment
        by_size = sorted(known, key=lambda member: (-(member.employee_count or 0), member.account_id))
        return by_size[0].segment if by_size else "unknown"

    @cached_property
    def created_at(self) -> datetime | None:
        return min((member.created_at for member in self.members if member.created_at is not None), default=None)

    @cached_property
    def customer_since(self) -> datetime | None:
        wins = (member.customer_since for member in self.members if member.customer_since is not None)
        return min(wins, default=None)

    @cached_property
    def is_target_account(self) -> bool:
        return any(member.is_target_account for member in self.members)


def quantised(value: Decimal | Fraction) -> Decimal:
    """In hundredths, as every published score is."""
    hundredths = (100 * Fraction(value) + Fraction(1, 2) + GUARD).__floor__()
    return Decimal(hundredths) / 100


def days_between(earlier: datetime, later: datetime) -> int:
    """Whole UTC days from the day of one moment to the day of another."""
    return (later.date() - earlier.date()).days


def units_of(facts: Facts, rules: Rules) -> Iterator[Unit]:
    """Every account by itself, and every family of two accounts or more."""
    people: dict[str, list[Person]] = defaultdict(list)
    for person in facts.people:
        if person.account_id is not None:
            people[person.account_id].append(person)
    excluded: dict[str, datetime] = {}
    for row in facts.exclusions:
        excluded[row.person_id] = min(row.excluded_from, excluded.get(row.person_id, row.excluded_from))
    signals: dict[str, list[Signal]] = defaultdict(list)
    for signal in facts.signals:
        if signal.is_counted and signal.occurred_at <= facts.as_of:
            signals[signal.person_id].append(signal)
    points: dict[str, list[Points]] = defaultdict(list)
    for given in facts.points:
        points[given.signal_id].append(given)
    fits: dict[str, list[Fit]] = defaultdict(list)
    for fit in facts.fits:
        fits[fit.person_id].append(fit)
    deals: dict[str, list[Deal]] = defaultdict(list)
    for deal in facts.deals:
        if deal.account_id is not None:
            deals[deal.account_id].append(deal)
    opened = {deal.opportunity_id: deal.created_at for deal in facts.deals}
    roles: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for person in facts.people:
        if person.buying_role != "unknown":
            roles[person.person_id].append((person.buying_role, SINCE_EVER))
    for held in facts.contact_roles:
        role = rules.contact_roles.get((held.role or "").lower())
        if role is not None and held.opportunity_id in opened:
            roles[held.person_id].append((role, opened[held.opportunity_id] or SINCE_EVER))

    def unit(head: str, kind: str, members: list[Account]) -> Unit:
        there = [person for member in members for person in people[member.account_id]]
        done = [signal for person in there for signal in signals[person.person_id]]
        return Unit(
            head,
            kind,
            tuple(members),
            tuple(there),
            {person.person_id: excluded[person.person_id] for person in there if person.person_id in excluded},
            tuple(done),
            {signal.signal_id: tuple(points[signal.signal_id]) for signal in done},
            tuple(fit for person in there for fit in fits[person.person_id]),
            tuple(deal for member in members for deal in deals[member.account_id]),
            {person.person_id: tuple(roles[person.person_id]) for person in there},
        )

    families: dict[str, list[Account]] = defaultdict(list)
    for account in facts.accounts:
        families[account.ultimate_parent_account_id].append(account)
        yield unit(account.account_id, "account", [account])
    for head, members in families.items():
        if len(members) > 1:
            yield unit(head, "family", members)


class Judge:
    """Judges one unit."""

    def __init__(self, unit: Unit, rules: Rules, as_of: datetime) -> None:
        self.unit = unit
        self.rules = rules
        self.as_of = as_of

    def instants(self) -> list[datetime]:
        """Every instant at which anything about the unit may change, up to the run, and the run itself."""
        unit = self.unit
        found = {SINCE_EVER, self.as_of}
        for rule in self.rules.criteria:
            found |= {rule.effective_from, rule.effective_until}
        for model in self.rules.scoring_models:
            found |= {model.effective_from, model.effective_until}
        for person in unit.people:
            found |= {person.created_at or SINCE_EVER, unit.excluded_from.get(person.person_id, SINCE_EVER)}
            found |= {since for _, since in unit.roles[person.person_id]}
        for fit in unit.fits:
            found |= {fit.valid_from, fit.valid_until}
        for deal in unit.deals:
            found |= {deal.created_at or SINCE_EVER, deal.closed_at or SINCE_EVER}
        found |= {unit.customer_since or SINCE_EVER, unit.created_at or SINCE_EVER}
        found |= {signal.occurred_at for signal in unit.signals}
        found |= {
            midnight(signal.occurred_at) + days * DAY for signal in unit.signals for days in self._days_that_matter
        }
        if unit.created_at is not None:
            found |= {
                midnight(unit.created_at) + rule.min_history_days * DAY
                for rule in self.rules.criteria
                if rule.min_history_days is not None
            }
        return sorted(moment for moment in found if SINCE_EVER <= moment <= self.as_of)

    @cached_property
    def _days_that_matter(self) -> set[int]:
        """Ages at which a signal leaves a window or the past before it, or silence passes a limit."""
        found = set()
        for rule in self.rules.criteria:
            if rule.window_days is not None:
                found |= {rule.window_days, rule.window_days + (rule.baseline_days or 0)}
            if rule.measure == "recency":
                for limit in (rule.threshold, exit_of(rule)):
                    found |= {int(limit), int(limit) + 1}
        return found

    def engagements(self, moment: datetime) -> list[Engagement]:
        """The signals that count as engagement at the moment."""
        model = self.rules.model(moment)
        people = {person.person_id: person for person in self.unit.people}
        found = []
        for signal in self.unit.signals:
            if signal.occurred_at > moment or self.unit.excluded_from.get(signal.person_id, OPEN_END) <= moment:
                continue
            positive = [
                given
                for given in self.unit.points[signal.signal_id]
                if given.scoring_model == model and given.points > 0
            ]
            if positive or signal.is_hand_raise:
                found.append(
                    Engagement(
                        signal,
                        people[signal.person_id],
                        sum((given.points for given in positive), Decimal(0)),
                        signal.is_hand_raise or any(given.score_group == "high_intent" for given in positive),
                    )
                )
        return found

    def roles(self, person: Person, moment: datetime) -> set[str]:
        return {role for role, since in self.unit.roles[person.person_id] if since <= moment}

    def inside(self, rule: Rule, moment: datetime, engaged: Iterable[Engagement]) -> list[Engagement]:
        """Engagement by people of whom the rule row speaks, inside its window."""
        return [
            found
            for found in engaged
            if self.is_asked_of(rule, found.person, moment)
            and (rule.window_days is None or days_between(found.signal.occurred_at, moment) < rule.window_days)
        ]

    def is_asked_of(self, rule: Rule, person: Person, moment: datetime) -> bool:
        """Whether the rule row speaks of people like this one. One that counts roles names roles, not people."""
        return (
            (not rule.job_functions or person.job_function in rule.job_functions)
            and (not rule.seniorities or person.seniority in rule.seniorities)
            and (
                not rule.buying_roles
                or rule.measure == "buying_roles"
                or bool(self.roles(person, moment) & rule.buying_roles)
            )
        )

    def covered(self, rule: Rule, moment: datetime, engaged: Iterable[Engagement]) -> frozenset[str]:
        """The buying roles engaged."""
        inside = self.inside(rule, moment, engaged)
        return frozenset().union(*(self.roles(found.person, moment) for found in inside))

    def known(self, moment: datetime) -> list[Person]:
        return [person for person in self.unit.people if (person.created_at or SINCE_EVER) <= moment]

    def sellable(self, moment: datetime) -> list[Person]:
        """People known and not excluded."""
        return [
            person for person in self.known(moment) if self.unit.excluded_from.get(person.person_id, OPEN_END) > moment
        ]

    def measure(self, rule: Rule, moment: datetime, engaged: list[Engagement]) -> tuple[bool, Decimal | None]:
        """Whether the rule row can be asked of the unit, and the value it finds."""
        inside = self.inside(rule, moment, engaged)
        match rule.measure:
            case "engaged_people":
                return True, Decimal(len({found.person.person_id for found in inside}))
            case "engaged_functions":
                return True, Decimal(len({found.person.job_function for found in inside} - {"unknown"}))
            case "buying_roles":
                covered = self.covered(rule, moment, engaged)
                return True, Decimal(len(covered & rule.buying_roles if rule.buying_roles else covered))
            case "high_intent_signals":
                return True, Decimal(sum(found.is_high_intent for found in inside))
            case "account_engagement":
                return True, self.engagement(inside)
            case "recency":
                return True, min(
                    (Decimal(days_between(found.signal.occurred_at, moment)) for found in inside), default=None
                )
            case "account_fit":
                value = self.best_fit(moment)
                return value is not None, value
            case "people_to_sell_to":
                return bool(self.known(moment)), Decimal(len(self.sellable(moment)))
            case "surge":
                return self.surge(rule, moment, engaged)
        raise AssertionError(f"the oracle does not know the measure {rule.measure}")

    def engagement(self, inside: Iterable[Engagement]) -> Decimal:
        """Each person's points, of which only the granted share of each bracket counts."""
        earned: dict[str, Decimal] = defaultdict(Decimal)
        for found in inside:
            earned[found.person.person_id] += found.points
        total = Decimal(0)
        for points in earned.values():
            for begins, ends, share in self.rules.returns:
                total += share * max(min(points, ends) - begins, Decimal(0))
        return quantised(total)

    def best_fit(self, moment: datetime) -> Decimal | None:
        model = self.rules.model(moment)
        candidates = {person.person_id for person in self.sellable(moment)}
        return max(
            (
                fit.fit_score
                for fit in self.unit.fits
                if fit.person_id in candidates
                and fit.scoring_model == model
                and fit.valid_from <= moment < fit.valid_until
            ),
            default=None,
        )

    def surge(self, rule: Rule, moment: datetime, engaged: Iterable[Engagement]) -> tuple[bool, Decimal | None]:
        """Active days in the window against those of the days before it; a day is active once for each person."""
        assert rule.window_days is not None and rule.baseline_days is not None
        days = {
            (found.person.person_id, days_between(found.signal.occurred_at, moment))
            for found in engaged
            if self.is_asked_of(rule, found.person, moment)
        }
        now = sum(1 for _, day in days if day < rule.window_days)
        past = sum(1 for _, day in days if rule.window_days <= day < rule.window_days + rule.baseline_days)
        if past == 0:
            return False, None
        return True, quantised(Fraction(100 * now * rule.baseline_days, past * rule.window_days))

    def check(self, criterion: str, moment: datetime, engaged: list[Engagement], was_met: bool) -> Check:
        rule = self.rules.rule(criterion, self.unit.segment, moment)
        if rule is None:
            return Check("not_applicable")
        is_applicable, actual = self.measure(rule, moment, engaged)
        roles = self.covered(rule, moment, engaged) if rule.measure == "buying_roles" else frozenset()
        if not is_applicable:
            return Check("not_applicable", None, rule)
        if actual is not None:
            sign = 1 if rule.met_when == "at_least" else -1
            if sign * actual >= sign * rule.threshold or (was_met and sign * actual >= sign * exit_of(rule)):
                return Check("met", actual, rule, roles)
        is_young = (
            rule.min_history_days is not None
            and self.unit.created_at is not None
            and days_between(self.unit.created_at, moment) < rule.min_history_days
        )
        return Check("too_early" if is_young else "unmet", actual, rule, roles)

    def stage(self, moment: datetime, checks: Mapping[str, Check]) -> str:
        """The furthest of the stages reached and the facts that hold."""
        reached = {"none"}
        for stage, criteria in self.rules.asked.items():
            statuses = {checks[criterion].status for criterion in criteria}
            if "met" in statuses and not statuses & {"unmet", "too_early"}:
                reached.add(stage)
        reached |= self.facts(moment)
        orders = self.rules.stage_orders
        return max((stage for stage in reached if stage in orders), key=lambda stage: orders[stage])

    def facts(self, moment: datetime) -> set[str]:
        found = {"target"} if self.unit.is_target_account else set()
        if self.unit.customer_since is not None and self.unit.customer_since <= moment:
            found.add("customer")
        if any(is_open(deal, moment) for deal in self.unit.deals):
            found.add("opportunity")
        return found & set(self.rules.stage_orders)

    def reason(self, checks: Mapping[str, Check], before: Mapping[str, Check], facts: set[str], were: set[str]) -> str:
        """What turned: facts first, then the criteria that a stage asks for."""
        turned = {
            ("customer", True): "first win",
            ("opportunity", True): "opportunity opened",
            ("opportunity", False): "last open opportunity closed",
        }
        found = sorted(turned[fact, fact in facts] for fact in (facts ^ were) - {"target"})
        for criterion in sorted(set().union(*self.rules.asked.values())):
            earlier = before[criterion].status if before else "not_applicable"
            if checks[criterion].status != earlier:
                found.append(f"{criterion}: {in_words(earlier)} to {in_words(checks[criterion].status)}")
        return "; ".join(found) or "rules changed"

    def evidence(self, checks: Mapping[str, Check]) -> str:
        """Of a ready unit: the roles engaged, and every criterion met that the stage asks for."""
        roles = sorted(set().union(*(check.roles for check in checks.values())))
        met = [
            f"{criterion} {number_in_words(checks[criterion].actual)} (asked: {number_in_words(rule.threshold)})"
            for criterion in sorted(self.rules.asked["ready"])
            if checks[criterion].status == "met" and (rule := checks[criterion].rule) is not None
        ]
        return "; ".join([f"roles engaged: {', '.join(roles) or 'none known'}", *met])

    def facts_known_at(self) -> list[datetime]:
        """When it was created, won, and its deals opened and closed, as far as the rules know of such stages."""
        unit = self.unit
        found = [unit.created_at]
        if "customer" in self.rules.stage_orders:
            found.append(unit.customer_since)
        if "opportunity" in self.rules.stage_orders:
            seen = [deal for deal in unit.deals if not is_closed_who_knows_when(deal)]
            found += [deal.created_at for deal in seen] + [deal.closed_at for deal in seen]
        return [moment for moment in found if moment is not None and moment > SINCE_EVER]

    def verdict(self) -> Verdict:
        moments = self.instants()
        engagements = {moment: self.engagements(moment) for moment in moments}
        begins = min([moment for moment in moments if engagements[moment]] + self.facts_known_at(), default=SINCE_EVER)
        checks: dict[str, Check] = {}
        facts: set[str] = set()
        stage: str | None = None
        history: list[Stint] = []
        for moment in moments:
            before, were = checks, facts
            checks = {
                criterion: self.check(
                    criterion, moment, engagements[moment], bool(before) and before[criterion].status == "met"
                )
                for criterion in self.rules.by_criterion
            }
            facts = self.facts(moment)
            stage_before, stage = stage, self.stage(moment, checks)
            if moment < begins or (history and stage == stage_before):
                continue
            is_no_turn = stage_before in (None, stage)
            reason = "history begins" if is_no_turn else self.reason(checks, before, facts, were)
            evidence = self.evidence(checks) if stage == "ready" else None
            if history:
                history[-1] = replace(history[-1], valid_until=moment)
            history.append(Stint(stage, moment, OPEN_END, reason, evidence))
        last = max((found.signal.occurred_at for found in engagements[self.as_of]), default=None)
        return Verdict(checks, tuple(history), last)


def in_words(status: str) -> str:
    return status.replace("_", " ")


def number_in_words(value: Decimal | int | None) -> str:
    """3 rather than 3.0, 12.50 with its hundredths, none where there is no number."""
    if value is None:
        return "none"
    return str(int(value)) if value == int(value) else f"{value:.2f}"


def midnight(moment: datetime) -> datetime:
    return datetime(moment.year, moment.month, moment.day)


def exit_of(rule: Rule) -> Decimal:
    return rule.threshold if rule.exit_threshold is None else rule.exit_threshold


def is_closed_who_knows_when(deal: Deal) -> bool:
    return deal.is_closed and deal.closed_at is None


def is_open(deal: Deal, moment: datetime) -> bool:
    """From its creation until it closes. One that closed at an unknown time was never seen open."""
    if is_closed_who_knows_when(deal):
        return False
    return (deal.created_at or SINCE_EVER) <= moment < (deal.closed_at or OPEN_END)


def readiness_score(checks: Mapping[str, Check], asked: Collection[str]) -> Decimal | None:
    """Criteria met for each hundred that a stage asks for; one too early to judge is asked."""
    statuses = [checks[criterion].status for criterion in asked if checks[criterion].status != "not_applicable"]
    if not statuses:
        return None
    return quantised(Fraction(100 * statuses.count("met"), len(statuses)))


def gaps(checks: Mapping[str, Check], rules: Rules) -> list[tuple[str, str | None]]:
    """What is missing in words, in the rules' order, each with the action that closes it."""
    known_roles = set(rules.contact_roles.values()) | rules.title_roles
    found = []
    for criterion, check in checks.items():
        rule = check.rule
        if check.status != "unmet" or rule is None or rule.missing_text is None:
            continue
        asked_roles = known_roles & rule.buying_roles if rule.buying_roles else known_roles
        roles = sorted(role.replace("_", " ") for role in asked_roles - check.roles)
        if rule.measure != "buying_roles":
            roles = []
        text = rule.missing_text.replace("{threshold}", number_in_words(rule.threshold))
        text = text.replace("{actual}", number_in_words(check.actual))
        text = text.replace("{window_days}", number_in_words(rule.window_days))
        text = text.replace("{missing_roles}", ", ".join(roles) or "none")
        found.append((rule.sort_order, criterion, text, rule.next_action))
    return [(text, action) for _, _, text, action in sorted(found)]


def judged(facts: Facts, rules: Rules) -> dict[tuple[str, str], Verdict]:
    """Every unit's verdict, by kind (account or family) and head account."""
    return {
        (unit.kind, unit.head_account_id): Judge(unit, rules, facts.as_of).verdict() for unit in units_of(facts, rules)
    }
