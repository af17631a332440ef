"""A draft beside the active model: who crosses the threshold, what it would have sent, and that mart and command agree.

One adversarial world, run with two drafts: a true copy of the model in force, which may change nothing, and a bold one.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from handoff import backtest as backtests
from handoff.backtest import Member, backtest, match, render_backtest, replay, verdict
from handoff.database import opened
from handoff.drafts import diff, render_diff
from handoff.errors import CouldNotRun
from handoff.rules import rules
from oracles.worlds import World
from test_lifecycle_oracle import PROJECT, published

COPY, BOLD = "copy-of-2026-a", "bold"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    project = folder / "project"
    ignored = shutil.ignore_patterns(".*", "target", "logs", "python", "docs", "demo", "__pycache__")
    shutil.copytree(PROJECT, project, ignore=ignored)
    for name in ("scoring_models", "score_groups", "score_points", "score_bands", "qualification_matrix"):
        add_drafts(project / "seeds/rules/lead_scoring" / f"rule_{name}.csv")
    published(World(5, 260).made(), folder, project=project).marts.close()
    return folder / "warehouse"


def add_drafts(path: Path) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns, told = list(reader.fieldnames or []), list(reader)
    kept = list(told)
    for name in (COPY, BOLD):
        for row in [row | {"scoring_model": name} for row in told if row["scoring_model"] == "2026-a"]:
            if "model_status" in row:
                row |= {"model_status": "draft", "effective_from": "", "effective_until": ""}
            if name == BOLD and row.get("signal_name") in ("content_downloaded", "webinar_attended"):
                row["points"] = "40"
            if name == BOLD and row.get("signal_name") == "trial_started":
                continue
            if name == BOLD and "cap_points" in row and row["score_group"] in ("content", "events"):
                row["cap_points"] = "60"
            kept.append(row)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(kept)


@pytest.fixture(scope="module")
def marts(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(warehouse / "handoff.duckdb", read_only=True) as connection:
        yield connection


def rows(marts: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = marts.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_the_command_and_the_mart_agree_to_the_last_bit(warehouse: Path, marts: duckdb.DuckDBPyConnection) -> None:
    """Two implementations: a recursive walk in SQL, and one in Python from what is published."""
    report = rows(marts, "from marts.rpt_scoring_model_comparison")
    windows = {
        row["scoring_model"]: (row["effective_from"], row["effective_until"])
        for row in rows(marts, "from marts.dim_scoring_model where model_status = 'active'")
    }
    pairs = {(row["draft_model"], row["active_model"]) for row in report}
    assert pairs == {(draft, active) for draft in (COPY, BOLD, "2026-b-draft") for active in windows}
    for draft, active in pairs:
        found = backtest(warehouse, draft, *windows[active])
        assert found["active_models"] == [active]
        for told in found["labels"]:
            (row,) = [
                row
                for row in report
                if (row["draft_model"], row["active_model"], row["label"]) == (draft, active, told["label"])
            ]
            assert {name: row[name] for name in told} == told
            assert set(row) - set(told) == {"draft_model", "active_model", "window_from", "window_until"}
            assert row["window_until"].isoformat() == found["window_until"]


def test_the_bold_draft_gains_and_loses(marts: duckdb.DuckDBPyConnection) -> None:
    """Else the agreement above would mean little."""
    (row,) = rows(
        marts,
        f"""
        select sum(gained_known) as known, sum(gained_unknown) as unknown, sum(lost_known) as lost,
            sum(gained_positives) as positives, sum(draft_too_early) as too_early
        from marts.rpt_scoring_model_comparison where draft_model = '{BOLD}'
        """,
    )
    assert all(row.values()), row


def test_a_true_copy_of_the_model_in_force_changes_nothing(warehouse: Path, marts: duckdb.DuckDBPyConnection) -> None:
    found = diff(warehouse, COPY)
    assert (found["gained"], found["lost"], found["regraded"]) == ([], [], 0)
    assert found["meet_by_active"] == found["meet_by_draft"] > 0
    for row in rows(
        marts,
        f"from marts.rpt_scoring_model_comparison where draft_model = '{COPY}' and active_model = '2026-a'",
    ):
        assert row["mqls_draft"] == row["mqls_active"] > 20
        assert (row["gained"], row["lost"], row["draft_unknown"]) == (0, 0, 0)
        assert row["precision_active"] == row["precision_draft_at_worst"] == row["precision_draft_at_best"]
    members = rows(
        marts,
        f"""
        select draft.opened_at as draft_opened_at, fct_mql_cycles.opened_at
        from marts.fct_compared_mqls as draft
        inner join marts.fct_mql_cycles using (mql_id)
        where draft.draft_model = '{COPY}' and draft.active_model = '2026-a' and draft.side = 'draft'
        """,
    )
    assert all(row["draft_opened_at"] == row["opened_at"] for row in members)


def test_unknown_outcomes_bound_the_rates_and_are_never_counted_as_none(marts: duckdb.DuckDBPyConnection) -> None:
    for row in rows(marts, f"from marts.rpt_scoring_model_comparison where draft_model = '{BOLD}'"):
        for rate in ("precision_draft", "recall_draft", "recall_active"):
            low, high = row[f"{rate}_at_worst"], row[f"{rate}_at_best"]
            if low is not None:
                assert 0 <= row[f"{rate}_lower"] <= low <= high <= row[f"{rate}_upper"] <= 1
                assert (low < high) == (row["gained_unknown"] > 0 and row[f"{rate}_lower"] < 1) or low == 1


def test_diff_lists_whoever_crosses_both_ways(warehouse: Path, marts: duckdb.DuckDBPyConnection) -> None:
    found = diff(warehouse, BOLD)
    crossed = rows(
        marts,
        f"""
        select person_id, draft.meets_threshold as gained, segment
        from marts.fct_lead_scores as active
        inner join marts.fct_lead_scores as draft using (person_id)
        inner join marts.dim_person using (person_id)
        where active.model_status = 'active' and draft.scoring_model = '{BOLD}'
            and active.meets_threshold <> draft.meets_threshold
        """,
    )
    assert {row["person_id"] for row in found["gained"]} == {row["person_id"] for row in crossed if row["gained"]}
    assert {row["person_id"] for row in found["lost"]} == {row["person_id"] for row in crossed if not row["gained"]}
    assert found["gained"] and found["lost"]
    assert found["meet_by_draft"] - found["meet_by_active"] == len(found["gained"]) - len(found["lost"])
    for name in ("segment", "lead_source", "channel"):
        assert sum(row["gained"] for row in found["by"][name]) == len(found["gained"])
        assert sum(row["lost"] for row in found["by"][name]) == len(found["lost"])
    for person in found["gained"] + found["lost"]:
        assert person["rules"] or person["groups"]
        ledger = rows(
            marts,
            f"select scoring_model, rule_id, sum(weighted_points) as points from marts.fct_score_points "
            f"where person_id = '{person['person_id']}' and scoring_model in ('2026-a', '{BOLD}') group by all",
        )
        points = {(row["scoring_model"], row["rule_id"]): row["points"] for row in ledger}
        for rule in person["rules"]:
            assert abs(rule["points_active"] - points.get(("2026-a", rule["rule_id"]), 0)) <= 0.0051
            assert abs(rule["points_draft"] - points.get((BOLD, rule["rule_id"]), 0)) <= 0.0051
    assert any("Gained" in line for line in render_diff(found))


def test_a_window_of_ones_own_is_replayed_from_its_beginning(warehouse: Path) -> None:
    begins, ends = datetime(2025, 9, 1), datetime(2025, 12, 1)
    found = backtest(warehouse, BOLD, begins, ends)
    for row in found["gained"] + found["lost"]:
        assert begins.isoformat() <= row["opened_at"] < ends.isoformat()
    assert found["labels"][0]["mqls_active"] > 0
    assert any("unknown" in line for line in render_backtest(found))
    with pytest.raises(CouldNotRun, match="window is empty"):
        backtest(warehouse, BOLD, ends, begins)


def test_the_commands_say_it_by_exit_code(warehouse: Path, tmp_path: Path) -> None:
    def call(*words: str) -> Any:
        return CliRunner().invoke(rules, [*words, "--warehouse", str(warehouse)])

    for words in (("diff",), ("backtest", "--from", "2025-09-01", "--until", "2025-12-01")):
        done = call(*words, "--draft", BOLD, "--json")
        assert done.exit_code == 0
        assert json.loads(done.stdout)["draft_model"] == BOLD
        assert call(*words, "--draft", BOLD).exit_code == 0
        two = call(*words)
        assert isinstance(two.exception, CouldNotRun) and "There are 3 drafts" in str(two.exception)
        none = call(*words, "--draft", "2026-a")
        assert isinstance(none.exception, CouldNotRun) and "No draft" in str(none.exception)
        assert none.exception.exit_code == 2
        empty = CliRunner().invoke(rules, [*words, "--warehouse", str(tmp_path)])
        assert isinstance(empty.exception, CouldNotRun) and "Nothing is published" in str(empty.exception)
    wrong = call("backtest", "--from", "yesterday", "--draft", BOLD)
    assert isinstance(wrong.exception, CouldNotRun) and "--from 'yesterday'" in str(wrong.exception)


DAY = datetime(2026, 1, 1)


def instant(days: float, closed: float | None = None, **cells: Any) -> dict[str, Any]:
    moment = DAY + timedelta(days=days)
    end = None if closed is None else DAY + timedelta(days=closed)
    quiet = None if end is None else end + timedelta(days=30)
    facts = dict.fromkeys(("accepted_at", "meeting_held_at", "opportunity_created_at", "outcome"))
    return {
        "person_id": "P",
        "mql_id": f"M{days}",
        "cycle_number": 1,
        "occurred_at": moment,
        "opened_at": moment,
        "closed_at": end,
        "quiet_until": quiet,
        "is_hand_raise": False,
        "acceptance_due_at": moment + timedelta(days=30),
        "mature_at": moment + timedelta(days=90),
        **facts,
        **cells,
    }


@pytest.mark.parametrize(
    ("candidates", "cycles", "opened"),
    [
        ([instant(-1, 5), instant(0, 5)], [], [0]),  # the window's first instant is inside it
        ([instant(99, 120), instant(100, 120)], [], [99]),  # its end is not
        ([instant(0, 5), instant(4, 9), instant(34, 40), instant(35, 40)], [], [0, 35]),  # cool-down, half-open
        ([instant(0, 5), instant(5, 9, is_hand_raise=True)], [], [0]),  # of the second of the end: ends no second cycle
        ([instant(0, 5), instant(6, 9, is_hand_raise=True)], [], [0, 6]),  # a hand-raise waits for nothing
        ([instant(0), instant(50, 60)], [], [0]),  # an open cycle keeps the person
        ([instant(0, 5)], [instant(-10)], []),  # so does one open from before the window
        ([instant(0, 5), instant(20, 25)], [instant(-40, -10)], [20]),  # one just closed makes them wait
        ([instant(0, 5)], [instant(50)], [0]),  # what came later is no history yet
    ],
)
def test_the_replay_walks_as_cycles_do(
    candidates: list[dict[str, Any]], cycles: list[dict[str, Any]], opened: list[float]
) -> None:
    found = replay(candidates, cycles, DAY, DAY + timedelta(days=100))
    assert [cycle["occurred_at"] for cycle in found] == [DAY + timedelta(days=days) for days in opened]


def test_a_replayed_cycle_meets_the_one_whose_time_overlaps() -> None:
    fact = instant(10, 20, mql_id="fact")
    for candidate, expected in ((instant(0, 10), None), (instant(0, 11), "fact"), (instant(20, 30), None)):
        members = match([candidate], [fact], DAY, DAY + timedelta(days=100))
        assert [member.member_of for member in members] == (["kept", "kept"] if expected else ["gained", "lost"])


def test_a_label_counts_until_its_horizon_and_not_after() -> None:
    late = instant(0, 50, accepted_at=DAY + timedelta(days=30, seconds=1))
    in_time = instant(0, 50, accepted_at=DAY + timedelta(days=30))
    due = DAY + timedelta(days=30)
    assert verdict(Member("active", "kept", True, in_time), "accepted", due) == "yes"
    assert verdict(Member("active", "kept", True, late), "accepted", due) == "no"
    assert verdict(Member("active", "kept", True, in_time), "accepted", due - timedelta(seconds=1)) == "too_early"
    assert verdict(Member("draft", "gained", False, instant(0, 50)), "accepted", due) == "unknown"
    won = instant(0, 50, outcome="won")
    assert verdict(Member("active", "kept", True, won), "won", DAY + timedelta(days=90)) == "yes"
    assert set(backtests.LABELS) == {"accepted", "meeting_held", "opportunity", "won"}
