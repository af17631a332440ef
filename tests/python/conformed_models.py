"""Compiled models of the conformed layer, to be run on hand-made or generated tables in an in-memory DuckDB.

dbt compiles once per session; a test then creates the tables that a model reads and runs the model's own SQL.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).resolve().parents[2]
AS_OF = "2026-06-30 18:00:00"


@dataclass(frozen=True)
class CompiledModels:
    """SQL of every compiled model, by name, with the relation it stands for."""

    sql: dict[str, str]
    relation: dict[str, str]

    def connect(self) -> duckdb.DuckDBPyConnection:
        """An empty in-memory catalogue under the name that the compiled SQL expects."""
        connection = duckdb.connect()
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("attach ':memory:' as handoff")
        for relation in set(self.relation.values()):
            schema = relation.split(".")[1]
            connection.execute(f"create schema if not exists handoff.{schema}")
        return connection

    def fill(
        self,
        connection: duckdb.DuckDBPyConnection,
        model: str,
        columns: dict[str, str],
        rows: Iterable[Sequence[object]] = (),
    ) -> None:
        """Put a table in a model's place."""
        declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f"create or replace table {self.relation[model]} ({declared})")
        listed = [tuple(row) for row in rows]
        marks = "(" + ", ".join("?" for _ in columns) + ")"
        for start in range(0, len(listed), 500):  # many rows a statement: one at a time takes seconds
            batch = listed[start : start + 500]
            connection.execute(
                f"insert into {self.relation[model]} values {', '.join(marks for _ in batch)}",
                [value for row in batch for value in row],
            )

    def run(self, connection: duckdb.DuckDBPyConnection, *models: str) -> None:
        """Run the models' own SQL, in the order given."""
        for model in models:
            connection.execute(f"create or replace table {self.relation[model]} as {self.sql[model]}")


def compile_models(folder: Path, select: str, variables: dict[str, object] | None = None) -> CompiledModels:
    """Compile the selected models with a fixed as-of into `folder`."""
    os.environ["HANDOFF_DATABASE"] = str(folder / "handoff.duckdb")
    outcome = dbtRunner().invoke(
        [
            "compile",
            "--quiet",
            "--select",
            select,
            "--project-dir",
            str(PROJECT),
            "--profiles-dir",
            str(PROJECT),
            "--target-path",
            str(folder / "target"),
            "--log-path",
            str(folder / "logs"),
            "--vars",
            json.dumps({"as_of": AS_OF, **(variables or {})}),
        ]
    )
    if not outcome.success:
        raise RuntimeError(f"dbt could not compile {select}: {outcome.exception}")
    manifest = json.loads((folder / "target" / "manifest.json").read_text())
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed")]
    return CompiledModels(
        sql={node["name"]: node["compiled_code"] for node in nodes if node.get("compiled_code")},
        relation={node["name"]: node["relation_name"] for node in nodes},
    )
