"""The review page as a file: self-contained, the same each time, safe against what the marts may hold."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
import yaml
from click.testing import CliRunner
from handoff.cli import cli
from handoff.errors import CouldNotRun
from handoff.names import opened_names
from handoff.review import write_review
from handoff.review.command import names_of
from handoff.review.page import TABS, as_json
from handoff.review.words import EMAIL, Rate, left, number, seconds, short_key, span, tenths, without_email
from support.review import Page, changed_marts, chromium, opened, read, run_record

HOSTILE = """=</script><img src=x onerror="alert(1)">'" & jane.doe@example.com #&%2F"""
# What a query asks by name; everything else that is text is made hostile.
NAMED = {"clock", "breakdown", "dropped_reason", "model_status", "split", "fit_basis", "score_kind", "label"}
NAMED |= {"sla_status", "measure", "direction", "outcome", "review_id", "verdict"}


@pytest.fixture(scope="module")
def text(demo_warehouse: Path) -> str:
    return (demo_warehouse / "review.html").read_text(encoding="utf-8")


def test_run_writes_the_page_of_its_own_marts(demo_warehouse: Path, tmp_path: Path, text: str) -> None:
    write_review(demo_warehouse / "marts.duckdb", tmp_path / "again.html", run_record(demo_warehouse))
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == text


def test_page_names_no_address_and_runs_only_scripts_that_its_policy_knows(text: str) -> None:
    assert not re.search(r"(?i)https?:|[\"'(]//[a-z]|<link[^>]+href=\"(?!data:)|@import|\burl\(|<iframe|<object", text)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    scripts = re.findall(r"<script(?: type=\"application/json\" id=\"[a-z-]+\")?>(.*?)</script>", text, re.S)
    assert len(scripts) == text.count("<script") == 4
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert rules["script-src"] == f"'sha256-{digests[0]}' 'sha256-{digests[3]}'"
    assert all(json.loads(embedded) for embedded in scripts[1:3])
    assert not re.search(r"\son[a-z]+=", re.sub(r"<script.*?</script>", "", text, flags=re.S))


def test_page_of_two_thousand_people_is_small(text: str) -> None:
    assert len(text.encode()) < 1_500_000


def test_every_table_that_a_tab_declares_stands_in_its_panel(text: str) -> None:
    panels = dict(re.findall(r'data-panel="([a-z]+)"(.*?)</section>', text, re.S))
    assert list(panels) == [tab.KEY for tab in TABS]
    for tab in TABS:
        shown = re.findall(r'data-table="([^"]+)"', panels[tab.KEY])
        assert sorted(shown) == sorted(spec.key for spec in tab.TABLES), tab.KEY
        drawn = re.findall(r'data-chart="([^"]+)"', panels[tab.KEY])
        assert set(drawn) <= set(shown), "a table stands under every chart"
        for key in drawn:
            after = panels[tab.KEY].split(f'data-chart="{key}"')[1]
            assert re.search(r'data-(?:table|chart)="([^"]+)"', after)[1] == key
    assert text.count("<svg") == text.count('data-chart="') >= 8


def test_every_rate_stands_beside_its_counts_and_a_wide_one_beside_its_interval(text: str) -> None:
    columns = {(spec.key, column.name): column for tab in TABS for spec in tab.TABLES for column in spec.columns}
    intervals = 0
    for key, table in Page(text).tables.items():
        for row in table.rows:
            for name, cell in zip(table.columns, row, strict=True):
                kind = columns[key, name].kind
                if kind not in ("rate", "share"):
                    continue
                if columns[key, name].settled and re.fullmatch(r"[\d,]+ so far", cell):
                    continue
                match = re.fullmatch(r"(?:[\d.]+ %|–) \(([\d,]+) of ([\d,]+)\)(?: [\d.]+–[\d.]+ %)?", cell)
                assert match is not None, (key, name, cell)
                is_few = 0 < int(match[2].replace(",", "")) < 15
                if kind == "rate" and is_few:
                    assert cell.count("%") == 2, (key, name, cell)
                    intervals += 1
                if kind == "share":
                    assert cell.count("%") <= 1
    assert intervals > 100


def test_exposure_names_the_marts_that_the_page_reads_and_no_other(project_dir: Path) -> None:
    folder = project_dir / "scripts" / "handoff" / "review"
    code = "\n".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.py"))
    exposures = yaml.safe_load((project_dir / "models" / "reports" / "_exposures.yml").read_text())["exposures"]
    (page,) = (exposure for exposure in exposures if exposure["name"] == "review_page")
    named = {reference.split("'")[1] for reference in page["depends_on"]}
    read_from = set(re.findall(r"\b(?:rpt|fct|dim)_[a-z_]+\b", code))
    assert read_from - {"dim_person_pii"} == named  # the one that `handoff review` reads, when it is asked to


def hostile(table: str, columns: dict[str, str]) -> str:
    quoted = HOSTILE.replace("'", "''")
    return ", ".join(
        f"""'{quoted}' || "{name}" as "{name}\""""
        if kind == "VARCHAR" and name not in NAMED and table != "publication"
        else f'"{name}"'
        for name, kind in columns.items()
    )


def test_hostile_text_and_addresses_stay_text_and_stay_out(demo_warehouse: Path, tmp_path: Path) -> None:
    run = run_record(demo_warehouse) | {"run_id": HOSTILE, "code_version": HOSTILE, "rules_hash": HOSTILE}
    path = changed_marts(demo_warehouse, tmp_path, hostile)
    out = tmp_path / "review.html"
    write_review(path, out, run, names={})
    text = out.read_text(encoding="utf-8")
    page = Page(text)
    assert {tag for tag, _ in page.tags}.isdisjoint({"img", "iframe"})
    assert text.count("<script") == 4
    outside = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", text, flags=re.S)
    assert "jane.doe" not in outside and EMAIL.search(outside) is None
    assert "(e-mail withheld)" in outside
    assert "SDR EMEA" in " ".join(page.tables["teams"].column("team"))
    (details,) = re.findall(r'id="details">(.*?)</script>', text, re.S)
    people = json.loads(details)["person"]["of"]
    assert people and all(key.startswith("=</script>") and "(e-mail withheld)" in key for key in people)
    with chromium() as browser, opened(browser, out) as view:
        view.click("#tab-queue")
        view.click("table[data-table=queue] a[href^='#person']")
        view.wait_for_selector("#drawer[open]")
        told = view.inner_text("#drawer")
        assert "</script><img src=x" in told and "jane.doe" not in told
        assert view.locator("img").count() == 0


def test_names_stand_on_no_page_but_the_one_that_was_asked_for_them(
    demo_warehouse: Path, tmp_path: Path, text: str
) -> None:
    """Names of people with a drawer stand on the page that was asked for them, and there alone."""
    with opened_names(demo_warehouse / "pii.duckdb") as pii:
        people = dict(pii.execute("select person_id, full_name from marts_pii.dim_person_pii").fetchall())
    details = json.loads(re.findall(r'id="details">(.*?)</script>', text, re.S)[0])
    drawn = {person: people[person] for person in details["person"]["of"] if people[person]}
    assert len(drawn) > 30 and not [name for name in drawn.values() if name in text]

    out = tmp_path / "names.html"
    out.touch(mode=0o666)
    ask = ["review", "--warehouse", str(demo_warehouse), "--out", str(out)]
    assert CliRunner().invoke(cli, ask).exit_code == 0
    assert out.read_text(encoding="utf-8") == text
    assert CliRunner().invoke(cli, [*ask, "--include-pii"]).exit_code == 0
    assert out.stat().st_mode & 0o777 == 0o600
    named = out.read_text(encoding="utf-8")
    told = json.loads(re.findall(r'id="details">(.*?)</script>', named, re.S)[0])["person"]["names"]
    assert told == drawn and "do not pass on" in named
    person, name = next((person, name) for person, name in drawn.items() if f'href="#person={person}"' in named)
    assert f'href="#person={person}">{html.escape(name)}</a>' in named or f"Person {html.escape(name)}</a>" in named
    with chromium() as browser, opened(browser, out, f"#person={person}") as view:
        assert view.inner_text("#drawer-title") == f"Person {name}, {person}"


def test_review_says_why_it_cannot_be_written(demo_warehouse: Path, tmp_path: Path) -> None:
    def failed(*options: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "handoff.cli", "review", *options], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 2 and len(done.stderr.splitlines()) <= 2, done.stderr
        return done.stderr

    there = ["--warehouse", str(demo_warehouse)]
    assert "Nothing is published" in failed("--warehouse", str(tmp_path))
    assert "Choose another --out" in failed(*there, "--out", str(demo_warehouse / "names.html"))
    assert "cannot be written" in failed(*there, "--out", str(tmp_path / "missing" / "review.html"))
    with pytest.raises(CouldNotRun, match="published no names"):
        names_of(tmp_path / "pii.duckdb")


def test_nothing_in_embedded_json_ends_its_element() -> None:
    assert "<" not in as_json({"a</script>": ["<!--<script>"]})
    assert json.loads(as_json({"a</script>": ["<!--<script>"]})) == {"a</script>": ["<!--<script>"]}


def test_empty_marts_say_so_instead_of_drawing_nothing(demo_warehouse: Path, tmp_path: Path) -> None:
    path = changed_marts(demo_warehouse, tmp_path, is_empty=True)
    out = tmp_path / "review.html"
    write_review(path, out, run_record(demo_warehouse))
    page = read(out)
    assert page.tables == {}
    assert page.nothing == {spec.key: spec.nothing for tab in TABS for spec in tab.TABLES}
    assert "<svg" not in out.read_text(encoding="utf-8")
    assert all(tile.startswith("– (0 of 0)") for tile in page.tiles) and len(page.tiles) == 5


def nothing_told(table: str, columns: dict[str, str]) -> str:
    """What a table says when every text, time and amount that no query asks for is NULL."""
    asked = {"person_id", "review_id", "cohort_month", "week_start", "month_start", *NAMED}
    spared = ("BIGINT", "INTEGER", "BOOLEAN")
    return ", ".join(
        f'"{name}"' if name in asked or kind in spared else f'cast(null as {kind}) as "{name}"'
        for name, kind in columns.items()
    )


def test_page_is_written_whatever_is_not_known(demo_warehouse: Path, tmp_path: Path) -> None:
    out = tmp_path / "review.html"
    write_review(changed_marts(demo_warehouse, tmp_path, nothing_told), out, run_record(demo_warehouse))
    page = read(out)
    assert page.tables["channels"].column("label") == ["–"]
    assert page.tables["channels"].column("mqls") == page.tables["cohorts"].foot[1:2]
    with chromium() as browser, opened(browser, out) as view:
        for tab in TABS:
            view.click(f"#tab-{tab.KEY}")
        view.click("#tab-queue")
        view.click("table[data-table=queue] a[href^='#person']")
        view.wait_for_selector("#drawer[open]")
        assert "None" not in view.inner_text("body") and "null" not in view.inner_text("#drawer")


def test_missing_mart_writes_no_page(demo_warehouse: Path, tmp_path: Path) -> None:
    path = changed_marts(demo_warehouse, tmp_path, left_out="rpt_reconciliation")
    with pytest.raises(duckdb.Error):
        write_review(path, tmp_path / "review.html", run_record(demo_warehouse))
    assert not (tmp_path / "review.html").exists()


def test_words_for_what_is_small_missing_or_late() -> None:
    assert str(Rate(0, 0)) == "– (0 of 0)"
    assert (str(Rate(1, 8)), Rate(1, 8).interval) == ("13 % (1 of 8)", "2.2–47 %")
    assert (str(Rate(1, 40)), str(Rate(0, 40)), str(Rate(40, 40))) == (
        "2.5 % (1 of 40)",
        "0 % (0 of 40)",
        "100 % (40 of 40)",
    )
    assert Rate(500, 1000).interval == ""
    assert (tenths(0.0996), tenths(0.5), tenths(0.00001)) == ("10", "50", "0")
    assert (left(0), left(-1500), left(None)) == ("0 min left", "1 d 1 h overdue", "no clock")
    assert (span(None), span(timedelta(hours=-2, minutes=-5))) == ("–", "2 h 5 min")
    assert (seconds(0), seconds(59), seconds(90061), seconds(None)) == ("0 min", "under 1 min", "25 h 1 min", "–")
    assert (number(0.005), number(1234.5), number(None)) == ("0.01", "1,234.5", "–")
    assert (short_key("ab" * 16), short_key("001Hn")) == ("abababab…", "001Hn")
    assert without_email("x a@b.co y") == "x (e-mail withheld) y"
    assert EMAIL.search("a@b") is None
