"""A made world of scoring, given to the project's own SQL and run."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Any

from oracles.scoring import OPEN_END, Person, Rules
from oracles.scoring_worlds import World
from support.compiled import Warehouse, compiled_project

TITLE_RULES = {"vp": "vp", "student": "student", "engineer": "individual"}
SIZE_RULES = {"smb": ("1", "99"), "mid_market": ("100", "999"), "enterprise": ("1000", "")}


def text(value: object) -> str | None:
    return None if value is None else str(value)


def moment_text(moment: datetime, none_at: datetime) -> str | None:
    return None if moment == none_at else moment.isoformat(sep=" ")


def rule_seeds(rules: Rules) -> dict[str, list[dict[str, Any]]]:
    """The rules as sheets."""
    return {
        "rule_scoring_models": [
            {
                "scoring_model": version.name,
                "model_status": version.status,
                "effective_from": moment_text(version.begins, datetime(1900, 1, 1)),
                "effective_until": moment_text(version.ends, OPEN_END),
                "review_by": "2027-01-01",
                "rationale": "made",
            }
            for version in rules.versions
        ],
        "rule_score_groups": [
            {
                "scoring_model": group.version,
                "score_group": group.name,
                "rule_kind": group.kind,
                "floor_points": text(group.floor),
                "cap_points": text(group.cap),
                "half_life_days": text(group.half_life),
                "rationale": "made",
            }
            for group in rules.groups
        ],
        "rule_score_points": [
            {
                "scoring_model": rule.version,
                "rule_id": rule.rule_id,
                "rule_kind": "fit",
                "score_group": rule.group,
                "attribute": rule.condition.attribute,
                "operator": rule.condition.operator,
                "value": rule.condition.value,
                "points": text(rule.points),
                "reason": rule.rule_id,
            }
            for rule in rules.fit
        ]
        + [
            {
                "scoring_model": rule.version,
                "rule_id": rule.rule_id,
                "rule_kind": "engagement",
                "score_group": rule.group,
                "signal_name": rule.signal_name,
                "points": text(rule.points),
                "decay": rule.decay,
                "decay_days": text(rule.decay_days),
                "look_back_days": text(rule.look_back_days),
                "daily_cap": text(rule.daily_cap),
                "reason": rule.rule_id,
            }
            for rule in rules.engagement
        ],
        "rule_score_bands": [
            {"scoring_model": version, "rule_kind": kind, "band": band, "min_score": str(lowest), "rationale": "made"}
            for (version, kind), bands in rules.bands.items()
            for band, lowest in bands
        ],
        "rule_qualification_matrix": [
            {"scoring_model": version, "grade": grade, "rationale": "made"}
            for version, grade in sorted(rules.qualifying)
        ],
        "rule_exclusions": [
            {
                "rule_id": rule.rule_id,
                "sort_order": str(number),
                "exclusion_reason": "spam",
                "attribute": rule.condition.attribute,
                "operator": rule.condition.operator,
                "value": rule.condition.value,
                "effective_from": moment_text(rule.begins, datetime(1900, 1, 1)),
                "effective_until": moment_text(rule.ends, OPEN_END),
                "rationale": "made",
            }
            for number, rule in enumerate(rules.exclusions)
        ],
        "rule_titles": [
            {
                "rule_id": word,
                "sort_order": str(number),
                "assigns": "seniority",
                "operator": "word",
                "value": word,
                "assigned_value": seniority,
                "rationale": "made",
            }
            for number, (word, seniority) in enumerate(TITLE_RULES.items())
        ],
        "rule_segments": [
            {"segment": name, "min_employee_count": least, "max_employee_count": most, "rationale": "made"}
            for name, (least, most) in SIZE_RULES.items()
        ],
    }


def person_row(world: World, person: Person) -> dict[str, Any]:
    """The person as the CRM shows them now, whatever as_of."""
    account = world.account_of[person.person_id]
    now = {name: steps[-1][1] for name, steps in person.attributes.items()}
    size = world.accounts[account]["employee_count"][-1][1] if account else None
    return {
        **now,
        "person_id": person.person_id,
        "created_at": person.created_at,
        "source_system": "generic",
        "account_id": account,
        "account_employee_count": size,
    }


def change_rows(world: World) -> list[dict[str, Any]]:
    """The log of every field that ever changed."""
    rows = []
    for key, owners in (("person_id", world.records), ("account_id", world.accounts)):
        for owner, fields in owners.items():
            for name, steps in fields.items():
                for (_, before), (moment, after) in pairwise(steps):
                    rows.append(
                        {
                            "change_key": f"{len(rows)}",
                            "source_change_id": f"{len(rows)}",
                            "source_system": "generic",
                            key: owner,
                            "attribute": name,
                            "changed_at": moment,
                            "changed_at_precision": "exact",
                            "old_value": before,
                            "new_value": after,
                        }
                    )
    return rows


def signal_rows(world: World) -> list[dict[str, Any]]:
    return [
        {
            "signal_id": signal.signal_id,
            "person_id": person.person_id,
            "signal_name": signal.name,
            "occurred_at": signal.occurred_at,
            "occurred_at_precision": "exact",
            "asset_id": signal.asset,
            "is_hand_raise": signal.name in world.hand_raises,
            "is_counted": True,
        }
        for person in world.people
        for signal in person.signals
        if signal.occurred_at <= world.as_of
    ]


def scored(world: World) -> Warehouse:
    """The world, run by the project's own SQL."""
    warehouse = compiled_project("generic").warehouse()
    warehouse.load_seeds(rule_seeds(world.rules))
    warehouse.put("int_persons_enriched", [person_row(world, person) for person in world.people])
    warehouse.put(
        "int_person_fields_survived",
        [
            {"person_id": person.person_id, "job_title": person.attributes["job_title"][-1][1]}
            for person in world.people
        ],
    )
    warehouse.put(
        "int_accounts_enriched", [{"account_id": name, "source_system": "generic"} for name in world.accounts]
    )
    warehouse.put("int_attribute_changes_identified", change_rows(world))
    warehouse.put("int_status_changes_identified")
    warehouse.put("fct_signals", signal_rows(world))
    warehouse.run(*MARTS, as_of=world.as_of)
    return warehouse


MARTS = (
    "fct_lead_score_history",
    "fct_lead_scores",
    "fct_score_points",
    "fct_fit_scores",
    "fct_person_exclusions",
    "fct_lead_score_instants",
    "fct_engagement_states",
)
COLUMNS = "fit_score, fit_band, engagement_score, engagement_band, grade, meets_threshold"


def selected(warehouse: Warehouse, query: str) -> list[tuple[Any, ...]]:
    return warehouse.connection.execute(query).fetchall()
