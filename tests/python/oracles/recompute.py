"""Recompute every current score and every SLA clock from what was published, and count the differences.

Reads only the published Parquet files and the rule seeds; shares no code with the project. Written from the semantics
page: points and weights in 50-digit decimals, business time by business_time.py
beside it.

    python tests/python/oracles/recompute.py --marts demo/warehouse/marts --seeds seeds

Exit 0 when nothing differs, 1 when something does, 2 when the files cannot be read.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from datetime import date
from decimal import ROUND_FLOOR, Decimal, getcontext
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).parent))  # run as a script or imported: the same second opinion on time
from business_time import Calendar

getcontext().prec = 50
HUNDRED = Decimal(100)


def seed(seeds: Path, name: str) -> list[dict[str, str]]:
    """The rows of one rule seed, as text; blank is ''."""
    (path,) = seeds.glob(f"rules/*/{name}.csv")
    with path.open(encoding="utf-8", newline="") as handle:
        return [{key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(handle)]


def mart(marts: Path, name: str, columns: str, where: str = "true") -> list[dict[str, Any]]:
    """The rows of one published mart."""
    relation = duckdb.sql(f"select {columns} from read_parquet('{marts / name}.parquet') where {where}")
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def quantise(score: Decimal) -> Decimal:
    """Two decimals, half up, with the guard of the semantics page."""
    return (HUNDRED * score + Decimal("0.5") + Decimal("0.000001")).to_integral_value(ROUND_FLOOR) / HUNDRED


def clamp(value: Decimal, floor: str | Decimal, cap: str | Decimal) -> Decimal:
    """The value between its limits; '' does not bind."""
    if floor != "" and value < Decimal(floor):
        return Decimal(floor)
    if cap != "" and value > Decimal(cap):
        return Decimal(cap)
    return value


def weight(rule: dict[str, str], half_life: str, age: int) -> Decimal:
    """What is left of a signal's points at an age in whole UTC days."""
    if rule["look_back_days"] and age >= int(rule["look_back_days"]):
        return Decimal(0)
    if rule["decay"] in ("expire", "linear") and age >= int(rule["decay_days"]):
        return Decimal(0)
    if rule["decay"] == "linear":
        return 1 - Decimal(age) / Decimal(rule["decay_days"])
    if rule["decay"] == "half_life" and half_life:
        return Decimal("0.5") ** (Decimal(age) / Decimal(half_life))
    return Decimal(1)


def band_of(score: Decimal, bands: list[dict[str, str]]) -> str:
    """The band with the highest minimum that the score reaches."""
    reached = [band for band in bands if band["min_score"] == "" or score >= Decimal(band["min_score"])]
    return max(reached, key=lambda band: Decimal(band["min_score"]) if band["min_score"] else Decimal("-Infinity"))[
        "band"
    ]


def check_scores(marts: Path, seeds: Path) -> tuple[int, list[str]]:
    """Recompute fct_lead_scores; returns how many rows were compared and what differs."""
    published = mart(marts, "fct_lead_scores", "*")
    groups = {(row["scoring_model"], row["score_group"]): row for row in seed(seeds, "rule_score_groups")}
    rules = [row for row in seed(seeds, "rule_score_points") if row["rule_kind"] == "engagement"]
    rules_of_signal: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for rule in rules:
        rules_of_signal[(rule["scoring_model"], rule["signal_name"])].append(rule)
    bands: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in seed(seeds, "rule_score_bands"):
        bands[(row["scoring_model"], row["rule_kind"])].append(row)
    qualifying = {(row["scoring_model"], row["grade"]) for row in seed(seeds, "rule_qualification_matrix")}
    excluded = {row["person_id"] for row in mart(marts, "fct_person_exclusions", "person_id")}
    models = sorted({row["scoring_model"] for row in published})
    as_of = {row["scored_as_of"] for row in published}
    if len(as_of) != 1:
        return 0, [f"fct_lead_scores speaks for {len(as_of)} moments"]
    today = as_of.pop().date()

    engagement: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    taken: dict[tuple[str, str, str, str | None, date], int] = defaultdict(int)
    signals = mart(marts, "fct_signals", "person_id, signal_id, signal_name, occurred_at, asset_id", "is_counted")
    for signal in sorted(signals, key=lambda row: (row["occurred_at"], row["signal_id"])):
        day = signal["occurred_at"].date()
        for model in models:
            for rule in rules_of_signal[(model, signal["signal_name"])]:
                place = (signal["person_id"], model, rule["rule_id"], signal["asset_id"], day)
                taken[place] += 1
                if rule["daily_cap"] and taken[place] > int(rule["daily_cap"]):
                    continue
                group = groups[(model, rule["score_group"])]
                points = Decimal(rule["points"]) * weight(rule, group["half_life_days"], (today - day).days)
                engagement[(signal["person_id"], model, rule["score_group"])] += points
    fit: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    fit_points = {
        (row["scoring_model"], row["rule_id"]): Decimal(row["points"])
        for row in seed(seeds, "rule_score_points")
        if row["rule_kind"] == "fit"
    }
    for row in mart(marts, "fct_score_points", "person_id, scoring_model, score_group, rule_id", "rule_kind = 'fit'"):
        place = (row["person_id"], row["scoring_model"], row["score_group"])
        fit[place] += fit_points[(row["scoring_model"], row["rule_id"])]

    def total(sums: dict[tuple[str, str, str], Decimal], person: str, model: str, kind: str) -> Decimal:
        return sum(
            (
                clamp(sums[(person, model, name)], group["floor_points"], group["cap_points"])
                for (of_model, name), group in groups.items()
                if of_model == model and group["rule_kind"] == kind and (person, model, name) in sums
            ),
            Decimal(0),
        )

    differences = []
    for row in published:
        person, model = row["person_id"], row["scoring_model"]
        fit_score = quantise(clamp(total(fit, person, model, "fit"), Decimal(-100), HUNDRED))
        engagement_score = quantise(clamp(total(engagement, person, model, "engagement"), Decimal(0), HUNDRED))
        fit_band = "X" if person in excluded else band_of(fit_score, bands[(model, "fit")])
        grade = fit_band + band_of(engagement_score, bands[(model, "engagement")])
        expected = (fit_score, engagement_score, grade, (model, grade) in qualifying)
        found = (row["fit_score"], row["engagement_score"], row["grade"], row["meets_threshold"])
        if expected != found:
            differences.append(f"score of {person} by {model}: expected {expected}, published {found}")
    return len(published), differences


def calendars_of(seeds: Path) -> dict[str, Calendar]:
    """Every calendar of the rule seeds."""
    hours, holidays = seed(seeds, "rule_business_hours"), seed(seeds, "rule_holidays")
    return {
        row["calendar_id"]: Calendar(
            row["time_zone"],
            [entry for entry in hours if entry["calendar_id"] == row["calendar_id"]],
            [entry for entry in holidays if entry["calendar_id"] == row["calendar_id"]],
        )
        for row in seed(seeds, "rule_calendars")
    }


def verdict(row: dict[str, Any], seconds: int, at_risk_share: Decimal) -> str:
    """The SLA status by the definition of the semantics page."""
    target = row["target_seconds"]
    if row["excused_reason"]:
        return "excused"
    if row["stopped_at"] is not None:
        return "met" if seconds <= target else "met_late"
    if row["is_ended"]:
        return "closed_untouched"
    if seconds > target:
        return "open_breached"
    return "open_at_risk" if seconds >= at_risk_share * target else "open_on_track"


def check_clocks(marts: Path, seeds: Path) -> tuple[int, list[str]]:
    """Recompute due, business seconds and status of fct_handoff_sla."""
    calendars = calendars_of(seeds)
    policies = {(row["policy_id"], row["clock"]): row for row in seed(seeds, "rule_sla_policies")}
    closed = {row["handoff_id"]: row["closed_at"] for row in mart(marts, "fct_handoffs", "handoff_id, closed_at")}
    clocks = mart(marts, "fct_handoff_sla", "*")
    followed = {(row["handoff_id"], row["sequence"]) for row in clocks if row["clock"] == "first_touch"}
    (as_of,) = {row["scored_as_of"] for row in mart(marts, "fct_lead_scores", "distinct scored_as_of")}
    differences = []
    for row in clocks:
        calendar = calendars[row["calendar_id"]]
        policy = policies[(row["policy_id"], row["clock"])]
        is_reassigned = row["clock"] == "first_touch" and (
            (row["handoff_id"], row["sequence"] + 1) in followed
            or (row["read_at"] < as_of and row["read_at"] != closed[row["handoff_id"]])
        )
        row["is_ended"] = closed[row["handoff_id"]] is not None or is_reassigned
        start, read = row["started_at"].replace(microsecond=0), row["read_at"].replace(microsecond=0)
        seconds = calendar.business_seconds(start, max(start, read))
        expected = (
            calendar.due(start, int(policy["target_seconds"])),
            seconds,
            verdict(row, seconds, Decimal(policy["at_risk_share"])),
        )
        found = (row["due_at"].replace(microsecond=0), row["business_seconds"], row["sla_status"])
        if expected != found:
            differences.append(f"clock {row['clock_id']} ({row['clock']}): expected {expected}, published {found}")
    return len(clocks), differences


def main(arguments: list[str] | None = None) -> int:
    """Compare, print counts and the first differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--marts", type=Path, required=True, help="folder of the published Parquet files")
    parser.add_argument("--seeds", type=Path, required=True, help="the project's seeds folder")
    options = parser.parse_args(arguments)
    try:
        results = {
            "current scores": check_scores(options.marts, options.seeds),
            "SLA clocks": check_clocks(options.marts, options.seeds),
        }
    except (OSError, duckdb.Error, ValueError) as error:
        print(f"Cannot recompute: {error}", file=sys.stderr)
        return 2
    for name, (count, differences) in results.items():
        print(f"{name}: {count} compared, {len(differences)} differences")
        for line in differences[:10]:
            print(f"  {line}")
    return (
        1
        if any(differences for _, differences in results.values()) or not all(count for count, _ in results.values())
        else 0
    )


if __name__ == "__main__":
    sys.exit(main())
