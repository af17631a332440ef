"""Columns of one's own: carried to the marts, asked about by rules, refused where they would stand twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from handoff.rules import lint
from runner_support import handoff
from staging_support import PROJECT, create_landed, dbt

PASSED = {
    "generic": {
        "people": ["Territory__c", "Budget"],
        "accounts": ["Tier"],
        "opportunities": ["Forecast"],
        "campaigns": ["Theme"],
    }
}
CRM = {
    "people": "record_id,record_type,email,account_id,created_at,Territory__c,Budget\n"
    "L1,lead,ada@acme.example,,2026-05-01,,500\n"
    "C1,contact,ada@acme.example,A1,2026-06-01,North; ask joe@acme.example,\n"
    "L2,lead,sam@beta.example,,2026-06-01,South,90\n",
    "accounts": "account_id,account_name,domain,Tier\nA1,Acme,acme.example,gold\n",
    "opportunities": "opportunity_id,account_id,created_at,Forecast\nO1,A1,2026-06-02,commit\n",
    "campaigns": "campaign_id,campaign_name,Theme\nK1,Spring,quality\n",
}


def changed_project(folder: Path) -> Path:
    """A copy of the project in which a column of the CRM excludes and scores."""
    left_out = shutil.ignore_patterns(".venv", ".git", "target", "logs", "python", "demo", "docs", "*.lock")
    project = shutil.copytree(PROJECT, folder / "project", ignore=left_out)
    settings = project / "dbt_project.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("passthrough_columns: {}", f"passthrough_columns: {json.dumps(PASSED)}"))
    exclusions = project / "seeds/rules/people/rule_exclusions.csv"
    cells = {"rule_id": "EXC-T", "sort_order": "999", "exclusion_reason": "partner", "attribute": "territory__c"}
    cells |= {"operator": "starts_with", "value": "south", "rationale": "The south is our partner's"}
    of_account = cells | {"rule_id": "EXC-U", "sort_order": "1000", "exclusion_reason": "vendor", "value": "gold"}
    of_account |= {"attribute": "account_tier", "operator": "equals", "rationale": "Gold is what our vendors are"}
    header = exclusions.read_text(encoding="utf-8").splitlines()[0].split(",")
    with exclusions.open("a", encoding="utf-8") as handle:
        for row in (cells, of_account):
            handle.write(",".join(row.get(column, "") for column in header) + "\n")
    return project


def test_a_rule_may_ask_about_a_column_that_passes_and_about_no_other(tmp_path: Path) -> None:
    project = changed_project(tmp_path)
    assert lint(project / "seeds") == []
    settings = project / "dbt_project.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("Territory__c", "Territory"))
    assert [problem.message for problem in lint(project / "seeds")] == ["attribute: `territory__c` is not allowed."]


def test_a_name_that_the_marts_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "handoff.duckdb"
    with duckdb.connect(str(path)) as database:
        create_landed(database, "generic", "people", ["record_id", "record_type", "segment"])
    passed = {"generic": {"people": ["Segment"]}}
    done = dbt(path, ["compile", "--quiet", "-s", "int_people_unioned"], ["generic"], passthrough_columns=passed)
    assert "generic.people names segment, which the marts give a meaning of their own" in done.stdout + done.stderr


def test_a_name_of_an_account_that_a_person_has_already_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "handoff.duckdb"
    with duckdb.connect(str(path)) as database:
        create_landed(database, "generic", "people", ["record_id", "record_type", "account_tier"])
        create_landed(database, "generic", "accounts", ["account_id", "account_name", "tier"])
    passed = {"generic": {"people": ["Account_Tier"], "accounts": ["Tier"]}}
    done = dbt(path, ["compile", "--quiet", "-s", "int_persons_enriched"], ["generic"], passthrough_columns=passed)
    assert "tier of accounts would be asked about as account_tier" in done.stdout + done.stderr


@pytest.mark.long
def test_columns_of_ones_own_reach_the_marts_and_decide(tmp_path: Path) -> None:
    source = tmp_path / "crm"
    source.mkdir()
    for name, text in CRM.items():
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    warehouse = tmp_path / "warehouse"
    options = ["--source", f"generic={source}", "--as-of", "2026-06-30T18:00:00Z", "--warehouse", str(warehouse)]
    done = handoff("run", *options, HANDOFF_PROJECT=str(changed_project(tmp_path)))
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as marts:
        people = "select territory__c, budget, exclusion_reason from marts.dim_person order by territory__c"
        # the survivor's own, else the next record's; an address in it is taken out
        assert marts.execute(people).fetchall() == [
            ("North; ask <address>", "500", "vendor"),
            ("South", "90", "partner"),
        ]
        assert marts.execute("select tier from marts.dim_account").fetchall() == [("gold",)]
        assert marts.execute("select forecast from marts.fct_opportunities").fetchall() == [("commit",)]
        assert marts.execute("select theme from marts.dim_campaign").fetchall() == [("quality",)]
    assert handoff("check", "--warehouse", str(warehouse)).returncode == 0
