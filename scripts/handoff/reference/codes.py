"""Every code that a mart shows: what it may be, what it means, and where that is decided."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handoff.reference.marts import is_mart
from handoff.reference.words import code, page, table

CODED = re.compile(
    r"(^|_)(reason|reason_codes|method|source|status|kind|verdict|outcome|stage|precision|coverage|gap)$"
)
FREE = re.compile(r"\bin words\b|'s (own )?words?\b|own words|as the source (writes|has) it|lead source", re.IGNORECASE)
# (heading, rule file, column of the code, column that says what it means, mart that shows it)
OF_SEEDS = (
    ("Exclusions", "rule_exclusions", "exclusion_reason", "rationale", "dim_person"),
    ("Excuses", "rule_sla_excuses", "excused_reason", "rationale", "fct_handoff_sla"),
    ("Statuses", "rule_statuses", "status", "entry_criteria", "fct_mql_status_history"),
    ("Steps that are not legal", "rule_status_transitions", "violation", "", "rpt_status_transitions"),
    ("Next actions", "rule_routing", "next_action", "action_reason", "fct_qualifications"),
    ("Account matching", "rule_matching", "method", "reason", "fct_account_matches"),
    ("Readiness stages", "rule_readiness_stages", "readiness_stage", "rationale", "fct_account_readiness"),
    ("Readiness criteria", "rule_readiness_criteria", "criterion", "rationale", "fct_account_readiness_checks"),
    ("Dropped activities", "rule_bot_filters", "dropped_reason", "rationale", "fct_signals"),
    ("Review triggers", "rule_review_triggers", "trigger_name", "rationale", "dim_review_trigger"),
    ("Strata of the weekly review", "rule_review_strata", "stratum", "question", "rpt_handoff_review"),
    ("Changes proposed", "rule_feedback_actions", "proposed_change", "rationale", "rpt_disqualification_feedback"),
    ("Guards of what comes in", "rule_intake_guards", "guard", "rationale", ""),
)


def codes_page(project: Path, manifest: Mapping[str, Any]) -> str:
    """codes.md: codes of the marts by column, then codes that rule files name."""
    sections: list[list[str]] = [
        [
            "Columns that hold a code, with its values. Why a landed row is quarantined, superseded or kept with a",
            "remark: [Where every input row ends](rows.md#reason-codes).",
        ],
        table(("column", "in", "values and meaning"), _of_marts(manifest)),
        ["## Codes that rule files name"],
        ["The shipped rows; yours may name others. Each is explained by its file's own words."],
    ]
    for heading, name, column, meaning, mart in OF_SEEDS:
        (path,) = (project / "seeds/rules").rglob(f"{name}.csv")
        shown = f"Shown in [{mart}](marts/{mart}.md)" if mart else "Shown among the warnings of run.json"
        place = f"{shown}, decided by [{name}](../../{path.relative_to(project).as_posix()})."
        rows = _of_seed(path, column, meaning)
        sections += [[f"### {heading}"], [place], table(("code", "meaning"), rows)]
    return page("Codes", *sections)


def _of_marts(manifest: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node in manifest["nodes"].values():
        if not is_mart(node):
            continue
        for column in node["columns"].values():
            if (
                column["data_type"] == "string"
                and CODED.search(column["name"])
                and not FREE.search(column["description"])
            ):
                meaning = re.sub(r"\s+", " ", column["description"]).strip()
                found[column["name"], meaning].append(node["alias"])
    return [
        (f"`{name}`", ", ".join(f"[{mart}](marts/{mart}.md)" for mart in sorted(marts)), meaning)
        for (name, meaning), marts in sorted(found.items())
    ]


def _of_seed(path: Path, column: str, meaning: str) -> list[tuple[str, str]]:
    told: dict[str, list[str]] = defaultdict(list)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row[column]:
                text = row[meaning] if meaning else f"{row['from_status']} → {row['to_status']}: {row['rationale']}"
                told[row[column]].append(text)
    return [(code([name]), "; ".join(dict.fromkeys(texts))) for name, texts in told.items()]
