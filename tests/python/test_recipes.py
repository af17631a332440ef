"""What CONTRIBUTING tells an analyst to add, added to a copy of the project as it stands there, does what it says.

A readiness criterion of a new kind is one file and one row; a buying role is one row.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.compiled import CompiledProject, Warehouse, compile_project

ROOT = Path(__file__).resolve().parents[2]
RECIPE = re.compile(r"^ *```(?:sql|csv) (\w+) recipe\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
ACCOUNT = {"account_id": "A", "ultimate_parent_account_id": "A", "segment": "smb", "created_at": "2026-01-01 00:00:00"}


def recipes() -> dict[str, str]:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return {
        match[1]: "".join(re.sub(r"^   ", "", line) for line in match[2].splitlines(keepends=True))
        for match in RECIPE.finditer(text)
    }


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project to which the recipes for a criterion and a role were added."""
    copy = tmp_path_factory.mktemp("analyst") / "project"
    copy.mkdir()
    for name in ("dbt_project.yml", "profiles.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)
    for name in ("models", "macros", "seeds", "tests/generic", "tests/singular", "scripts"):
        shutil.copytree(ROOT / name, copy / name)
    found = recipes()
    measures = copy / "models/marts/account_readiness/intermediate/measures"
    (measures / "int_readiness_meetings_held.sql").write_text(found["measure"], encoding="utf-8")
    for file, recipe in (("account_readiness/rule_readiness_criteria", "criterion"), ("people/rule_titles", "role")):
        with (copy / "seeds/rules" / f"{file}.csv").open("a", encoding="utf-8") as out:
            out.write(found[recipe])
    return copy


@pytest.fixture(scope="module")
def warehouse(extended: Path) -> Iterator[Warehouse]:
    project: CompiledProject = compile_project(extended, "generic")
    with project.warehouse() as made:
        yield made


def test_the_rules_are_sound_with_both_rows(extended: Path) -> None:
    command = [sys.executable, "-c", "from handoff.cli import main; main()", "rules", "lint"]
    environment = os.environ | {"PYTHONPATH": str(extended / "scripts")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=extended, env=environment, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    # the copy is what was read: without the file, the row's measure is unknown
    (extended / "models/marts/account_readiness/intermediate/measures/int_readiness_meetings_held.sql").rename(
        extended / "held"
    )
    undone = subprocess.run(command, capture_output=True, text=True, cwd=extended, env=environment, timeout=120)
    (extended / "held").rename(
        extended / "models/marts/account_readiness/intermediate/measures/int_readiness_meetings_held.sql"
    )
    assert undone.returncode == 1 and "`meetings_held` is not in" in undone.stdout + undone.stderr


def test_a_new_criterion_is_one_file_and_one_row(warehouse: Warehouse) -> None:
    for name in ("fct_signals", "fct_score_points", "fct_person_exclusions", "int_opportunities_conformed"):
        warehouse.put(name)
    warehouse.put("int_opportunity_people_identified")
    warehouse.put("fct_fit_scores")
    warehouse.put("int_accounts_enriched", [ACCOUNT, ACCOUNT | {"account_id": "B", "ultimate_parent_account_id": "B"}])
    person = {"account_id": "A", "buying_role": "unknown", "job_function": "it", "seniority": "manager"}
    warehouse.put(
        "int_persons_enriched",
        [
            person | {"person_id": "P", "buying_role": "security_reviewer"},
            person | {"person_id": "Q", "account_id": "B"},
        ],
    )
    touch = {"touch_type": "meeting", "is_completed": True}
    warehouse.put(
        "int_touches_identified",
        [
            touch | {"touch_key": "M1", "person_id": "P", "touched_at": "2026-04-02 00:00:00"},
            touch | {"touch_key": "M2", "person_id": "Q", "touched_at": "2026-04-01 23:59:59"},
            touch | {"touch_key": "M3", "person_id": "Q", "touched_at": "2026-06-01 00:00:00", "is_completed": False},
        ],
    )
    warehouse.run("fct_account_readiness_checks", "fct_account_readiness", as_of="2026-06-30 23:59:59")
    checks = {
        row["account_id"]: row for row in warehouse.rows("fct_account_readiness_checks") if row["rule_id"] == "RDY-20"
    }
    # 90 whole days: the meeting of 2 April counts until the end of 30 June, that of 1 April did until the day before
    assert {key: (row["status"], row["actual"]) for key, row in checks.items()} == {"A": ("met", 1), "B": ("unmet", 0)}
    missing = {row["account_id"]: row["missing"] for row in warehouse.rows("fct_account_readiness")}
    words = "No meeting has been held in 90 days"
    assert words in missing["B"] and words not in missing["A"]


def test_a_new_buying_role_is_one_row(warehouse: Warehouse) -> None:
    warehouse.put("int_person_fields_survived", [{"person_id": "P", "job_title": "Head of Security"}])
    warehouse.run("int_titles_classified")
    assert [row["buying_role"] for row in warehouse.rows("int_titles_classified")] == ["security_reviewer"]
    warehouse.run("fct_account_committee", as_of="2026-06-30 23:59:59")
    roles = {
        row["account_id"]: row["coverage"]
        for row in warehouse.rows("fct_account_committee")
        if row["buying_role"] == "security_reviewer"
    }
    assert roles == {"A": "known_not_engaged", "B": "nobody_known"}
