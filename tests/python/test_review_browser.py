"""The review page in a browser, opened from disk: every tab, filter, drawer, address and key, on desk, phone, paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import pytest
from handoff.review.page import TABS
from support import review_oracle as by_hand
from support.review import Page, chromium, opened, read

KEYS = [tab.KEY for tab in TABS]
SHOWN = "[...document.querySelectorAll('[data-panel]')].filter(one => one.offsetHeight).map(one => one.dataset.panel)"
FOCUSED = "document.activeElement.id || document.activeElement.getAttribute('href')"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(demo_warehouse: Path) -> Path:
    return (demo_warehouse / "review.html").resolve()


@pytest.fixture(scope="module")
def told(page: Path) -> Page:
    return read(page)


def visible(view: Any, table: str) -> list[list[str]]:
    rows: list[list[str]] = view.eval_on_selector_all(
        f"table[data-table='{table}'] tbody tr",
        "rows => rows.filter(row => row.offsetHeight).map(row => [...row.cells].map(cell => "
        "cell.textContent.replace(/\\s+/g, ' ').trim()))",
    )
    return rows


@pytest.mark.parametrize("width", [1280, 360])
def test_every_tab_is_one_click_away_and_nothing_scrolls_sideways(browser: Any, page: Path, width: int) -> None:
    with opened(browser, page, width=width) as view:
        assert view.evaluate(SHOWN) == KEYS[:1]
        for key in KEYS:
            view.click(f"#tab-{key}")
            assert view.evaluate(SHOWN) == [key]
            view.wait_for_function(f"location.hash === '#tab={key}'")
            assert view.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), key
            view.evaluate("window.scrollTo(0, document.body.scrollHeight)")
            header = view.inner_text("header.top")
            assert view.locator(".stamp").is_visible() and "As of 2026-06-30 18:00 UTC" in header and "2026-a" in header
            assert view.evaluate("document.querySelector('.stamp').getBoundingClientRect().top") >= 0
        view.go_back()
        view.wait_for_function(f"document.documentElement.dataset.shown === '{KEYS[-2]}'")
        assert view.evaluate(SHOWN) == [KEYS[-2]]


def test_tabs_follow_the_keys_of_the_pattern_and_focus_roves(browser: Any, page: Path) -> None:
    with opened(browser, page) as view:
        assert view.get_attribute("nav.tabs", "role") == "tablist"
        view.focus("#tab-funnel")
        for key, expected in (
            ("ArrowRight", KEYS[1]),
            ("End", KEYS[-1]),
            ("ArrowRight", KEYS[0]),
            ("ArrowLeft", KEYS[-1]),
            ("Home", KEYS[0]),
        ):
            view.keyboard.press(key)
            assert view.evaluate(FOCUSED) == f"tab-{expected}"
            assert view.evaluate(SHOWN) == [expected]
            chosen = view.eval_on_selector_all("[role=tab][aria-selected=true]", "all => all.map(one => one.id)")
            stops = view.eval_on_selector_all("[role=tab][tabindex='0']", "all => all.map(one => one.id)")
            assert chosen == stops == [f"tab-{expected}"]
        outline = view.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        controlled = view.get_attribute("#tab-queue", "aria-controls")
        assert view.get_attribute(f"#{controlled}", "role") == "tabpanel"


def test_tab_key_reaches_every_table_of_a_tab(browser: Any, page: Path) -> None:
    with opened(browser, page, "#tab=accounts") as view:
        boxes = set(view.eval_on_selector_all("#panel-accounts .scroll[id]", "all => all.map(one => one.id)"))
        reached = set()
        for _ in range(400):
            view.keyboard.press("Tab")
            reached.add(view.evaluate(FOCUSED))
            if boxes <= reached:
                break
        assert boxes and boxes <= reached


def test_every_filter_narrows_its_table_and_gives_it_back(browser: Any, page: Path, told: Page) -> None:
    with opened(browser, page) as view:
        used = 0
        for key in KEYS:
            view.click(f"#tab-{key}")
            for name in view.eval_on_selector_all(
                f"#panel-{key} [data-filters]", "all => all.map(one => one.dataset.filters)"
            ):
                table, bar = told.tables[name], f"[data-filters='{name}']"
                whole = len(table.rows)
                wanted = table.rows[-1][0].split()[0].lower()
                view.fill(f"{bar} input[type=search]", wanted)
                matching = [row for row in table.rows if wanted in " ".join(row).lower()]
                assert [row[0] for row in visible(view, name)] == [row[0] for row in matching], name
                view.fill(f"{bar} input[type=search]", "no such thing")
                assert visible(view, name) == []
                assert view.inner_text(f"{bar} output").startswith(f"0 of {whole} rows")
                view.click(f"{bar} button")
                assert len(visible(view, name)) == whole, name
                used += 1
        assert used >= 15


def test_choices_and_ranges_choose(browser: Any, page: Path, told: Page) -> None:
    with opened(browser, page, "#tab=queue") as view:
        queue = told.tables["queue"]
        team = queue.column("team")[0]
        view.select_option("[data-filters=queue] [name=team]", team)
        assert [row[0] for row in visible(view, "queue")] == [
            rank for rank, one in zip(queue.column("rank"), queue.column("team"), strict=True) if one == team
        ]
        owner = next(one for one in queue.column("owner_id") if queue.column("owner_id").count(one) < len(queue.rows))
        view.click("[data-filters=queue] button")
        view.select_option("[data-filters=queue] [name=owner_id]", owner)
        assert {row[queue.columns.index("owner_id")] for row in visible(view, "queue")} == {owner}
        view.click("#tab-funnel")
        months = told.tables["cohorts"].column("cohort_month")
        view.select_option("[data-filters=cohorts] [name=cohort_month_from]", months[3].split()[0])
        view.select_option("[data-filters=cohorts] [name=cohort_month_until]", months[6].split()[0])
        assert [row[0] for row in visible(view, "cohorts")] == months[3:7]
        assert "totals are of all" in view.inner_text("[data-filters=cohorts] output")


@pytest.mark.parametrize(
    ("picked", "by"),
    [
        ({}, "channel"),
        ({"segment": "smb"}, "grade"),
        ({"from": 4, "until": 12, "channel": "paid search"}, "segment"),
        ({"from": 10, "grade": "B1", "scoring_model": "2025-a"}, "channel"),
        ({"from": 12, "until": 4}, "channel"),
    ],
)
def test_picked_cohorts_sum_to_what_the_report_gives(
    browser: Any, page: Path, published: duckdb.DuckDBPyConnection, picked: dict[str, Any], by: str
) -> None:
    rows = by_hand.Marts(published, datetime(2026, 6, 30))("rpt_mql_in_context")
    months = sorted({row["cohort_month"] for row in rows})
    chosen = [
        row
        for row in rows
        if months[picked.get("from", 0)] <= row["cohort_month"] <= months[picked.get("until", -1)]
        and all(row[name] == wanted.replace(" ", "_") for name, wanted in picked.items() if isinstance(wanted, str))
    ]
    with opened(browser, page) as view:
        view.click("#explorer summary")
        for name, value in picked.items():
            view.select_option(
                f"#explorer [name={name}]", label=f"{months[value]:%Y-%m}" if value in (4, 10, 12) else value
            )
        view.select_option("#explorer [name=by]", by)
        names = [
            "label",
            *view.eval_on_selector_all("#explorer th[data-column]", "all => all.map(one => one.dataset.column)")[1:],
        ]
        shown = view.eval_on_selector_all(
            "#explorer :is(tbody, tfoot) tr",
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.replace(/\\s+/g, ' ').trim()))",
        )
    found = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in shown}
    expected = {by_hand.spoken(key): by_hand.funnel_cells(some) for key, some in by_hand.groups(chosen, by).items()}
    assert found == {**expected, "All picked": by_hand.funnel_cells(chosen)}


def test_drawer_opens_by_key_shows_the_marts_and_gives_focus_back(
    browser: Any, page: Path, published: duckdb.DuckDBPyConnection
) -> None:
    person, account, grade = published.execute(
        "select queue.person_id, queue.account_id, scores.grade from marts.rpt_follow_up_queue as queue "
        "inner join marts.fct_lead_scores as scores on queue.person_id = scores.person_id and model_status = 'active' "
        "where queue.account_id is not null order by rank limit 1"
    ).fetchone()
    rows = published.execute(
        "select count(*) from marts.fct_score_points inner join marts.fct_lead_scores using (person_id, scoring_model) "
        "where model_status = 'active' and person_id = ?",
        [person],
    ).fetchone()[0]
    clocks = published.execute("select count(*) from marts.fct_handoff_sla where person_id = ?", [person]).fetchone()[0]
    with opened(browser, page, "#tab=queue") as view:
        link = f"table[data-table=queue] a[href='#person={person}']"
        view.focus(link)
        view.keyboard.press("Enter")
        view.wait_for_selector("#drawer[open]")
        assert view.inner_text("#drawer-title") == f"Person {person}"
        names, values = (view.locator(f"#drawer {tag}").all_inner_texts() for tag in ("dt", "dd"))
        facts = dict(zip(names, values, strict=True))
        assert facts["Grade"] == grade and facts["Account"] == account
        captions = view.locator("#drawer caption").all_inner_texts()
        assert f"Score, row by row ({rows})" in captions and f"Clocks ({clocks})" in captions
        view.click(f"#drawer a[href='#account={quote(account, safe='')}']")
        view.wait_for_function(
            "title => document.getElementById('drawer-title').textContent === title", arg=f"Account {account}"
        )
        captions = view.locator("#drawer caption").all_inner_texts()
        assert {"Criteria", "Committee"} <= {caption.split(" (")[0] for caption in captions}
        for _ in range(30):  # focus stays inside
            view.keyboard.press("Tab")
            assert view.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )
        view.keyboard.press("Escape")
        view.wait_for_selector("#drawer", state="hidden")
        view.wait_for_function("location.hash === '#tab=queue'")
        assert view.evaluate("document.activeElement.getAttribute('href')") == f"#person={person}"


def test_addresses_open_what_they_name(browser: Any, page: Path, published: duckdb.DuckDBPyConnection) -> None:
    person, account = published.execute(
        "select person_id, account_id from marts.rpt_handoff_review where account_id is not null "
        "order by week_start desc, review_id limit 1"
    ).fetchone()
    for address, title, tab in (
        (f"#person={person}", f"Person {person}", "funnel"),
        (f"#account={quote(account, safe='')}", f"Account {account}", "funnel"),
        (f"#tab=inspection&person={person}", f"Person {person}", "inspection"),
    ):
        with opened(browser, page, address) as view:
            assert view.inner_text("#drawer-title") == title
            assert view.evaluate(SHOWN) == [tab]
            view.click("#drawer-close")
            view.wait_for_function(f"location.hash === '#tab={tab}'")
            assert not view.locator("#drawer").is_visible()
    with opened(browser, page, "#person=nobody") as view:
        assert "handoff explain nobody" in view.inner_text("#drawer-body")
    with opened(browser, page, "#tab=nonsense&x") as view:
        assert view.evaluate(SHOWN) == KEYS[:1]


def test_paper_holds_every_tab_and_no_control(browser: Any, page: Path) -> None:
    with opened(browser, page, "#tab=queue") as view:
        view.fill("[data-filters=queue] input[type=search]", "P1")
        chosen = visible(view, "queue")
        view.emulate_media(media="print")
        assert view.evaluate(SHOWN) == KEYS
        assert view.locator(":is(button, input, select, nav.tabs):visible").count() == 0
        assert visible(view, "queue") == chosen != []
        told = view.evaluate(
            "getComputedStyle(document.querySelector('[data-table=queue] caption'), '::before').content"
        )
        assert f"{len(chosen)} of " in told
        assert len(visible(view, "rules")) == 30  # of a long table the first rows, and it says so
        assert "the first 30 rows" in view.evaluate(
            "getComputedStyle(document.querySelector('[data-table=rules] caption'), '::after').content"
        )
        assert view.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_page_reads_without_script(browser: Any, page: Path) -> None:
    with opened(browser, page, java_script_enabled=False) as view:
        assert all(view.locator(f"#panel-{key}").is_visible() for key in KEYS)
        assert view.locator("svg:visible").count() >= 8


def test_two_thousand_people_open_in_under_a_second(browser: Any, page: Path) -> None:
    """The best of three: the machine may be busy, the page may not."""
    times = []
    for _ in range(3):
        with opened(browser, page) as view:
            times.append(view.evaluate("performance.getEntriesByName('interactive')[0].startTime"))
    assert min(times) < 1000, times
