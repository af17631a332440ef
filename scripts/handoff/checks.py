"""`make check`: run the named make targets one after the other and print one PASS/FAIL table.

Reads nothing but its arguments. Exit 0 when every target passed, 1 when one failed, 2 when none was named.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """How one target ended, and in how many seconds."""

    target: str
    passed: bool
    seconds: float


def run_target(target: str) -> bool:
    """Run one make target, its output shown as it comes."""
    return subprocess.run(["make", "--no-print-directory", target], check=False).returncode == 0


def run_all(targets: Sequence[str], run: Callable[[str], bool] = run_target) -> list[Outcome]:
    """Run every target, also after one has failed."""
    outcomes = []
    for target in targets:
        print(f"== {target}", flush=True)
        started = time.monotonic()
        passed = run(target)
        outcomes.append(Outcome(target, passed, time.monotonic() - started))
    return outcomes


def table(outcomes: Sequence[Outcome]) -> str:
    """One line a target: its name, PASS or FAIL, its seconds."""
    width = max(len(outcome.target) for outcome in outcomes)
    return "\n".join(
        f"{outcome.target:<{width}}  {'PASS' if outcome.passed else 'FAIL'}  {outcome.seconds:7.1f} s"
        for outcome in outcomes
    )


def main(arguments: Sequence[str] | None = None) -> int:
    targets = list(sys.argv[1:] if arguments is None else arguments)
    if not targets:
        print("Name at least one make target: python -m handoff.checks lint test", file=sys.stderr)
        return 2
    outcomes = run_all(targets)
    print(table(outcomes))
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
