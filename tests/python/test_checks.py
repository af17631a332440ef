"""`make check` runs everything, tells every outcome, and fails when one failed."""

from __future__ import annotations

from handoff.checks import main, run_all, table


def test_a_failure_does_not_keep_the_rest_from_running() -> None:
    outcomes = run_all(["lint", "types", "test"], run=lambda target: target != "types")
    assert [(outcome.target, outcome.passed) for outcome in outcomes] == [
        ("lint", True),
        ("types", False),
        ("test", True),
    ]
    assert "types  FAIL" in table(outcomes)
    assert "lint   PASS" in table(outcomes)


def test_without_a_target_it_could_not_run() -> None:
    assert main([]) == 2
