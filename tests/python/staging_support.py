"""Landed tables by hand, and the staging views over them.

The models' own SQL is put into views, once, over empty landed tables; a test then fills the tables with its rows and
reads the views.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import yaml

PROJECT = Path(__file__).parents[2]
VENDORS = ("salesforce", "hubspot", "marketo", "pardot", "generic")
Row = Mapping[str, str | None]


def declared(vendor: str) -> dict[str, list[str]]:
    """The tables and columns that a vendor's sources YAML declares."""
    text = (PROJECT / "models" / "staging" / vendor / f"_{vendor}__sources.yml").read_text(encoding="utf-8")
    tables = yaml.safe_load(text)["sources"][0]["tables"]
    return {table["name"]: [column["name"] for column in table["columns"]] for table in tables}


def dbt(
    database: Path, command: Sequence[str], enabled: Iterable[str], **more: Any
) -> subprocess.CompletedProcess[str]:
    """Run dbt over a database file, with the given vendors switched on."""
    sources = {vendor: {"enabled": vendor in set(enabled), "schema": f"landed_{vendor}"} for vendor in VENDORS}
    names = ["--vars", json.dumps({"sources": sources, "as_of": "2026-06-30 18:00:00"} | more)]
    paths = ["--target-path", str(database.parent / "target"), "--log-path", str(database.parent / "logs")]
    return subprocess.run(
        [str(Path(sys.executable).with_name("dbt")), *command, *names, *paths],
        cwd=PROJECT,
        env=os.environ | {"HANDOFF_DATABASE": str(database), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        capture_output=True,
        text=True,
        timeout=300,
    )


def build_views(database: Path, enabled: Sequence[str], select: Sequence[str] = (), **more: Any) -> None:
    """Create a view for each staging model of the vendors, or for what is selected, however a run would keep it."""
    selected = select or [f"models/staging/{vendor}" for vendor in enabled]
    untested = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    done = dbt(database, ["build", "--quiet", *untested, "-s", *selected], enabled, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = json.loads((database.parent / "target" / "manifest.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(database)) as connection:
        for node in manifest["nodes"].values():
            if node["resource_type"] == "model" and node.get("compiled_code"):
                kind = "table" if node["config"]["materialized"] == "table" else "view"
                connection.execute(f"drop {kind} {node['relation_name']}")
                connection.execute(f"create view {node['relation_name']} as {node['compiled_code']}")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def create_landed(database: duckdb.DuckDBPyConnection, vendor: str, table: str, columns: Sequence[str]) -> None:
    """An empty landed table, as a run lands one: text, a row number and a problem."""
    database.execute(f"create schema if not exists landed_{vendor}")
    fields = [f"{quoted(column)} varchar" for column in columns]
    fields += ["_row_number bigint", "_row_problem varchar"]
    database.execute(f"create or replace table landed_{vendor}.{quoted(table)} ({', '.join(fields)})")


def fill(database: duckdb.DuckDBPyConnection, vendor: str, table: str, rows: Iterable[Row]) -> None:
    """Replace what a landed table holds."""
    name = f"landed_{vendor}.{quoted(table)}"
    columns = [column[0] for column in database.execute(f"describe {name}").fetchall()]
    database.execute(f"delete from {name}")
    values = [
        [row.get(column, number if column == "_row_number" else None) for column in columns]
        for number, row in enumerate(rows, start=1)
    ]
    if values:
        database.executemany(f"insert into {name} values ({', '.join('?' * len(columns))})", values)


def read(database: duckdb.DuckDBPyConnection, model: str, columns: str = "*") -> list[dict[str, Any]]:
    """The rows of a staging view in the order in which they landed."""
    found = database.execute(f"select {columns} from staging.{model} order by source_row_number")
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def land_folder(database: Path, folder: Path, vendor: str, tables: Mapping[str, str]) -> dict[str, int]:
    """Land the CSV files of a folder by Python's own reader; returns the rows of each table."""
    counts = {}
    with duckdb.connect(str(database)) as connection:
        for file_name, table in tables.items():
            with (folder / file_name).open(newline="", encoding="utf-8-sig") as handle:
                rows = list(csv.DictReader(handle))
            create_landed(connection, vendor, table, list(rows[0]))
            fill(connection, vendor, table, [{key: value or None for key, value in row.items()} for row in rows])
            counts[table] = len(rows)
    return counts
