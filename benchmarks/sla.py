"""What business seconds and due instants cost, beside reading the handoffs.

Handoffs of ten years on forty calendars in ten zones (office hours, lunch breaks, night shifts, holidays), each with a
start, a stop and a target. Each step runs in a process of its own, in DuckDB with two threads; times are CPU seconds,
and every figure printed is a ratio to reading the handoffs in the same run, so that figures compare between machines.
Two readings stand beside it: of the five columns that the answer needs, and of whole handoffs (with the keys, owner,
team and policy that a handoff has).

    project   the models' own SQL on calendars laid out once: business seconds and due instants of every handoff
    tables    the same, written into the tables that the models keep
    pauses    the same where the clocks of a third stand still while their rep is away, three times a year
    calendars laying the calendars out, once a run whatever the number of handoffs
    days      the form that joins each handoff with every opening of the days it touches, and sums; no due instants
    loop      a Python loop over days and openings with the zone database, on a sample, scaled to all

Usage: python benchmarks/sla.py [--handoffs 1000000] [--calendars 40] [--sample 5000]
Exit 0: printed. Exit 1: two of them found different seconds or due instants.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))
from oracles.business_time import Calendar
from support.compiled import CompiledProject, compiled_project

AS_OF = "2026-06-30 18:00:00"
MARK = "1234-05-06 07:08:09"
YEARS = 10
ZONES = (
    *("America/New_York", "America/Los_Angeles", "America/Santiago", "Europe/London", "Europe/Berlin"),
    *("Africa/Cairo", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"),
)
RULES = ("rule_calendars", "rule_business_hours", "rule_holidays")
NEEDED = ("clock_id", "calendar_id", "started_at", "read_at", "target_seconds")
LAID_OUT = ("int_calendar_opening_sums", "int_calendar_segments", "int_calendar_reaches")
ANSWERED = ("int_clock_positions", "int_clock_dues")
STEPS = ("narrow", "scan", "project", "tables", "pauses", "calendars", "days", "loop")
Rows = list[dict[str, str]]


def rules(calendars: int) -> tuple[Rows, Rows, Rows]:
    """Calendars, their week and their holidays, as the sheets say it."""
    named: Rows = []
    hours: Rows = []
    holidays: Rows = []
    for number in range(calendars):
        name = f"calendar {number}"
        named.append({"calendar_id": name, "time_zone": ZONES[number % len(ZONES)], "is_default": "false"})
        spans = (
            [("09:00", "17:00")],
            [("08:30", "12:30"), ("13:30", "17:30")],
            [("09:00", "12:00"), ("13:00", "18:00")],
            [("22:00", "06:00")],
        )[number // len(ZONES) % 4]
        hours += [
            {"calendar_id": name, "iso_weekday": str(day), "opens_at": opens, "closes_at": closes}
            for day in range(1, 6)
            for opens, closes in spans
        ]
        holidays += [
            {"calendar_id": name, "holiday_date": f"{year}-{day}", "opens_at": "", "closes_at": ""}
            for year in range(2026 - YEARS, 2028)
            for day in ("01-01", "05-01", "12-25", "12-26")
        ]
    return named, hours, holidays


def generate(folder: Path, handoffs: int, calendars: int) -> None:
    """handoffs.parquet in order of their starts, the same for the same number."""
    seconds = YEARS * 365 * 86400
    with duckdb.connect() as database:
        database.execute("set threads = 2")
        database.execute("create macro chance(number, below) as cast(hash(number) % below as bigint)")
        database.execute(
            f"""
            copy (
                select
                    md5('c' || range) as clock_id,
                    'calendar ' || chance(range, {calendars}) as calendar_id,
                    timestamp '{AS_OF}' - to_seconds(
                        {seconds} - cast(range * {seconds / handoffs} as bigint) + chance(range + 1, 86400)
                    ) as started_at,
                    least(started_at + to_seconds(chance(range + 2, 10 * 86400)), timestamp '{AS_OF}') as read_at,
                    [900, 14400, 28800, 144000][1 + chance(range + 3, 4)]::bigint as target_seconds,
                    md5('h' || range) as handoff_id,
                    md5('m' || range) as mql_id,
                    md5('p' || range) as person_id,
                    ['first_touch', 'speed_to_lead', 'meeting'][1 + chance(range + 4, 3)] as clock,
                    '005A' || (chance(range, {calendars}) + {calendars} * chance(range + 5, 10)) as rep_id,
                    'SDR ' || chance(range + 6, 12) as team,
                    'SLA-' || chance(range + 7, 9) as policy_id,
                    0.8::double as at_risk_share,
                    read_at as stopped_at
                from range({handoffs})
            ) to '{folder / "handoffs.parquet"}' (format parquet)
            """
        )


@contextmanager
def warehouse(folder: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, CompiledProject]]:
    """A database on disk with the relations of the project: the rules, the handoffs as a view of their file."""
    compiled = compiled_project("generic")
    given = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(folder / f"{time.time_ns()}.duckdb")) as database:
        for setting in ("threads = 2", "TimeZone = 'UTC'", "preserve_insertion_order = false"):
            database.execute(f"set {setting}")
        database.execute(f"attach '{folder / f'{time.time_ns()}.db'}' as handoff")
        for schema in sorted({node.relation.split(".")[1] for node in compiled.nodes.values()}):
            database.execute(f"create schema handoff.{schema}")
        for name in RULES:
            node = compiled.node(name)
            declared = ", ".join(f"{column} varchar" for column in node.columns)
            database.execute(f"create table {node.relation} ({declared})")
            places = ", ".join("?" for _ in node.columns)
            database.executemany(
                f"insert into {node.relation} values ({places})",
                [[row.get(column) for column in node.columns] for row in given[name]],
            )
        for name in ("int_rep_absences_conformed", "fct_mql_cycles"):
            node = compiled.node(name)
            declared = ", ".join(f'"{column}" {kind}' for column, kind in node.columns.items())
            database.execute(f"create table {node.relation} ({declared})")
        started = compiled.node("int_clocks_started")
        said = {column: column for column in (*NEEDED, "rep_id")} | {"pauses_out_of_office": "clock = 'first_touch'"}
        columns = ", ".join(
            f"{said.get(column, f'cast(null as {kind})')} as {column}" for column, kind in started.columns.items()
        )
        database.execute(f"create view {started.relation} as select {columns} from '{folder / 'handoffs.parquet'}'")
        yield database, compiled


def build(database: duckdb.DuckDBPyConnection, compiled: CompiledProject, *names: str, form: str = "table") -> None:
    """The named models and what they read, as tables, but for what stands there already."""
    known = {row[0] for row in database.execute("select table_name from duckdb_tables()").fetchall()}
    known |= {row[0] for row in database.execute("select view_name from duckdb_views() where not internal").fetchall()}
    for name in compiled.above(names, known):
        node = compiled.node(name)
        database.execute(f"create {form} {node.relation} as {node.sql.replace(MARK, AS_OF)}")


def read(folder: Path, columns: str) -> float:
    with duckdb.connect() as database:
        database.execute("set threads = 2")
        started = time.process_time()
        database.execute(f"select {columns} from '{folder / 'handoffs.parquet'}'").fetchall()
        return time.process_time() - started


def narrow(folder: Path) -> dict[str, Any]:
    return {"seconds": read(folder, ", ".join(f"max({column})" for column in NEEDED))}


def scan(folder: Path) -> dict[str, Any]:
    return {"seconds": read(folder, "max(columns(*))")}


TOTALS = """
    select
        count(*),
        sum(positions.read_seconds - positions.start_seconds),
        sum(epoch(dues.due_at))
    from {positions} as positions inner join {dues} as dues on positions.clock_id = dues.clock_id
"""


def project(folder: Path) -> dict[str, Any]:
    """Both answers in one query on the laid out calendars, as the scan reads: nothing is written."""
    with warehouse(folder) as (database, compiled):
        build(database, compiled, *LAID_OUT)
        build(database, compiled, ANSWERED[0], form="view")
        build(database, compiled, "int_clock_pauses_counted")
        asked = compiled.node(ANSWERED[1]).sql.replace(MARK, AS_OF)
        started = time.process_time()
        database.execute(f"select count(*), max(clock_id), max(due_at) from ({asked})").fetchall()
        return {"seconds": time.process_time() - started}


def pauses(folder: Path) -> dict[str, Any]:
    """What `tables` does, with absences of every rep."""
    with warehouse(folder) as (database, compiled):
        database.execute(
            f"""
            insert into {compiled.node("int_rep_absences_conformed").relation} by name
            select
                '005A' || range % 400 as rep_id,
                timestamp '{AS_OF}' - to_days(cast(range // 400 * 120 + hash(range) % 60 as integer)) as absent_from,
                'exact' as absent_from_precision,
                absent_from + to_days(5 + cast(hash(range + 1) % 10 as integer)) as absent_until,
                'exact' as absent_until_precision
            from range({400 * 3 * YEARS})
            """
        )
        build(database, compiled, *LAID_OUT)
        started = time.process_time()
        build(database, compiled, *ANSWERED)
        seconds = time.process_time() - started
        counted = compiled.node("int_clock_pauses_counted").relation
        assert database.execute(f"select count(*) from {counted} where paused_seconds > 0").fetchall()[0][0]
        return {"seconds": seconds}


def tables(folder: Path) -> dict[str, Any]:
    with warehouse(folder) as (database, compiled):
        build(database, compiled, *LAID_OUT)
        started = time.process_time()
        build(database, compiled, *ANSWERED)
        seconds = time.process_time() - started
        positions, dues = (compiled.node(name).relation for name in ANSWERED)
        found = database.execute(TOTALS.format(positions=positions, dues=dues)).fetchall()[0]
        sample = database.execute(
            f"""
            select clock_id, read_seconds - start_seconds, due_at
            from {positions} inner join {dues} using (clock_id) order by clock_id limit 5000
            """
        ).fetchall()
        return {
            "seconds": seconds,
            "handoffs": found[0],
            "total": int(found[1]),
            "sample": {clock_id: [number, str(due)] for clock_id, number, due in sample},
        }


def calendars(folder: Path) -> dict[str, Any]:
    with warehouse(folder) as (database, compiled):
        started = time.process_time()
        build(database, compiled, *LAID_OUT)
        return {"seconds": time.process_time() - started}


def days(folder: Path) -> dict[str, Any]:
    """Every handoff with each opening of the days that it touches: rows grow with the length of a clock."""
    with warehouse(folder) as (database, compiled):
        build(database, compiled, *LAID_OUT)
        openings = compiled.node("int_calendar_opening_sums").relation
        started = time.process_time()
        found = database.execute(
            f"""
            with exploded as (
                select
                    clock_id, calendar_id, started_at, read_at,
                    cast(unnest(generate_series(date_trunc('day', started_at), read_at, interval 1 day)) as date) as day
                from '{folder / "handoffs.parquet"}'
            ),
            summed as (
                select clock_id, sum(date_diff(
                    'second', greatest(opens_at, started_at), greatest(least(closes_at, read_at), opens_at, started_at)
                )) as seconds
                from exploded inner join {openings} as openings
                    on exploded.calendar_id = openings.calendar_id and exploded.day = openings.utc_date
                group by clock_id
            )
            select sum(seconds) from summed
            """
        ).fetchall()[0]
        return {"seconds": time.process_time() - started, "total": int(found[0])}


def loop(folder: Path) -> dict[str, Any]:
    """A handoff after the other, a day after the other; each calendar's days are worked out once."""
    given = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
    sample = json.loads((folder / "options.json").read_text(encoding="utf-8"))["sample"]
    known = {
        row["calendar_id"]: Calendar(
            row["time_zone"],
            [entry for entry in given["rule_business_hours"] if entry["calendar_id"] == row["calendar_id"]],
            [entry for entry in given["rule_holidays"] if entry["calendar_id"] == row["calendar_id"]],
        )
        for row in given["rule_calendars"]
    }
    with duckdb.connect() as database:
        handoffs = database.execute(
            f"select {', '.join(NEEDED)} from '{folder / 'handoffs.parquet'}' order by clock_id limit {sample}"
        ).fetchall()
    last_laid_out = datetime.fromisoformat(AS_OF) + timedelta(days=400)
    started = time.process_time()
    answers: dict[str, list[Any]] = {}
    for clock_id, calendar_id, begins, ends, target in handoffs:
        due = known[calendar_id].due(begins, target)
        assert due is not None and due < last_laid_out
        answers[clock_id] = [known[calendar_id].business_seconds(begins, ends), str(due)]
    return {"seconds": time.process_time() - started, "sample": answers, "handoffs": len(handoffs)}


WORK: dict[str, Callable[[Path], dict[str, Any]]] = {
    "narrow": narrow,
    "scan": scan,
    "project": project,
    "tables": tables,
    "pauses": pauses,
    "calendars": calendars,
    "days": days,
    "loop": loop,
}


def measured(step: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--step", step, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{step}: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--handoffs", type=int, default=1_000_000)
    parser.add_argument("--calendars", type=int, default=40)
    parser.add_argument("--sample", type=int, default=5000, help="handoffs that the Python loop does")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(WORK[options.step](options.folder)))
        return 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        named = dict(zip(RULES, rules(options.calendars), strict=True))
        (folder / "rules.json").write_text(json.dumps(named), encoding="utf-8")
        (folder / "options.json").write_text(json.dumps({"sample": min(options.sample, 5000)}), encoding="utf-8")
        generate(folder, options.handoffs, options.calendars)
        found = {step: measured(step, folder) for step in STEPS}
    found["loop"]["seconds"] *= options.handoffs / found["loop"]["handoffs"]
    scanned, needed = found["scan"]["seconds"], found["narrow"]["seconds"]
    print(
        f"{options.handoffs:,} handoffs, {options.calendars} calendars, {YEARS} years: "
        f"reading them {scanned:.2f} CPU s, of these the five columns needed {needed:.3f}"
    )
    for step in STEPS[2:]:
        seconds = found[step]["seconds"]
        print(f"  {step:10} {seconds / scanned:8.1f} x reading, {seconds / needed:8.1f} x the five columns")
    wrong = [
        clock_id
        for clock_id, answer in found["loop"]["sample"].items()
        if found["tables"]["sample"][clock_id] != answer
    ]
    if wrong or found["days"]["total"] != found["tables"]["total"] or found["tables"]["handoffs"] != options.handoffs:
        print(f"  answers differ: {len(wrong)} of the loop's, {found['days']['total']} and {found['tables']['total']}")
        return 1
    print(f"  the loop finds the same for {len(found['loop']['sample']):,} handoffs, the days for all of them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
