"""The project's own SQL, compiled once and run in an in-memory DuckDB on tables that a test makes.

dbt takes seconds to compile; DuckDB takes milliseconds to run a model. So dbt compiles once for each state of the
models and sources switched on (kept under target/, shared by all workers and later sessions), and a test fills the
tables that it cares about and runs the models that follow from them, thousands of generated cases at a time:

    warehouse = compiled_project("generic").warehouse()
    warehouse.put("int_clocks_started", [{"clock_id": "C1", "started_at": "2026-01-05 09:00:00", ...}])
    warehouse.run("int_clock_dues", as_of="2026-06-30 18:00:00")
    assert warehouse.rows("int_clock_dues") == [...]
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

PROJECT = Path(__file__).resolve().parents[3]
CACHE = PROJECT / "target" / "compiled_for_tests"
VENDORS = ("salesforce", "hubspot", "marketo", "pardot", "generic")
KEPT = 8
# Stands in the compiled SQL where a run's own moment goes; no real data has it.
AS_OF_MARK = "1234-05-06 07:08:09"
# And where its `mql_source` goes.
MQL_SOURCE_MARK = "whoever opens cycles"
AS_OF = "2026-06-30 18:00:00"


@dataclass(frozen=True)
class Node:
    """A model or seed: its table, its SQL (models) or file (seeds), the models and seeds that it reads, its columns."""

    name: str
    kind: str
    relation: str
    sql: str
    file: str
    reads: tuple[str, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True)
class CompiledProject:
    """Every enabled model and seed by name, each after those that it reads; the folder that the seeds' files are in."""

    nodes: Mapping[str, Node]
    folder: Path = PROJECT

    def warehouse(self) -> Warehouse:
        """An empty warehouse of its own."""
        return Warehouse(self)

    def above(self, names: Iterable[str], given: Iterable[str] = ()) -> list[str]:
        """The named nodes and all that they read, in order; what is given is not looked behind."""
        stop = set(given)
        wanted: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in wanted and name not in stop:
                wanted.add(name)
                waiting.extend(self.node(name).reads)
        return [name for name in self.nodes if name in wanted]

    def node(self, name: str) -> Node:
        if name not in self.nodes:
            raise KeyError(f"no enabled model or seed is named {name}")
        return self.nodes[name]


class Warehouse:
    """An in-memory DuckDB in which relations bear the names that the compiled SQL expects."""

    def __init__(self, project: CompiledProject) -> None:
        self.project = project
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        self.connection.execute("set autoinstall_known_extensions = false")
        self.connection.execute("attach ':memory:' as handoff")
        for schema in sorted({node.relation.split(".")[1] for node in project.nodes.values()}):
            self.connection.execute(f"create schema handoff.{schema}")
        self.given: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def put(self, name: str, rows: Iterable[Mapping[str, Any]] = ()) -> None:
        """Put a table in the place of a model or seed: its own columns and types, NULL where a row says nothing."""
        node = self.project.node(name)
        columns = node.columns
        listed = list(rows)
        unknown = sorted({key for row in listed for key in row} - set(columns))
        if unknown:
            raise KeyError(f"{name} has no column {', '.join(unknown)}; it has {', '.join(columns)}")
        declared = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.connection.execute(f"create or replace table {node.relation} ({declared})")
        self.given.add(name)
        if not listed:
            return
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rows.json"
            with file.open("w", encoding="utf-8") as out:
                for row in listed:
                    out.write(json.dumps(dict(row), default=_plain))
                    out.write("\n")
            typed = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
            self.connection.execute(
                f"insert into {node.relation} by name select * from read_json("
                f"'{file}', format = 'newline_delimited', columns = {{{typed}}})"
            )

    def load_seeds(self, overrides: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> None:
        """Load every seed from its file, or from the rows given for it."""
        instead = dict(overrides or {})
        for node in self.project.nodes.values():
            if node.kind == "seed":
                if node.name in instead:
                    self.put(node.name, instead.pop(node.name))
                else:
                    self._load(node)
        if instead:
            raise KeyError(f"no seed is named {', '.join(sorted(instead))}")

    def run(self, *names: str, as_of: str | datetime = AS_OF, mql_source: str = "model") -> None:
        """Run models and all that they read, as tables; what was put or loaded stays as it is.

        Seeds that nobody loaded come from their files. Models that read sources find these empty.
        """
        moment = str(as_of)
        for name in self.project.above(names, self.given):
            node = self.project.node(name)
            if node.kind == "seed":
                self._load(node)
            else:
                sql = node.sql.replace(AS_OF_MARK, moment).replace(MQL_SOURCE_MARK, mql_source)
                self.connection.execute(f"create or replace table {node.relation} as {sql}")

    def rows(self, name: str, order_by: str = "all") -> list[dict[str, Any]]:
        """The rows of a table, in the order of all its columns unless told otherwise."""
        relation = self.project.node(name).relation
        cursor = self.connection.execute(f"select * from {relation} order by {order_by}")
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _load(self, node: Node) -> None:
        declared = ", ".join(f"'{column}': 'varchar'" for column in node.columns)
        file = self.project.folder / node.file
        self.connection.execute(
            f"create or replace table {node.relation} as select * from read_csv("
            f"'{file}', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
            f"columns = {{{declared}}})"
        )
        self.given.add(node.name)


@cache
def compiled_project(*vendors: str) -> CompiledProject:
    """The project compiled with these vendors on: from the cache, where models, macros and seeds are as then."""
    stored = json.loads((_cached(vendors or ("generic",)) / "nodes.json").read_text(encoding="utf-8"))
    return CompiledProject({row["name"]: Node(**{**row, "reads": tuple(row["reads"])}) for row in stored})


def compile_project(project: Path, *vendors: str) -> CompiledProject:
    """Another copy of the project, compiled afresh."""
    nodes = _with_columns(_ordered(json.loads(_compile(vendors, project))))
    return CompiledProject({node.name: node for node in nodes}, project)


def manifest_path(*vendors: str) -> Path:
    """The manifest.json of that compilation."""
    return _cached(vendors or ("generic",)) / "manifest.json"


def _cached(vendors: Sequence[str]) -> Path:
    unknown = set(vendors) - set(VENDORS)
    if unknown:
        raise KeyError(f"unknown vendors: {', '.join(sorted(unknown))}")
    CACHE.mkdir(parents=True, exist_ok=True)
    folder = CACHE / f"{'-'.join(sorted(vendors))}-{_fingerprint()}"
    with (CACHE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            os.utime(folder)
        else:
            with tempfile.TemporaryDirectory(dir=CACHE, prefix=".half-") as half:
                text = _compile(vendors)
                (Path(half) / "manifest.json").write_text(text, encoding="utf-8")
                nodes = _with_columns(_ordered(json.loads(text)))
                (Path(half) / "nodes.json").write_text(json.dumps([asdict(node) for node in nodes]), encoding="utf-8")
                shutil.copytree(half, folder)
            kept = sorted((path for path in CACHE.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
            for old in kept[:-KEPT]:
                shutil.rmtree(old)
    return folder


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{version('dbt-core')} {version('duckdb')}".encode())
    digest.update(Path(__file__).read_bytes())
    files = [PROJECT / "dbt_project.yml", PROJECT / "profiles.yml"]
    for folder, endings in (("models", "*"), ("macros", "*"), ("seeds", "*.yml"), ("tests/generic", "*")):
        files.extend(path for path in (PROJECT / folder).rglob(endings) if path.is_file())
    for path in (PROJECT / "seeds").rglob("*.csv"):
        digest.update(path.relative_to(PROJECT).as_posix().encode())
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(PROJECT).as_posix()} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _compile(vendors: Sequence[str], project: Path = PROJECT) -> str:
    sources = {name: {"enabled": name in vendors, "database": None, "schema": f"landed_{name}"} for name in VENDORS}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        command = [
            *(sys.executable, "-c", "from dbt.cli.main import cli; cli()", "compile", "--quiet"),
            *("--project-dir", str(project), "--profiles-dir", str(project)),
            *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
            *("--vars", json.dumps({"as_of": AS_OF_MARK, "mql_source": MQL_SOURCE_MARK, "sources": sources})),
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env={**os.environ, "HANDOFF_DATABASE": str(folder / "handoff.duckdb"), "DO_NOT_TRACK": "1"},
            timeout=600,
        )
        if done.returncode:
            raise RuntimeError(f"dbt could not compile the project:\n{done.stdout}{done.stderr}")
        return (folder / "target" / "manifest.json").read_text(encoding="utf-8")


def _ordered(found: Mapping[str, Any]) -> list[Node]:
    kept = {key: node for key, node in found["nodes"].items() if node["resource_type"] in ("model", "seed")}
    reads = {
        key: sorted(parent for parent in node.get("depends_on", {}).get("nodes", []) if parent in kept)
        for key, node in sorted(kept.items())
    }
    return [
        Node(
            name=kept[key]["name"],
            kind=kept[key]["resource_type"],
            relation=kept[key]["relation_name"],
            sql=kept[key].get("compiled_code") or "",
            file=kept[key]["original_file_path"],
            reads=tuple(kept[parent]["name"] for parent in reads[key]),
            columns=dict(kept[key]["config"].get("column_types") or {}),
        )
        for key in TopologicalSorter(reads).static_order()
    ]


def _with_columns(nodes: Sequence[Node]) -> list[Node]:
    """Build everything on empty seeds and sources once, to learn the columns' types as DuckDB gives them."""
    project = CompiledProject({node.name: node for node in nodes})
    learnt = []
    with project.warehouse() as warehouse:
        for node in nodes:
            if node.kind == "seed":
                if not node.columns:
                    raise RuntimeError(f"seed {node.name} declares no column_types")
                warehouse.put(node.name)
            else:
                warehouse.run(node.name, as_of=AS_OF)
                warehouse.given.add(node.name)
            described = warehouse.connection.execute(f"describe {node.relation}").fetchall()
            learnt.append(Node(**{**asdict(node), "columns": {row[0]: row[1] for row in described}}))
    return learnt


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date | Decimal):
        return str(value)
    raise TypeError(f"cannot put a {type(value).__name__} into a table")
