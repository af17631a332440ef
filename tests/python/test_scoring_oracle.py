"""Scores, now and over all of history, beside a model of the definitions in 50-digit decimals."""

from __future__ import annotations

from typing import Any

import pytest
from oracles.scoring import instants_of, standing_of, told_of
from oracles.scoring_worlds import World, made
from scoring_support import COLUMNS, scored, selected

PEOPLE = 50
WORLDS = range(8)
LONG_WORLDS = range(1000, 1400)


def expected_history(world: World) -> set[tuple[Any, ...]]:
    return {
        (
            *key,
            interval.valid_from,
            interval.valid_until,
            interval.standing.fit_score,
            interval.standing.fit_band,
            interval.standing.engagement_score,
            interval.standing.engagement_band,
            interval.standing.grade,
            interval.standing.meets_threshold,
        )
        for key, intervals in told_of(world.rules, world.people, world.as_of).items()
        for interval in intervals
    }


def expected_scores(world: World) -> set[tuple[Any, ...]]:
    return {
        (
            *key,
            standing.fit_score,
            standing.fit_band,
            standing.engagement_score,
            standing.engagement_band,
            standing.grade,
            standing.meets_threshold,
        )
        for key, standing in standing_of(world.rules, world.people, world.as_of).items()
    }


def expected_instants(world: World) -> set[tuple[Any, ...]]:
    return {
        (
            *key,
            moment,
            standing.fit_score,
            standing.fit_band,
            standing.engagement_score,
            standing.engagement_band,
            standing.grade,
            standing.meets_threshold,
        )
        for key, instants in instants_of(world.rules, world.people, world.as_of, world.hand_raises).items()
        for moment, standing in instants.items()
    }


def check(seed: int, people: int) -> int:
    world = made(seed, people)
    with scored(world) as warehouse:
        history = selected(
            warehouse,
            f"select person_id, scoring_model, valid_from, valid_until, {COLUMNS} "
            "from handoff.marts.fct_lead_score_history",
        )
        instants = selected(
            warehouse,
            f"select person_id, scoring_model, occurred_at, {COLUMNS} from handoff.marts.fct_lead_score_instants",
        )
        scores = selected(warehouse, f"select person_id, scoring_model, {COLUMNS} from handoff.marts.fct_lead_scores")
    assert len(set(history)) == len(history)
    wanted = expected_history(world)
    assert sorted(set(history) ^ wanted)[:6] == [], f"world {seed}: history"
    wanted = expected_scores(world)
    assert sorted(set(scores) ^ wanted)[:6] == [], f"world {seed}: scores"
    assert len(set(instants)) == len(instants)
    wanted = expected_instants(world)
    assert sorted(set(instants) ^ wanted)[:6] == [], f"world {seed}: instants"
    return len(history)


@pytest.mark.parametrize("seed", WORLDS)
def test_scores_and_history_equal_the_model_in_decimals(seed: int) -> None:
    assert check(seed, PEOPLE) > PEOPLE


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG_WORLDS)
def test_many_histories_equal_the_model_in_decimals(seed: int) -> None:
    check(seed, PEOPLE)
