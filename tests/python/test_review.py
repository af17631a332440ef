"""The review page: self-contained, safe, and its figures those of the marts. Reads marts filled by hand here."""

from __future__ import annotations

import html.parser
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from handoff.review import write_review
from handoff.review.figures import Share
from handoff.review.page import EMAIL, left, share, without_email

AS_OF = datetime(2026, 6, 30, 18)
RUN = {"as_of": "2026-06-30T18:00:00Z", "run_id": "run-7", "rules_hash": "0123456789abcdef", "code_version": "0.1.0"}
HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>'

TABLES = {
    "rpt_mql_in_context": """cohort_month date, channel varchar, segment varchar, grade varchar, scoring_model varchar,
        mqls bigint, accepted bigint, meetings_held bigint, opportunities bigint, pipeline_amount numeric(18,2),
        won bigint, won_amount numeric(18,2), lost bigint, rejected bigint, disqualified bigint, recycled bigint,
        expired bigint, merged bigint, "open" bigint, is_mature boolean""",
    "rpt_sla_compliance": """week_start date, team varchar, rep_id varchar, priority varchar, clock varchar,
        handoffs bigint, clocks bigint, met bigint, met_late bigint, closed_untouched bigint, open_breached bigint,
        "open" bigint, excused bigint, time_unknown bigint""",
    "rpt_follow_up_queue": """rank bigint, person_id varchar, account_id varchar, owner_id varchar, team varchar,
        next_action varchar, priority varchar, due_clock varchar, due_at timestamp, minutes_left bigint,
        reason varchar""",
    "rpt_quarantine": "source_system varchar, source_table varchar, row_key varchar, reason_codes varchar",
    "rpt_reconciliation": """source_system varchar, source_table varchar, rows_in bigint, "current" bigint,
        superseded bigint, deleted bigint, merged bigint, quarantined bigint, unaccounted bigint""",
    "fct_source_tables": """source_system varchar, source_table varchar, rows_in bigint, newest_row_at timestamp""",
    "fct_account_readiness": "account_id varchar, readiness_stage varchar",
    "fct_account_readiness_checks": "account_id varchar, criterion varchar, status varchar",
    "fct_lead_scores": "person_id varchar, scoring_model varchar, model_status varchar",
}

ROWS: dict[str, list[tuple[Any, ...]]] = {
    "rpt_mql_in_context": [
        (
            date(2026, 1, 1),
            "webinar",
            "smb",
            "A1",
            "2025-a",
            1204,
            611,
            300,
            120,
            250000,
            31,
            90000,
            40,
            200,
            50,
            60,
            30,
            3,
            790,
            True,
        ),
        (
            date(2026, 1, 1),
            "paid_search",
            "smb",
            "B2",
            "2025-a",
            300,
            50,
            11,
            2,
            4000,
            0,
            0,
            1,
            90,
            10,
            9,
            8,
            0,
            182,
            True,
        ),
        (date(2026, 6, 1), "webinar", "smb", "A1", "2026-a", 97, 12, 3, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 92, False),
    ],
    "rpt_sla_compliance": [
        (date(2026, 6, 29), "SDR EMEA", "005A", "P1", "speed_to_lead", 20, 20, 9, 3, 2, 1, 4, 1, 0),
        (date(2026, 6, 22), "SDR EMEA", "005A", "P2", "speed_to_lead", 8, 8, 2, 0, 0, 5, 0, 0, 1),
        (date(2026, 6, 22), "unassigned", "unassigned", "P2", "speed_to_lead", 4, 4, 0, 0, 1, 3, 0, 0, 0),
        (date(2025, 1, 6), "SDR EMEA", "005A", "P1", "speed_to_lead", 500, 500, 500, 0, 0, 0, 0, 0, 0),
        (date(2026, 6, 22), "SDR EMEA", "005A", "P2", "first_touch", 9, 10, 4, 2, 1, 3, 0, 0, 0),
    ],
    "rpt_follow_up_queue": [
        (
            rank,
            f"person{rank}",
            "001A",
            None if rank == 2 else "005A",
            "SDR EMEA",
            "same_day_call",
            "P1",
            "speed_to_lead",
            datetime(2026, 6, 30, 17),
            60 - 70 * rank,
            "Asked for us; no human touch yet",
        )
        for rank in range(1, 31)
    ],
    "rpt_quarantine": [
        ("salesforce", "lead", "00Q1", "bad_timestamp"),
        ("salesforce", "lead", "00Q2", "bad_timestamp"),
    ],
    "rpt_reconciliation": [("salesforce", "lead", 2000, 1900, 10, 20, 68, 2, 0)],
    "fct_source_tables": [
        ("salesforce", "lead", 2000, datetime(2026, 6, 30, 15, 30)),
        ("salesforce", "task", 10, datetime(2026, 6, 1)),
    ],
    "fct_account_readiness": [("1", "ready"), ("2", "engaged"), ("3", "none"), ("4", "none")],
    "fct_account_readiness_checks": [
        ("1", "recency", "met"),
        ("2", "recency", "unmet"),
        ("3", "recency", "too_early"),
        ("4", "recency", "not_applicable"),
    ],
    "fct_lead_scores": [("p", "2026-a", "active"), ("p", "2026-b-draft", "draft")],
}


def published(folder: Path, rows: dict[str, list[tuple[Any, ...]]]) -> Path:
    path = folder / "marts.duckdb"
    with duckdb.connect(":memory:") as database:
        database.execute(f"attach '{path}' as published")
        database.execute("create schema published.marts")
        for name, columns in TABLES.items():
            database.execute(f"create table published.marts.{name} ({columns})")
            for row in rows.get(name, []):
                database.execute(f"insert into published.marts.{name} values ({', '.join('?' * len(row))})", row)
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    out = tmp_path / "review.html"
    write_review(published(tmp_path, ROWS), out, RUN)
    return out


class Tables(html.parser.HTMLParser):
    """The text of every table cell, by the id of the region around the table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._region = ""
        self._cell: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "div" and (values.get("id") or "").endswith("-table"):
            self._region = values["id"] or ""
            self.tables[self._region] = []
        if tag == "tr" and self._region:
            self.tables[self._region].append([])
        if tag in ("td", "th"):
            self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[self._region][-1].append("".join(self._cell).strip())
            self._cell = None


def tables(page: Path) -> dict[str, list[list[str]]]:
    return Tables(page.read_text(encoding="utf-8")).tables


def test_cohorts_add_up_and_say_which_are_not_mature(page: Path) -> None:
    header, january, june, mature = tables(page)["cohorts-table"]
    assert header[:6] == ["Month", "MQLs", "Accepted", "Meeting held", "Opportunity", "Won"]
    assert january == [
        "2026-01",
        "1,504",
        "44 % (661 of 1,504)",
        "21 % (311 of 1,504)",
        "8 % (122 of 1,504)",
        "2 % (31 of 1,504)",
        "290",
        "60",
        "69",
        "38",
        "41",
        "972",
        "254,000",
        "90,000",
    ]
    assert june[:3] == ["2026-06 *", "97", "12 % (12 of 97)"]
    assert mature == ["Mature only", *january[1:]]


def test_compliance_counts_open_breaches_and_leaves_old_weeks_out(page: Path) -> None:
    _, emea, unassigned, everybody = tables(page)["teams-table"]
    assert emea == ["SDR EMEA", "28", "11", "3", "2", "6", "50 % (11 of 22)", "4", "1", "1"]
    assert unassigned == ["unassigned", "4", "0", "0", "1", "3", "0 % (0 of 4)", "0", "0", "0"]
    assert everybody == ["All teams", "32", "11", "3", "3", "9", "42 % (11 of 26)", "4", "1", "1"]


def test_reps_are_shown_by_their_own_clocks_alone(page: Path) -> None:
    assert tables(page)["reps-table"][1:] == [
        ["005A", "SDR EMEA", "10", "4", "2", "1", "3", "40 % (4 of 10)", "0", "0", "0"]
    ]


def test_weeks_and_priorities_hold_the_same_clocks(page: Path) -> None:
    assert [row[:4] for row in tables(page)["weeks-table"][1:]] == [
        ["2026-06-22", "12", "2", "0"],
        ["2026-06-29", "20", "9", "3"],
    ]
    assert [row[:4] for row in tables(page)["priorities-table"][1:]] == [["P1", "20", "9", "3"], ["P2", "12", "2", "0"]]


def test_queue_shows_the_first_and_says_how_many_there_are(page: Path) -> None:
    rows = tables(page)["queue-table"][1:]
    assert [row[0] for row in rows] == [str(rank) for rank in range(1, 26)]
    assert rows[1] == [
        "2",
        "P1",
        "same day call",
        "2026-06-30 17:00",
        "1 h 20 min overdue",
        "speed to lead",
        "SDR EMEA",
        "nobody",
        "Asked for us; no human touch yet",
        "001A",
        "person2",
    ]
    assert "The first 25 of 30 open handoffs" in page.read_text(encoding="utf-8")


def test_accounts_and_rows_are_those_of_the_marts(page: Path) -> None:
    found = tables(page)
    assert found["stages-table"][1:] == [
        ["customer", "0"],
        ["opportunity", "0"],
        ["ready", "1"],
        ["engaged", "1"],
        ["aware", "0"],
        ["target", "0"],
        ["none", "2"],
        ["All", "4"],
    ]
    assert found["criteria-table"][1:] == [["recency", "1", "1", "1", "1", "33 % (1 of 3)"]]
    assert found["rows-table"][1:] == [["salesforce", "lead", "2,000", "1,900", "10", "20", "68", "2", "0"]]
    assert found["quarantine-table"][1:] == [["salesforce", "lead", "bad timestamp", "2"]]


def test_header_says_when_what_and_how_fresh(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for words in ("2026-06-30 18:00 UTC", "run-7", "0123456789ab", "2026-a", "2026-06-30 15:30", "2 h 30 min"):
        assert words in text
    assert "2026-b-draft" not in text


def test_every_rate_stands_beside_its_counts(page: Path) -> None:
    for name, rows in tables(page).items():
        for cell in (cell for row in rows for cell in row if "%" in cell):
            assert re.fullmatch(r"(\d+ %|–) \([\d,]+ of [\d,]+\)", cell), (name, cell)


def test_page_names_no_address_and_runs_no_script(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(?i)https?:|//[a-z]|<script|<link[^>]+href=\"(?!data:)|@import|url\(", text)
    assert "default-src 'none'" in text


def test_hostile_text_and_addresses_stay_text_and_stay_out(tmp_path: Path) -> None:
    team = f"{HOSTILE} jane.doe@example.com"
    rows = ROWS | {
        "rpt_sla_compliance": [
            (date(2026, 6, 29), team, team, team, clock, 1, 1, 1, 0, 0, 0, 0, 0, 0)
            for clock in ("speed_to_lead", "first_touch")
        ],
        "rpt_follow_up_queue": [(1, team, team, team, team, team, team, team, AS_OF, 0, team)],
        "rpt_quarantine": [(team, team, team, team)],
        "rpt_reconciliation": [(team, team, 1, 1, 0, 0, 0, 0, 0)],
        "fct_source_tables": [(team, team, 1, AS_OF)],
        "fct_account_readiness": [("1", team)],
        "fct_account_readiness_checks": [("1", team, "met")],
        "fct_lead_scores": [("1", team, "active")],
        "rpt_mql_in_context": [(date(2026, 1, 1), team, team, team, team, *([1] * 7), *([0] * 7), True)],
    }
    out = tmp_path / "review.html"
    write_review(published(tmp_path, rows), out, RUN | {"run_id": team, "code_version": team, "rules_hash": team})
    text = out.read_text(encoding="utf-8")
    assert "<img" not in text
    assert "<script" not in text
    assert not re.search(r"[\w.]+@[\w.]+", text)
    assert "jane.doe" not in text
    assert "(e-mail withheld)" in text


def test_empty_marts_say_so_instead_of_drawing_nothing(tmp_path: Path) -> None:
    out = tmp_path / "review.html"
    write_review(published(tmp_path, {}), out, RUN)
    text = out.read_text(encoding="utf-8")
    assert "<svg" not in text
    for words in ("No MQL cycle has opened", "No speed-to-lead clock", "Nothing waits", "No account came in"):
        assert words in text


def test_missing_mart_writes_no_page(tmp_path: Path) -> None:
    path = published(tmp_path, ROWS)
    with duckdb.connect(":memory:") as database:
        database.execute(f"attach '{path}' as published")
        database.execute("drop table published.marts.rpt_reconciliation")
    with pytest.raises(duckdb.Error):
        write_review(path, tmp_path / "review.html", RUN)
    assert not (tmp_path / "review.html").exists()


def test_same_marts_give_the_same_page(tmp_path: Path, page: Path) -> None:
    again = tmp_path / "again.html"
    write_review(tmp_path / "marts.duckdb", again, RUN)
    assert again.read_bytes() == page.read_bytes()


def test_words_for_nothing_decided_and_time_left() -> None:
    assert share(Share(0, 0)) == "– (0 of 0)"
    assert share(Share(1, 8)) == "13 % (1 of 8)"
    assert left(0) == "0 min left"
    assert left(-1500) == "1 d 1 h overdue"
    assert left(None) == "no clock"
    assert without_email("x a@b.co y") == "x (e-mail withheld) y"
    assert EMAIL.search("a@b") is None


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield started
        started.close()


def test_browser_asks_for_nothing_and_reaches_everything_by_key(page: Path, browser: Any) -> None:
    for width in (1280, 390):
        view = browser.new_page(viewport={"width": width, "height": 900})
        requests: list[str] = []
        complaints: list[str] = []
        view.on("request", lambda request, requests=requests: requests.append(request.url))
        view.on("console", lambda message, complaints=complaints: complaints.append(message.text))
        view.on("pageerror", lambda error, complaints=complaints: complaints.append(str(error)))
        view.goto(page.as_uri())
        assert [url for url in requests if not url.startswith("data:")] == [page.as_uri()]
        assert complaints == []
        assert view.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert view.locator("svg").count() == 4
        reached = set()
        for _ in range(60):
            view.keyboard.press("Tab")
            reached.add(view.evaluate("document.activeElement.id || document.activeElement.getAttribute('href')"))
        assert {"#volume", "#sla", "#queue", "#accounts", "#rows"} <= reached
        assert set(tables(page)) <= reached
        shown = view.locator("#cohorts-table td").all_inner_texts()
        assert [cell.strip() for cell in shown] == [c for row in tables(page)["cohorts-table"][1:] for c in row[1:]]
        view.close()
