"""What the lifecycle oracle is given: the rule seeds, a world's own rows, and the facts that are not its to recompute
(who is one person and of which account, its readiness, the ledger of points, exclusions, segments), read from the
published marts."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb

from oracles.handoffs import HandRaise, Touch
from oracles.lifecycle import (
    NO_ACCOUNT,
    OPEN_END,
    Account,
    CyclePolicy,
    Deal,
    Instant,
    Person,
    Ready,
    Rules,
    Score,
    Status,
    Step,
    UnitRule,
)
from oracles.recompute import band_of, clamp, quantise, weight
from oracles.worlds import Row, World

SEEDS = Path(__file__).parents[3] / "seeds" / "rules"


@dataclass(frozen=True)
class Facts:
    """Everything known of one person."""

    person: Person
    account: Account
    raises: list[HandRaise]
    touches: list[Touch]
    assignments: list[tuple[datetime, str, str]]
    is_target_account: bool
    has_account_owner: bool
    is_opted_out: bool = False


def seed(path: str) -> list[Row]:
    with (SEEDS / path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rules() -> Rules:
    statuses = {
        row["status"]: Status(
            row["status"], int(row["status_order"]), row["is_outcome"] == "true", row["is_accepted"] == "true"
        )
        for row in seed("mql_lifecycle/rule_statuses.csv")
    }
    mapped = seed("mql_lifecycle/rule_status_map.csv")
    status_map = {
        row["crm_status"]: (row["status"], row["outcome_reason"])
        for system in ("*", "generic")
        for row in mapped
        if row["source_system"] == system
    }
    legal = frozenset(
        (row["from_status"], row["to_status"])
        for row in seed("mql_lifecycle/rule_status_transitions.csv")
        if row["is_legal"] == "true"
    )
    policies = [
        CyclePolicy(
            row["segment"],
            timedelta(days=int(row["cool_down_days"])),
            timedelta(days=int(row["expire_days"])),
            timedelta(days=int(row["recycle_wake_days"])),
            timedelta(hours=int(row["hand_raise_join_hours"])),
        )
        for row in sorted(seed("mql_lifecycle/rule_cycle_policies.csv"), key=lambda row: int(row["sort_order"]))
    ]
    units = [
        UnitRule(
            row["segment"],
            Decimal(row["min_deal_amount"]) if row["min_deal_amount"] else None,
            int(row["min_known_people"]) if row["min_known_people"] else None,
            row["unit"],
            row["min_fit_band"],
            row["min_engagement_band"],
            datetime.fromisoformat(row["effective_from"] or "1900-01-01"),
            datetime.fromisoformat(row["effective_until"] or "9999-12-31"),
        )
        for row in sorted(seed("mql_lifecycle/rule_qualification_units.csv"), key=lambda row: int(row["sort_order"]))
    ]
    return Rules(statuses, status_map, legal, tuple(policies), tuple(units))


def sla_policies(priority: str, is_hand_raise: bool, moment: datetime) -> set[str]:
    """The clocks that the policies in force then give to a priority, and to requests."""
    clocks = set()
    for row in seed("handoff_sla/rule_sla_policies.csv"):
        since = row["effective_from"] or "1900-01-01"
        until = row["effective_until"] or "9999-12-31"
        fits = row["priority"] in ("", priority) and row["is_hand_raise"] in ("", str(is_hand_raise).lower())
        if fits and since <= moment.isoformat() < until:
            clocks.add(row["clock"])
    return clocks


def route(entry_reason: str, grade: str, segment: str, facts: Facts) -> Row:
    """The first routing row that applies to somebody whom no exclusion holds back."""
    for row in sorted(seed("mql_lifecycle/rule_routing.csv"), key=lambda row: int(row["sort_order"])):
        if (
            row["entry_reason"] in ("", entry_reason)
            and not row["exclusion_reason"]
            and row["segment"] in ("", segment)
            and (not row["grades"] or grade in row["grades"].split("|"))
            and row["is_target_account"] in ("", str(facts.is_target_account).lower())
            and row["has_account_owner"] in ("", str(facts.has_account_owner).lower())
            and row["is_opted_out"] in ("", str(facts.is_opted_out).lower())
        ):
            return row
    raise AssertionError("no routing row applies")


def day_end(at: datetime, precision: str, as_of: datetime) -> datetime:
    """What happened on a day happened no later than its last second."""
    return at if precision == "exact" else min(at + timedelta(seconds=86399), as_of)


def when(text: str) -> tuple[datetime, str]:
    return (datetime.fromisoformat(text), "exact" if ":" in text else "day")


def facts_of(world: World, marts: duckdb.DuckDBPyConnection, given: Rules, as_of: datetime) -> dict[str, Facts]:
    person_of = dict(marts.sql("select record_id, person_id from marts.bridge_person_records").fetchall())
    by_table: dict[str, dict[str, list[Row]]] = {}
    for table, rows in world.tables.items():
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            grouped[person_of.get(row.get("record_id", ""), "")].append(row)
        by_table[table] = grouped
    not_human = {r["rep_id"] for r in world.tables["reps"] if r["is_automation"] == "true"}
    touch_rules = {r["touch_type"]: r for r in seed("handoff_sla/rule_qualifying_touches.csv")}
    deal_rows = {row["opportunity_id"]: row for row in world.tables["opportunities"]}
    instants, raises = _signals(marts)
    excluded: dict[str, list[datetime]] = defaultdict(list)
    for person_id, since in marts.sql("select person_id, excluded_from from marts.fct_person_exclusions").fetchall():
        excluded[person_id].append(since)
    people = marts.sql("""
        select dim_person.person_id, dim_person.segment, dim_person.account_id,
            coalesce(dim_account.is_target_account, false), dim_account.owner_id
        from marts.dim_person
        left join marts.dim_account on dim_person.account_id = dim_account.account_id
    """).fetchall()
    ready = _ready_times(marts, as_of)
    engagement = Engagement(marts)
    persons: dict[str, Person] = {}
    people_of: dict[str, list[Person]] = defaultdict(list)
    sales: dict[str, tuple[list[Touch], list[tuple[datetime, str, str]]]] = {}
    duplicates = {
        row["record_id"]
        for row in world.tables["status_changes"]
        if given.status_map.get(row["new_status"].lower(), ("", ""))[1] == "duplicate"
        and when(row["changed_at"])[0] <= as_of
    }
    for person_id, segment, account_id, _, _ in people:
        standing = [row for row in by_table["people"].get(person_id, []) if row["record_id"] not in duplicates]

        def _stands_beside(row: Row, at: datetime, standing: list[Row] = standing) -> bool:
            """A record that stands while another is called a duplicate: the person is disqualified by none of it."""
            return any(one["record_id"] != row["record_id"] and when(one["created_at"])[0] <= at for one in standing)

        changes = []
        for row in by_table["status_changes"].get(person_id, []):
            at, precision = when(row["changed_at"])
            mapped = given.status_map.get(row["new_status"].lower())
            if mapped and at <= as_of and not (mapped[1] == "duplicate" and _stands_beside(row, at)):
                at = day_end(at, precision, as_of)
                changes.append(Step(at, precision, mapped[0], mapped[1], row["change_id"]))
        deals = {}
        for link in by_table["opportunity_contacts"].get(person_id, []):
            row = deal_rows[link["opportunity_id"]]
            at, precision = when(row["created_at"])
            closed = when(row["closed_at"])[0] if row["closed_at"] else None
            if at <= as_of:
                made = day_end(at, precision, as_of)
                deals[row["opportunity_id"]] = Deal(
                    row["opportunity_id"],
                    min(made, closed) if closed and closed >= at and when(row["closed_at"])[1] == "exact" else made,
                    precision,
                    closed if closed is not None and closed <= as_of else None,
                    row["is_won"] == "true",
                )
        touches = []
        for row in by_table["touches"].get(person_id, []):
            rule = touch_rules.get(row["touch_type"])
            done = row["is_completed"] == "true" and row["is_automated"] != "true"
            if not done or row["rep_id"] in not_human or rule is None or rule["stops_clock"] != "true":
                continue
            at, precision = when(row["completed_at"] or row["occurred_at"])
            if at <= as_of:
                is_meeting = rule["is_meeting"] == "true"
                touches.append(Touch(at, precision, row["rep_id"], row["touch_type"], is_meeting, row["touch_id"]))
        assignments = [
            (when(row["assigned_at"])[0], row["assignment_id"], row["new_owner_id"])
            for row in by_table["assignments"].get(person_id, [])
            if when(row["assigned_at"])[0] <= as_of
        ]
        records = by_table["people"].get(person_id, [])
        persons[person_id] = Person(
            person_id,
            segment,
            tuple(instants.get(person_id, [])),
            tuple(changes),
            tuple(deals.values()),
            tuple(excluded.get(person_id, [])),
            min((when(row["created_at"])[0] for row in records), default=None),
            any((row.get("email") and row.get("is_email_opt_out") != "true") or row.get("phone") for row in records),
            {at.since: engagement.score(person_id, at.since) for at in ready.get(account_id, [])},
        )
        people_of[account_id or ""].append(persons[person_id])
        sales[person_id] = (touches, assignments)
    amounts: dict[str, list[tuple[datetime, Decimal]]] = defaultdict(list)
    for row in deal_rows.values():
        amounts[row["account_id"]].append((when(row["created_at"])[0], Decimal(row["amount"])))
    accounts = {
        account_id: Account(tuple(ready.get(account_id, [])), tuple(amounts[account_id]), tuple(members))
        for account_id, members in people_of.items()
        if account_id
    }
    return {
        person_id: Facts(
            persons[person_id],
            accounts.get(account_id, NO_ACCOUNT),
            raises.get(person_id, []),
            *sales[person_id],
            is_target,
            account_owner is not None,
            any(row.get("is_email_opt_out") == "true" for row in by_table["people"].get(person_id, [])),
        )
        for person_id, _, account_id, is_target, account_owner in people
    }


def _ready_times(marts: duckdb.DuckDBPyConnection, as_of: datetime) -> dict[str, list[Ready]]:
    """When each account was ready; one made so by signals known only by their day has no exact time."""
    precisions: dict[tuple[str, datetime], set[str]] = defaultdict(set)
    for account_id, at, precision in marts.sql("""
        select dim_person.account_id, fct_signals.occurred_at, fct_signals.occurred_at_precision
        from marts.fct_signals
        inner join marts.dim_person on fct_signals.person_id = dim_person.person_id
        where fct_signals.is_counted and dim_person.account_id is not null
    """).fetchall():
        precisions[account_id, at].add(precision)
    found: dict[str, list[Ready]] = defaultdict(list)
    for account_id, since, until, evidence in marts.sql("""
        select account_id, valid_from, valid_until, evidence
        from marts.fct_account_readiness_history
        where readiness_stage = 'ready'
        order by account_id, valid_from
    """).fetchall():
        if since <= as_of:
            told = precisions.get((account_id, since), {"exact"})
            found[account_id].append(Ready(since, until, "exact" if "exact" in told else "day", evidence))
    return found


class Engagement:
    """Anybody's score at any instant, from the ledger of points and the seeds, by the version in force then."""

    def __init__(self, marts: duckdb.DuckDBPyConnection) -> None:
        self.models = [row for row in seed("lead_scoring/rule_scoring_models.csv") if row["model_status"] == "active"]
        self.groups = {
            (row["scoring_model"], row["score_group"]): row for row in seed("lead_scoring/rule_score_groups.csv")
        }
        self.rules = {(row["scoring_model"], row["rule_id"]): row for row in seed("lead_scoring/rule_score_points.csv")}
        self.bands = seed("lead_scoring/rule_score_bands.csv")
        self.ledger: dict[tuple[str, str], list[tuple[str, Decimal, datetime]]] = defaultdict(list)
        for person_id, model, rule_id, points, at in marts.sql("""
            select person_id, scoring_model, rule_id, points, occurred_at
            from marts.fct_score_points where rule_kind = 'engagement'
        """).fetchall():
            self.ledger[person_id, model].append((rule_id, Decimal(points), at))
        self.fit_bands: dict[tuple[str, str], list[tuple[datetime, datetime, str]]] = defaultdict(list)
        for person_id, model, since, until, band in marts.sql("""
            select person_id, scoring_model, valid_from, valid_until, fit_band from marts.fct_fit_scores
        """).fetchall():
            self.fit_bands[person_id, model].append((since, until, band))

    def score(self, person_id: str, moment: datetime) -> Score:
        model = next(
            row["scoring_model"]
            for row in self.models
            if (row["effective_from"] or "1900-01-01") <= moment.isoformat() < (row["effective_until"] or "9999-12-31")
        )
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for rule_id, points, at in self.ledger[person_id, model]:
            if at <= moment:
                rule = self.rules[model, rule_id]
                half_life = self.groups[model, rule["score_group"]]["half_life_days"]
                sums[rule["score_group"]] += points * weight(rule, half_life, (moment.date() - at.date()).days)
        total = Decimal(0)
        for group, points in sums.items():
            limits = self.groups[model, group]
            total += clamp(points, limits["floor_points"], limits["cap_points"])
        engagement = quantise(clamp(total, "0", "100"))
        bands = [row for row in self.bands if row["scoring_model"] == model and row["rule_kind"] == "engagement"]
        (fit_band,) = [band for since, until, band in self.fit_bands[person_id, model] if since <= moment < until]
        return Score(model, fit_band, band_of(engagement, bands), engagement)


def active_until(world: World, as_of: datetime) -> dict[str, datetime]:
    """Every human who may own a person, with the moment until which they count as active."""
    last: dict[str, datetime] = {}
    for row in world.tables["touches"]:
        at = when(row["completed_at"] or row["occurred_at"])[0]
        if row["is_completed"] == "true" and at <= as_of:
            last[row["rep_id"]] = max(at, last.get(row["rep_id"], at))
    known = {row["rep_id"]: row for row in world.tables["reps"]}
    owners = {row["new_owner_id"] for row in world.tables["assignments"]} | set(last) | set(known)
    found = {}
    for owner in owners:
        row = known.get(owner, {"is_automation": "false", "is_active": "true"})
        if row["is_automation"] != "true" and not (owner not in known and owner.startswith("00G")):
            found[owner] = OPEN_END if row["is_active"] == "true" else last.get(owner, datetime(1900, 1, 1))
    return found


def _signals(
    marts: duckdb.DuckDBPyConnection,
) -> tuple[dict[str, list[Instant]], dict[str, list[HandRaise]]]:
    """Instants by the scores then, of counted positive signals and hand-raises; and every counted hand-raise."""
    scores = {
        (person_id, at): (Score(model, fit_band, engagement_band, engagement), meets)
        for person_id, at, model, fit_band, engagement_band, engagement, meets in marts.sql("""
            select person_id, occurred_at, scoring_model, fit_band, engagement_band, engagement_score, meets_threshold
            from marts.fct_lead_score_instants where model_status = 'active'
        """).fetchall()
    }
    nobody = (Score("", "X", "4", Decimal(0)), False)
    positive = {
        (person_id, signal_id, model)
        for person_id, signal_id, model in marts.sql(
            "select person_id, signal_id, scoring_model from marts.fct_score_points where points > 0"
        ).fetchall()
    }
    at_once: dict[tuple[str, datetime], list[tuple[bool, str, str]]] = defaultdict(list)
    raises: dict[str, list[HandRaise]] = defaultdict(list)
    for person_id, signal_id, at, precision, is_raise in marts.sql("""
        select person_id, signal_id, occurred_at, occurred_at_precision, is_hand_raise
        from marts.fct_signals where is_counted
    """).fetchall():
        if is_raise:
            raises[person_id].append(HandRaise(at, precision, signal_id))
        score, _ = scores.get((person_id, at), nobody)
        if is_raise or (person_id, signal_id, score.scoring_model) in positive:
            at_once[person_id, at].append((not is_raise, signal_id, precision))
    instants: dict[str, list[Instant]] = defaultdict(list)
    for (person_id, at), candidates in at_once.items():
        not_raise, signal_id, precision = min(candidates)
        score, meets = scores.get((person_id, at), nobody)
        instants[person_id].append(Instant(at, precision, signal_id, not not_raise, bool(meets), score))
    return instants, raises
