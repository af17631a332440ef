"""What it costs to account for every row: quarantine and reconciliation beside staging, on a landing with known damage.

Generates a landing of the generic form in which 5 % of the rows have one defect each, lands it, runs the project's own
staging and dispositions, and holds every row against the truth file. Beside it the same staging without any judgement
(typed columns only, every row kept). Two threads, 4 GiB; times are CPU seconds of this process, figures printed are
shares of the staging time, so that they compare between machines.

Usage: python benchmarks/intake.py [--rows 100000] [--share 0.05] [--memory 4GiB]
Exit 0: printed, and every defect was found by its code. Exit 1: rows ended elsewhere than the truth says.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from handoff.generate.damaged import SHARES, generate_damaged, misjudged
from handoff.landing import discover, land, parse_location, write_source_tables
from handoff.project import Project
from handoff.sources import read_vendor

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))
from staging_support import PROJECT, dbt

LANDED_AT = "2026-06-30 18:00:00"
WANTED = "+rpt_reconciliation"


@dataclass(frozen=True)
class Step:
    """A model as compiled: its relation, its SQL, and whether it is kept as a table."""

    name: str
    relation: str
    sql: str
    is_table: bool


def land_folder(folder: Path, path: Path, memory: str) -> None:
    """Land the generated files as a run lands them."""
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    vendor = read_vendor(Project(PROJECT), "generic")
    with duckdb.connect(str(path)) as database:
        database.execute(f"set threads = 2; set memory_limit = '{memory}'; set TimeZone = 'UTC'")
        landed = land(discover(parse_location("generic", str(folder), folder), vendor), database, scratch)
        write_source_tables(landed, database)


def compiled(path: Path, folder: Path) -> list[Step]:
    """The models of dispositions and reconciliation, compiled for the columns that landed, in order."""
    empty = folder / "empty" / path.name
    empty.parent.mkdir()
    with duckdb.connect(str(empty)) as database:
        database.execute(f"attach '{path}' as full_landing (read_only)")
        for schema in ("landed_generic", "handoff_run"):
            database.execute(f"create schema {schema}")
            tables = "select table_name from duckdb_tables() where database_name = 'full_landing' and schema_name = ?"
            for (table,) in database.execute(tables, [schema]).fetchall():
                database.execute(f"create table {schema}.{table} as from full_landing.{schema}.{table} limit 0")
    done = dbt(empty, ["compile", "--quiet", "-s", WANTED], ["generic"], landed_at=LANDED_AT)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    nodes = json.loads((empty.parent / "target" / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    models = {
        name: node for name, node in nodes.items() if node["resource_type"] == "model" and node.get("compiled_code")
    }
    ordered: dict[str, Step] = {}

    def add(name: str) -> None:
        if name in models and name not in ordered:
            node = models[name]
            for parent in node["depends_on"]["nodes"]:
                add(parent)
            is_table = node["config"]["materialized"] != "view"
            ordered[name] = Step(node["name"], node["relation_name"], node["compiled_code"], is_table)

    for name in models:
        add(name)
    return list(ordered.values())


def unjudged(step: Step, database: duckdb.DuckDBPyConnection) -> str:
    """The staging of a table without judgement: its typed columns, every row, nothing said of any."""
    judged = {"source_system", "source_table", "source_row_number", "row_key", "disposition", "reason_codes"}
    columns = [str(row[0]) for row in database.execute(f"describe {step.relation}").fetchall()]
    # the last select of staging begins at the margin's end of its `typed` CTE
    head, found, _ = step.sql.rpartition("\n)\n")
    if not found:
        raise SystemExit(f"{step.name} is not built as staging is")
    return f"{head}\n)\nselect {', '.join(column for column in columns if column not in judged)} from typed"


def measured(path: Path, steps: list[Step], memory: str) -> dict[str, float]:
    """CPU seconds of staging, of staging without judgement, and of dispositions with reconciliation."""
    seconds = {"staging": 0.0, "typed alone": 0.0, "reconciliation": 0.0}
    with duckdb.connect(str(path)) as database:
        database.execute(f"set threads = 2; set memory_limit = '{memory}'; set TimeZone = 'UTC'")
        for step in steps:
            schema = step.relation.rsplit(".", 1)[0]
            database.execute(f"create schema if not exists {schema}")
            began = time.process_time()
            kind = "table" if step.is_table else "view"
            database.execute(f"create or replace {kind} {step.relation} as {step.sql}")
            spent = time.process_time() - began
            if step.name.startswith("stg_generic__"):
                seconds["staging"] += spent
                query = unjudged(step, database)
                began = time.process_time()
                database.execute(f"create or replace table {schema}.unjudged as {query}")
                seconds["typed alone"] += time.process_time() - began
            elif step.name in ("fct_row_dispositions", "fct_source_tables", "rpt_reconciliation"):
                seconds["reconciliation"] += spent
    return seconds


def places(path: Path) -> Iterator[tuple[str, int, str, str]]:
    with duckdb.connect(str(path), read_only=True) as database:
        yield from database.execute(
            "select source_table, source_row_number, disposition, reason_codes from marts.fct_row_dispositions"
        ).fetchall()


def run(folder: Path, rows: int, share: float, memory: str) -> dict[str, Any]:
    """Everything once; returns what was found."""
    began = time.process_time()
    truth = generate_damaged(folder / "landing", rows, share)
    generated = time.process_time() - began
    path = folder / "handoff.duckdb"
    began = time.process_time()
    land_folder(folder / "landing", path, memory)
    landing = time.process_time() - began
    seconds = measured(path, compiled(path, folder), memory)
    wrong = misjudged(places(path), truth)
    with duckdb.connect(str(path), read_only=True) as database:
        totals = database.execute(
            "select sum(rows_in), sum(unaccounted), sum(quarantined), sum(superseded) from marts.rpt_reconciliation"
        ).fetchone()
    return {
        "generated": generated,
        "landing": landing,
        **seconds,
        "rows_in": totals[0] if totals else 0,
        "unaccounted": totals[1] if totals else None,
        "damaged": len(truth),
        "wrong": wrong,
        "codes": Counter(codes for _, codes in truth.values()),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--memory", default="4GiB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), options.rows, options.share, options.memory)
    staging = found["staging"]
    print(
        f"{found['rows_in']:,} rows in {len(SHARES)} tables, {found['damaged']:,} damaged in {len(found['codes'])} ways"
    )
    for code, count in sorted(found["codes"].items()):
        print(f"  {code:<22} {count:>8,} seeded")
    print(f"defects told otherwise than by their code: {len(found['wrong'])}; rows unaccounted: {found['unaccounted']}")
    for row in found["wrong"][:10]:
        print(f"  {row}")
    print(f"landing (files to text)       {found['landing'] / staging:6.2f} x staging")
    print(f"quarantine, of staging        {(staging - found['typed alone']) / staging:6.1%}")
    print(f"reconciliation, of staging    {found['reconciliation'] / staging:6.1%}")
    return 1 if found["wrong"] or found["unaccounted"] else 0


if __name__ == "__main__":
    sys.exit(main())
