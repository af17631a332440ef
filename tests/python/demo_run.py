"""One demo world, generated and run once for all tests that compare its marts with its truth."""

import csv
import fcntl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
from handoff.generate import generate

PEOPLE, MONTHS, SEED = 2_000, 18, 1
AS_OF = "2026-06-30T18:00:00Z"


@dataclass(frozen=True)
class Demo:
    """Where a demo was landed and what was published from it."""

    landed: Path
    warehouse: Path

    def truth(self, name: str) -> list[dict[str, str]]:
        """The rows of one truth file."""
        with (self.landed / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def connect(self) -> duckdb.DuckDBPyConnection:
        """The published marts, read only."""
        return duckdb.connect(str(self.warehouse / "marts.duckdb"), read_only=True)


def build_demo(folder: Path) -> Demo:
    """Generate and run the demo in this folder, or take the one that another process has made there."""
    folder.mkdir(parents=True, exist_ok=True)
    demo = Demo(folder / "landed", folder / "warehouse")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            generate(PEOPLE, MONTHS, SEED, demo.landed)
            command = [sys.executable, "-m", "handoff.cli", "run", "--as-of", AS_OF, "--warehouse", str(demo.warehouse)]
            for vendor in ("salesforce", "marketo"):
                command += ["--source", f"{vendor}={demo.landed / vendor}"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr[-4000:]
            (folder / "ready").touch()
    return demo
