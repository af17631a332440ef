"""Readiness checks, stages, history and summaries of generated accounts and families, beside a Python model of the
definition; and that the comparison sees a single threshold, day or second that is off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from oracles.readiness import (
    OPEN_END,
    Facts,
    Judge,
    Rules,
    Verdict,
    judged,
    midnight,
    units_of,
)
from oracles.readiness_comparison import Comparison, compare, expected_cells
from oracles.readiness_seeds import Row, rules_of
from oracles.readiness_worlds import Maker, World
from readiness_support import MARTS, fill, in_models
from support.compiled import Warehouse, compiled_project

# The first lives under the rules that the project ships, as every fifth does.
SAMPLE = range(5)
LONG = range(5, 20)
ACCOUNTS = {"sample": 160, "long": 300}
SECOND = timedelta(seconds=1)


def world(number: int, accounts: int) -> World:
    return Maker(number, accounts, is_shipped=number % 5 == 0).world()


def modelled(given: World, seeds: dict[str, list[Row]] | None = None) -> Warehouse:
    """A warehouse in which the project's models have run on a world, or on the world under other rules."""
    warehouse = compiled_project("generic").warehouse()
    fill(warehouse, given.facts, seeds or given.seeds)
    warehouse.run(*MARTS, as_of=given.facts.as_of)
    return warehouse


def compared(
    warehouse: Warehouse, given: World, verdicts: dict[tuple[str, str], Verdict] | None = None
) -> tuple[Comparison, dict[tuple[str, str], Verdict]]:
    rules = rules_of(given.seeds)
    found = verdicts or judged(given.facts, rules)
    expected = expected_cells(found, given.facts, rules, given.seeds["rule_readiness_levels"])
    return compare(expected, in_models(warehouse)), found


def assert_equal(number: int, accounts: int) -> dict[tuple[str, str], Verdict]:
    given = world(number, accounts)
    with modelled(given) as warehouse:
        comparison, verdicts = compared(warehouse, given)
    assert not comparison.told, f"{len(comparison.told)} differences\n" + "\n".join(comparison.told[:20])
    assert sum(kind == "account" for kind, _ in verdicts) == accounts
    assert comparison.compared["check"] >= accounts * 3
    return verdicts


@pytest.fixture(scope="module")
def sampled() -> list[Verdict]:
    """The verdicts of the sample's worlds, each equal to what the models say."""
    return [verdict for number in SAMPLE for verdict in assert_equal(number, ACCOUNTS["sample"]).values()]


def test_models_equal_the_definition(sampled: list[Verdict]) -> None:
    """Compared world by world as they are made; here, that they hold what they are to prove."""
    statuses = Counter(check.status for verdict in sampled for check in verdict.checks.values())
    assert min(statuses[name] for name in ("met", "unmet", "not_applicable", "too_early")) >= 10, statuses
    stages = Counter(stint.readiness_stage for verdict in sampled for stint in verdict.history)
    names = ("none", "target", "aware", "engaged", "ready", "opportunity", "customer")
    assert min(stages[name] for name in names) >= 30, stages
    measures = Counter(
        check.rule.measure
        for verdict in sampled
        for check in verdict.checks.values()
        if check.status == "met" and check.rule
    )
    assert len(measures) == 9 and min(measures.values()) >= 10, measures
    held = [
        check
        for verdict in sampled
        for check in verdict.checks.values()
        if check.status == "met"
        and check.rule is not None
        and check.actual is not None
        and (check.actual < check.rule.threshold) == (check.rule.met_when == "at_least")
        and check.actual != check.rule.threshold
    ]
    assert len(held) >= 10, "between the thresholds the latest crossing holds"


@pytest.mark.long
@pytest.mark.parametrize("number", LONG)
def test_models_equal_the_definition_in_more_worlds(number: int) -> None:
    assert_equal(number, ACCOUNTS["long"])


def test_enough_accounts_are_compared() -> None:
    assert len(SAMPLE) * ACCOUNTS["sample"] + len(LONG) * ACCOUNTS["long"] >= 5_000


# --- that a difference is seen --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    world: World
    warehouse: Warehouse
    rules: Rules


@pytest.fixture(scope="module")
def made() -> Iterator[Made]:
    """A world of rules of its own, with versions, grace and youth."""
    given = world(2, 120)
    with modelled(given) as warehouse:
        comparison, _ = compared(warehouse, given)
        assert comparison.told == []
        yield Made(given, warehouse, rules_of(given.seeds))


def with_criteria(rules: Rules, **changes: Callable[[object], object]) -> Rules:
    return replace(
        rules,
        criteria=tuple(
            replace(
                rule,
                **{
                    name: change(value)
                    for name, change in changes.items()
                    if (value := getattr(rule, name)) is not None
                },
            )
            for rule in rules.criteria
        ),
    )


def a_second_later(moment: datetime) -> datetime:
    return moment if moment == OPEN_END else moment + SECOND


Mutation = Callable[[Facts, Rules], tuple[Facts, Rules]]
MUTATIONS: dict[str, Mutation] = {
    "one threshold": lambda facts, rules: (
        facts,
        replace(
            rules,
            criteria=tuple(
                replace(rule, threshold=rule.threshold + 1) if rule == rules.criteria[0] else rule
                for rule in rules.criteria
            ),
        ),
    ),
    "a day more in each window": lambda facts, rules: (facts, with_criteria(rules, window_days=lambda days: days + 1)),
    "no grace": lambda facts, rules: (
        facts,
        replace(rules, criteria=tuple(replace(rule, exit_threshold=None) for rule in rules.criteria)),
    ),
    "a day more of youth": lambda facts, rules: (
        facts,
        with_criteria(rules, min_history_days=lambda days: days + 1),
    ),
    "a version a second later": lambda facts, rules: (
        facts,
        replace(
            rules,
            scoring_models=tuple(
                replace(
                    model,
                    effective_from=a_second_later(model.effective_from),
                    effective_until=a_second_later(model.effective_until),
                )
                for model in rules.scoring_models
            ),
        ),
    ),
    "a hundredth less of every second bracket": lambda facts, rules: (
        facts,
        replace(
            rules,
            returns=tuple(
                (begins, ends, share - Decimal("0.01") if begins else share) for begins, ends, share in rules.returns
            ),
        ),
    ),
    "exclusions a second later": lambda facts, rules: (
        replace(
            facts,
            exclusions=tuple(replace(row, excluded_from=row.excluded_from + SECOND) for row in facts.exclusions),
        ),
        rules,
    ),
    "deals close a second later": lambda facts, rules: (
        replace(
            facts,
            deals=tuple(
                replace(deal, closed_at=deal.closed_at + SECOND) if deal.closed_at is not None else deal
                for deal in facts.deals
            ),
        ),
        rules,
    ),
    "people known a second later": lambda facts, rules: (
        replace(
            facts,
            people=tuple(
                replace(person, created_at=person.created_at + SECOND) if person.created_at else person
                for person in facts.people
            ),
        ),
        rules,
    ),
    "contact roles unread": lambda facts, rules: (replace(facts, contact_roles=()), rules),
    "drafts in force": lambda facts, rules: (
        facts,
        replace(
            rules,
            scoring_models=tuple(
                replace(model, model_status="active" if model.model_status == "draft" else "retired")
                for model in rules.scoring_models
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_definition_that_is_off_by_little_is_seen(made: Made, name: str) -> None:
    facts, rules = MUTATIONS[name](made.world.facts, made.rules)
    comparison, _ = compared(made.warehouse, made.world, judged(facts, rules))
    assert judgements(comparison)


def judgements(comparison: Comparison) -> list[str]:
    """Differences in what is found, not in what was asked."""
    asked = ("threshold", "exit_threshold", "window_days")
    return [line for line in comparison.told if not any(f" {cell}: found" in line for cell in asked)]


def test_a_seed_that_is_off_by_little_is_seen() -> None:
    """The other side: one threshold of one row of the project's own file, a hundredth higher."""
    given = world(0, 120)
    seeds = dict(given.seeds)
    seeds["rule_readiness_criteria"] = [
        {**row, "threshold": "50.01"} if row["rule_id"] == "RDY-01" else row for row in seeds["rule_readiness_criteria"]
    ]
    with modelled(given, seeds) as warehouse:
        comparison, _ = compared(warehouse, given)
    assert {line.split("'")[3] for line in judgements(comparison) if "check (" in line} == {"account_fit"}


class EveryMidnight(Judge):
    """Judges at every midnight of the last months besides."""

    def instants(self) -> list[datetime]:
        midnights = {midnight(self.as_of) - timedelta(days=day) for day in range(210)}
        return sorted({*super().instants(), *midnights})


def test_nothing_happens_between_the_instants_that_are_judged() -> None:
    """The oracle's own shortcut: a judgement at every midnight finds no turn that it left out."""
    for number in (0, 1):
        given = world(number, 12)
        rules = rules_of(given.seeds)
        for unit in units_of(given.facts, rules):
            as_of = given.facts.as_of
            assert EveryMidnight(unit, rules, as_of).verdict() == Judge(unit, rules, as_of).verdict()
