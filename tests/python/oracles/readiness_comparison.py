"""What is found of readiness, cell by cell beside the oracle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from oracles.readiness import Check, Facts, Rules, Stint, Verdict, gaps, readiness_score
from oracles.readiness_seeds import Row

Cells = dict[str, Any]
Keyed = dict[tuple[Any, ...], Cells]


@dataclass(frozen=True)
class Comparison:
    compared: Counter[str]
    told: list[str]


def compare(expected: Mapping[str, Keyed], found: Mapping[str, Keyed]) -> Comparison:
    """Every difference in words, in whatever was found at all."""
    told = []
    for what, rows in found.items():
        for key in sorted(set(expected[what]) | set(rows), key=str):
            mine, theirs = expected[what].get(key), rows.get(key)
            if mine is None or theirs is None:
                told.append(f"{what} {key}: {'missing' if theirs is None else 'unexpected'}: {mine or theirs}")
            else:
                told += [
                    f"{what} {key} {cell}: found {theirs[cell]}, expected {value}"
                    for cell, value in mine.items()
                    if theirs[cell] != value
                ]
    return Comparison(Counter({what: len(rows) for what, rows in found.items()}), told)


def in_marts(read: Callable[[str], list[Cells]]) -> dict[str, Keyed]:
    """What the marts say: all of accounts, and of families how they stand as of the run."""
    return {
        "check": keyed(read("fct_account_readiness_checks"), "account_id", "criterion"),
        "interval": keyed(read("fct_account_readiness_history"), "account_id", "valid_from"),
        "account": keyed(read("fct_account_readiness"), "account_id"),
        "family": keyed(read("fct_account_family_readiness"), "ultimate_parent_account_id"),
    }


def expected_cells(
    verdicts: Mapping[tuple[str, str], Verdict], facts: Facts, rules: Rules, levels: Sequence[Row]
) -> dict[str, Keyed]:
    """What the oracle says, keyed as what is found."""
    accounts = {head: verdict for (kind, head), verdict in verdicts.items() if kind == "account"}
    families = {head: verdict for (kind, head), verdict in verdicts.items() if kind == "family"}
    top = {account.account_id: account.ultimate_parent_account_id for account in facts.accounts}
    return {
        "check": check_rows(accounts),
        "interval": {
            key: cells | {"reason": stint.reason, "evidence": stint.evidence}
            for key, cells, stint in interval_rows(accounts, rules)
        },
        "account": {
            (head,): summary_cells(verdict, rules, levels)
            | {
                "surge_percent": shown_actual(verdict, "surge"),
                "fit_level": level(levels, "fit", shown_actual(verdict, "account_fit"), None),
                "engagement_level": level(levels, "engagement", shown_actual(verdict, "account_engagement"), "none"),
                "family_readiness_stage": families[top[head]].stage.readiness_stage if top[head] in families else None,
            }
            for head, verdict in accounts.items()
        },
        "family": {
            (head,): summary_cells(verdict, rules, levels) | member_cells(head, accounts, facts)
            for head, verdict in families.items()
        },
        "family check": check_rows(families),
        "family interval": {key: cells for key, cells, _ in interval_rows(families, rules)},
    }


def check_rows(verdicts: Mapping[str, Verdict]) -> Keyed:
    return {
        (head, criterion): check_cells(verdict, criterion)
        for head, verdict in verdicts.items()
        for criterion in verdict.checks
    }


def interval_rows(verdicts: Mapping[str, Verdict], rules: Rules) -> Iterator[tuple[tuple[str, datetime], Cells, Stint]]:
    for head, verdict in verdicts.items():
        for stint in verdict.history:
            stage = stint.readiness_stage
            cells = {
                "readiness_stage": stage,
                "stage_order": rules.stage_orders[stage],
                "valid_until": stint.valid_until,
            }
            yield (head, stint.valid_from), cells, stint


def check_cells(verdict: Verdict, criterion: str) -> Cells:
    check = verdict.checks[criterion]
    rule = check.rule
    return {
        "status": check.status,
        "actual": as_float(check.actual),
        "threshold": as_float(rule.threshold) if rule else None,
        "exit_threshold": as_float(rule.threshold if rule.exit_threshold is None else rule.exit_threshold)
        if rule
        else None,
        "window_days": rule.window_days if rule else None,
        "rule_id": rule.rule_id if rule else None,
    }


def member_cells(head: str, accounts: Mapping[str, Verdict], facts: Facts) -> Cells:
    """What a family's row says of its members."""
    members = [account for account in facts.accounts if account.ultimate_parent_account_id == head]
    return {
        "member_accounts_count": len(members),
        "ready_accounts_count": sum(accounts[member.account_id].stage.readiness_stage == "ready" for member in members),
        "customer_accounts_count": sum(
            member.customer_since is not None and member.customer_since <= facts.as_of for member in members
        ),
    }


def level(levels: Sequence[Row], kind: str, value: Decimal | None, otherwise: str | None) -> str | None:
    """What a value is called: the highest level that it reaches."""
    reached = [
        (int(row["level_order"]), row["level"])
        for row in levels
        if row["level_kind"] == kind and value is not None and value >= Decimal(row["min_value"])
    ]
    return max(reached)[1] if reached else otherwise


def shown(verdict: Verdict, measure: str) -> Check | None:
    """Of several criteria of one measure, the first in the rules' order."""
    found = [
        (check.rule.sort_order, criterion, check)
        for criterion, check in verdict.checks.items()
        if check.rule is not None and check.rule.measure == measure
    ]
    return min(found, key=lambda row: row[:2])[2] if found else None


def shown_actual(verdict: Verdict, measure: str) -> Decimal | None:
    check = shown(verdict, measure)
    return check.actual if check else None


def summary_cells(verdict: Verdict, rules: Rules, levels: Sequence[Row]) -> Cells:
    asked = set().union(*rules.asked.values())
    missing = [] if verdict.stage.readiness_stage == "customer" else gaps(verdict.checks, rules)

    def named(criterion: str) -> Decimal | None:
        return verdict.checks[criterion].actual if criterion in verdict.checks else None

    def actual(measure: str) -> Decimal | None:
        return shown_actual(verdict, measure)

    roles = shown(verdict, "buying_roles")
    return {
        "readiness_stage": verdict.stage.readiness_stage,
        "stage_since": verdict.stage.valid_from,
        "readiness_score": readiness_score(verdict.checks, asked),
        "account_fit_score": actual("account_fit"),
        "account_engagement_score": actual("account_engagement"),
        "momentum": level(levels, "momentum", actual("surge"), "too_early"),
        "engaged_people_count": named("engaged_people_90"),
        "engaged_functions_count": actual("engaged_functions"),
        "decision_maker_engaged": is_positive(named("decision_maker_engaged")),
        "committee_coverage": min(1.0, float(roles.actual) / float(roles.rule.threshold))
        if roles and roles.rule and roles.actual is not None
        else None,
        "high_intent_count": actual("high_intent_signals"),
        "last_engaged_at": verdict.last_engaged_at,
        "missing": "; ".join(text for text, _ in missing) or None,
        "next_action": missing[0][1] if missing else None,
    }


def is_positive(value: Decimal | None) -> bool | None:
    return None if value is None else value > 0


def as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def keyed(rows: Iterable[Cells], *names: str) -> Keyed:
    listed = list(rows)
    found = {tuple(row[name] for name in names): row for row in listed}
    assert len(found) == len(listed), f"{names} is no key"
    return found
