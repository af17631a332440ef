"""A person's score at any past instant: each row of the ledger as it weighed then, what it added, and what it crossed.

Reads the published files only: the ledger with its rules (dim_score_rule), and run.json for bands and thresholds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from handoff.drafts import Publication, publication
from handoff.errors import CouldNotRun
from handoff.explain import ENGAGEMENT_LIMITS, FIT_LIMITS, clamp, person_of, quantised

Row = dict[str, Any]
LIMITS = {"fit": FIT_LIMITS, "engagement": ENGAGEMENT_LIMITS}


def explain_at(warehouse: Path, identifier: str, moment: datetime | None, model: str | None) -> Row:
    """The scores of a person at `moment` (the run's own by default): by one model, or by those that spoke then."""
    with publication(warehouse) as published:
        person_id = person_of(published.marts, identifier)
        moment = moment or published.as_of
        if moment > published.as_of:
            raise CouldNotRun(
                f"The published run speaks for {published.record['as_of']}, before {moment}.",
                hint="Ask for an earlier moment, or run with a later --as-of.",
            )
        models = _models_at(published, moment, model)
        return {
            "as_of": moment.isoformat(),
            "run_as_of": published.record["as_of"],
            "run_id": published.record["run_id"],
            "person_id": person_id,
            "scores": (scores := [score_at(published, person_id, row, moment) for row in models]),
            "sums_agree": all(score["agrees"] for score in scores),
        }


def weight(rule: Row, age_days: int) -> float:
    """What is left of a signal's points after whole UTC days, by its rule: 1 when new, 0 when forgotten."""
    if rule["look_back_days"] is not None and age_days >= rule["look_back_days"]:
        return 0.0
    if rule["decay"] in ("expire", "linear") and age_days >= rule["decay_days"]:
        return 0.0
    if rule["decay"] == "linear":
        return 1 - age_days / float(rule["decay_days"])
    if rule["decay"] == "half_life" and rule["half_life_days"] is not None:
        return float(0.5 ** (age_days / rule["half_life_days"]))
    return 1.0


def _models_at(published: Publication, moment: datetime, model: str | None) -> list[Row]:
    models = published.rows(
        "select * from marts.dim_scoring_model order by model_status, effective_from, scoring_model"
    )
    if model is not None:
        wanted = [row for row in models if row["scoring_model"] == model]
        if not wanted:
            known = ", ".join(row["scoring_model"] for row in models)
            raise CouldNotRun(f"No scoring model of the published run is named {model}.", hint=f"Known: {known}.")
        return wanted
    return [
        row
        for row in models
        if row["model_status"] == "draft" or row["effective_from"] <= moment < row["effective_until"]
    ]


def score_at(published: Publication, person_id: str, model: Row, moment: datetime) -> Row:
    """A person's score by one model at an instant, with the ledger behind it and what the marts say of the instant."""
    name = model["scoring_model"]
    rows = published.rows(
        """
        with ledger as (
            select rule_id, signal_id, signal_name, occurred_at, points, reason, is_point_in_time
            from marts.fct_score_points
            where person_id = $person and scoring_model = $model and occurred_at <= $moment
            union all
            select rule_id, null as signal_id, null as signal_name, null as occurred_at, points, reason,
                is_point_in_time
            from marts.fct_fit_points
            where person_id = $person and scoring_model = $model and valid_from <= $moment and $moment < valid_until
        )
        select ledger.*, rules.rule_kind, rules.score_group, rules.decay, rules.decay_days, rules.look_back_days,
            rules.half_life_days, rules.floor_points, rules.cap_points
        from ledger
        inner join marts.dim_score_rule as rules on rules.rule_id = ledger.rule_id and rules.scoring_model = $model
        order by rules.rule_kind desc, ledger.occurred_at, ledger.rule_id, ledger.signal_id
        """,
        person=person_id,
        model=name,
        moment=moment,
    )
    (is_excluded,) = (
        bool(row["is_excluded"])
        for row in published.rows(
            "select coalesce(max(fit_band = 'X'), false) as is_excluded from marts.fct_fit_scores "
            "where person_id = $person and scoring_model = $model and valid_from <= $moment and $moment < valid_until",
            person=person_id,
            model=name,
            moment=moment,
        )
    )
    reasons = published.rows(
        "select exclusion_reason from marts.fct_person_exclusions where person_id = $person "
        "and excluded_from <= $moment order by sort_order, rule_id limit 1",
        person=person_id,
        moment=moment,
    )
    bands = Bands(published.record, name)
    ledger = _running(rows, moment.date(), bands, is_excluded)
    fit, engagement = (_total(ledger, kind) for kind in ("fit", "engagement"))
    grade = bands.grade(fit, engagement, is_excluded)
    told = _told_then(published, person_id, name, moment)
    return {
        "scoring_model": name,
        "model_status": model["model_status"],
        "fit_score": fit,
        "engagement_score": engagement,
        "grade": grade,
        "meets_threshold": bands.meets(grade),
        "is_excluded": is_excluded,
        "exclusion_reason": reasons[0]["exclusion_reason"] if is_excluded and reasons else None,
        "ledger": ledger,
        "groups": _groups(ledger),
        "published": told,
        "agrees": all(
            {"fit_score": fit, "engagement_score": engagement, "grade": grade}[column] == value
            for column, value in told.items()
        ),
    }


def _running(rows: list[Row], day: date, bands: Bands, is_excluded: bool) -> list[Row]:
    """The rows as they weigh on a day, in order, each with the scores so far, the cap that bit and what it crossed."""
    sums: dict[tuple[str, str], float] = {}
    limits = {(row["rule_kind"], row["score_group"]): (row["floor_points"], row["cap_points"]) for row in rows}
    grade = bands.grade(Decimal(0), Decimal(0), is_excluded)
    told = []
    for row in rows:
        age = None if row["occurred_at"] is None else (day - row["occurred_at"].date()).days
        share = 1.0 if age is None else weight(row, age)
        weighted = float(row["points"]) * share
        group = (row["rule_kind"], row["score_group"])
        sums[group] = sums.get(group, 0.0) + weighted
        floor, cap = limits[group]
        counted = clamp(sums[group], floor, cap)
        scores = {
            kind: quantised(
                clamp(
                    sum(clamp(total, *limits[key]) for key, total in sorted(sums.items()) if key[0] == kind),
                    *LIMITS[kind],
                )
            )
            for kind in LIMITS
        }
        reached = bands.grade(scores["fit"], scores["engagement"], is_excluded)
        crosses = None
        if reached != grade:
            crosses = f"{grade} → {reached}"
            if bands.meets(reached) != bands.meets(grade):
                crosses += ", over the threshold" if bands.meets(reached) else ", below the threshold"
        grade = reached
        told.append(
            {
                **{name: row[name] for name in ("rule_id", "rule_kind", "score_group", "signal_id", "signal_name")},
                **{name: row[name] for name in ("occurred_at", "points", "reason", "is_point_in_time")},
                "age_days": age,
                "weight": share,
                "weighted_points": weighted,
                "group_sum": sums[group],
                "held_at": None if counted == sums[group] else counted,
                "fit_so_far": scores["fit"],
                "engagement_so_far": scores["engagement"],
                "crosses": crosses,
            }
        )
    return told


def _total(ledger: list[Row], kind: str) -> Decimal:
    return ledger[-1][f"{kind}_so_far"] if ledger else Decimal(0)


def _groups(ledger: list[Row]) -> list[Row]:
    """Each group's sum at the end of the ledger, and at what it was held."""
    last = {(row["rule_kind"], row["score_group"]): row for row in ledger}
    return [
        {
            "rule_kind": kind,
            "score_group": group,
            "sum": row["group_sum"],
            "counted": row["group_sum"] if row["held_at"] is None else row["held_at"],
        }
        for (kind, group), row in sorted(last.items())
    ]


class Bands:
    """Bands and qualification matrix of one scoring model, as the run had them."""

    def __init__(self, record: Row, model: str) -> None:
        rules = record.get("rules", {})
        self.bands = {
            kind: sorted(
                (
                    (Decimal(str(band["min_score"])), band["band"])
                    for band in rules.get("score_bands", [])
                    if band["scoring_model"] == model and band["rule_kind"] == kind
                ),
                reverse=True,
            )
            for kind in LIMITS
        }
        if not all(self.bands.values()):
            raise CouldNotRun(f"The published run does not tell the bands of {model}.", hint="Run again, and ask then.")
        self.matrix = {row["grade"] for row in rules.get("qualification_matrix", []) if row["scoring_model"] == model}

    def grade(self, fit: Decimal, engagement: Decimal, is_excluded: bool) -> str:
        """Both bands in one, such as A1; X where an exclusion holds."""
        bands = [
            next(band for lowest, band in self.bands[kind] if score >= lowest)
            for kind, score in (("fit", fit), ("engagement", engagement))
        ]
        return f"{'X' if is_excluded else bands[0]}{bands[1]}"

    def meets(self, grade: str) -> bool:
        return grade in self.matrix


def _told_then(published: Publication, person_id: str, model: str, moment: datetime) -> Row:
    """What the marts say of the same instant: all of it where a row speaks for it, else what holds between rows."""
    told: Row = {}
    present = {
        row["table_name"]
        for row in published.rows("select table_name from information_schema.tables where table_schema = 'marts'")
    }
    sources = {
        "fct_lead_scores": ("scored_as_of = $moment", "scored_as_of = $moment"),
        "fct_lead_score_instants": ("occurred_at = $moment", "occurred_at = $moment"),
        "fct_lead_score_history": ("valid_from <= $moment and $moment < valid_until", "valid_from = $moment"),
    }
    for mart, (holds, is_exact) in sources.items():
        if mart not in present:
            continue
        for row in published.rows(
            f"select fit_score, engagement_score, grade, {is_exact} as is_exact from marts.{mart} "
            f"where person_id = $person and scoring_model = $model and {holds}",
            person=person_id,
            model=model,
            moment=moment,
        ):
            told["grade"] = row["grade"]
            if row["is_exact"]:
                told["fit_score"], told["engagement_score"] = row["fit_score"], row["engagement_score"]
    return told


def _when(row: Row) -> str:
    if row["occurred_at"] is not None:
        return f"{row['occurred_at']:%Y-%m-%d %H:%M:%S}"
    return "as it was then" if row["is_point_in_time"] else "as it is now"


def render_at(explanation: Row) -> Iterator[str]:
    """The explanation as lines of text."""
    yield f"Person {explanation['person_id']} at {explanation['as_of'].replace('T', ' ')} UTC"
    if not explanation["scores"]:
        yield "No scoring model was in force then, and there is no draft."
    for score in explanation["scores"]:
        yield ""
        yield (
            f"Score by {score['scoring_model']} ({score['model_status']}): grade {score['grade']}, "
            f"fit {score['fit_score']}, engagement {score['engagement_score']}"
            + (", meets the threshold" if score["meets_threshold"] else "")
            + (f", excluded: {score['exclusion_reason'] or 'no longer'}" if score["is_excluded"] else "")
        )
        for row in score["ledger"]:
            when = _when(row)
            notes = [] if row["held_at"] is None else [f"{row['score_group']} held at {row['held_at']:g}"]
            notes += [row["crosses"]] if row["crosses"] else []
            so_far = row[f"{row['rule_kind']}_so_far"]
            yield (
                f"  {row['rule_kind']:<10} {when:<19} {row['rule_id']:<10} {row['points']:>7.2f} × {row['weight']:.4f}"
                f" = {row['weighted_points']:>8.4f}  so far {so_far:>6}  {row['signal_name'] or row['score_group']}: "
                f"{row['reason']}" + (f"  [{'; '.join(notes)}]" if notes else "")
            )
        for group in score["groups"]:
            note = "" if group["counted"] == group["sum"] else f", held at {group['counted']:.2f}"
            yield f"  {group['rule_kind']:<10} group {group['score_group']}: {group['sum']:.4f}{note}"
        if score["published"]:
            verdict = "equals" if score["agrees"] else "DIFFERS FROM"
            told = ", ".join(f"{column.replace('_', ' ')} {value}" for column, value in score["published"].items())
            yield f"  which {verdict} what is published for that instant: {told}"
