"""Scores, now and over all of history, beside a model of the definitions in 50-digit decimals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from oracles.scoring import OPEN_END, Person, Rules, standing_of, told_of
from oracles.scoring_worlds import World, made
from support.compiled import Warehouse, compiled_project

PEOPLE = 50
WORLDS = range(8)
LONG_WORLDS = range(1000, 1400)


def text(value: object) -> str | None:
    return None if value is None else str(value)


def moment_text(moment: datetime, none_at: datetime) -> str | None:
    return None if moment == none_at else moment.isoformat(sep=" ")


def rule_seeds(rules: Rules) -> dict[str, list[dict[str, Any]]]:
    """The rules as sheets."""
    return {
        "rule_scoring_models": [
            {
                "scoring_model": version.name,
                "model_status": version.status,
                "effective_from": moment_text(version.begins, datetime(1900, 1, 1)),
                "effective_until": moment_text(version.ends, OPEN_END),
                "review_by": "2027-01-01",
                "rationale": "made",
            }
            for version in rules.versions
        ],
        "rule_score_groups": [
            {
                "scoring_model": group.version,
                "score_group": group.name,
                "rule_kind": group.kind,
                "floor_points": text(group.floor),
                "cap_points": text(group.cap),
                "half_life_days": text(group.half_life),
                "rationale": "made",
            }
            for group in rules.groups
        ],
        "rule_score_points": [
            {
                "scoring_model": rule.version,
                "rule_id": rule.rule_id,
                "rule_kind": "fit",
                "score_group": rule.group,
                "attribute": rule.condition.attribute,
                "operator": rule.condition.operator,
                "value": rule.condition.value,
                "points": text(rule.points),
                "reason": rule.rule_id,
            }
            for rule in rules.fit
        ]
        + [
            {
                "scoring_model": rule.version,
                "rule_id": rule.rule_id,
                "rule_kind": "engagement",
                "score_group": rule.group,
                "signal_name": rule.signal_name,
                "points": text(rule.points),
                "decay": rule.decay,
                "decay_days": text(rule.decay_days),
                "look_back_days": text(rule.look_back_days),
                "daily_cap": text(rule.daily_cap),
                "reason": rule.rule_id,
            }
            for rule in rules.engagement
        ],
        "rule_score_bands": [
            {"scoring_model": version, "rule_kind": kind, "band": band, "min_score": str(lowest), "rationale": "made"}
            for (version, kind), bands in rules.bands.items()
            for band, lowest in bands
        ],
        "rule_qualification_matrix": [
            {"scoring_model": version, "grade": grade, "rationale": "made"}
            for version, grade in sorted(rules.qualifying)
        ],
        "rule_exclusions": [
            {
                "rule_id": rule.rule_id,
                "sort_order": str(number),
                "exclusion_reason": "spam",
                "attribute": rule.condition.attribute,
                "operator": rule.condition.operator,
                "value": rule.condition.value,
                "effective_from": moment_text(rule.begins, datetime(1900, 1, 1)),
                "effective_until": moment_text(rule.ends, OPEN_END),
                "rationale": "made",
            }
            for number, rule in enumerate(rules.exclusions)
        ],
    }


def person_row(person: Person, as_of: datetime) -> dict[str, Any]:
    attributes = {name: person.attribute(name, as_of) for name in person.attributes}
    return {"person_id": person.person_id, "created_at": person.created_at, "source_system": "generic", **attributes}


def signal_rows(world: World) -> list[dict[str, Any]]:
    return [
        {
            "signal_id": signal.signal_id,
            "person_id": person.person_id,
            "signal_name": signal.name,
            "occurred_at": signal.occurred_at,
            "occurred_at_precision": "exact",
            "asset_id": signal.asset,
            "is_hand_raise": signal.name in world.hand_raises,
            "is_counted": True,
        }
        for person in world.people
        for signal in person.signals
        if signal.occurred_at <= world.as_of
    ]


def scored(world: World) -> Warehouse:
    """The world, run by the project's own SQL."""
    warehouse = compiled_project("generic").warehouse()
    warehouse.load_seeds(rule_seeds(world.rules))
    warehouse.put("int_persons_enriched", [person_row(person, world.as_of) for person in world.people])
    warehouse.put("int_status_changes_identified")
    warehouse.put("fct_signals", signal_rows(world))
    warehouse.run("fct_lead_score_history", "fct_lead_scores", "fct_score_points", as_of=world.as_of)
    return warehouse


COLUMNS = "fit_score, fit_band, engagement_score, engagement_band, grade, meets_threshold"


def selected(warehouse: Warehouse, query: str) -> list[tuple[Any, ...]]:
    return warehouse.connection.execute(query).fetchall()


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


def check(seed: int, people: int) -> int:
    world = made(seed, people)
    with scored(world) as warehouse:
        history = selected(
            warehouse,
            f"select person_id, scoring_model, valid_from, valid_until, {COLUMNS} "
            "from handoff.marts.fct_lead_score_history",
        )
        scores = selected(warehouse, f"select person_id, scoring_model, {COLUMNS} from handoff.marts.fct_lead_scores")
    assert len(set(history)) == len(history)
    wanted = expected_history(world)
    assert sorted(set(history) ^ wanted)[:6] == [], f"world {seed}: history"
    wanted = expected_scores(world)
    assert sorted(set(scores) ^ wanted)[:6] == [], f"world {seed}: scores"
    return len(history)


@pytest.mark.parametrize("seed", WORLDS)
def test_scores_and_history_equal_the_model_in_decimals(seed: int) -> None:
    assert check(seed, PEOPLE) > PEOPLE


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG_WORLDS)
def test_many_histories_equal_the_model_in_decimals(seed: int) -> None:
    check(seed, PEOPLE)
