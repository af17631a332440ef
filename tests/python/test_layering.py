"""The architecture is kept, and the check that says so can say no."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from handoff import layering
from handoff.layering import find_forbidden_reads, find_stray_keys, find_unkept_promises, find_wall_clocks, may_read
from support.compiled import PROJECT, VENDORS, manifest_path


def model(path: str, reads: tuple[str, ...] = (), access: str = "protected", **more: Any) -> dict[str, Any]:
    name = Path(path).stem
    return {
        "unique_id": f"model.handoff.{name}",
        "name": name,
        "resource_type": "model",
        "original_file_path": f"models/{path}",
        "depends_on": {"nodes": list(reads)},
        "config": {"access": access},
        "raw_code": "select 1",
        "description": "",
        "columns": {},
        **more,
    }


def manifest(*models: dict[str, Any], macros: dict[str, str] | None = None) -> dict[str, Any]:
    seed = {"name": "rule_x", "resource_type": "seed", "original_file_path": "seeds/rules/rule_x.csv", "config": {}}
    source = {"name": "lead", "resource_type": "source", "source_name": "salesforce", "config": {}}
    return {
        "metadata": {"project_name": "handoff"},
        "nodes": {entry["unique_id"]: entry for entry in models} | {"seed.handoff.rule_x": seed},
        "sources": {"source.handoff.salesforce.lead": source},
        "unit_tests": {},
        "macros": {
            name: {
                "name": name,
                "package_name": "handoff",
                "original_file_path": f"macros/{name}.sql",
                "macro_sql": sql,
            }
            for name, sql in (macros or {}).items()
        },
    }


INTERMEDIATE = "/intermediate"
# The table of the architecture, line by line: child, parent, whether the parent is public, whether that is allowed.
TABLE = [
    ("staging/salesforce", "sources/salesforce", False, True),
    ("staging/salesforce", "sources/marketo", False, False),
    ("staging/salesforce", "staging/salesforce", False, False),
    ("staging/salesforce", "seeds", False, False),
    ("staging/rules", "seeds", False, True),
    ("staging/rules", "sources/salesforce", False, False),
    ("conformed", "staging/salesforce", False, True),
    ("conformed", "staging/rules", False, True),
    ("conformed", "conformed", False, True),
    ("conformed", "seeds", False, False),
    ("conformed", "sources/salesforce", False, False),
    ("conformed", "marts/lead_scoring", True, False),
    ("marts/mql_lifecycle/intermediate", "conformed", False, True),
    ("marts/mql_lifecycle/intermediate", "staging/rules", False, True),
    ("marts/mql_lifecycle/intermediate", "staging/salesforce", False, False),
    ("marts/mql_lifecycle/intermediate", "marts/mql_lifecycle", True, True),
    ("marts/mql_lifecycle/intermediate", "marts/mql_lifecycle/intermediate", False, True),
    ("marts/mql_lifecycle/intermediate", "marts/lead_scoring", True, True),
    ("marts/mql_lifecycle/intermediate", "marts/lead_scoring", False, False),
    ("marts/mql_lifecycle/intermediate", "marts/lead_scoring/intermediate", False, False),
    ("marts/mql_lifecycle/intermediate", "marts/handoff_sla", True, False),
    ("marts/mql_lifecycle/intermediate", "marts/core", True, False),
    ("marts/mql_lifecycle", "marts/mql_lifecycle/intermediate", False, True),
    ("marts/mql_lifecycle", "marts/mql_lifecycle", True, False),
    ("marts/mql_lifecycle", "conformed", False, True),
    ("marts/mql_lifecycle", "staging/rules", False, False),
    ("marts/mql_lifecycle", "marts/account_readiness", True, True),
    ("marts/core", "conformed", False, True),
    ("marts/core", "marts/handoff_sla", True, True),
    ("marts/core", "marts/handoff_sla/intermediate", False, False),
    ("marts/core", "marts/core", True, False),
    ("marts/core", "marts/feedback", True, True),
    ("marts/feedback", "marts/handoff_sla", True, True),
    ("marts/feedback", "marts/core", True, False),
    ("marts/feedback", "marts/feedback", True, False),
    ("marts/feedback/intermediate", "marts/feedback", True, True),
    ("marts/feedback/intermediate", "staging/rules", False, True),
    ("marts/handoff_sla/intermediate", "marts/feedback", True, False),
    ("marts/core", "staging/rules", False, False),
    ("marts/unheard_of", "conformed", False, False),
    ("marts/pii", "conformed", False, True),
    ("marts/pii", "marts/core", True, False),
    ("marts/pii", "staging/rules", False, False),
    ("marts/core", "marts/pii", True, False),
    ("marts/pii", "marts/pii", True, False),
    ("reports", "marts/pii", True, False),
    ("reports", "marts/core", True, True),
    ("reports", "marts/core", False, False),
    ("reports", "conformed", False, False),
    ("reports", "reports", True, False),
    ("reports", "staging/rules", False, False),
    ("exports", "marts/core", True, True),
    ("exports", "marts/core", False, False),
    ("exports", "exports", True, True),
    ("exports", "reports", True, False),
    ("exports", "conformed", False, False),
    ("reports", "exports", True, False),
    ("custom", "conformed", False, True),
    ("custom", "marts/core", True, True),
    ("custom", "marts/core/intermediate", False, False),
    ("custom", "marts/pii", True, False),
    ("custom", "staging/rules", False, False),
    ("marts/lead_scoring/intermediate", "custom", False, True),
]


@pytest.mark.parametrize(("child", "parent", "is_public", "is_allowed"), TABLE)
def test_the_table_of_the_architecture(child: str, parent: str, is_public: bool, is_allowed: bool) -> None:
    assert may_read(child, parent, is_public) is is_allowed


def test_a_forbidden_read_is_told_with_both_ends() -> None:
    parent = model("marts/handoff_sla/fct_handoffs.sql", access="public")
    child = model("marts/lead_scoring/intermediate/int_scores_summed.sql", reads=(parent["unique_id"],))
    (violation,) = find_forbidden_reads(manifest(parent, child), exceptions=())
    assert violation.where == "models/marts/lead_scoring/intermediate/int_scores_summed.sql"
    assert "may not read fct_handoffs (marts/handoff_sla)" in violation.what


def test_an_exception_excuses_one_read_and_must_excuse_something() -> None:
    child = model("marts/lead_scoring/fct_signals.sql", reads=("seed.handoff.rule_x",))
    excuse = ("fct_signals", "rule_x", "for the test")
    assert not list(find_forbidden_reads(manifest(child), exceptions=(excuse,)))
    (stale,) = find_forbidden_reads(manifest(model("conformed/int_a_unioned.sql")), exceptions=(excuse,))
    assert "excuses nothing" in stale.what


@pytest.mark.parametrize(
    ("sql", "clocks"),
    [
        ("select current_date", 1),
        ("select NOW ( )", 1),
        ("select {{ run_started_at }}", 1),
        ("select 1 -- never current_date", 0),
        ("{# now() #} select known(1), snow(2), today", 0),
        ("select today()", 1),
    ],
)
def test_a_wall_clock_is_found(sql: str, clocks: int) -> None:
    found = list(find_wall_clocks(manifest(model("conformed/int_a_unioned.sql", raw_code=sql), macros={"a": sql})))
    assert len(found) == 2 * clocks
    assert not list(find_wall_clocks(manifest(macros={"as_of": "{{ run_started_at }}"})))


def test_a_bare_mart_breaks_every_promise() -> None:
    bare = model("marts/core/dim_thing.sql", columns={"a": {"name": "a", "description": "", "data_type": None}})
    whats = " ".join(violation.what for violation in find_unkept_promises(manifest(bare)))
    for promise in ("contract", "access: public", "group", "owner", "meta.grain", "opens with", "data test"):
        assert promise in whats
    assert "column a has no description" in whats and "column a has no data_type" in whats


@pytest.mark.parametrize(
    ("column", "is_refused"),
    [
        *((name, True) for name in ("email", "rep_email", "phone", "first_name", "full_name", "rep_name", "name")),
        *((name, True) for name in ("e_mail", "email_address", "mobile", "company_name", "account_name", "city")),
        *((name, False) for name in ("email_kind", "is_email_opt_out", "signal_name", "capacity", "phone_count")),
    ],
)
def test_only_the_file_of_names_may_hold_a_name_or_an_address(column: str, is_refused: bool) -> None:
    columns = {column: {"name": column, "description": "d", "data_type": "string"}}
    whats = [
        violation.what for violation in find_unkept_promises(manifest(model("reports/rpt_x.sql", columns=columns)))
    ]
    assert any("only dim_person_pii may hold it" in what for what in whats) is is_refused
    apart = find_unkept_promises(manifest(model("marts/pii/dim_person_pii.sql", columns=columns, access="private")))
    whats = [violation.what for violation in apart]
    assert not [what for what in whats if "may hold it" in what or "access" in what]
    assert "is not access: private" in [
        violation.what for violation in find_unkept_promises(manifest(model("marts/pii/dim_x.sql", access="public")))
    ]


def test_a_misnamed_or_open_intermediate_is_found() -> None:
    wrong = model("marts/handoff_sla/intermediate/fct_thing.sql", raw_code="\n" * 500)
    whats = " ".join(violation.what for violation in find_unkept_promises(manifest(wrong)))
    assert "misnamed" in whats and "access: private" in whats and "lines" in whats


def test_staging_without_lineage_is_found() -> None:
    """A source that is asked for only while models run is none that dbt knows of."""
    lost = model("staging/salesforce/stg_salesforce__lead.sql")
    kept = model("staging/salesforce/stg_salesforce__lead.sql", reads=("source.handoff.salesforce.lead",))
    assert ["lineage" in found.what for found in find_unkept_promises(manifest(lost))] == [True]
    assert not list(find_unkept_promises(manifest(kept)))


def test_stray_keys_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    document = {
        "models": [
            {
                "name": "fct_a",
                "descriptoin": "misspelt",
                "tests": ["unique"],
                "columns": [{"name": "a", "type": "string", "data_tests": [{"accepted_values": {"values": [1]}}]}],
            }
        ],
        "unit_tests": [{"name": "a__b", "model": "fct_a", "given": [{"inptu": "ref('x')"}], "expect": {"rows": []}}],
    }
    (folder / "_a__models.yml").write_text(yaml.safe_dump(document), encoding="utf-8")
    found = sorted(violation.what for violation in find_stray_keys(folder))
    assert found == [
        "unknown key descriptoin in fct_a",
        "unknown key inptu in a__b",
        "unknown key tests in fct_a",
        "unknown key type in fct_a a",
        "unknown key values in fct_a a accepted_values",
    ]


def test_the_project_keeps_its_architecture() -> None:
    done = CliRunner().invoke(layering.main, ["--manifest", str(manifest_path(*VENDORS))])
    assert done.exit_code == 0, done.output
    assert layering.EXCEPTIONS == ()


@pytest.mark.skipif(
    "checks" in PROJECT.parts, reason="dbt-bouncer 4.3 finds none of its checks below a folder `checks`"
)
def test_names_and_lineage_are_as_dbt_bouncer_wants_them(tmp_path: Path) -> None:
    rules = yaml.safe_load((PROJECT / "dbt-bouncer.yml").read_text(encoding="utf-8"))
    rules["dbt_artifacts_dir"] = str(manifest_path(*VENDORS).parent)
    (tmp_path / "dbt-bouncer.yml").write_text(yaml.safe_dump(rules), encoding="utf-8")
    done = subprocess.run(
        [str(Path(sys.executable).parent / "dbt-bouncer"), "run", "--config-file", str(tmp_path / "dbt-bouncer.yml")],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env=os.environ | {"DBT_BOUNCER_DISABLE_CONF_CACHE": "true"},
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_exit_codes(tmp_path: Path) -> None:
    assert CliRunner().invoke(layering.main, ["--manifest", str(tmp_path / "none.json")]).exit_code == 2
    broken = json.loads(manifest_path(*VENDORS).read_text(encoding="utf-8"))
    broken["nodes"]["model.handoff.fct_handoffs"]["depends_on"]["nodes"].append("model.handoff.stg_rules__calendars")
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(broken), encoding="utf-8")
    done = CliRunner().invoke(layering.main, ["--manifest", str(file), "--project", str(PROJECT)])
    assert done.exit_code == 1
    assert "fct_handoffs.sql: marts/handoff_sla may not read stg_rules__calendars" in done.output
