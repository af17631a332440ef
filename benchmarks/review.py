"""How large the review page is, how soon it answers, and what it asks for, at several numbers of people.

Makes a demo of each size (or takes published warehouses), writes the page from its marts, opens it from disk in
Chromium at a desk's and a phone's width, and prints: seconds of writing, bytes and what they are of, milliseconds to
the first picture and until every tab answers (median of the opens), and requests beyond the file itself: none.

Usage: python benchmarks/review.py [--people 2000 100000] [--warehouse FOLDER ...] [--opens 7]
Exit 0: printed, at most 3 MB, under a second, no request. Exit 1: one of them is not so.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from handoff.review import write_review

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))
from support.review import chromium

MOST_BYTES = 3_000_000
MOST_MILLISECONDS = 1000


@dataclass(frozen=True)
class Opened:
    """One opening of the page: the first picture, everything ready, and what was asked for."""

    painted: float
    ready: float
    requests: int


def generated(people: int, out: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "handoff.cli", "demo", "--people", str(people), "--out", str(out)], check=True
    )
    return out / "warehouse"


def open_once(browser: Any, page: Path, width: int) -> Opened:
    view = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.goto(page.as_uri())
    view.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    times = view.evaluate(
        "['first-contentful-paint', 'interactive'].map(name => performance.getEntriesByName(name)[0].startTime)"
    )
    view.close()
    return Opened(*times, sum(not url.startswith("data:") for url in asked) - 1)


def parts_of(text: str) -> dict[str, int]:
    """Bytes by what they are."""
    parts = {
        "drawers": r'<script type="application/json".*?</script>',
        "charts": r"<svg.*?</svg>",
        "tables": r"<table.*?</table>",
        "cards": r"<article.*?</article>",
    }
    return {name: sum(len(one.encode()) for one in re.findall(shape, text, re.S)) for name, shape in parts.items()}


def measure(warehouse: Path, out: Path, opens: int) -> bool:
    """Print the figures of one warehouse; whether they are within bounds."""
    record = json.loads((warehouse / "run.json").read_text(encoding="utf-8"))
    people = next(mart["rows"] for mart in record["marts"] if mart["name"] == "dim_person")
    began = time.process_time()
    write_review(warehouse / "marts.duckdb", out, record)
    written = time.process_time() - began
    text = out.read_text(encoding="utf-8")
    size = len(text.encode())
    print(f"{people:,} people: written in {written:.1f} s of CPU, {size:,} bytes", end="")
    print("".join(f", {part} {parts:,}" for part, parts in parts_of(text).items()))
    is_well = size <= MOST_BYTES
    with chromium() as browser:
        for width in (1280, 360):
            times = [open_once(browser, out, width) for _ in range(opens)]
            painted, ready = (median(getattr(one, name) for one in times) for name in ("painted", "ready"))
            requests = max(one.requests for one in times)
            print(f"  {width} px wide: painted {painted:.0f} ms, ready {ready:.0f} ms, {requests} requests")
            is_well = is_well and ready < MOST_MILLISECONDS and requests == 0
    return is_well


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="*", default=[2000, 100_000])
    parser.add_argument("--warehouse", type=Path, nargs="*", default=[])
    parser.add_argument("--opens", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        warehouses = asked.warehouse or [generated(people, folder / str(people)) for people in asked.people]
        well = [measure(warehouse, folder / "review.html", asked.opens) for warehouse in warehouses]
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
