"""Suggested weights: a planted truth is found, no sign changes, and too little data is refused."""

from __future__ import annotations

import csv
import json
import random
import shutil
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from handoff.errors import CheckFailed, CouldNotRun
from handoff.project import RuleFiles
from handoff.rules import lint, rules
from handoff.suggest import render_suggestion, suggest

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT / "seeds"
BASE = "2026-a"
STRONG, WEAK, USELESS, BAD = "ENG-06", "ENG-09", "ENG-07", "ENG-20"
DAY = timedelta(days=1)


def base_rules() -> list[dict[str, str]]:
    with (SEEDS / "rules/lead_scoring/rule_score_points.csv").open(newline="", encoding="utf-8") as stream:
        return [row for row in csv.DictReader(stream) if row["scoring_model"] == BASE]


def planted(folder: Path, cycles: int, seed: int = 3) -> Path:
    """A published run in which one rule foretells acceptance well, one a little, one not at all, one the opposite."""
    chance = random.Random(seed)
    version = folder / "versions" / "one"
    version.mkdir(parents=True)
    (folder / "current").symlink_to(Path("versions") / "one")
    (version / "run.json").write_text(
        json.dumps({"as_of": "2026-06-30T18:00:00Z", "run_id": "one", "rules": {}}), encoding="utf-8"
    )
    kinds = {row["rule_id"]: row["rule_kind"] for row in base_rules()}
    opened, ledger = [], []
    for number in range(cycles):
        moment = datetime(2025, 1, 1) + timedelta(hours=number)
        has = {rule: chance.random() < 0.4 for rule in (STRONG, WEAK, USELESS, BAD)}
        likely = 0.15 + 0.5 * has[STRONG] + 0.12 * has[WEAK] - 0.12 * has[BAD]
        accepted = moment + DAY if chance.random() < likely else None
        opened.append((f"M{number}", f"P{number}", moment, accepted, moment + 30 * DAY, moment + 90 * DAY))
        ledger += [(f"P{number}", rule, moment - timedelta(minutes=5)) for rule, is_there in has.items() if is_there]
    assert {STRONG, WEAK, USELESS, BAD} <= set(kinds)
    with duckdb.connect(str(version / "handoff.duckdb")) as marts:
        marts.execute("create schema marts")
        marts.execute(
            "create table marts.fct_mql_cycles (mql_id varchar, person_id varchar, opened_at timestamp, "
            "accepted_at timestamp, acceptance_due_at timestamp, mature_at timestamp)"
        )
        marts.executemany("insert into marts.fct_mql_cycles values (?, ?, ?, ?, ?, ?)", opened)
        marts.execute(
            "alter table marts.fct_mql_cycles add column outcome varchar; "
            "alter table marts.fct_mql_cycles add column closed_at timestamp; "
            "alter table marts.fct_mql_cycles add column meeting_held_at timestamp; "
            "alter table marts.fct_mql_cycles add column opportunity_created_at timestamp"
        )
        marts.execute(
            "create table marts.fct_score_points (person_id varchar, rule_id varchar, occurred_at timestamp, "
            "scoring_model varchar, is_point_in_time boolean, signal_id varchar)"
        )
        marts.executemany(
            f"insert into marts.fct_score_points values (?, ?, ?, '{BASE}', true, md5(random()::varchar))", ledger
        )
        marts.execute(
            "create table marts.fct_fit_points (person_id varchar, rule_id varchar, scoring_model varchar, "
            "valid_from timestamp, valid_until timestamp, is_point_in_time boolean)"
        )
        marts.execute(
            f"create table marts.dim_score_rule as select scoring_model, rule_id, rule_kind, score_group, "
            f"cast(points as double) as points, decay, cast(decay_days as integer) as decay_days, "
            f"cast(look_back_days as integer) as look_back_days, cast(30 as double) as half_life_days "
            f"from read_csv('{SEEDS / 'rules/lead_scoring/rule_score_points.csv'}', all_varchar = true) "
            f"where scoring_model = '{BASE}'"
        )
        marts.execute(
            "create table marts.dim_review_trigger as select trigger_name, cast(min_count as bigint) as min_count "
            f"from read_csv('{SEEDS / 'rules/lead_scoring/rule_review_triggers.csv'}', all_varchar = true)"
        )
        marts.execute(
            f"create table marts.dim_scoring_model as select '{BASE}' as scoring_model, 'active' as model_status, "
            "timestamp '2020-01-01' as effective_from, timestamp '9999-12-31' as effective_until"
        )
    return folder


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    folder = tmp_path_factory.mktemp("suggest")
    out = folder / "out"
    warehouse = planted(folder / "warehouse", 1200)
    answer = suggest(warehouse, RuleFiles(SEEDS), out, name="learnt", model=None, label="accepted", any_fit=False)
    return answer, out


def points(answer: dict[str, Any], column: str = "points_suggested") -> dict[str, float]:
    return {row["rule_id"]: row[column] for row in answer["rules"]}


def test_the_planted_truth_is_found(found: tuple[dict[str, Any], Path]) -> None:
    answer, _ = found
    suggested = points(answer)
    assert suggested[STRONG] > suggested[WEAK] > suggested[USELESS] >= 0 > suggested[BAD]
    assert answer["held_out_auc_suggested"] > answer["held_out_auc_now"]
    (strong,) = [row for row in answer["rules"] if row["rule_id"] == STRONG]
    assert strong["rate_with_lower"] > strong["rate_without"]
    assert any(STRONG in line for line in render_suggestion(answer))


def test_no_weight_changes_its_sign_and_all_are_whole(found: tuple[dict[str, Any], Path]) -> None:
    answer, _ = found
    now = points(answer, "points_now")
    for rule, suggested in points(answer).items():
        assert suggested * now[rule] >= 0, rule
        assert suggested == int(suggested) or suggested == now[rule]
    kept = [row for row in answer["rules"] if row["note"].startswith("kept")]
    assert kept
    assert all(row["points_suggested"] == row["points_now"] for row in kept)


def test_the_draft_is_sound_once_its_rows_are_added(found: tuple[dict[str, Any], Path], tmp_path: Path) -> None:
    _, out = found
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    names = {path.name for path in out.iterdir()} - {"evidence.csv"}
    assert len(names) == 6
    for name in names:
        _, *rows = (out / name).read_text(encoding="utf-8").splitlines()
        assert rows
        with (seeds / "rules/lead_scoring" / name).open("a", encoding="utf-8") as stream:
            stream.write("\n".join(rows) + "\n")
    assert lint(seeds) == []


def test_the_same_past_suggests_the_same(found: tuple[dict[str, Any], Path], tmp_path: Path) -> None:
    answer, out = found
    again = suggest(
        out.parent / "warehouse",
        RuleFiles(SEEDS),
        tmp_path / "again",
        name="learnt",
        model=BASE,
        label="accepted",
        any_fit=False,
    )
    assert points(again) == points(answer)
    assert (tmp_path / "again/evidence.csv").read_bytes() == (out / "evidence.csv").read_bytes()


@pytest.mark.parametrize(
    ("cycles", "label", "message"),
    [
        (299, "accepted", "299 cycles are old enough for accepted; 300 are needed."),
        (400, "won", "0 cycles are with won"),
    ],
)
def test_too_little_is_refused_by_exit_code_and_writes_nothing(
    cycles: int, label: str, message: str, tmp_path: Path
) -> None:
    warehouse = planted(tmp_path / "warehouse", cycles)
    out = tmp_path / "out"
    words = ["suggest", "--label", label, "--out", str(out), "--warehouse", str(warehouse)]
    done = CliRunner().invoke(rules, words)
    assert isinstance(done.exception, CheckFailed)
    assert done.exception.exit_code == 1
    assert message in " ".join(done.exception.details)
    assert not out.exists()


def refused(change: Callable[[dict[str, Any]], None], warehouse: Path, tmp_path: Path) -> str:
    asked = {"name": "learnt", "model": None, "label": "accepted", "any_fit": False}
    change(asked)
    with pytest.raises(CouldNotRun) as told:
        suggest(warehouse, RuleFiles(asked.pop("seeds", SEEDS)), tmp_path / "out", **asked)
    return str(told.value)


def test_without_scikit_learn_one_line_says_what_to_install(
    found: tuple[dict[str, Any], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "sklearn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    out = tmp_path / "out"
    done = CliRunner().invoke(
        rules, ["suggest", "--label", "accepted", "--out", str(out), "--warehouse", str(found[1].parent / "warehouse")]
    )
    assert isinstance(done.exception, CouldNotRun) and done.exception.exit_code == 2
    assert str(done.exception) == "Suggesting weights needs scikit-learn."
    assert "handoff[suggest]" in (done.exception.hint or "")
    assert not out.exists()


def test_what_cannot_be_done_is_said(found: tuple[dict[str, Any], Path], tmp_path: Path) -> None:
    warehouse = found[1].parent / "warehouse"
    assert "no scoring model nobody" in refused(lambda asked: asked.update(model="nobody"), warehouse, tmp_path)
    assert "2025-a already" in refused(lambda asked: asked.update(name="2025-a"), warehouse, tmp_path)
    assert "cannot be read" in refused(lambda asked: asked.update(seeds=tmp_path), warehouse, tmp_path)
