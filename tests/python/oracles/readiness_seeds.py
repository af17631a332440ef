"""The rule seeds as the readiness oracle reads them, from rows as they stand in the files."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from oracles.readiness import OPEN_END, SINCE_EVER, Rule, Rules, ScoringModel

Row = Mapping[str, str]
Seeds = Mapping[str, Sequence[Row]]
FOLDER = Path(__file__).parents[3] / "seeds" / "rules"
FILES = {
    "rule_readiness_criteria": "account_readiness",
    "rule_readiness_stages": "account_readiness",
    "rule_readiness_returns": "account_readiness",
    "rule_buying_roles": "account_readiness",
    "rule_readiness_levels": "account_readiness",
    "rule_scoring_models": "lead_scoring",
    "rule_titles": "people",
}


def shipped_seeds() -> dict[str, list[Row]]:
    """The rows of the project's own files."""
    found: dict[str, list[Row]] = {}
    for name, domain in FILES.items():
        with (FOLDER / domain / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            found[name] = list(csv.DictReader(file))
    return found


def rules_of(seeds: Seeds) -> Rules:
    asked: dict[str, set[str]] = defaultdict(set)
    for row in seeds["rule_readiness_stages"]:
        if row["criterion"]:
            asked[row["readiness_stage"]].add(row["criterion"])
    return Rules(
        criteria=tuple(_rule(row) for row in seeds["rule_readiness_criteria"]),
        stage_orders={row["readiness_stage"]: int(row["stage_order"]) for row in seeds["rule_readiness_stages"]},
        asked={stage: frozenset(criteria) for stage, criteria in asked.items()},
        returns=tuple(
            (Decimal(row["from_points"]), Decimal(row["until_points"]), Decimal(row["share"]))
            for row in seeds["rule_readiness_returns"]
        ),
        contact_roles={row["contact_role"].lower(): row["buying_role"] for row in seeds["rule_buying_roles"]},
        title_roles=frozenset(row["assigned_value"] for row in seeds["rule_titles"] if row["assigns"] == "buying_role"),
        scoring_models=tuple(
            ScoringModel(row["scoring_model"], row["model_status"], *_window(row))
            for row in seeds["rule_scoring_models"]
        ),
    )


def _rule(row: Row) -> Rule:
    begins, ends = _window(row)
    return Rule(
        rule_id=row["rule_id"],
        criterion=row["criterion"],
        measure=row["measure"],
        met_when=row["met_when"],
        threshold=Decimal(row["threshold"]),
        segment=row["segment"] or None,
        exit_threshold=Decimal(row["exit_threshold"]) if row["exit_threshold"] else None,
        window_days=_whole(row["window_days"]),
        baseline_days=_whole(row["baseline_days"]),
        min_history_days=_whole(row["min_history_days"]),
        job_functions=_listed(row["job_functions"]),
        seniorities=_listed(row["seniorities"]),
        buying_roles=_listed(row["buying_roles"]),
        sort_order=int(row["sort_order"]),
        missing_text=row["missing_text"] or None,
        next_action=row["next_action"] or None,
        effective_from=begins,
        effective_until=ends,
    )


def _window(row: Row) -> tuple[datetime, datetime]:
    begins = datetime.fromisoformat(row["effective_from"]) if row["effective_from"] else SINCE_EVER
    return begins, datetime.fromisoformat(row["effective_until"]) if row["effective_until"] else OPEN_END


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.lower().split("|")) if text else frozenset()
