"""How well the score told apart: the SQL's area under the curve beside scikit-learn's and exact fractions, Wilson's
bounds beside the roots of his equation, and the report beside the cycles of the demo."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal, getcontext
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from handoff.rates import NORMAL_95, wilson
from sklearn.metrics import roc_auc_score
from support.compiled import compiled_project
from test_reports_recomputed import rows_of

Key = tuple[str, ...]


def generated(seed: int, sets: int) -> dict[str, list[tuple[Decimal, bool]]]:
    """Sets of scores and outcomes: few and many, all tied and none, with the score saying much, little or nothing."""
    chance = random.Random(seed)
    made = {}
    for number in range(sets):
        size = chance.choice([1, 2, 3, 5, 10, 40, 200])
        steps = chance.choice([1, 2, 5, 100, 20000])
        slope = chance.choice([0.0, 0.3, 1.0, 3.0])
        rows = []
        for _ in range(size):
            score = Decimal(chance.randrange(steps)) / 100
            likely = 1 / (1 + math.exp(-slope * (float(score) * 100 / steps - 0.5) * 4))
            rows.append((score, chance.random() < likely))
        made[f"set-{number:04d}"] = rows
    return made


def exact_auc(rows: list[tuple[Decimal, bool]]) -> Fraction | None:
    """Every pair of one with the label and one without: won, lost or half."""
    yes = [score for score, is_positive in rows if is_positive]
    no = [score for score, is_positive in rows if not is_positive]
    if not yes or not no:
        return None
    won = sum(
        Fraction(1) if one > other else Fraction(1, 2) if one == other else Fraction(0) for one in yes for other in no
    )
    return won / (len(yes) * len(no))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_area_is_that_of_every_pair_and_of_scikit_learn(seed: int) -> None:
    sets = generated(seed, 200)
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put(
            "int_cycle_scores_judged",
            [
                {"mql_id": f"{name}-{number}", "scoring_model": name, "score": score, "is_positive": is_positive}
                | {"score_kind": "fit", "label": "won", "fit_basis": "any", "split": "all", "horizon_days": 90}
                for name, rows in sets.items()
                for number, (score, is_positive) in enumerate(rows)
            ],
        )
        warehouse.run("fct_score_discrimination")
        found = {row["scoring_model"]: row for row in warehouse.rows("fct_score_discrimination")}
    assert set(found) == set(sets)
    compared = 0
    for name, rows in sets.items():
        area = exact_auc(rows)
        row = found[name]
        assert row["mqls"] == len(rows)
        assert row["positives"] == sum(is_positive for _, is_positive in rows)
        if area is None:
            assert row["auc"] is None
            continue
        compared += 1
        assert row["auc"] == float(area), name
        theirs = roc_auc_score([is_positive for _, is_positive in rows], [float(score) for score, _ in rows])
        assert round(row["auc"], 12) == round(float(theirs), 12), name
        if row["auc_lower"] is not None:
            assert 0 <= row["auc_lower"] <= row["auc"] <= row["auc_upper"] <= 1
    assert compared > 80


def test_wilson_is_where_the_rate_would_just_be_believed() -> None:
    """His bounds are the rates p at which |rate - p| is z standard errors of p: solved here in fifty digits."""
    getcontext().prec = 50
    z2 = Decimal(NORMAL_95) ** 2
    for trials in (1, 2, 7, 30, 1000, 10**7):
        for successes in {0, 1, trials // 3, trials - 1, trials}:
            found = wilson(successes, trials)
            assert found is not None
            a = trials * (trials + z2)
            b = -(2 * successes * trials + z2 * trials)
            root = (b * b - 4 * a * successes * successes).sqrt()
            expected = ((-b - root) / (2 * a), (-b + root) / (2 * a))
            for ours, theirs in zip(found, expected, strict=True):
                assert round(Decimal(ours), 12) == round(theirs, 12), (successes, trials)
    assert wilson(0, 0) is None


def test_the_sql_bounds_are_those_of_the_package(published: duckdb.DuckDBPyConnection) -> None:
    report = rows_of(published, "rpt_score_calibration")
    assert len(report) > 50
    for row in report:
        assert (row["rate_lower"], row["rate_upper"]) == wilson(row["positives"], row["mqls"])


def test_every_cell_is_counted_from_the_cycles(published: duckdb.DuckDBPyConnection) -> None:
    (as_of,) = {row["scored_as_of"] for row in rows_of(published, "fct_lead_scores")}
    held_out = {row["scoring_model"]: row["held_out_from"] for row in rows_of(published, "dim_scoring_model")}
    cells: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for cycle in rows_of(published, "fct_mql_cycles"):
        for label in ("accepted", "meeting_held", "opportunity", "won"):
            due = cycle["acceptance_due_at"] if label == "accepted" else cycle["mature_at"]
            if cycle["grade"] is None or due > as_of:
                continue
            reached = {
                "accepted": cycle["accepted_at"],
                "meeting_held": cycle["meeting_held_at"],
                "opportunity": cycle["opportunity_created_at"],
                "won": cycle["closed_at"] if cycle["outcome"] == "won" else None,
            }[label]
            told = cycle | {
                "is_positive": reached is not None and reached <= due,
                "days": (due - cycle["opened_at"]).days,
            }
            part = "out_of_time" if cycle["opened_at"] >= held_out[cycle["scoring_model"]] else "in_sample"
            for kind, band in (
                ("fit", cycle["grade"][0]),
                ("engagement", cycle["grade"][1]),
                ("grade", cycle["grade"]),
            ):
                for split in ("all", part):
                    cells[(cycle["scoring_model"], kind, band, label, "any", split)].append(told)
    report = {
        (*(row[name] for name in ("scoring_model", "score_kind", "score_band", "label", "fit_basis", "split")),): row
        for row in rows_of(published, "rpt_score_calibration")
        if row["fit_basis"] == "any"
    }
    assert set(report) == set(cells)
    for key, cycles in cells.items():
        row = report[key]
        peers = [told for other, told in cells.items() if (*other[:2], *other[3:]) == (*key[:2], *key[3:])]
        everybody = [cycle for told in peers for cycle in told]
        best = [
            cycle
            for other, told in cells.items()
            if (*other[:2], *other[3:]) == (*key[:2], *key[3:]) and other[2] <= key[2]
            for cycle in told
        ]
        positives = sum(cycle["is_positive"] for cycle in everybody)
        assert row["mqls"] == len(cycles)
        assert row["people"] == len({cycle["person_id"] for cycle in cycles})
        assert row["positives"] == sum(cycle["is_positive"] for cycle in cycles)
        assert row["accepted"] == sum(cycle["accepted_at"] is not None for cycle in cycles)
        assert row["opportunities"] == sum(cycle["opportunity_id"] is not None for cycle in cycles)
        assert row["won"] == sum(cycle["outcome"] == "won" for cycle in cycles)
        assert row["base_rate"] == positives / len(everybody)
        assert row["cumulative_mqls_share"] == len(best) / len(everybody)
        assert row["horizon_days"] == max(cycle["days"] for cycle in everybody)
        if positives:
            lift = Fraction(row["positives"], row["mqls"]) / Fraction(positives, len(everybody))
            assert row["lift"] == float(lift)
            assert row["cumulative_gain"] == sum(cycle["is_positive"] for cycle in best) / positives
        score = {"fit": "fit_score", "engagement": "engagement_score"}.get(row["score_kind"])
        ranked = [
            (cycle[score] if score else cycle["fit_score"] + cycle["engagement_score"], cycle["is_positive"])
            for cycle in everybody
        ]
        area = exact_auc(ranked)
        assert row["auc"] == (None if area is None else float(area))


def test_nothing_immature_is_judged(published: duckdb.DuckDBPyConnection) -> None:
    """Pitfall 10: the youngest cohorts would look worst. The demo has cycles too young for every label."""
    (young,) = published.execute(
        "select count(*) from marts.fct_mql_cycles, (select max(scored_as_of) as as_of from marts.fct_lead_scores) "
        "where acceptance_due_at > as_of"
    ).fetchall()[0]
    assert young > 0
    for row in rows_of(published, "fct_score_discrimination"):
        assert timedelta(days=row["shortest_horizon_days"]) > timedelta(0)
        assert row["mqls"] > 0
