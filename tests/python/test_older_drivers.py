"""A BI tool brings a DuckDB of its own: the oldest that is promised reads every published mart."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

OLDEST = "1.0.0"
READS = """
import json, sys
sys.path.insert(0, sys.argv[1])
import duckdb
published = duckdb.connect(sys.argv[2], read_only=True)
tables = published.execute(
    "select table_name from information_schema.tables where table_schema = 'marts' order by table_name"
).fetchall()
rows = {name: published.execute(f'select count(*) from marts."{name}"').fetchone()[0] for (name,) in tables}
print(json.dumps({"version": duckdb.__version__, "rows": rows}))
"""


@pytest.mark.long
def test_the_oldest_driver_promised_reads_every_mart(demo_warehouse: Path, tmp_path: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    wanted = [str(uv), "pip", "install", "--quiet", "--python", sys.executable, "--target", str(tmp_path / "old")]
    done = subprocess.run([*wanted, f"duckdb=={OLDEST}"], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        pytest.skip(f"duckdb {OLDEST} cannot be fetched: {done.stderr.strip()[-200:]}")
    arguments = ["-S", "-c", READS, str(tmp_path / "old"), str(demo_warehouse / "handoff.duckdb")]
    read = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, timeout=300)
    assert read.returncode == 0, read.stderr
    found = json.loads(read.stdout)
    assert found["version"] == OLDEST
    marts = json.loads((demo_warehouse / "run.json").read_text(encoding="utf-8"))["marts"]
    told = {mart["name"]: mart["rows"] for mart in marts}
    assert len(told) > 50
    assert {name: rows for name, rows in found["rows"].items() if name != "publication"} == told
