"""What holds for scores in any world: the laws, on the project's own SQL, over worlds made by chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from oracles.scoring import Condition, EngagementRule, FitRule, Group, Rules, first_known, held, quantised
from oracles.scoring_worlds import SIGNALS, World, made
from scoring_support import COLUMNS, MARTS, scored, selected
from support.compiled import Warehouse

SEED, PEOPLE = 77, 40
SCORES = f"select person_id, scoring_model, {COLUMNS} from handoff.marts.fct_lead_scores"
HISTORY = (
    f"select person_id, scoring_model, valid_from, valid_until, {COLUMNS} from handoff.marts.fct_lead_score_history"
)
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def world() -> World:
    return made(SEED, PEOPLE)


@pytest.fixture(scope="module")
def run(world: World) -> Iterator[Warehouse]:
    with scored(world) as warehouse:
        yield warehouse


def whole(warehouse: Warehouse, mart: str) -> Rows:
    return sorted(selected(warehouse, f"select * from handoff.marts.{mart}"), key=str)


def of_actives(rows: Rows) -> Rows:
    return sorted((row for row in rows if row[1] != "draft"), key=str)


def test_the_order_of_arrival_does_not_matter(world: World, run: Warehouse) -> None:
    backwards = replace(
        world,
        people=[replace(person, signals=tuple(reversed(person.signals))) for person in reversed(world.people)],
        records=dict(reversed(world.records.items())),
    )
    with scored(backwards) as other:
        for mart in set(MARTS) - {"fct_engagement_states"}:  # its sums are no published number
            assert whole(run, mart) == whole(other, mart), mart


def test_a_draft_changes_no_active_number(world: World, run: Warehouse) -> None:
    elsewhere = made(SEED + 1, 1).rules
    rules = replace(
        world.rules,
        groups=without_draft(world.rules.groups) + only_draft(elsewhere.groups),
        fit=without_draft(world.rules.fit) + only_draft(elsewhere.fit),
        engagement=without_draft(world.rules.engagement) + only_draft(elsewhere.engagement),
        bands={key: (elsewhere if key[0] == "draft" else world.rules).bands[key] for key in world.rules.bands},
    )
    with scored(replace(world, rules=rules)) as other:
        assert sorted(selected(run, HISTORY)) != sorted(selected(other, HISTORY)), "the draft is another"
        for mart in ("fct_lead_score_history", "fct_lead_scores", "fct_fit_scores", "fct_lead_score_instants"):
            assert of_actives(whole(run, mart)) == of_actives(whole(other, mart)), mart
        assert whole(run, "fct_person_exclusions") == whole(other, "fct_person_exclusions")
        ledger = "select * from handoff.marts.fct_score_points where scoring_model <> 'draft' order by point_id"
        assert selected(run, ledger) == selected(other, ledger)


def without_draft(rows: Any) -> list[Any]:
    return [row for row in rows if row.version != "draft"]


def only_draft(rows: Any) -> list[Any]:
    return [row for row in rows if row.version == "draft"]


def test_a_rule_of_no_points_changes_no_score(world: World, run: Warehouse) -> None:
    nothing = Decimal(0)
    engagement, fit = list(world.rules.engagement), list(world.rules.fit)
    for version in world.rules.versions:
        groups: dict[str, list[Group]] = defaultdict(list)
        for group in world.rules.groups:
            if group.version == version.name:
                groups[group.kind].append(group)
        where = groups["engagement"][0].name
        for number, signal in enumerate(SIGNALS):
            decay, days = [("half_life", None), ("expire", 3), ("linear", 9)][number % 3]
            engagement.append(EngagementRule(version.name, f"NIL-{number}", where, nothing, signal, decay, days, 20))
        condition = Condition("country", "is_missing")
        fit.append(FitRule(version.name, "NIL-FIT", groups["fit"][0].name, nothing, condition))
    rules = replace(world.rules, engagement=engagement, fit=fit)
    with scored(replace(world, rules=rules)) as other:
        assert sorted(selected(run, SCORES)) == sorted(selected(other, SCORES))
        assert sorted(selected(run, HISTORY)) == sorted(selected(other, HISTORY))
        count = "select count(*) from handoff.marts.fct_score_points"
        assert selected(run, count) < selected(other, count), "the rules do speak"


@pytest.mark.parametrize("days_back", [0, 3, 31, 90])
def test_the_score_at_t_is_the_score_of_the_run_for_t(world: World, run: Warehouse, days_back: int) -> None:
    then = world.as_of - timedelta(days=days_back, seconds=days_back * 4321)
    known = {person.person_id for person in world.people if first_known(person, world.as_of) <= then}
    models = {version.name for version in world.rules.versions if version.judges(then)}
    assert known and models
    with scored(replace(world, as_of=then)) as earlier:
        scores = {row[:2]: row[2:] for row in selected(earlier, SCORES) if row[0] in known}
        told = {row for row in shorn(selected(earlier, HISTORY), then) if row[0] in known}
    assert set(scores) == {(person, model) for person in known for model in models}
    assert told == {row for row in shorn(selected(run, HISTORY), then) if row[0] in known}, "history is what it was"
    fit = at(
        selected(
            run,
            "select person_id, scoring_model, valid_from, valid_until, fit_score, fit_band "
            "from handoff.marts.fct_fit_scores",
        ),
        then,
    )
    bands = at(
        selected(
            run,
            "select person_id, scoring_model, valid_from, valid_until, fit_band, engagement_band, "
            "grade, meets_threshold from handoff.marts.fct_lead_score_history",
        ),
        then,
    )
    engagement = engagement_at(world.rules, run, then)
    for key, (fit_score, fit_band, engagement_score, engagement_band, grade, meets_threshold) in scores.items():
        assert fit[key] == (fit_score, fit_band)
        assert bands[key] == (fit_band, engagement_band, grade, meets_threshold)
        assert engagement(key) == engagement_score


def shorn(history: Rows, moment: datetime) -> Rows:
    """The rows that had begun, without the ends that came later."""
    return [row[:3] + row[4:] for row in history if row[2] <= moment]


def at(rows: Rows, moment: datetime) -> dict[tuple[str, str], tuple[Any, ...]]:
    """(person, model) → what held at the moment; one row at most."""
    holding = [row for row in rows if row[2] <= moment < row[3]]
    found = {(row[0], row[1]): row[4:] for row in holding}
    assert len(found) == len(holding)
    return found


def engagement_at(rules: Rules, warehouse: Warehouse, moment: datetime) -> Any:
    """Engagement at any instant, read from the running sums as their description says."""
    states = selected(
        warehouse,
        "select person_id, scoring_model, score_group, valid_from, valid_until, day_zero, decayed_points, flat_points, "
        "points_lost_per_day, half_life_days from handoff.intermediate.fct_engagement_states",
    )
    holding = {row[:3]: row for row in states if row[3] <= moment < row[4]}

    def read(key: tuple[str, str]) -> Decimal:
        total = Decimal(0)
        for group in rules.groups:
            if group.version == key[1] and group.kind == "engagement":
                points = 0.0
                if (*key, group.name) in holding:
                    *_, day_zero, decayed, flat, lost, half_life = holding[(*key, group.name)]
                    days = (moment.date() - day_zero).days
                    points = flat - lost * days + (decayed * 0.5 ** (days / half_life) if half_life else 0.0)
                total += group.held(Decimal(points))
        return quantised(held(total, Decimal(0), Decimal(100)))

    return read


def test_the_ledger_s_sums_are_the_score(world: World, run: Warehouse) -> None:
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    ledger = "select person_id, scoring_model, score_group, weighted_points from handoff.marts.fct_score_points"
    for person, model, group, points in selected(run, ledger):
        sums[(person, model, group)] += Decimal(points)
    limits = {"fit": (Decimal(-100), Decimal(100)), "engagement": (Decimal(0), Decimal(100))}
    scores = selected(run, SCORES)
    assert scores
    for person, model, fit_score, _, engagement_score, *_ in scores:
        for kind, score in (("fit", fit_score), ("engagement", engagement_score)):
            groups = [group for group in world.rules.groups if group.version == model and group.kind == kind]
            total = sum((group.held(sums[(person, model, group.name)]) for group in groups), Decimal(0))
            assert quantised(held(total, *limits[kind])) == score


def test_instants_stand_in_history(run: Warehouse) -> None:
    """At each qualifying instant the grade is the one that history tells, and the score is the one it had."""
    rows = selected(
        run,
        "select instants.occurred_at, history.valid_from, instants.grade = history.grade, "
        "instants.fit_score, history.fit_score, instants.engagement_score, history.engagement_score "
        "from handoff.marts.fct_lead_score_instants as instants "
        "inner join handoff.marts.fct_lead_score_history as history on instants.person_id = history.person_id "
        "and instants.scoring_model = history.scoring_model "
        "and instants.occurred_at >= history.valid_from and instants.occurred_at < history.valid_until",
    )
    assert len(rows) == len(selected(run, "from handoff.marts.fct_lead_score_instants"))
    for occurred_at, valid_from, is_same_grade, fit, fit_told, engagement, engagement_told in rows:
        assert is_same_grade
        if occurred_at == valid_from:
            assert (fit, engagement) == (fit_told, engagement_told)
        else:
            assert engagement <= engagement_told or fit <= fit_told
