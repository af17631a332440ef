"""Readiness as the demo publishes it, computed a second time from what else it publishes.

Every check, every interval of history, every account and family, by the Python model of the definition.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from oracles.readiness import judged
from oracles.readiness_comparison import Comparison, compare, expected_cells, in_marts
from oracles.readiness_published import facts_of, rows
from oracles.readiness_seeds import rules_of, shipped_seeds


@pytest.fixture(scope="module")
def comparison(published: duckdb.DuckDBPyConnection, demo_warehouse: Path) -> Comparison:
    facts = facts_of(published, demo_warehouse.parent / "landed" / "salesforce")
    seeds = shipped_seeds()
    rules = rules_of(seeds)
    expected = expected_cells(judged(facts, rules), facts, rules, seeds["rule_readiness_levels"])
    return compare(expected, in_marts(lambda mart: rows(published, f"select * from marts.{mart}")))


def test_published_readiness_follows_from_the_other_marts(comparison: Comparison) -> None:
    assert not comparison.told, f"{len(comparison.told)} differences\n" + "\n".join(comparison.told[:20])
    assert min(comparison.compared.values()) >= 10, comparison.compared


def test_the_demo_has_every_stage_and_both_kinds_of_unit(published: duckdb.DuckDBPyConnection) -> None:
    stages = {
        row["readiness_stage"]
        for row in rows(published, "select distinct readiness_stage from marts.fct_account_readiness_history")
    }
    assert {"customer", "opportunity", "ready", "engaged", "aware", "none"} <= stages
