"""The generated reference says what the project is now, and the parts it is made of say what they ought to."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from handoff.reference import differences, pages
from handoff.reference.marts import Lineage, is_mart, unit_of, values_of
from support.compiled import PROJECT, VENDORS, manifest_path

REFERENCE = PROJECT / "docs/reference"


@pytest.fixture(scope="module")
def manifest() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(manifest_path(*VENDORS).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def wanted(manifest: Mapping[str, Any]) -> dict[str, str]:
    return pages(PROJECT, manifest)


def test_the_reference_is_current(wanted: dict[str, str]) -> None:
    assert differences(REFERENCE, wanted) == [], "write it anew by: make reference"


def test_every_mart_and_every_column_has_its_place(manifest: Mapping[str, Any], wanted: dict[str, str]) -> None:
    marts = [node for node in manifest["nodes"].values() if is_mart(node)]
    assert len(marts) > 90
    for node in marts:
        text = wanted[f"marts/{node['alias']}.md"]
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]*)\| ((?:[^|]|\\\|)+) \|", text, re.MULTILINE)
        assert [row[0] for row in rows] == list(node["columns"]), node["name"]
        assert all(data_type.strip() and meaning.strip() for _, data_type, _, meaning in rows), node["name"]
        assert f"[{node['alias']}]({node['alias']}.md)" in wanted["marts/README.md"]
        assert all(unit.strip() for _, data_type, unit, _ in rows if data_type != "string"), node["name"]


def test_a_change_of_a_description_is_found(
    manifest: Mapping[str, Any], wanted: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "marts").mkdir()
    for name, text in wanted.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert differences(tmp_path, wanted) == []
    changed = copy.deepcopy(manifest["nodes"]["model.handoff.fct_handoffs"])
    changed["columns"]["team"]["description"] = "Something else."
    nodes = {**manifest["nodes"], "model.handoff.fct_handoffs": changed}
    assert differences(tmp_path, pages(PROJECT, {**manifest, "nodes": nodes})) == [
        "marts/fct_handoffs.md is not current"
    ]
    (tmp_path / "marts/fct_gone.md").write_text("# gone\n", encoding="utf-8")
    (tmp_path / "codes.md").unlink()
    assert differences(tmp_path, wanted) == ["codes.md is missing", "marts/fct_gone.md belongs to no mart"]


def test_rules_are_found_behind_models_that_nobody_else_reads(manifest: Mapping[str, Any]) -> None:
    lineage = Lineage(manifest, {})
    marts, seeds = lineage.behind("model.handoff.fct_handoff_sla")
    assert {"seeds/rules/handoff_sla/rule_sla_policies.csv", "seeds/rules/handoff_sla/rule_holidays.csv"} <= set(seeds)
    assert "fct_mql_cycles" in marts
    assert "seeds/rules/lead_scoring/rule_score_points.csv" not in seeds  # behind another mart, whose page has it
    assert "rpt_sla_compliance" in lineage.reading("model.handoff.fct_handoff_sla")


def test_values_are_those_that_a_test_allows() -> None:
    node = {"columns": {"status": {}, "kind": {}, "reason": {}}}
    law = "status in ('a', 'b') and (kind is null or kind in ('c')) and (reason = 'x' or reason in ('y', 'z'))"
    tests = [{"column_name": None, "test_metadata": {"name": "rows_hold", "kwargs": {"expression": law}}}]
    assert values_of(node, tests) == {"status": ["a", "b"], "kind": ["c"]}


@pytest.mark.parametrize(
    ("name", "data_type", "description", "unit"),
    [
        ("opened_at", "timestamp", "When (UTC).", "instant, UTC"),
        ("week_start", "date", "Monday of the ISO week (UTC).", "day, UTC"),
        ("local_date", "date", "Day where the calendar is.", "day, local"),
        ("business_seconds", "bigint", "Seconds of opening hours.", "seconds"),
        ("pipeline_amount", "numeric(18,2)", "In the corporate currency.", "money"),
        ("win_rate", "double", "won / mqls.", "share, 0 to 1"),
        ("lift", "double", "rate / base_rate.", "number"),
        ("mqls", "bigint", "Cycles opened.", "count"),
        ("fit_score", "numeric(9,2)", "Fit, -100 to 100 points.", "points"),
        ("team", "string", "The team.", ""),
    ],
)
def test_a_unit_follows_from_name_type_and_words(name: str, data_type: str, description: str, unit: str) -> None:
    assert unit_of(name, data_type, description) == unit


def reason_codes() -> set[str]:
    """Codes that the landing, staging and the conformed layer write on a row."""
    landing = (PROJECT / "scripts/handoff/landing.py").read_text(encoding="utf-8")
    found = set(re.findall(r'problem = "(\w+)"', landing)) | {"malformed_quotes"}
    dispositions = (PROJECT / "models/conformed/int_row_dispositions_unioned.sql").read_text(encoding="utf-8")
    found |= set(re.findall(r"then '(\w+)'", dispositions.partition("staged.reason_codes,")[2]))
    for path in [*(PROJECT / "macros").glob("*.sql"), *(PROJECT / "models/staging").rglob("*.sql")]:
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"',([a-z_]+)'", text))
        for notes in re.findall(r"notes=\{(.*?)\}", text, re.DOTALL):
            found |= set(re.findall(r"'([a-z_]+)': ", notes))
    return found


def test_every_reason_code_of_a_row_is_explained() -> None:
    page = (REFERENCE / "rows.md").read_text(encoding="utf-8").partition("## Reason codes")[2].partition("\n## ")[0]
    explained = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE))))
    codes = reason_codes()
    assert len(codes) >= 20
    assert codes - explained == set()
    sources = [*(PROJECT / "models").rglob("*.sql"), *(PROJECT / "macros").glob("*.sql")]
    written = "".join(path.read_text(encoding="utf-8") for path in [*sources, PROJECT / "scripts/handoff/landing.py"])
    assert {code for code in explained if code not in written} == set()
