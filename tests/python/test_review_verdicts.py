"""Verdicts typed into the page: kept, exported, and back as the seed that the project reads."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from handoff.rule_schemas.feedback import ReviewVerdict
from support.compiled import compiled_project
from support.review import chromium, opened

SEED = "rules/feedback/rule_review_verdicts.csv"
NOTE = '=HYPERLINK("x"), it was "late"'


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(demo_warehouse: Path) -> Path:
    return (demo_warehouse / "review.html").resolve()


def export(view: Any, out: Path) -> None:
    with view.expect_download() as download:
        view.click("#verdicts button[type=submit]")
    download.value.save_as(out)


@pytest.fixture(scope="module")
def exported(browser: Any, page: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """What the browser downloads after every sampled row was judged by hand, and what was said of each."""
    out = tmp_path_factory.mktemp("verdicts") / "verdicts.csv"
    said: dict[str, str] = {}
    with opened(browser, page, "#tab=inspection", accept_downloads=True) as view:
        view.fill("[name=reviewer]", "+anna")
        view.fill("[name=reviewed_on]", "2026-06-30")
        for at, review_id in enumerate(
            view.eval_on_selector_all("[data-review]", "all => all.map(one => one.dataset.review)")
        ):
            verdict = ("agree", "agree", "disagree", "unsure")[at % 4]
            view.check(f"[data-review='{review_id}'] input[value={verdict}]")
            if at == 0:
                view.fill(f"[data-review='{review_id}'] .note input", NOTE)
            said[review_id] = verdict
        export(view, out)
    return out, said


def test_export_has_the_columns_of_the_seed_and_no_formula(
    exported: tuple[Path, dict[str, str]], project_dir: Path
) -> None:
    out, said = exported
    header = (project_dir / "seeds" / SEED).read_text(encoding="utf-8").splitlines()[0]
    assert out.read_text(encoding="utf-8").splitlines()[0] == header
    with out.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["review_id"]: row["verdict"] for row in rows} == said and len(rows) > 20
    assert {row["reviewer"] for row in rows} == {"'+anna"}
    assert rows[0]["note"] == f"'{NOTE}"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    for row in rows:
        ReviewVerdict.model_validate({name: value or None for name, value in row.items()})


def test_rules_lint_takes_the_exported_file_for_the_seed(
    exported: tuple[Path, dict[str, str]], project_dir: Path, tmp_path: Path
) -> None:
    shutil.copytree(project_dir / "seeds", tmp_path / "seeds")
    shutil.copyfile(exported[0], tmp_path / "seeds" / SEED)
    done = subprocess.run(
        [sys.executable, "-m", "handoff.cli", "rules", "lint", "--seeds", str(tmp_path / "seeds")],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_downloaded_file_comes_back_as_agreement(
    exported: tuple[Path, dict[str, str]], published: duckdb.DuckDBPyConnection
) -> None:
    """The very file goes in as the seed; the project's own SQL tells agreement over the sample that the page showed."""
    out, said = exported
    with out.open(encoding="utf-8", newline="") as handle:
        verdicts = [{name: value or None for name, value in row.items()} for row in csv.DictReader(handle)]
    sample = published.execute(
        "select review_id, week_start, stratum, candidates from marts.fct_review_sample"
    ).fetchall()
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.load_seeds({"rule_review_verdicts": verdicts})
        warehouse.put(
            "fct_review_sample",
            [
                {"review_id": review_id, "week_start": str(week), "stratum": stratum, "candidates": candidates}
                for review_id, week, stratum, candidates in sample
            ],
        )
        warehouse.run("rpt_review_agreement", as_of="2026-06-30 18:00:00")
        report = warehouse.rows("rpt_review_agreement")
    expected = Counter(
        (str(week), stratum, said[review_id]) for review_id, week, stratum, _ in sample if review_id in said
    )
    told = Counter(
        {
            (str(row["week_start"]), row["stratum"], verdict): row[column]
            for row in report
            for verdict, column in (("agree", "agreed"), ("disagree", "disagreed"), ("unsure", "unsure"))
        }
    )
    assert +told == expected
    assert sum(row["verdicts_out_of_sample"] for row in report) == 0
    assert sum(row["reviewed"] for row in report) == len(said)


def test_what_was_typed_is_there_when_the_page_opens_again(browser: Any, page: Path, tmp_path: Path) -> None:
    context = browser.new_context(accept_downloads=True)
    view = context.new_page()
    view.goto(page.as_uri() + "#tab=inspection")
    first, second = view.eval_on_selector_all("[data-review]", "all => all.slice(0, 2).map(one => one.dataset.review)")
    view.fill("[name=reviewer]", "anna")
    view.fill("[name=reviewed_on]", "2026-06-30")
    view.focus(f"[data-review='{first}'] input[value=agree]")
    view.keyboard.press("ArrowRight")  # by key: the next choice
    view.fill(f"[data-review='{first}'] .note input", "called twice")
    view.close()

    view = context.new_page()
    view.goto(page.as_uri() + "#tab=inspection")
    assert view.input_value("[name=reviewer]") == "anna"
    assert view.is_checked(f"[data-review='{first}'] input[value=disagree]")
    assert view.input_value(f"[data-review='{first}'] .note input") == "called twice"
    view.fill("[name=reviewed_on]", "2026-06-30")
    export(view, tmp_path / "one.csv")
    assert view.inner_text("#verdicts-status").startswith("Exported 1")
    view.check(f"[data-review='{second}'] input[value=unsure]")
    export(view, tmp_path / "two.csv")
    view.check("[name=again]")
    export(view, tmp_path / "both.csv")
    lines = {name: (tmp_path / f"{name}.csv").read_text().splitlines()[1:] for name in ("one", "two", "both")}
    ids = {name: [line.split(",")[0] for line in some] for name, some in lines.items()}
    assert ids == {"one": [first], "two": [second], "both": [first, second]}
    view.click(f"[data-review='{first}'] .clear")
    assert not view.is_checked(f"[data-review='{first}'] input[value=disagree]")
    kept = json.loads(view.evaluate("localStorage.getItem('handoff.review.verdicts')"))
    assert list(kept["verdicts"]) == [second]
    context.close()


@pytest.mark.parametrize(
    ("reviewer", "day", "note", "why"),
    [
        ("", "2026-06-30", "", "Say who you are first."),
        ("anna@example.com", "2026-06-30", "", "Name yourself by an id without @."),
        ("anna", "", "", "Say on which day you looked."),
        ("anna", "2020-01-01", "", "The day of the inspection is before a week that it is about."),
        ("anna", "2026-06-30", "ask jo@example.com", "A note holds an address: take out the @."),
    ],
)
def test_export_says_what_is_missing(browser: Any, page: Path, reviewer: str, day: str, note: str, why: str) -> None:
    with opened(browser, page, "#tab=inspection") as view:
        view.click("#verdicts button[type=submit]")
        assert view.inner_text("#verdicts-status").startswith("No verdict to export.")
        view.fill("[name=reviewer]", reviewer)
        view.fill("[name=reviewed_on]", day)
        view.check("[data-review] input[value=agree] >> nth=0")
        view.fill("[data-review] .note input >> nth=0", note)
        view.click("#verdicts button[type=submit]")
        assert view.inner_text("#verdicts-status").startswith(why)


def test_weeks_and_kinds_narrow_the_sample(browser: Any, page: Path) -> None:
    with opened(browser, page, "#tab=inspection") as view:
        week = view.eval_on_selector("[data-review]", "one => one.dataset.week")
        view.select_option("[name=week]", week)
        view.select_option("[name=stratum]", "held_back")
        shown = view.eval_on_selector_all(
            "[data-review]:not([hidden])", "all => all.map(one => [one.dataset.week, one.dataset.stratum])"
        )
        assert shown and all(one == [week, "held_back"] for one in shown)


def test_browser_that_keeps_nothing_is_told(browser: Any, page: Path) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });")
    view = context.new_page()
    view.goto(page.as_uri() + "#tab=inspection")
    view.check("[data-review] input[value=agree] >> nth=0")
    assert "export before you close the page" in view.inner_text("#verdicts-status")
    assert "1 of" in view.inner_text("#verdicts-status")
    context.close()
