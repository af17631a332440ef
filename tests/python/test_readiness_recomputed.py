"""Every readiness check and stage of the demo, computed a second time in plain Python from what is published.

Reads the marts of the published demo run and the rule seeds; shares no code with the models.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

SEEDS = Path(__file__).parents[2] / "seeds" / "rules"
LOWER_IS_BETTER = {"recency", "no_exclusion"}


def rows_of(marts: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = marts.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def seed(name: str, domain: str = "account_readiness") -> list[dict[str, str]]:
    with (SEEDS / domain / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days_between(earlier: datetime | date, later: datetime | date) -> int:
    return (date(later.year, later.month, later.day) - date(earlier.year, earlier.month, earlier.day)).days


class Demo:
    """What the oracle reads, arranged by account."""

    def __init__(self, marts: duckdb.DuckDBPyConnection) -> None:
        self.as_of: datetime = rows_of(marts, "select max(scored_as_of) as moment from marts.fct_account_readiness")[0][
            "moment"
        ]
        excluded = {
            row["person_id"]
            for row in rows_of(marts, "select person_id, excluded_from from marts.fct_person_exclusions")
            if row["excluded_from"] <= self.as_of
        }
        people = [
            row
            for row in rows_of(marts, "select person_id, account_id, job_function, buying_role from marts.dim_person")
            if row["account_id"] is not None
        ]
        self.accounts = {row["account_id"]: row for row in rows_of(marts, "select * from marts.dim_account")}
        self.known: dict[str, list[str]] = defaultdict(list)
        self.excluded_count: dict[str, int] = defaultdict(int)
        self.people: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for person in people:
            self.known[person["account_id"]].append(person["person_id"])
            if person["person_id"] in excluded:
                self.excluded_count[person["account_id"]] += 1
            else:
                self.people[person["account_id"]].append(person)
        by_person = {person["person_id"]: person for group in self.people.values() for person in group}
        self.fit: dict[str, float] = {}
        self.engagement: dict[str, Decimal] = {}
        active: set[str] = set()
        for row in rows_of(marts, "select * from marts.fct_lead_scores where model_status = 'active'"):
            self.fit[row["person_id"]] = float(row["fit_score"])
            self.engagement[row["person_id"]] = row["engagement_score"]
            active.add(row["scoring_model"])
        assert len(active) == 1
        self.most_counted = max(
            Decimal(row["min_score"])
            for row in seed("rule_score_bands", "lead_scoring")
            if row["rule_kind"] == "engagement" and row["scoring_model"] in active
        )
        positive: dict[str, set[str]] = defaultdict(set)
        for row in rows_of(
            marts,
            """
            select signal_id, scoring_model, score_group, points
            from marts.fct_score_points
            where signal_id is not null
            """,
        ):
            if row["points"] > 0 and row["scoring_model"] in active:
                positive[row["signal_id"]].add(row["score_group"])
        self.signals: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(marts, "select * from marts.fct_signals where is_counted"):
            person = by_person.get(row["person_id"])
            groups = positive.get(row["signal_id"], set())
            if person is None or row["occurred_at"] > self.as_of or not (groups or row["is_hand_raise"]):
                continue
            self.signals[person["account_id"]].append(
                row
                | {
                    "age": days_between(row["occurred_at"], self.as_of),
                    "job_function": person["job_function"],
                    "buying_role": person["buying_role"],
                    "is_high_intent": row["is_hand_raise"] or "high_intent" in groups,
                }
            )

    def rule(self, criterion: str, account_id: str) -> dict[str, str] | None:
        rows = [row for row in seed("rule_readiness_criteria") if row["criterion"] == criterion]
        assert not any(row["effective_from"] or row["effective_until"] for row in rows), "windows: teach the oracle"
        own = [row for row in rows if row["segment"] == self.accounts[account_id]["segment"]]
        anybody = [row for row in rows if not row["segment"]]
        return (own or anybody or [None])[0]

    def actual(self, criterion: str, account_id: str, window: str) -> float | None:
        signals = [row for row in self.signals[account_id] if not window or row["age"] < int(window)]
        match criterion:
            case "account_fit":
                return max((self.fit[person["person_id"]] for person in self.people[account_id]), default=None)
            case "account_engagement":
                people = [person["person_id"] for person in self.people[account_id]]
                return float(sum(min(self.engagement[person], self.most_counted) for person in people))
            case "engaged_people_30" | "engaged_people_90":
                return len({row["person_id"] for row in signals})
            case "engaged_functions":
                return len({row["job_function"] for row in signals} - {"unknown"})
            case "decision_maker_engaged":
                return len({row["person_id"] for row in signals if row["buying_role"] == "decision_maker"})
            case "buying_roles_covered":
                return len({row["buying_role"] for row in signals} - {"unknown"})
            case "high_intent_signals":
                return sum(row["is_high_intent"] for row in signals)
            case "recency":
                return min((row["age"] for row in self.signals[account_id]), default=None)
            case "no_exclusion":
                known = len(self.known[account_id])
                return known if known == self.excluded_count[account_id] else 0
        raise AssertionError(f"the oracle does not know {criterion}")

    def check(self, criterion: str, account_id: str) -> tuple[str, float | None]:
        rule = self.rule(criterion, account_id)
        if rule is None:
            return "not_applicable", None
        actual = self.actual(criterion, account_id, rule["window_days"])
        if criterion == "account_fit" and actual is None:
            return "not_applicable", actual
        if criterion == "no_exclusion" and not self.known[account_id]:
            return "not_applicable", actual
        if actual is None:
            return "unmet", None
        limit = float(rule["threshold"])
        is_met = actual <= limit if criterion in LOWER_IS_BETTER else actual >= limit
        return ("met" if is_met else "unmet"), actual


@pytest.fixture(scope="module")
def demo(published: duckdb.DuckDBPyConnection) -> Demo:
    return Demo(published)


def test_every_check_is_what_the_oracle_finds(demo: Demo, published: duckdb.DuckDBPyConnection) -> None:
    checks = rows_of(published, "select * from marts.fct_account_readiness_checks")
    criteria = {row["criterion"] for row in seed("rule_readiness_criteria")}
    assert len(checks) == len(demo.accounts) * len(criteria) > 0
    differences = []
    for row in checks:
        status, actual = demo.check(row["criterion"], row["account_id"])
        rule = demo.rule(row["criterion"], row["account_id"])
        may_be_early = bool(rule and rule["min_history_days"])
        found = "unmet" if may_be_early and row["status"] == "too_early" else row["status"]
        if (status, actual) != (found, row["actual"]):
            differences.append((row, status, actual))
    assert differences == []


def test_every_stage_follows_from_the_checks_and_the_facts(demo: Demo, published: duckdb.DuckDBPyConnection) -> None:
    statuses: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows_of(published, "select * from marts.fct_account_readiness_checks"):
        statuses[row["account_id"]][row["criterion"]] = row["status"]
    asked: dict[str, tuple[int, list[str]]] = {}
    for row in seed("rule_readiness_stages"):
        if row["criterion"]:
            asked.setdefault(row["readiness_stage"], (int(row["stage_order"]), []))[1].append(row["criterion"])
    in_deal = {
        row["account_id"]
        for row in rows_of(published, "select account_id from marts.fct_opportunities where not is_closed")
    }
    differences = []
    for row in rows_of(published, "select * from marts.fct_account_readiness"):
        account = demo.accounts[row["account_id"]]
        found = statuses[row["account_id"]]
        reached = [
            (order, stage)
            for stage, (order, criteria) in asked.items()
            if any(found[criterion] == "met" for criterion in criteria)
            and all(found[criterion] in ("met", "not_applicable") for criterion in criteria)
        ]
        if account["is_customer"]:
            stage = "customer"
        elif row["account_id"] in in_deal:
            stage = "opportunity"
        elif reached:
            stage = max(reached)[1]
        else:
            stage = "target" if account["is_target_account"] else "none"
        met = sum(status == "met" for status in found.values())
        count = sum(status != "not_applicable" for status in found.values())
        score = round(100 * met / count + 1e-9, 2)
        if (row["readiness_stage"], float(row["readiness_score"])) != (stage, score):
            differences.append((row, stage, score))
    assert differences == []


def test_the_demo_has_every_stage_and_both_kinds_of_account(published: duckdb.DuckDBPyConnection) -> None:
    stages = {
        row["readiness_stage"]
        for row in rows_of(published, "select distinct readiness_stage from marts.fct_account_readiness")
    }
    assert {"customer", "opportunity", "ready", "engaged", "aware", "none"} <= stages
