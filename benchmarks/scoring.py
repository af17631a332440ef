"""What the current score and the whole history of scores cost, beside reading the same columns from Parquet.

People with twenty signals each over eighteen months, scored by the shipped model in force. Each step runs in a
process of its own, in DuckDB with two threads and a limit of memory beyond which it spills to disk. Times are CPU
seconds of the work alone (no imports, no compiling); the figures printed are ratios to the scan of the same columns in
the same run, so that they compare between machines, busy ones too.

    scan        the columns read from Parquet, once
    script      current engagement scores by one DuckDB query tuned by hand
    polars      the same by polars, 100,000 people at a time
    pandas      the same by pandas, 100,000 people at a time
    engagement  the same by the models' SQL
    project     fit, bands, grade and threshold beside it: all that fct_lead_scores says but the reasons in words
    history     fct_lead_score_history: every rise and every change of band of everybody

polars and pandas take part where they are installed (`pip install '.[benchmarks]'`).

Usage: python benchmarks/scoring.py [--people 10000 100000 1000000] [--repeats 1] [--memory 3500MiB] [--markdown]
Exit 0: printed. Exit 1: two of them found different scores.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))
from support.compiled import CompiledProject, compiled_project, manifest_path

MODEL = "2026-a"
AS_OF = "2026-06-30 18:00:00"
SIGNALS_EACH = 20
SCANNED = ("person_id", "signal_id", "signal_name", "occurred_at", "asset_id", "is_counted")
STEPS = ("scan", "script", "polars", "pandas", "engagement", "project", "history")
# All of them compute the current engagement scores.
ALIKE = ("script", "polars", "pandas", "engagement")
BATCH = 100_000


def rules(project: CompiledProject) -> list[dict[str, Any]]:
    """The engagement rules of the model, each with its group's limits."""
    with project.warehouse() as warehouse:
        warehouse.run("stg_rules__score_points", "stg_rules__score_groups", as_of=AS_OF)
        points = warehouse.rows("stg_rules__score_points")
        groups = {(row["scoring_model"], row["score_group"]): row for row in warehouse.rows("stg_rules__score_groups")}
    return [
        {**row, **groups[(MODEL, row["score_group"])]}
        for row in points
        if row["scoring_model"] == MODEL and row["rule_kind"] == "engagement"
    ]


def generate(folder: Path, people: int, names: Sequence[str]) -> None:
    """people.parquet and signals.parquet, the same for the same number."""
    listed = ", ".join(f"'{name}'" for name in names)
    with duckdb.connect() as database:
        database.execute("set threads = 2")
        database.execute("create macro chance(number, below) as cast(hash(number) % below as bigint)")
        database.execute(
            f"""
            copy (
                select
                    md5('p' || range) as person_id,
                    timestamp '2024-12-01' + to_seconds(chance(range, 2000000)) as created_at,
                    ['vp', 'director', 'manager', 'individual', 'student'][1 + chance(range + 1, 5)] as seniority,
                    ['data', 'engineering', 'finance', 'sales', 'unknown'][1 + chance(range + 2, 5)] as job_function,
                    ['enterprise', 'mid_market', 'smb', 'unknown'][1 + chance(range + 3, 4)] as segment,
                    ['us', 'de', 'fr', 'br'][1 + chance(range + 4, 4)] as country
                from range({people})
            ) to '{folder / "people.parquet"}' (format parquet)
            """
        )
        database.execute(
            f"""
            copy (
                select
                    md5('p' || range // {SIGNALS_EACH}) as person_id,
                    md5('s' || range) as signal_id,
                    [{listed}][1 + chance(range + 5, {len(names)})] as signal_name,
                    timestamp '2025-01-01' + to_seconds(chance(range + 6, (545 * 86400))) as occurred_at,
                    'a' || chance(range + 7, 40) as asset_id,
                    true as is_counted
                from range({people * SIGNALS_EACH})
            ) to '{folder / "signals.parquet"}' (format parquet)
            """
        )
        for number in range(math.ceil(people / BATCH)):
            from_row, rows = number * BATCH * SIGNALS_EACH, BATCH * SIGNALS_EACH
            database.execute(
                f"copy (from '{folder / 'signals.parquet'}' limit {rows} offset {from_row}) "
                f"to '{folder / f'batch_{number:04}.parquet'}' (format parquet)"
            )


def scan(folder: Path, memory: str) -> None:
    greatest = ", ".join(f"max({column})" for column in SCANNED)
    with connected(folder, memory) as database:
        database.execute(f"select {greatest} from '{folder / 'signals.parquet'}'").fetchall()


def connected(folder: Path, memory: str) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(str(folder / f"{time.time_ns()}.duckdb"))
    for setting in (
        "threads = 2",
        f"memory_limit = '{memory}'",
        "TimeZone = 'UTC'",
        "preserve_insertion_order = false",
    ):
        database.execute(f"set {setting}")
    database.execute(f"set temp_directory = '{folder / 'spill'}'")
    return database


def script(folder: Path, memory: str) -> dict[str, Any]:
    """The current engagement scores by one query, as somebody would write it who knows the rules and DuckDB."""
    given = folder / "rules.json"
    with connected(folder, memory) as database:
        database.execute(
            f"""
            create table scores as
            with rules as (select * from read_json('{given}')),
            signals as (
                select person_id, signal_id, signal_name, asset_id, occurred_at, occurred_at::date as day
                from '{folder / "signals.parquet"}' where is_counted
            ),
            crowded as (
                select person_id, signal_name, asset_id, day from signals
                group by person_id, signal_name, asset_id, day having count(*) > 1
            ),
            repeats as (
                select signal_id, row_number() over (
                    partition by person_id, signal_name, asset_id, day order by occurred_at, signal_id
                ) as number
                from signals inner join crowded using (person_id, signal_name, asset_id, day)
                qualify number > 1
            ),
            offered as (
                select
                    person_id, score_group, points, decay, decay_days, look_back_days, floor_points, cap_points,
                    half_life_days, date_diff('day', day, date '{AS_OF[:10]}') as age
                from signals inner join rules using (signal_name) left join repeats using (signal_id)
                where daily_cap is null or coalesce(number, 1) <= daily_cap
            ),
            grouped as (
                select person_id, least(any_value(cap_points), greatest(any_value(floor_points), sum(points * case
                    when age >= coalesce(look_back_days, 100000) then 0
                    when decay in ('expire', 'linear') and age >= decay_days then 0
                    when decay = 'linear' then 1 - age / decay_days
                    when decay = 'half_life' then power(0.5, age / half_life_days)
                    else 1 end))) as points
                from offered group by person_id, score_group
            )
            select person_id, floor(100 * least(100, greatest(0, sum(points))) + 0.5 + 1e-6) / 100 as score
            from grouped group by person_id
            """
        )
        return found(database, "select count(*), sum(score) from scores")


def found(database: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    people, total = database.execute(query).fetchall()[0]
    return {"people": people, "total": round(float(total), 2)}


def project(folder: Path, memory: str, *wanted: str) -> dict[str, Any]:
    """The models' own SQL, tables and views as the project keeps them, from counted signals to the marts named."""
    compiled = compiled_project("generic")
    manifest = json.loads(manifest_path("generic").read_text(encoding="utf-8"))
    kept = {node["name"]: node["config"].get("materialized") for node in manifest["nodes"].values()}
    with connected(folder, memory) as database:
        database.execute(f"attach '{folder / f'{time.time_ns()}.db'}' as handoff")
        for schema in sorted({node.relation.split(".")[1] for node in compiled.nodes.values()}):
            database.execute(f"create schema handoff.{schema}")
        given = {
            "int_persons_enriched",
            "fct_signals",
            "int_status_changes_identified",
            "int_attribute_changes_identified",
        }
        given |= {"int_accounts_enriched", "int_person_fields_survived"}
        for name in given:
            make_empty(database, compiled, name)
        for name, file in (("int_persons_enriched", "people"), ("fct_signals", "signals")):
            relation = compiled.node(name).relation
            database.execute(f"alter table {relation} rename to empty_{file}")
            read = (
                f"from handoff.{relation.split('.')[1]}.empty_{file} union all by name from '{folder / file}.parquet'"
            )
            if name == "fct_signals":
                columns = ", ".join(
                    f"{column}" if column in SCANNED else f"cast({default_of(column)} as {kind}) as {column}"
                    for column, kind in compiled.node(name).columns.items()
                )
                read = f"select {columns} from '{folder / file}.parquet'"
            database.execute(f"create view {relation} as {read}")
        started = time.process_time()
        for name in compiled.above(wanted, given):
            node = compiled.node(name)
            if node.kind == "seed":
                load_seed(database, compiled, name)
            else:
                form = "table" if kept[name] == "table" else "view"
                database.execute(f"create {form} {node.relation} as {node.sql.replace(MARK, AS_OF)}")
        seconds = time.process_time() - started
        relation = compiled.node(wanted[0]).relation
        if kept[wanted[0]] != "table":  # a view costs what reading it costs
            database.execute(f"create table answer as from {relation}")
            relation = "answer"
        seconds = time.process_time() - started
        return {**found(database, f"select count(*), sum(engagement_score) from {relation}"), "seconds": seconds}


MARK = "1234-05-06 07:08:09"


def default_of(column: str) -> str:
    return {"is_hand_raise": "false", "occurred_at_precision": "'exact'"}.get(column, "null")


def make_empty(database: duckdb.DuckDBPyConnection, compiled: CompiledProject, name: str) -> None:
    node = compiled.node(name)
    declared = ", ".join(f'"{column}" {kind}' for column, kind in node.columns.items())
    database.execute(f"create table {node.relation} ({declared})")


def load_seed(database: duckdb.DuckDBPyConnection, compiled: CompiledProject, name: str) -> None:
    """A seed's rows, of the scoring rules those of one model, in force since ever."""
    node = compiled.node(name)
    declared = ", ".join(f"'{column}': 'varchar'" for column in node.columns)
    file = Path(__file__).resolve().parents[1] / node.file
    where = f"where scoring_model = '{MODEL}'" if "scoring_model" in node.columns else ""
    database.execute(
        f"create table {node.relation} as select * from read_csv('{file}', header = true, auto_detect = false, "
        f"delim = ',', quote = '\"', escape = '\"', columns = {{{declared}}}) {where}"
    )
    if name == "rule_scoring_models":
        database.execute(f"update {node.relation} set effective_from = null, effective_until = null")


def in_batches(folder: Path, scored: Callable[[Path], tuple[int, float]]) -> dict[str, Any]:
    """What each file of BATCH people comes to, together."""
    batches = [scored(file) for file in sorted(folder.glob("batch_*.parquet"))]
    return {"people": sum(people for people, _ in batches), "total": round(sum(total for _, total in batches), 2)}


def by_polars(folder: Path, file: Path) -> tuple[int, float]:
    import polars as pl

    given = pl.DataFrame(json.loads((folder / "rules.json").read_text(encoding="utf-8")), infer_schema_length=None)
    day = pl.col("occurred_at").dt.date()
    age = (pl.lit(AS_OF[:10]).str.to_date() - day).dt.total_days()
    offered = (
        pl.scan_parquet(file)
        .filter(pl.col("is_counted"))
        .join(given.lazy(), on="signal_name")
        .sort("occurred_at", "signal_id")
        .with_columns(day.alias("day"), age.alias("age"))
        .with_columns(pl.int_range(pl.len()).over("person_id", "rule_id", "asset_id", "day").alias("number"))
        .filter(pl.col("daily_cap").is_null() | (pl.col("number") < pl.col("daily_cap")))
    )
    weight = (
        pl.when(pl.col("age") >= pl.col("look_back_days").fill_null(100000))
        .then(0.0)
        .when(pl.col("decay").is_in(["expire", "linear"]) & (pl.col("age") >= pl.col("decay_days")))
        .then(0.0)
        .when(pl.col("decay") == "linear")
        .then(1 - pl.col("age") / pl.col("decay_days"))
        .when(pl.col("decay") == "half_life")
        .then(0.5 ** (pl.col("age") / pl.col("half_life_days")))
        .otherwise(1.0)
    )
    grouped = offered.group_by("person_id", "score_group").agg(
        (pl.col("points") * weight).sum().alias("points"),
        pl.col("floor_points").first(),
        pl.col("cap_points").first(),
    )
    scores = (
        grouped.with_columns(pl.col("points").clip(pl.col("floor_points"), pl.col("cap_points")))
        .group_by("person_id")
        .agg(pl.col("points").sum().clip(0, 100))
        .with_columns(((100 * pl.col("points") + 0.5 + 1e-6).floor() / 100).alias("score"))
        .collect()
    )
    return scores.height, float(scores["score"].sum())


def by_pandas(folder: Path, file: Path) -> tuple[int, float]:
    import numpy as np
    import pandas as pd

    given = pd.DataFrame(json.loads((folder / "rules.json").read_text(encoding="utf-8")))
    with duckdb.connect() as database:
        columns = "person_id, signal_id, signal_name, occurred_at, asset_id"
        signals = database.execute(f"select {columns} from '{file}' where is_counted").df()
    offered = signals.merge(given, on="signal_name").sort_values(["occurred_at", "signal_id"])
    offered["day"] = offered["occurred_at"].dt.normalize()
    number = offered.groupby(["person_id", "rule_id", "asset_id", "day"], sort=False).cumcount()
    offered = offered[offered["daily_cap"].isna() | (number < offered["daily_cap"])]
    age = (pd.Timestamp(AS_OF[:10]) - offered["day"]).dt.days
    weight = np.select(
        [
            age >= offered["look_back_days"].fillna(100000),
            offered["decay"].isin(["expire", "linear"]) & (age >= offered["decay_days"]),
            offered["decay"] == "linear",
            offered["decay"] == "half_life",
        ],
        [0.0, 0.0, 1 - age / offered["decay_days"], 0.5 ** (age / offered["half_life_days"])],
        1.0,
    )
    offered = offered.assign(weighted=offered["points"] * weight)
    grouped = offered.groupby(["person_id", "score_group"], sort=False).agg(
        points=("weighted", "sum"), floor_points=("floor_points", "first"), cap_points=("cap_points", "first")
    )
    held = grouped["points"].clip(grouped["floor_points"], grouped["cap_points"])
    points = held.groupby("person_id", sort=False).sum().clip(0, 100)
    scores = np.floor(100 * points + 0.5 + 1e-6) / 100
    return len(scores), float(scores.sum())


WORK: dict[str, Callable[[Path, str], Any]] = {
    "scan": scan,
    "script": script,
    "polars": lambda folder, memory: in_batches(folder, lambda file: by_polars(folder, file)),
    "pandas": lambda folder, memory: in_batches(folder, lambda file: by_pandas(folder, file)),
    "engagement": lambda folder, memory: project(folder, memory, "int_engagement_scores"),
    "project": lambda folder, memory: project(folder, memory, "int_lead_scores_graded"),
    "history": lambda folder, memory: project(folder, memory, "fct_lead_score_history"),
}


def run_step(step: str, folder: Path, memory: str) -> None:
    if step in ("polars", "pandas"):
        importlib.import_module(step)
    started = time.process_time()
    answer = {"seconds": 0.0, **(WORK[step](folder, memory) or {})}
    answer["seconds"] = answer["seconds"] or time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({**answer, "peak_gib": peak}))


def measured(step: str, folder: Path, memory: str) -> dict[str, Any]:
    command = [sys.executable, __file__, "--step", step, "--folder", str(folder), "--memory", memory]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{step}: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def told(people: int, runs: dict[str, list[dict[str, Any]]]) -> list[tuple[str, float, float, float, float]]:
    """(step, CPU seconds, x scan, x script, GiB) of each step."""
    seconds = {step: statistics.median(run["seconds"] for run in found) for step, found in runs.items()}
    script_seconds = seconds.get("script", math.nan)
    return [
        (step, took, took / seconds["scan"], took / script_seconds, max(run["peak_gib"] for run in runs[step]))
        for step, took in seconds.items()
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--memory", default="3500MiB")
    parser.add_argument("--markdown", action="store_true", help="print tables for a document")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS))
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        run_step(given.step, given.folder, given.memory)
        return 0
    steps = [step for step in STEPS if step in given.steps or step == "scan"]
    steps = [step for step in steps if step not in ("polars", "pandas") or importlib.util.find_spec(step)]
    for step in sorted(set(given.steps) - set(steps)):
        print(f"{step} is not installed: left out", file=sys.stderr)
    known = rules(compiled_project("generic"))
    took: dict[str, list[tuple[int, float]]] = {step: [] for step in steps}
    status = 0
    for people in given.people:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "rules.json").write_text(json.dumps(known), encoding="utf-8")
            generate(folder, people, sorted({row["signal_name"] for row in known}))
            runs = {step: [measured(step, folder, given.memory) for _ in range(given.repeats)] for step in steps}
        rows = told(people, runs)
        print(f"{people:,} people, {people * SIGNALS_EACH:,} signals: scan {rows[0][1]:.2f} CPU s\n")
        if given.markdown:
            print("| step | x scan | x script | peak GiB |\n|---|---|---|---|")
        for step, seconds, to_scan, to_script, peak in rows:
            took[step].append((people, seconds))
            beside = f"{to_script:.2f}" if step in ALIKE else ""
            if given.markdown:
                print(f"| {step} | {to_scan:.1f} | {beside} | {peak:.2f} |")
            else:
                print(f"  {step:10} {to_scan:7.1f} x scan {beside:>6}{' x script' if beside else '':9} {peak:5.2f} GiB")
        totals = {step: (run["people"], run["total"]) for step in ALIKE if step in runs for run in runs[step]}
        if len({total for _, total in totals.values()}) > 1:
            print(f"  different scores: {totals}")
            status = 1
        if "history" in runs:
            print(f"\nThe history has {runs['history'][0]['people']:,} rows.")
        print(flush=True)
    for step in ("engagement", "project", "history"):
        for (fewer, before), (more, after) in pairwise(took.get(step, [])):
            power = math.log(after / before) / math.log(more / fewer)
            print(f"From {fewer:,} to {more:,} people {step} grows with their number to the power of {power:.2f}.")
    return status


if __name__ == "__main__":
    sys.exit(main())
