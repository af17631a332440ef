"""The score at any past instant, summed from the published ledger, is what the marts say of that instant; and each rule
left out of it changes what the report says it changes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from handoff.cli import cli
from handoff.drafts import Publication, publication
from handoff.errors import CouldNotRun
from handoff.explain_at import Bands, explain_at, render_at, score_at, weight

SAMPLE = 60


@pytest.fixture(scope="module")
def told(demo_warehouse: Path) -> Iterator[Publication]:
    with publication(demo_warehouse) as published:
        yield published


def models_of(told: Publication) -> dict[str, dict[str, Any]]:
    return {row["scoring_model"]: row for row in told.rows("select * from marts.dim_scoring_model")}


def test_sums_equal_what_is_published_for_the_instant(told: Publication) -> None:
    """Instants of every model, by a draw that does not hang on their order; exact in both scores and the grade."""
    models = models_of(told)
    drawn = told.rows(
        """
        select person_id, scoring_model, occurred_at, fit_score, engagement_score, grade, meets_threshold
        from marts.fct_lead_score_instants
        qualify row_number() over (
            partition by scoring_model order by md5(person_id || cast(occurred_at as varchar))
        ) <= $sample
        """,
        sample=SAMPLE,
    )
    assert len(drawn) == SAMPLE * len(models)
    for row in drawn:
        found = score_at(told, row["person_id"], models[row["scoring_model"]], row["occurred_at"])
        for column in ("fit_score", "engagement_score", "grade", "meets_threshold"):
            assert found[column] == row[column], (row, found)
        assert found["agrees"]
        assert set(found["published"]) == {"fit_score", "engagement_score", "grade"}


def test_sums_equal_the_history_of_scores(told: Publication) -> None:
    """At the first instant of an interval in both scores; in its middle and its last second in the grade."""
    present = told.rows("select 1 from information_schema.tables where table_name = 'fct_lead_score_history'")
    assert present
    models = models_of(told)
    drawn = told.rows(
        """
        select * from marts.fct_lead_score_history where valid_from > '1900-01-01'
        qualify row_number() over (
            partition by scoring_model order by md5(person_id || cast(valid_from as varchar))
        ) <= $sample
        """,
        sample=SAMPLE // 3,
    )
    for row in drawn:
        ends = min(row["valid_until"] - timedelta(seconds=1), told.as_of)
        middle = row["valid_from"] + (ends - row["valid_from"]) / 2
        first = score_at(told, row["person_id"], models[row["scoring_model"]], row["valid_from"])
        assert (first["fit_score"], first["engagement_score"], first["grade"]) == (
            row["fit_score"],
            row["engagement_score"],
            row["grade"],
        ), row
        for moment in (middle.replace(microsecond=0), ends):
            found = score_at(told, row["person_id"], models[row["scoring_model"]], moment)
            assert found["grade"] == row["grade"], (row, moment)
            assert found["agrees"]


def test_each_row_says_what_it_added_and_what_it_crossed(told: Publication) -> None:
    (row,) = told.rows(
        """
        select person_id, scoring_model, occurred_at from marts.fct_lead_score_instants
        where meets_threshold and not is_hand_raise order by engagement_score desc, person_id limit 1
        """
    )
    found = score_at(told, row["person_id"], models_of(told)[row["scoring_model"]], row["occurred_at"])
    ledger = found["ledger"]
    assert any(point["crosses"] and "over the threshold" in point["crosses"] for point in ledger)
    assert any(point["held_at"] is not None for point in ledger)
    for point in ledger:
        assert point["weighted_points"] == pytest.approx(point["points"] * point["weight"])
        assert point["occurred_at"] is None or point["occurred_at"] <= row["occurred_at"]
    assert ledger[-1]["fit_so_far"] == found["fit_score"]
    assert ledger[-1]["engagement_so_far"] == found["engagement_score"]


def test_the_command_by_exit_code(told: Publication, demo_warehouse: Path) -> None:
    (row,) = told.rows("select person_id, occurred_at from marts.fct_lead_score_instants order by all limit 1")
    asked = ["explain", row["person_id"], "--warehouse", str(demo_warehouse)]
    moment = row["occurred_at"].isoformat() + "Z"
    done = CliRunner().invoke(cli, [*asked, "--as-of", moment, "--json"])
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert answer["sums_agree"] is True
    assert {score["model_status"] for score in answer["scores"]} == {"active", "draft"}
    only = CliRunner().invoke(cli, [*asked, "--model", "2026-b-draft"])
    assert only.exit_code == 0
    assert only.stdout.count("Score by") == 1
    for words, message in (
        (["--model", "nobody"], "No scoring model"),
        (["--as-of", "2099-01-01"], "speaks for"),
        (["--as-of", "then"], "not a moment"),
    ):
        refused = CliRunner().invoke(cli, [*asked, *words])
        assert isinstance(refused.exception, CouldNotRun) and message in str(refused.exception)
    assert CliRunner().invoke(cli, [*asked, "--as-of", moment, "--include-pii"]).exit_code == 2


def test_before_anything_was_known_nothing_is_earned(told: Publication, demo_warehouse: Path) -> None:
    (row,) = told.rows("select person_id from marts.fct_lead_scores order by all limit 1")
    found = explain_at(demo_warehouse, row["person_id"], datetime(2001, 1, 1), None)
    assert all(score["engagement_score"] == 0 for score in found["scores"])
    assert list(render_at(found))


RULE = {"decay": "half_life", "half_life_days": 14.0, "decay_days": None, "look_back_days": 90}


@pytest.mark.parametrize(
    ("rule", "age", "left"),
    [
        (RULE, 0, 1.0),
        (RULE, 14, 0.5),
        (RULE, 28, 0.25),
        (RULE, 90, 0.0),
        ({**RULE, "decay": "expire", "decay_days": 30}, 29, 1.0),
        ({**RULE, "decay": "expire", "decay_days": 30}, 30, 0.0),
        ({**RULE, "decay": "linear", "decay_days": 40}, 10, 0.75),
        ({**RULE, "decay": "linear", "decay_days": 40}, 40, 0.0),
        ({**RULE, "decay": "none"}, 89, 1.0),
    ],
)
def test_points_weigh_by_whole_days_half_open(rule: dict[str, Any], age: int, left: float) -> None:
    assert weight(rule, age) == left


def without(ledger: list[dict[str, Any]], limits: dict[str, Any], rule_id: str | None) -> tuple[Decimal, Decimal]:
    """Both scores summed again, a rule left out: groups held inside their limits, then the whole, in hundredths."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for point in ledger:
        if point["rule_id"] != rule_id:
            sums[(point["rule_kind"], point["score_group"])] += point["weighted_points"]
    scores = []
    for kind, lowest in (("fit", -100.0), ("engagement", 0.0)):
        total = 0.0
        for (of_kind, group), points in sums.items():
            if of_kind == kind:
                floor, cap = limits[group]
                held = points if cap is None else min(points, cap)
                total += held if floor is None else max(held, floor)
        total = max(lowest, min(100.0, total))
        scores.append(Decimal(int((100 * total + 0.5 + 1e-6) // 1)) / 100)
    return scores[0], scores[1]


def test_a_rule_left_out_changes_what_the_effects_say(told: Publication) -> None:
    """Every person as of the run and every cycle of the threshold at its opening, each rule left out by hand."""
    limits: dict[str, dict[str, Any]] = defaultdict(dict)
    for rule in told.rows("select * from marts.dim_score_rule"):
        limits[rule["scoring_model"]][rule["score_group"]] = (rule["floor_points"], rule["cap_points"])
    bands = {name: Bands(told.record, name) for name in limits}
    expected = set()
    ledgers: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for point in told.rows("select * from marts.fct_score_points where weighted_points <> 0"):
        ledgers[(point["person_id"], point["scoring_model"])].append(point)
    moments = [
        ("as_of_run", row["person_id"], None, row["scoring_model"], ledgers[(row["person_id"], row["scoring_model"])])
        for row in told.rows("select * from marts.fct_lead_scores where fit_band <> 'X'")
    ]
    models = models_of(told)
    for cycle in told.rows("select * from marts.fct_mql_cycles where entry_reason = 'threshold'"):
        found = score_at(told, cycle["person_id"], models[cycle["scoring_model"]], cycle["opened_at"])
        if (found["fit_score"], found["engagement_score"]) == (cycle["fit_score"], cycle["engagement_score"]):
            model = cycle["scoring_model"]
            moments.append(("opening", cycle["person_id"], cycle["mql_id"], model, found["ledger"]))
    for kind, person, mql, model, ledger in moments:
        told_of = bands[model]
        grade = told_of.grade(*without(ledger, limits[model], None), False)
        for rule_id in {point["rule_id"] for point in ledger}:
            changed = told_of.grade(*without(ledger, limits[model], rule_id), False)
            if changed != grade:
                expected.add((kind, person, mql, model, rule_id, grade, changed))
    effects = told.rows("select * from marts.fct_rule_effects")
    columns = ("moment_kind", "person_id", "mql_id", "scoring_model", "rule_id", "grade", "grade_without")
    assert {tuple(row[name] for name in columns) for row in effects} == expected
    assert {row[0] for row in expected} == {"as_of_run", "opening"}
    for row in effects:
        assert row["meets_threshold"] == bands[row["scoring_model"]].meets(row["grade"])
        assert row["meets_threshold_without"] == bands[row["scoring_model"]].meets(row["grade_without"])


def test_the_report_counts_the_effects(told: Publication) -> None:
    report = told.rows("select * from marts.rpt_rule_usefulness")
    assert {(row["scoring_model"], row["rule_id"]) for row in report} == {
        (row["scoring_model"], row["rule_id"]) for row in told.rows("select * from marts.dim_score_rule")
    }
    effects: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in told.rows("select * from marts.fct_rule_effects"):
        effects[(row["scoring_model"], row["rule_id"])].append(row)
    for row in report:
        moved = effects[(row["scoring_model"], row["rule_id"])]
        lifted = [one for one in moved if one["meets_threshold"] and not one["meets_threshold_without"]]
        assert row["people_lifted"] == sum(one["moment_kind"] == "as_of_run" for one in lifted)
        assert row["cycles_lifted"] == sum(one["moment_kind"] == "opening" for one in lifted)
        assert row["people_regraded"] == sum(one["moment_kind"] == "as_of_run" for one in moved)
        assert (row["verdict"] == "changes_nobody") == (not moved)
    assert {"changes_nobody", "too_few_to_judge"} <= {row["verdict"] for row in report}


def test_each_version_is_measured_against_its_own_beginning(told: Publication) -> None:
    report = told.rows("select * from marts.rpt_scoring_model_health order by scoring_model, period_number")
    assert {row["scoring_model"] for row in report} == set(models_of(told))
    for row in report:
        if row["is_baseline"]:
            assert not row["stability_index"]
            assert not (row["has_qualification_changed"] or row["has_acceptance_changed"])
        scored = told.rows(
            "select count(distinct person_id) as people, count(distinct case when meets_threshold then person_id end) "
            "as qualified from marts.fct_lead_score_instants where scoring_model = $model "
            "and model_status = 'active' and occurred_at >= $begins and occurred_at < $ends",
            model=row["scoring_model"],
            begins=row["period_from"],
            ends=row["period_until"],
        )
        if row["period_from"] is not None:
            assert (row["people_scored"], row["people_qualified"]) == (scored[0]["people"], scored[0]["qualified"])
    assert sum(row["is_latest"] for row in report) == len(models_of(told))
