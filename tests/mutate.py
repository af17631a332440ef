"""Do the tests notice when the scoring SQL is wrong? Changes it in one place at a time and looks whether they do.

    python tests/mutate.py [--folder models/marts/lead_scoring] [--model NAME]... [--per-model N] [--worlds N] [--list]

Reads the project's compiled SQL. Each mutant changes one operator, constant, direction, bound or join of one model, in
memory. It is caught when a dbt unit test of that model fails, or when the rows that an oracle vouches for come out
otherwise: before the first mutant each oracle is asked whether it agrees with the SQL as it is.
A mutant that is no SQL is none. Survivors are printed with what tests/mutants_explained.csv says of them.

Exit 0: at least 90 % are caught. 1: fewer. 2: a test or an oracle fails before anything is changed.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent / "python"))
from support.compiled import (
    AS_OF,
    AS_OF_MARK,
    MQL_SOURCE_MARK,
    CompiledProject,
    Node,
    Warehouse,
    compiled_project,
    manifest_path,
)

FOLDER = "models/marts/lead_scoring"
EXPLAINED = Path(__file__).resolve().parent / "mutants_explained.csv"
VENDOR = "generic"
NEEDED_SHARE = 0.9
PER_MODEL = 8
WORLDS = 3
MOST_SECONDS = 30.0
# What stands in the way of a mutation: text in quotes, names in quotes, comments, and types with a length.
OPAQUE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/|\b(?:decimal|numeric)\s*\([^)]*\)", re.DOTALL | re.I)
NUMBER = r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])"


def next_number(found: re.Match[str]) -> str:
    text = found.group(0)
    if "e" in text:
        return "0.01"
    return str(int(text) + 1) if text.isdigit() else str(float(text) * 2)


# (what it is called, what it finds, what it becomes). A find is one mutant.
CHANGES: tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...] = (
    (">= to >", r">=", ">"),
    ("<= to <", r"<=", "<"),
    ("> to >=", r"(?<![<>=-])>(?![=>])", ">="),
    ("< to <=", r"(?<![<>])<(?![=>])", "<="),
    ("= to <>", r"(?<![<>=!:])=(?![=>])", "<>"),
    ("<> to =", r"<>", "="),
    ("+ to -", r"(?<=[\w)] )\+(?= [\w(])", "-"),
    ("- to +", r"(?<=[\w)] )-(?= [\w(])", "+"),
    ("* to /", r"(?<=[\w)] )(?<!select )\*(?= [\w(])", "/"),
    ("/ to *", r"(?<=[\w)] )/(?= [\w(])", "*"),
    ("constant", NUMBER, next_number),
    ("desc to asc", r"\bdesc\b", "asc"),
    ("order turned", r"(?<=order by )([\w.]+)(?! (?:asc|desc))\b(?!\()", r"\1 desc"),
    ("and to or", r"\band\b", "or"),
    ("or to and", r"\bor\b", "and"),
    ("is null turned", r"\bis null\b", "is not null"),
    ("is not null turned", r"\bis not null\b", "is null"),
    ("not left out", r"\bnot (?!null|in\b|like\b|between\b|exists\b)(?=[\w(])", ""),
    ("false to true", r"\bfalse\b", "true"),
    ("min to max", r"\bmin\(", "max("),
    ("max to min", r"\bmax\(", "min("),
    ("sum to max", r"\bsum\(", "max("),
    ("least to greatest", r"\bleast\(", "greatest("),
    ("greatest to least", r"\bgreatest\(", "least("),
    ("left to inner join", r"\bleft join\b", "inner join"),
    ("union to union all", r"\bunion\b(?! all)", "union all"),
    ("union all to union", r"\bunion all\b", "union"),
    ("distinct left out", r"(?<=select )distinct\b", ""),
    ("preceding to following", r"\bunbounded preceding\b", "1 preceding"),
)


@dataclass(frozen=True)
class Mutant:
    """One change of one model."""

    model: str
    change: str
    line: int
    before: str
    sql: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.model}:{self.line} {self.change}: {self.before}"


# when a < b then b (or a): at a = b either way gives the same, so that the bound is no change.
TERM = r"((?:(?!\b(?:when|then|else)\b)[^<>=])+?)"
CLAMP = re.compile(rf"\bwhen\s+{TERM}\s*(<|>)\s*{TERM}\s+then\s+{TERM}(?=\s+(?:when|else|end)\b)", re.I)


def mutants_of(model: str, sql: str) -> Iterator[Mutant]:
    """Every change that can be made, in order of place within each kind; none that by its form changes nothing."""
    blank = OPAQUE.sub(lambda found: "\x00" * len(found.group(0)), sql)
    clamps = {found.start(2) for found in CLAMP.finditer(blank) if found.group(4) in (found.group(1), found.group(3))}
    for change, pattern, becomes in CHANGES:
        for found in re.finditer(pattern, blank):
            start, end = found.span()
            if start in clamps and change in ("> to >=", "< to <="):
                continue
            new = becomes(found) if callable(becomes) else found.expand(becomes)
            line = sql.count("\n", 0, start) + 1
            yield Mutant(model, change, line, sql.splitlines()[line - 1].strip(), sql[:start] + new + sql[end:])


def spread(mutants: Sequence[Mutant], most: int) -> list[Mutant]:
    """At most so many, of as many kinds and places as can be: each kind in turn, first and last places first."""
    kinds: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        kinds[mutant.change].append(mutant)
    chosen: list[Mutant] = []
    while kinds and len(chosen) < most:
        for kind in list(kinds):
            if len(chosen) < most:
                chosen.append(kinds[kind].pop(0 if len(chosen) % 2 == 0 else -1))
            if not kinds[kind]:
                del kinds[kind]
    return sorted(chosen, key=lambda mutant: (mutant.line, mutant.change))


class UnitTests:
    """The dbt unit tests of some models, each with its tables laid out once."""

    def __init__(self, project: CompiledProject, models: Sequence[str]) -> None:
        self.project = project
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        self.of_model: dict[str, list[tuple[str, str, dict[str, str], str, list[str]]]] = defaultdict(list)
        found = json.loads(manifest_path(VENDOR).read_text(encoding="utf-8"))["unit_tests"].values()
        for number, test in enumerate(sorted(found, key=lambda one: str(one["name"]))):
            if test["model"] in models:
                self._lay_out(f"unit_{number}", test)

    def _lay_out(self, schema: str, test: Mapping[str, Any]) -> None:
        variables = (test.get("overrides") or {}).get("vars") or {}
        if set(variables) - {"as_of"}:
            return
        self.connection.execute(f"create schema {schema}")
        tables = {}
        for given in test["given"]:
            name = re.search(r"'(\w+)'", given["input"]).group(1)
            self._table(f"{schema}.{name}", self.project.node(name), given["rows"] or [])
            tables[self.project.node(name).relation] = f"{schema}.{name}"
        rows = test["expect"]["rows"] or []
        columns = list(rows[0]) if rows else []
        self._table(f"{schema}.expected", self.project.node(test["model"]), rows)
        self.of_model[test["model"]].append(
            (test["name"], f"{schema}.expected", tables, str(variables.get("as_of", AS_OF)), columns)
        )

    def _table(self, relation: str, node: Node, rows: Sequence[Mapping[str, Any]]) -> None:
        declared = ", ".join(f'"{column}" {kind}' for column, kind in node.columns.items())
        self.connection.execute(f"create table {relation} ({declared})")
        for row in rows:
            names = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f"cast(? as {node.columns[name]})" for name in row)
            plain = [None if value is None else str(value) for value in row.values()]
            self.connection.execute(f"insert into {relation} ({names}) select {values}", plain)

    def failing(self, model: str, sql: str) -> str:
        """The first unit test of the model that fails on this SQL; empty if none does."""
        for name, expected, tables, as_of, columns in self.of_model[model]:
            text = sql.replace(AS_OF_MARK, as_of).replace(MQL_SOURCE_MARK, "model")
            for relation, table in tables.items():
                text = text.replace(relation, table)
            names = ", ".join(f'"{column}"' for column in columns) or "*"
            if differ(self.connection, f"select {names} from (\n{text}\n)", f"select {names} from {expected}"):
                return name
        return ""


def differ(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> bool:
    query = f"""
        with one as ({one}), other as ({other})
        (select 1 from (select * from one except all select * from other) limit 1)
        union all
        (select 1 from (select * from other except all select * from one) limit 1)
    """
    return bool(connection.execute(query).fetchall())


@dataclass(frozen=True)
class Vouched:
    """A warehouse whose rows an oracle vouches for: which tables, and which columns of them."""

    name: str
    as_of: str
    make: Callable[[], Warehouse]
    agree: Callable[[], object]
    tables: Mapping[str, str]


def vouched(worlds: int) -> list[Vouched]:
    """The oracles that are quick enough to ask: one landing of activities, and so many worlds of rules and people."""
    import test_scoring_oracle as scoring
    import test_signals_oracle as signals

    columns = f"person_id, scoring_model, {scoring.COLUMNS}"
    tables = {
        "fct_lead_score_history": f"{columns}, valid_from, valid_until",
        "fct_lead_score_instants": f"{columns}, occurred_at",
        "fct_lead_scores": columns,
        "fct_score_points": "person_id, scoring_model, rule_id, signal_id, points, weight",
    }
    found = [
        Vouched(
            "signals",
            signals.AS_OF,
            lambda: signals.built(signals.generated(1, 60), signals.rule_rows()),
            lambda: signals.compared(1, 60),
            {
                "fct_signals": "* exclude (source_system, channel, campaign_id, activity_type)",
                "fct_score_points_dropped": "scoring_model, rule_id, signal_id",
                "int_engagement_points_awarded": "scoring_model, rule_id, signal_id",
            },
        )
    ]
    for seed in scoring.WORLDS[:worlds]:
        found.append(
            Vouched(
                f"scores {seed}",
                str(scoring.made(seed, scoring.PEOPLE).as_of),
                lambda seed=seed: scoring.scored(scoring.made(seed, scoring.PEOPLE)),
                lambda seed=seed: scoring.check(seed, scoring.PEOPLE),
                tables,
            )
        )
    return found


class Oracle:
    """A built warehouse, and what its vouched rows are."""

    def __init__(self, project: CompiledProject, one: Vouched) -> None:
        one.agree()
        self.name = one.name
        self.project = project
        self.warehouse = one.make()
        self.tables = one.tables
        self.connection = self.warehouse.connection
        self.order = project.above(one.tables, self.warehouse.given)
        self.as_of = one.as_of
        self.connection.execute("create schema handoff.before")
        for table, columns in one.tables.items():
            relation = project.node(table).relation
            self.connection.execute(f"create table handoff.before.{table} as select {columns} from {relation}")

    def reaches(self, model: str) -> bool:
        return model in self.order

    def notices(self, mutant: Mutant) -> str:
        """What shows the mutant: a table whose vouched rows changed, or the error that it makes; empty if nothing."""
        changed = {mutant.model}
        self.connection.execute("begin")
        try:
            for name in self.order:
                node = self.project.node(name)
                if name != mutant.model and not changed & set(node.reads):
                    continue
                changed.add(name)
                sql = mutant.sql if name == mutant.model else node.sql
                self.connection.execute(
                    f"create or replace table {node.relation} as "
                    + sql.replace(AS_OF_MARK, self.as_of).replace(MQL_SOURCE_MARK, "model")
                )
                if name in self.tables:
                    now = f"select {self.tables[name]} from {node.relation}"
                    if differ(self.connection, now, f"select * from handoff.before.{name}"):
                        return f"{self.name}: {name}"
            return ""
        finally:
            self.connection.execute("rollback")


def explained() -> dict[tuple[str, str, str], str]:
    if not EXPLAINED.exists():
        return {}
    with EXPLAINED.open(encoding="utf-8", newline="") as file:
        return {(row["model"], row["change"], row["line"]): row["why"] for row in csv.DictReader(file)}


@dataclass
class Verdicts:
    """What became of the mutants."""

    caught: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    survivors: list[Mutant] = field(default_factory=list)
    stillborn: int = 0

    @property
    def total(self) -> int:
        return sum(self.caught.values()) + len(self.survivors)

    @property
    def share(self) -> float:
        return sum(self.caught.values()) / self.total if self.total else 0.0


@contextmanager
def held_to(seconds: float, connections: Sequence[duckdb.DuckDBPyConnection]) -> Iterator[None]:
    """Stop what never ends: a recursion whose last step a mutant took away is an error like another."""

    def stop() -> None:
        for connection in connections:
            connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def judged(mutants: Sequence[Mutant], unit_tests: UnitTests, oracles: Sequence[Oracle]) -> Verdicts:
    """Each mutant is put before the unit tests of its model, then before each oracle that reaches it."""
    connections = [unit_tests.connection, *(oracle.connection for oracle in oracles)]
    verdicts = Verdicts()
    for mutant in mutants:
        with held_to(MOST_SECONDS, connections):
            _judge(mutant, unit_tests, oracles, verdicts)
    return verdicts


def _judge(mutant: Mutant, unit_tests: UnitTests, oracles: Sequence[Oracle], verdicts: Verdicts) -> None:
    try:
        if unit_tests.failing(mutant.model, mutant.sql):
            verdicts.caught["unit tests"] += 1
            return
        for oracle in oracles:
            if oracle.reaches(mutant.model) and oracle.notices(mutant):
                verdicts.caught[oracle.name.split()[0]] += 1
                return
        verdicts.survivors.append(mutant)
    except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException):
        verdicts.stillborn += 1
    except duckdb.Error:
        verdicts.caught["errors"] += 1


def models_in(project: CompiledProject, folder: str) -> list[str]:
    return [name for name, node in project.nodes.items() if node.kind == "model" and node.file.startswith(f"{folder}/")]


def main(arguments: list[str] | None = None) -> int:
    """Make the mutants, judge them, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", default=FOLDER, help="whose models to change")
    parser.add_argument("--model", action="append", help="only this one; may be repeated")
    parser.add_argument("--per-model", type=int, default=PER_MODEL, help="at most so many changes of a model")
    parser.add_argument("--worlds", type=int, default=WORLDS, help="how many worlds of scores to ask")
    parser.add_argument("--list", action="store_true", help="print the mutants and change nothing")
    options = parser.parse_args(arguments)
    project = compiled_project(VENDOR)
    models = options.model or models_in(project, options.folder)
    mutants = [
        mutant
        for model in models
        for mutant in spread(list(mutants_of(model, project.node(model).sql)), options.per_model)
    ]
    if options.list:
        for mutant in mutants:
            print(mutant)
        return 0
    began = time.monotonic()
    unit_tests = UnitTests(project, models)
    broken = [name for model in models if (name := unit_tests.failing(model, project.node(model).sql))]
    if broken:
        print(f"fails before anything is changed: {', '.join(broken)}", file=sys.stderr)
        return 2
    try:
        oracles = [Oracle(project, one) for one in vouched(options.worlds)]
    except AssertionError as problem:
        print(f"an oracle disagrees before anything is changed: {problem}", file=sys.stderr)
        return 2
    verdicts = judged(mutants, unit_tests, oracles)
    reasons = explained()
    for mutant in verdicts.survivors:
        why = reasons.get((mutant.model, mutant.change, mutant.before), "NOT EXPLAINED")
        print(f"survived  {mutant}\n          {why}")
    by = ", ".join(f"{count} by {name}" for name, count in sorted(verdicts.caught.items()))
    print(
        f"{verdicts.total} mutants of {len(models)} models, {verdicts.share:.1%} caught ({by}), "
        f"{len(verdicts.survivors)} survived, {verdicts.stillborn} were no SQL, {time.monotonic() - began:.0f} s"
    )
    return 0 if verdicts.share >= NEEDED_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
