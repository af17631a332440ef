"""Cycles, status intervals, handoffs and clocks of small adversarial worlds, beside a Python model of the definitions;
and the laws that hold in any world. Worlds are generic input, run by the command as any input is."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from oracles.lifecycle_comparison import differences, rows
from oracles.worlds import AS_OF, World

PROJECT = Path(__file__).parents[2]
SEED, PEOPLE = 1, 300
# The last second of a day, so that what is known by its day lies on one side of it.
EARLIER = datetime(2026, 1, 31, 23, 59, 59)
ACTIONS = {
    "same_day_call",
    "account_research",
    "executive_outreach",
    "nurture_enrollment",
    "route_to_account_owner",
    "disqualify",
}
DRAFT = "oracle-draft"
PUNISHED = "careers_page_viewed"


@dataclass(frozen=True)
class Run:
    world: World
    marts: duckdb.DuckDBPyConnection

    def hashes(self) -> dict[str, str]:
        told = json.loads(self.marts.sql("select content_hashes from marts.publication").fetchall()[0][0])
        return {str(mart): str(content) for mart, content in told.items()}


def published(
    world: World, folder: Path, as_of: datetime = AS_OF, shuffled: int | None = None, project: Path = PROJECT
) -> Run:
    """Run the command on a world; a world is never empty, and every row of it must be accounted for."""
    source = world.write(folder / "source", shuffled=shuffled)
    command = [sys.executable, "-m", "handoff.cli", "run", "--source", f"generic={source}"]
    command += ["--as-of", f"{as_of.isoformat()}Z", "--warehouse", str(folder / "warehouse")]
    environment = os.environ | {"HANDOFF_PROJECT": str(project)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return Run(world, duckdb.connect(str(folder / "warehouse" / "marts.duckdb"), read_only=True))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    yield published(World(SEED, PEOPLE).made(), tmp_path_factory.mktemp("world"))


def assert_no_difference(run: Run, as_of: datetime = AS_OF) -> None:
    compared, told = differences(run.world, run.marts, as_of)
    assert min(compared[mart] for mart in ("cycle", "status", "handoff", "clock")) > 100, compared
    assert not told, f"{len(told)} differences\n" + "\n".join(told[:20])


def test_marts_equal_the_definitions(run: Run) -> None:
    assert_no_difference(run)


def test_the_world_holds_what_it_is_to_prove(run: Run) -> None:
    """Every outcome, later cycles, later handoffs, several owners and illegal steps: else agreement means little."""
    outcomes = {row["outcome"] for row in rows(run.marts, "select distinct outcome from marts.fct_mql_cycles")}
    assert outcomes == {"won", "lost", "rejected", "disqualified", "recycled", "expired", None}
    for query in (
        "select 1 from marts.fct_mql_cycles where cycle_number > 2",
        "select 1 from marts.fct_handoffs where sequence > 1",
        "select 1 from marts.fct_handoff_sla where clock = 'first_touch' and sequence > 1",
        "select 1 from marts.fct_mql_status_history where not is_legal_transition",
        "select 1 from marts.bridge_person_records where link_method = 'email'",
        "select 1 from marts.fct_mql_cycles where opened_at_precision = 'day'",
        "select 1 from marts.fct_mql_cycles where entry_reason = 'account_ready' and entry_signal_id is null",
        "select 1 from marts.fct_mql_cycles where entry_reason = 'account_ready' and entry_signal_id is not null",
        "select 1 from marts.fct_qualifications where held_back_reason = 'account_not_ready'",
    ):
        assert len(run.marts.sql(query).fetchall()) >= 5, query


def test_intervals_are_gapless_and_one_is_current(run: Run) -> None:
    """Inside a cycle without gap or overlap, from its opening to the next one's; one current for whoever has any."""
    broken = run.marts.sql("""
        with ordered as (
            select fct_mql_status_history.*,
                lead(valid_from) over (partition by person_id order by valid_from, cycle_number) as next_from
            from marts.fct_mql_status_history
        )
        select * from ordered
        where valid_until <= valid_from
            or valid_until <> coalesce(next_from, timestamp '9999-12-31')
            or is_current <> (next_from is null)
    """).fetchall()
    assert broken == []
    people = run.marts.sql("""
        select (select count(distinct person_id) from marts.fct_mql_cycles),
            (select count(*) from marts.fct_mql_status_history where is_current)
    """).fetchall()[0]
    assert people[0] == people[1] > 50


def test_every_mql_has_one_action_of_the_contract(run: Run) -> None:
    assert {row["next_action"] for row in rows(run.marts, "select next_action from marts.fct_mql_cycles")} <= ACTIONS


def test_no_row_is_lost(run: Run) -> None:
    ended = run.marts.sql("select source_table, count(*) from marts.fct_row_dispositions group by all").fetchall()
    assert dict(ended) == {table: len(told) for table, told in run.world.tables.items()}


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 3])
def test_marts_equal_the_definitions_in_other_worlds(seed: int, tmp_path: Path) -> None:
    assert_no_difference(published(World(seed, 600).made(), tmp_path))


@pytest.mark.long
def test_an_earlier_run_knew_what_had_happened_by_then(run: Run, tmp_path: Path) -> None:
    """Nothing that had happened by a moment is told otherwise by a later run of the same input."""
    earlier = published(World(SEED, PEOPLE).made(), tmp_path, as_of=EARLIER)
    assert_no_difference(earlier, EARLIER)
    moment = f"timestamp '{EARLIER}'"

    def by_then(column: str, value: str | None = None) -> str:
        return f"case when {column} <= {moment} then {value or column} end"

    cycles = f"""
        select mql_id, opened_at, entry_signal_id, fit_score, engagement_score, grade, next_action,
            {by_then("accepted_at")}, {by_then("rejected_at")}, {by_then("meeting_held_at")},
            {by_then("opportunity_created_at", "opportunity_id")}, {by_then("closed_at", "outcome")}
        from marts.fct_mql_cycles where opened_at <= {moment}
    """
    handoffs = f"""
        select handoff_id, handed_off_at, priority, policy_id, {by_then("first_touch_at")},
            {by_then("first_touch_at", "first_touch_rep_id")}, {by_then("meeting_held_at")}
        from marts.fct_handoffs where handed_off_at <= {moment}
    """
    intervals = f"""
        select mql_id, status, valid_from, {by_then("valid_until")}, is_legal_transition
        from marts.fct_mql_status_history where valid_from <= {moment}
    """
    for query in (cycles, handoffs, intervals):
        then, now = (set(one.marts.sql(query).fetchall()) for one in (earlier, run))
        assert len(then) > 100
        assert then == now, sorted(map(str, then ^ now))[:10]


@pytest.mark.long
def test_the_order_of_rows_changes_nothing(run: Run, tmp_path: Path) -> None:
    """Only the row numbers of the input, which are of the input's order, may differ."""
    shuffled = published(World(SEED, PEOPLE).made(), tmp_path, shuffled=7)
    before, after = run.hashes(), shuffled.hashes()
    assert set(before) == set(after)
    assert {mart for mart in before if before[mart] != after[mart]} <= {"fct_row_dispositions"}


@pytest.mark.long
def test_a_draft_changes_only_its_own_rows(run: Run, tmp_path: Path) -> None:
    """A draft that loves what the active models punish opens no cycle."""
    project = tmp_path / "project"
    ignored = shutil.ignore_patterns(".*", "target", "logs", "python", "docs", "demo", "__pycache__")
    shutil.copytree(PROJECT, project, ignore=ignored)
    _add_draft(project / "seeds" / "rules" / "lead_scoring")
    with_draft = published(World(SEED, PEOPLE).made(), tmp_path, project=project)
    scored = {
        row["table_name"]: row["column_name"]
        for row in rows(
            with_draft.marts,
            "select table_name, column_name from duckdb_columns() "
            "where column_name in ('scoring_model', 'draft_model')",
        )
    }
    before, after = run.hashes(), with_draft.hashes()
    assert {mart for mart in before if before[mart] != after[mart]} <= set(scored)
    for mart in sorted(scored):
        query = f"select * from marts.{mart} where {scored[mart]} <> '{DRAFT}'"
        assert sorted(map(str, run.marts.sql(query).fetchall())) == sorted(
            map(str, with_draft.marts.sql(query).fetchall())
        ), mart
    drafted = rows(with_draft.marts, f"select * from marts.fct_lead_score_instants where scoring_model = '{DRAFT}'")
    assert any(row["signal_name"] == PUNISHED for row in drafted)


def _add_draft(folder: Path) -> None:
    """A copy of the model in force under a draft's name, in which what counts against somebody counts most."""
    for name in ("scoring_models", "score_groups", "score_points", "score_bands", "qualification_matrix"):
        path = folder / f"rule_{name}.csv"
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            columns, told = list(reader.fieldnames or []), list(reader)
        added = [row | {"scoring_model": DRAFT} for row in told if row["scoring_model"] == "2026-a"]
        if name == "scoring_models":
            added = [row | {"model_status": "draft", "effective_from": "", "effective_until": ""} for row in added]
        if name == "score_points":
            trial = next(row for row in added if row["signal_name"] == "trial_started")
            added = [row for row in added if row["signal_name"] != PUNISHED]
            added.append(trial | {"rule_id": "ENG-99", "signal_name": PUNISHED, "points": "90"})
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(told + added)
