"""What a draft of the scoring rules would change: whom it moves over the threshold, and what it would have sent.

Reads the published files only: marts.duckdb and run.json.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from handoff.database import opened
from handoff.errors import CouldNotRun
from handoff.explain import ENGAGEMENT_LIMITS, FIT_LIMITS, quantised, score_of
from handoff.landing import first_line
from handoff.publish import MARTS_FILE, current_version

Row = dict[str, Any]
SHOWN = 20
BREAKDOWNS = ("segment", "lead_source", "channel")


@dataclass(frozen=True)
class Publication:
    """A published run, opened for reading."""

    marts: duckdb.DuckDBPyConnection
    record: Row

    def rows(self, query: str, **values: object) -> list[Row]:
        """The rows of a query, each by column."""
        relation = self.marts.execute(query, values) if values else self.marts.execute(query)
        names = [column[0] for column in relation.description or []]
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]

    @property
    def as_of(self) -> datetime:
        return datetime.fromisoformat(self.record["as_of"].replace("Z", ""))


@contextmanager
def publication(warehouse: Path) -> Iterator[Publication]:
    """The run that is published in a warehouse."""
    version = current_version(warehouse)
    if version is None:
        raise CouldNotRun(f"Nothing is published in {warehouse}.", hint="Run `handoff run --warehouse …` first.")
    try:
        record = json.loads((version / "run.json").read_text(encoding="utf-8"))
        with opened(version / MARTS_FILE, read_only=True) as marts:
            yield Publication(marts, record)
    except (OSError, ValueError, duckdb.Error) as error:
        raise CouldNotRun(
            f"The published files cannot be read: {first_line(error)}",
            hint="`handoff check --warehouse …` says which file is amiss; run again.",
        ) from error


def draft_of(published: Publication, named: str | None) -> str:
    """The draft that is meant: the named one, else the only one."""
    drafts = [
        str(row["scoring_model"])
        for row in published.rows(
            "select scoring_model from marts.dim_scoring_model where model_status = 'draft' order by scoring_model"
        )
    ]
    if not drafts:
        raise CouldNotRun(
            "The published run knows no draft.",
            hint="Add one to rule_scoring_models with the status draft, and run again.",
        )
    if named is None and len(drafts) > 1:
        raise CouldNotRun(f"There are {len(drafts)} drafts: {', '.join(drafts)}.", hint="Name one by --draft.")
    if named is not None and named not in drafts:
        raise CouldNotRun(f"No draft of the published run is named {named}.", hint=f"Known: {', '.join(drafts)}.")
    return named or drafts[0]


def diff(warehouse: Path, draft: str | None = None) -> Row:
    """Who would cross the threshold as of the run, both ways, if the draft were the active model."""
    with publication(warehouse) as published:
        draft = draft_of(published, draft)
        active = _active_of(published)
        people = published.rows(
            """
            select
                person_id,
                coalesce(dim_person.segment, 'unknown') as segment,
                coalesce(dim_person.lead_source, 'unknown') as lead_source,
                coalesce(dim_person.channel, 'unknown') as channel,
                by_active.grade as active_grade,
                by_active.fit_score as active_fit,
                by_active.engagement_score as active_engagement,
                by_active.meets_threshold as active_meets,
                by_draft.grade as draft_grade,
                by_draft.fit_score as draft_fit,
                by_draft.engagement_score as draft_engagement,
                by_draft.meets_threshold as draft_meets
            from marts.dim_person
            inner join marts.fct_lead_scores as by_active using (person_id)
            inner join marts.fct_lead_scores as by_draft using (person_id)
            where by_active.scoring_model = $active and by_draft.scoring_model = $draft
            order by person_id
            """,
            active=active,
            draft=draft,
        )
        moved = [person for person in people if person["active_meets"] != person["draft_meets"]]
        whys = _what_differs(published, active, draft, [person["person_id"] for person in moved])
    listed = [_moved(person, whys[person["person_id"]]) for person in moved]
    return {
        "as_of": published.record["as_of"],
        "run_id": published.record["run_id"],
        "active_model": active,
        "draft_model": draft,
        "people": len(people),
        "meet_by_active": sum(person["active_meets"] for person in people),
        "meet_by_draft": sum(person["draft_meets"] for person in people),
        "regraded": sum(person["active_grade"] != person["draft_grade"] for person in people),
        "by": {name: _breakdown(people, name) for name in BREAKDOWNS},
        "gained": [person for person in listed if person["crosses"] == "gained"],
        "lost": [person for person in listed if person["crosses"] == "lost"],
    }


def _active_of(published: Publication) -> str:
    found = published.rows(
        "select scoring_model from marts.dim_scoring_model where model_status = 'active' "
        "and effective_from <= $as_of and $as_of < effective_until",
        as_of=published.as_of,
    )
    if not found:
        raise CouldNotRun(
            f"No scoring model is in force as of {published.record['as_of']}.",
            hint="Give an active row of rule_scoring_models.csv a window that holds that moment, and run again.",
        )
    return str(found[0]["scoring_model"])


def _moved(person: Row, why: Row) -> Row:
    return {
        "person_id": person["person_id"],
        "crosses": "gained" if person["draft_meets"] else "lost",
        **{name: person[name] for name in BREAKDOWNS},
        **{
            side: {
                "grade": person[f"{side}_grade"],
                "fit_score": float(person[f"{side}_fit"]),
                "engagement_score": float(person[f"{side}_engagement"]),
            }
            for side in ("active", "draft")
        },
        **why,
        "because": _because(person, why),
    }


def _because(person: Row, why: Row) -> list[str]:
    """Which part of the rules makes the difference: points, limits of groups, bands, or the qualification matrix."""
    scores = ("fit", "engagement")
    parts = []
    if any(person[f"active_{score}"] != person[f"draft_{score}"] for score in scores):
        parts += ["points"] if why["rules"] else []
        parts += ["groups"] if any(group["is_clamped"] for group in why["groups"]) else []
        return parts or ["groups"]
    return ["bands"] if person["active_grade"] != person["draft_grade"] else ["qualification matrix"]


def _breakdown(people: list[Row], name: str) -> list[Row]:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("active", "draft", "gained", "lost"), 0))
    for person in people:
        count = counts[person[name]]
        count["active"] += person["active_meets"]
        count["draft"] += person["draft_meets"]
        count["gained"] += person["draft_meets"] and not person["active_meets"]
        count["lost"] += person["active_meets"] and not person["draft_meets"]
    return [{name: value, **counts[value]} for value in sorted(counts) if any(counts[value].values())]


def _what_differs(published: Publication, active: str, draft: str, person_ids: list[str]) -> dict[str, Row]:
    """For each person: the rules whose points differ between two models, and the groups whose counted sums do."""
    limits = {
        (group["scoring_model"], group["score_group"]): group
        for group in published.record.get("rules", {}).get("score_groups", [])
    }
    points: dict[str, dict[str, list[Row]]] = {person: {active: [], draft: []} for person in person_ids}
    for point in published.rows(
        """
        select person_id, scoring_model, rule_kind, rule_id, score_group, reason,
            sum(weighted_points) as weighted_points, max(points) as points, count(*) as signals
        from marts.fct_score_points
        where scoring_model in ($active, $draft) and person_id in (select unnest($people))
        group by all
        order by all
        """,
        active=active,
        draft=draft,
        people=person_ids,
    ):
        points[point["person_id"]][point["scoring_model"]].append(point)
    return {
        person: {
            "rules": _rules_that_differ(models[active], models[draft]),
            "groups": _groups_that_differ(models[active], models[draft], limits, active, draft),
        }
        for person, models in points.items()
    }


def _rules_that_differ(of_active: list[Row], of_draft: list[Row]) -> list[Row]:
    sides = [{(point["rule_kind"], point["rule_id"]): point for point in points} for points in (of_active, of_draft)]
    rows = []
    for key in sorted(sides[0].keys() | sides[1].keys()):
        before, after = (side.get(key) for side in sides)
        shown = after or before
        assert shown is not None
        points = [quantised(float(point["weighted_points"])) if point else Decimal(0) for point in (before, after)]
        if points[0] != points[1]:
            rows.append(
                {
                    "rule_kind": key[0],
                    "rule_id": key[1],
                    "score_group": shown["score_group"],
                    "reason": shown["reason"],
                    "points_active": float(points[0]),
                    "points_draft": float(points[1]),
                }
            )
    return sorted(rows, key=lambda row: (-abs(row["points_draft"] - row["points_active"]), row["rule_id"]))


def _groups_that_differ(
    of_active: list[Row], of_draft: list[Row], limits: dict[tuple[str, str], Row], active: str, draft: str
) -> list[Row]:
    """Groups whose sums, held inside their limits, differ."""
    lines: list[dict[tuple[str, str], Row]] = []
    for model, points in ((active, of_active), (draft, of_draft)):
        found: dict[tuple[str, str], Row] = {}
        groups = {group: limit for (of_model, group), limit in limits.items() if of_model == model}
        for kind, whole in (("fit", FIT_LIMITS), ("engagement", ENGAGEMENT_LIMITS)):
            _, clamps = score_of([point for point in points if point["rule_kind"] == kind], groups, whole)
            found.update({(kind, line["score_group"]): line for line in clamps})
        lines.append(found)
    rows = []
    for key in sorted(lines[0].keys() | lines[1].keys()):
        counted = [quantised(side[key]["counted"]) if key in side else Decimal(0) for side in lines]
        if counted[0] != counted[1]:
            clamped = any(side[key]["counted"] != side[key]["sum"] for side in lines if key in side)
            rows.append(
                {
                    "rule_kind": key[0],
                    "score_group": key[1],
                    "counted_active": float(counted[0]),
                    "counted_draft": float(counted[1]),
                    "is_clamped": clamped,
                }
            )
    return rows


def render_diff(found: Row) -> Iterator[str]:
    """The difference as lines of text."""
    yield f"As of {found['as_of']}: draft {found['draft_model']} beside the active {found['active_model']}"
    yield (
        f"At or above the threshold: {found['meet_by_active']} of {found['people']} people now, "
        f"{found['meet_by_draft']} by the draft"
    )
    yield f"Gained {len(found['gained'])}, lost {len(found['lost'])}, regraded {found['regraded']}"
    for name in BREAKDOWNS:
        rows = [row for row in found["by"][name] if row["gained"] or row["lost"]]
        if rows:
            yield ""
            yield f"By {name.replace('_', ' ')}"
        for row in rows:
            counts = f"{row['active']:>6} now  {row['draft']:>6} by the draft  +{row['gained']} -{row['lost']}"
            yield f"  {row[name]:<20} {counts}"
    for side in ("gained", "lost"):
        people = found[side]
        if people:
            yield ""
            yield f"{side.capitalize()}: {len(people)}" + (f", {SHOWN} shown" if len(people) > SHOWN else "")
        for person in people[:SHOWN]:
            before, after = person["active"], person["draft"]
            yield (
                f"  {person['person_id']}  {before['grade']} → {after['grade']}  "
                f"fit {before['fit_score']:.2f} → {after['fit_score']:.2f}, "
                f"engagement {before['engagement_score']:.2f} → {after['engagement_score']:.2f}  "
                f"({', '.join(person['because'])})"
            )
            for rule in person["rules"][:3]:
                yield (
                    f"    {rule['rule_id']:<10} {rule['points_active']:>8.2f} → {rule['points_draft']:>7.2f}  "
                    f"{rule['reason']}"
                )
