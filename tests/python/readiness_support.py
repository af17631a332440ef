"""The readiness models, run on worlds that the oracle judges too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from oracles.readiness import OPEN_END, Facts
from oracles.readiness_comparison import Keyed, in_marts, keyed
from support.compiled import Warehouse

MARTS = (
    "fct_account_readiness_checks",
    "fct_account_readiness_history",
    "fct_account_readiness",
    "fct_account_family_readiness",
    "int_readiness_checks_current",
    "int_readiness_stages_walked",
)


def fill(warehouse: Warehouse, facts: Facts, seeds: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
    """Put a world in the place of what the readiness models read."""
    for name, rows in seeds.items():
        warehouse.put(name, rows)
    warehouse.put(
        "int_accounts_enriched",
        (
            {**vars(account), "is_customer": (account.customer_since or OPEN_END) <= facts.as_of}
            for account in facts.accounts
        ),
    )
    warehouse.put("int_persons_enriched", (vars(person) for person in facts.people))
    warehouse.put(
        "fct_person_exclusions", ({**vars(row), "rule_id": f"X{n}"} for n, row in enumerate(facts.exclusions))
    )
    warehouse.put("fct_signals", (vars(signal) for signal in facts.signals))
    warehouse.put(
        "fct_score_points",
        (
            {**vars(row), "rule_kind": "engagement", "point_id": f"{n}", "rule_id": f"E{n}"}
            for n, row in enumerate(facts.points)
        ),
    )
    warehouse.put("fct_fit_scores", (vars(fit) for fit in facts.fits))
    warehouse.put("int_opportunities_conformed", (vars(deal) for deal in facts.deals))
    warehouse.put("int_opportunity_people_identified", (vars(role) for role in facts.contact_roles))


def in_models(warehouse: Warehouse) -> dict[str, Keyed]:
    """What the marts say, and what the models know of families besides: their checks and their history."""
    heads = {
        row["unit_id"]: row["head_account_id"]
        for row in warehouse.rows("int_readiness_unit_facts")
        if row["unit_kind"] == "family"
    }
    started = {row["unit_id"]: row["started_at"] for row in warehouse.rows("int_readiness_units_started")}
    checks = [
        {**row, "head": heads[row["unit_id"]]}
        for row in warehouse.rows("int_readiness_checks_current")
        if row["unit_id"] in heads
    ]
    intervals = [
        {**row, "head": heads[row["unit_id"]], "valid_from": max(row["valid_from"], started[row["unit_id"]])}
        for row in warehouse.rows("int_readiness_stages_walked")
        if row["unit_id"] in heads and row["valid_until"] > started[row["unit_id"]]
    ]
    return in_marts(warehouse.rows) | {
        "family check": keyed(checks, "head", "criterion"),
        "family interval": keyed(intervals, "head", "valid_from"),
    }
