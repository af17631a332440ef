"""Points that past outcomes would suggest: a regularised scorecard on the ledger's own rules, as a draft to look at.

Reads the published files of a warehouse and the rule seeds; writes a folder with the rows of a draft and the evidence
for each rule. Nothing is put into force. Needs scikit-learn (the extra `suggest`).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from handoff.backtest import Member, verdict
from handoff.drafts import Publication, publication
from handoff.errors import CheckFailed, CouldNotRun
from handoff.explain_at import weight
from handoff.project import RuleFiles
from handoff.rates import share, wilson
from handoff.rule_schemas.sheets import read_cells

Row = dict[str, Any]
SHEETS = ("rule_scoring_models", "rule_score_groups", "rule_score_points", "rule_score_bands")
MATRIX = "rule_qualification_matrix"
# How strongly weights are drawn towards nothing; the best on held-out folds is taken, the stronger of equals.
PENALTIES = (1000.0, 300.0, 100.0, 30.0, 10.0, 3.0, 1.0)
FOLDS = 5
TRAINED_SHARE = 0.75


@dataclass(frozen=True)
class Evidence:
    """What past cycles say of one rule, and what follows for its points."""

    rule_id: str
    rule_kind: str
    points_now: float
    points_suggested: float
    cycles_with: int
    positives_with: int
    rate_with: float | None
    rate_with_lower: float | None
    rate_with_upper: float | None
    cycles_without: int
    rate_without: float | None
    note: str


def suggest(
    warehouse: Path, files: RuleFiles, out: Path, *, name: str, model: str | None, label: str, any_fit: bool
) -> Row:
    """Write a draft of integer points learnt from past cycles; refuses where there is too little to learn from."""
    with publication(warehouse) as published:
        base = _base_model(published, model)
        needed = {
            row["trigger_name"]: int(row["min_count"])
            for row in published.rows("select trigger_name, min_count from marts.dim_review_trigger")
        }
        rules = published.rows(
            "select * from marts.dim_score_rule where scoring_model = $model order by rule_id", model=base
        )
        cycles = _cycles(published, label)
        features = _features(published, base, cycles)
        as_of = published.as_of
    outcomes = [cycle["is_positive"] for cycle in cycles]
    _refuse_too_little(outcomes, label, needed)
    sheets = _sheets_of(files, base, name)
    learnt = [rule for rule in rules if _keeps(rule, features, cycles, needed, any_fit) is None]
    if not learnt:
        raise CheckFailed(
            "No rule has enough behind it to suggest points for.",
            *[f"{rule['rule_id']}: {_keeps(rule, features, cycles, needed, any_fit)}" for rule in rules[:5]],
            hint="--any-fit takes attributes as they are now, where they are not known as they were.",
        )
    fitted = _fit(learnt, features, cycles)
    evidence = [
        _evidence(rule, fitted.points.get(rule["rule_id"]), features, cycles, needed, any_fit) for rule in rules
    ]
    begins = cycles[fitted.trained]["opened_at"]
    _write(out, sheets, evidence, name, base, label, as_of, begins)
    return {
        "draft_model": name,
        "base_model": base,
        "label": label,
        "cycles": len(cycles),
        "positives": sum(outcomes),
        "trained_on": fitted.trained,
        "held_out_from": begins.isoformat(),
        "held_out_auc_now": fitted.auc_now,
        "held_out_auc_suggested": fitted.auc_suggested,
        "penalty": fitted.penalty,
        "out": str(out),
        "rules": [vars(row) for row in evidence],
    }


def _base_model(published: Publication, model: str | None) -> str:
    found = published.rows(
        "select scoring_model from marts.dim_scoring_model where scoring_model = $model or ($model is null and "
        "model_status = 'active' and effective_from <= $as_of and $as_of < effective_until)",
        model=model,
        as_of=published.as_of,
    )
    if not found:
        raise CouldNotRun(f"The published run has no scoring model {model or 'in force'}.", hint="Name one by --model.")
    return str(found[0]["scoring_model"])


def _cycles(published: Publication, label: str) -> list[Row]:
    """The cycles old enough for the label, by their opening, each with whether it came to it."""
    told = []
    for cycle in published.rows("select * from marts.fct_mql_cycles order by opened_at, mql_id"):
        said = verdict(Member("active", "kept", True, cycle), label, published.as_of)
        if said != "too_early":
            told.append(cycle | {"is_positive": said == "yes"})
    return told


def _features(published: Publication, base: str, cycles: list[Row]) -> dict[str, dict[str, float]]:
    """By rule and cycle: how many of its signals the person had at the opening, each weighed by its decay; fit is 1."""
    opened: dict[str, list[Row]] = defaultdict(list)
    for cycle in cycles:
        opened[cycle["person_id"]].append(cycle)
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for point in published.rows(
        """
        with ledger as (
            select person_id, rule_id, occurred_at, null as valid_from, null as valid_until, true as is_point_in_time
            from marts.fct_score_points where scoring_model = $model and occurred_at is not null
            union all
            select person_id, rule_id, null as occurred_at, valid_from, valid_until, is_point_in_time
            from marts.fct_fit_points where scoring_model = $model
        )
        select ledger.*, rules.decay, rules.decay_days, rules.look_back_days, rules.half_life_days
        from ledger
        inner join marts.dim_score_rule as rules
            on rules.rule_id = ledger.rule_id and rules.scoring_model = $model
        where ledger.person_id in (select person_id from marts.fct_mql_cycles)
        order by ledger.person_id, ledger.rule_id, ledger.occurred_at, ledger.valid_from
        """,
        model=base,
    ):
        for cycle in opened[point["person_id"]]:
            if point["occurred_at"] is None:
                if point["valid_from"] <= cycle["opened_at"] < point["valid_until"]:
                    found[point["rule_id"]][cycle["mql_id"]] = 1.0
                    if not point["is_point_in_time"]:
                        found["as_it_is_now"][point["rule_id"]] = 1.0
            elif point["occurred_at"] <= cycle["opened_at"]:
                age = (cycle["opened_at"].date() - point["occurred_at"].date()).days
                found[point["rule_id"]][cycle["mql_id"]] += weight(point, age)
    return found


def _refuse_too_little(outcomes: list[bool], label: str, needed: dict[str, int]) -> None:
    positives = sum(outcomes)
    short = []
    if len(outcomes) < needed["suggestion_cycles"]:
        short.append(f"{len(outcomes)} cycles are old enough for {label}; {needed['suggestion_cycles']} are needed.")
    for what, count in (("with", positives), ("without", len(outcomes) - positives)):
        if count < needed["suggestion_outcomes"]:
            short.append(f"{count} cycles are {what} {label}; {needed['suggestion_outcomes']} are needed.")
    if short:
        raise CheckFailed(
            "There is too little to learn from; no weights are suggested.",
            *short,
            hint="rule_review_triggers says how many are needed. Wait, or ask for a label that comes sooner: accepted.",
        )


def _keeps(
    rule: Row, features: dict[str, dict[str, float]], cycles: list[Row], needed: dict[str, int], any_fit: bool
) -> str | None:
    """Why a rule keeps its points; None where its points are learnt."""
    if rule["points"] == 0:
        return "kept: it gives no points"
    if rule["rule_kind"] == "fit" and not any_fit and rule["rule_id"] in features["as_it_is_now"]:
        return "kept: the attribute is known as it is now only, which may know the outcome"
    having = sum(features[rule["rule_id"]].get(cycle["mql_id"], 0) > 0 for cycle in cycles)
    if min(having, len(cycles) - having) < needed["rule_usefulness"]:
        return f"kept: {having} of {len(cycles)} cycles have it, too few to compare"
    return None


@dataclass(frozen=True)
class _Fitted:
    points: dict[str, int]
    penalty: float
    trained: int
    auc_now: float | None
    auc_suggested: float | None


def _fit(rules: list[Row], features: dict[str, dict[str, float]], cycles: list[Row]) -> _Fitted:
    """Weights that cannot change their sign, of the earlier cycles; how well they do is told on the later ones."""
    try:
        import numpy
        from sklearn.linear_model import Ridge
        from sklearn.metrics import roc_auc_score
        from sklearn.model_selection import StratifiedKFold
    except ImportError as error:
        raise CouldNotRun(
            "Suggesting weights needs scikit-learn.", hint="Install it: pip install 'handoff[suggest]'."
        ) from error

    signs = numpy.array([1.0 if rule["points"] > 0 else -1.0 for rule in rules])
    matrix = numpy.array([[features[rule["rule_id"]].get(cycle["mql_id"], 0.0) for rule in rules] for cycle in cycles])
    outcomes = numpy.array([1.0 if cycle["is_positive"] else 0.0 for cycle in cycles])
    trained = int(len(cycles) * TRAINED_SHARE)
    seen, said = matrix[:trained] * signs, outcomes[:trained]

    def area(truth: Any, scores: Any) -> float | None:
        return float(roc_auc_score(truth, scores)) if 0 < truth.sum() < len(truth) else None

    folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(seen, said))

    def held_out(penalty: float) -> float:
        areas = []
        for learn, test in folds:
            model = Ridge(alpha=penalty, positive=True).fit(seen[learn], said[learn])
            areas.append(area(said[test], seen[test] @ model.coef_) or 0.5)
        return float(numpy.mean(areas))

    penalty = max(PENALTIES, key=lambda each: (round(held_out(each), 6), each))
    weights = Ridge(alpha=penalty, positive=True).fit(seen, said).coef_
    now = numpy.array([abs(float(rule["points"])) for rule in rules])
    typical = seen.mean(axis=0) * signs
    points = {}
    for kind in ("fit", "engagement"):
        of_kind = numpy.array([rule["rule_kind"] == kind for rule in rules])
        learnt = float((weights * typical)[of_kind].sum())
        # the same points for the same typical person, so that groups, bands and thresholds keep their meaning
        scale = float((now * typical)[of_kind].sum()) / learnt if learnt > 0 else 0.0
        for rule, sign, value in zip(rules, signs, weights * scale, strict=True):
            if rule["rule_kind"] == kind:
                points[rule["rule_id"]] = int(sign) * min(100, round(float(value)))
    suggested = numpy.array([float(points[rule["rule_id"]]) for rule in rules])
    later = matrix[trained:]
    return _Fitted(
        points,
        penalty,
        trained,
        area(outcomes[trained:], later @ (now * signs)),
        area(outcomes[trained:], later @ suggested),
    )


def _evidence(
    rule: Row,
    suggested: int | None,
    features: dict[str, dict[str, float]],
    cycles: list[Row],
    needed: dict[str, int],
    any_fit: bool,
) -> Evidence:
    having = [cycle for cycle in cycles if features[rule["rule_id"]].get(cycle["mql_id"], 0) > 0]
    positives = sum(cycle["is_positive"] for cycle in having)
    others = len(cycles) - len(having)
    bounds = wilson(positives, len(having))
    note = _keeps(rule, features, cycles, needed, any_fit)
    if note is None:
        note = "adds nothing to the others" if suggested == 0 else "learnt"
    return Evidence(
        rule_id=rule["rule_id"],
        rule_kind=rule["rule_kind"],
        points_now=float(rule["points"]),
        points_suggested=float(rule["points"]) if suggested is None else float(suggested),
        cycles_with=len(having),
        positives_with=positives,
        rate_with=share(positives, len(having)),
        rate_with_lower=None if bounds is None else bounds[0],
        rate_with_upper=None if bounds is None else bounds[1],
        cycles_without=others,
        rate_without=share(sum(cycle["is_positive"] for cycle in cycles) - positives, others),
        note=note,
    )


def _sheets_of(files: RuleFiles, base: str, name: str) -> dict[str, tuple[list[str], list[Row]]]:
    """The base model's rows of each sheet, under the draft's name."""
    sheets = {}
    for sheet in (*SHEETS, MATRIX):
        seed = f"rules/lead_scoring/{sheet}"
        path = files.of(seed)[-1]
        header, told = read_cells(files, seed)
        if any(row["scoring_model"] == name for row in told):
            raise CouldNotRun(f"{path} has a scoring model {name} already.", hint="Choose another --name.")
        rows = [row | {"scoring_model": name} for row in told if row["scoring_model"] == base]
        if not rows:
            raise CouldNotRun(f"{path} has no rows of {base}, which the run was made with.", hint="Name the --seeds.")
        sheets[sheet] = (header, rows)
    return sheets


def _write(
    out: Path,
    sheets: dict[str, tuple[list[str], list[Row]]],
    evidence: list[Evidence],
    name: str,
    base: str,
    label: str,
    as_of: datetime,
    begins: datetime,
) -> None:
    points = {row.rule_id: row.points_suggested for row in evidence}
    said = f"Suggested from {base} by {label} as of {as_of:%Y-%m-%d}"
    for sheet, (_, rows) in sheets.items():
        for row in rows:
            if sheet == "rule_scoring_models":
                row |= {"model_status": "draft", "effective_from": "", "effective_until": "", "rationale": said}
            if sheet == "rule_score_points" and row["rule_id"] in points:
                row["points"] = f"{points[row['rule_id']]:g}"
    calibration = ["scoring_model", "held_out_from", "rationale"]
    seen = {
        "scoring_model": name,
        "held_out_from": f"{begins:%Y-%m-%d %H:%M:%S}",
        "rationale": f"{said}: trained before",
    }
    shown = list(Evidence.__dataclass_fields__)
    files = {
        **sheets,
        "rule_calibration_periods": (calibration, [seen]),
        "evidence": (shown, [vars(row) for row in evidence]),
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        for file, (header, rows) in files.items():
            with (out / f"{file}.csv").open("w", newline="", encoding="utf-8") as stream:
                writer = csv.DictWriter(stream, header, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    except OSError as error:
        raise CouldNotRun(
            f"The draft cannot be written to {out}: {error.strerror}.", hint="Name a folder of yours by --out."
        ) from error


def render_suggestion(found: Row) -> Iterator[str]:
    """The suggestion as lines of text."""
    yield (
        f"Draft {found['draft_model']} from {found['base_model']}: {found['cycles']} cycles old enough for "
        f"{found['label']}, {found['positives']} with it; learnt from the first {found['trained_on']}"
    )
    areas = (found["held_out_auc_now"], found["held_out_auc_suggested"])
    if None not in areas:
        yield f"On the others the learnt rules rank with an AUC of {areas[0]:.3f} now, {areas[1]:.3f} as suggested"
    for row in found["rules"]:
        if row["note"].startswith("kept"):
            continue
        yield (
            f"  {row['rule_id']:<10} {row['points_now']:>5g} → {row['points_suggested']:>4g}  "
            f"{row['positives_with']} of {row['cycles_with']} with it ({row['rate_with']:.0%}, 95 %: "
            f"{row['rate_with_lower']:.0%} to {row['rate_with_upper']:.0%}), {row['rate_without']:.0%} of the others"
            f"  {row['note']}"
        )
    kept = sum(row["note"].startswith("kept") for row in found["rules"])
    yield f"{kept} rules keep their points; {found['out']}/evidence.csv says why"
