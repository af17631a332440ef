"""Every figure on the page, worked out again from whole marts in Python: each table, its foot, tiles, cards, charts."""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from handoff.review import write_review
from support import review_oracle as by_hand
from support.review import Page, changed_marts, read, run_record
from support.review_expected_flow import Table, funnel, speed, worked
from support.review_expected_quality import accounts, rejections, score
from support.review_oracle import Marts, groups, share, spoken, total, whole

CLOCKS = ("met", "met_late", "closed_untouched", "open_breached")


@pytest.fixture(scope="module")
def page(demo_warehouse: Path) -> Page:
    return read(demo_warehouse / "review.html")


@pytest.fixture(scope="module")
def marts(demo_warehouse: Path, published: duckdb.DuckDBPyConnection) -> Marts:
    as_of = datetime.fromisoformat(run_record(demo_warehouse)["as_of"]).replace(tzinfo=None)
    return Marts(published, as_of)


@pytest.fixture(scope="module")
def expected(marts: Marts) -> dict[str, Table]:
    return {**funnel(marts), **speed(marts), **score(marts), **rejections(marts), **accounts(marts), **worked(marts)}


def test_every_cell_of_every_table_is_what_the_marts_give(page: Page, expected: dict[str, Table]) -> None:
    assert set(expected) == set(page.tables) | set(page.nothing)
    assert [key for key in page.nothing if expected[key][1]] == []
    cells = 0
    for key, table in page.tables.items():
        names, rows = expected[key]
        shown = table.by(*names)
        told = re.search(r"the first ([\d,]+) of ([\d,]+) rows", table.caption)
        if told is None:
            assert set(shown) == set(rows), key
        else:
            assert (told[1], told[2]) == (whole(len(shown)), whole(len(rows))), key
            assert len(shown) < len(rows) and set(shown) <= set(rows), key
        for row, found in shown.items():
            mine = {name: text for name, text in found.items() if name not in names}
            assert mine == rows[row], (key, row)
            cells += len(mine)
    assert cells > 5000


def test_feet_tiles_and_sentences_are_what_the_marts_give(page: Page, marts: Marts) -> None:
    cohorts = by_hand.funnel_cells(marts("rpt_mql_in_context"))
    table = page.tables["cohorts"]
    assert dict(zip(table.columns, table.foot, strict=True)) == {"cohort_month": "All", **cohorts}
    clocks = [row for row in marts("rpt_sla_compliance", clock="speed_to_lead") if row["week_start"] >= marts.since]
    teams = page.tables["teams"]
    assert dict(zip(teams.columns, teams.foot, strict=True)) == {"team": "All", **by_hand.clock_cells(clocks)}
    queue, ready = marts("rpt_follow_up_queue"), marts("fct_account_readiness")
    figures = [
        cohorts["accepted"],
        cohorts["opportunities"],
        by_hand.clock_cells(clocks)["met"],
        share(sum(row["missed_clocks"] is not None for row in queue), len(queue)),
        share(sum(row["readiness_stage"] == "ready" for row in ready), len(ready)),
    ]
    assert len(page.tiles) == len(figures)
    for tile, text in zip(page.tiles, figures, strict=True):
        assert tile.startswith(f"{text} of "), tile


def test_cards_are_the_sample_of_the_last_weeks(page: Page, marts: Marts) -> None:
    weeks = sorted({row["week_start"] for row in marts("rpt_handoff_review")})[-4:]
    sample = {row["review_id"]: row for row in marts("rpt_handoff_review") if row["week_start"] in weeks}
    assert set(page.cards) == set(sample) and len(sample) > 20
    for review_id, card in page.cards.items():
        row = sample[review_id]
        for text in (row["question"], row["evidence"], row["what_happened_next"], f"grade {row['grade']}"):
            assert " ".join(text.split()) in card, (review_id, text)
        assert f"Week of {row['week_start']}" in card and f"1 of {row['candidates']} candidates" in card


def test_verdicts_and_quarantine_that_the_demo_lacks_are_told(demo_warehouse: Path, tmp_path: Path) -> None:
    """A company that inspects and has bad rows: made of the demo's own weeks and source rows."""
    filled = {
        "rpt_review_agreement": "* replace (sampled as reviewed, 3 * sampled as verdicts, sampled as unsure, "
        "sampled + week(week_start) % 2 as agreed, sampled - week(week_start) % 2 as disagreed)",
    }
    path = changed_marts(demo_warehouse, tmp_path, lambda table, columns: filled.get(table, "*"))
    with duckdb.connect(":memory:") as database:
        database.execute(f"attach '{path}' as changed")
        database.execute(
            "insert into changed.marts.rpt_quarantine by name select source_system, source_table, row_key, "
            "case when source_row_number % 3 = 0 then '' else 'bad_timestamp,missing_key' end as reason_codes "
            "from changed.marts.fct_row_dispositions where source_row_number <= 10"
        )
        marts = Marts(database, datetime(2026, 6, 30, 18))
        marts.connection.execute("use changed")
        quarantined = Counter(
            (row["source_system"], row["source_table"], spoken(row["reason_codes"] or "no_reason_given"))
            for row in marts("rpt_quarantine")
        )
        tables = {key: table for key, table in worked(marts).items() if key.startswith("agreement")}
    write_review(path, tmp_path / "review.html", run_record(demo_warehouse))
    page = read(tmp_path / "review.html")
    for key, (names, rows) in tables.items():
        shown = page.tables[key].by(*names)
        assert {
            row: {name: text for name, text in cells.items() if name not in names} for row, cells in shown.items()
        } == rows
        assert all(cells["agreed"] != "– (0 of 0)" for cells in rows.values())
    told = page.tables["quarantine"].by("source_system", "source_table", "reason_codes")
    assert {key: cells["quarantined"] for key, cells in told.items()} == {
        key: whole(number) for key, number in quarantined.items()
    }
    assert len(quarantined) > 10
    assert 'data-chart="agreement-weeks"' in (tmp_path / "review.html").read_text(encoding="utf-8")


def test_merged_mqls_stand_in_no_rate(demo_warehouse: Path, tmp_path: Path) -> None:
    """Half of each larger cohort merged into another, in both reports."""
    merged = "* replace (cast(mqls // 2 as bigint) as merged, least(accepted, mqls - mqls // 2) as accepted)"
    path = changed_marts(
        demo_warehouse,
        tmp_path,
        lambda table, columns: merged if table in ("rpt_mql_in_context", "rpt_mql_funnel") else "*",
    )
    with duckdb.connect(":memory:") as database:
        database.execute(f"attach '{path}' as changed")
        database.execute("use changed")
        expected = funnel(Marts(database, datetime(2026, 6, 30, 18)))
    write_review(path, tmp_path / "review.html", run_record(demo_warehouse))
    page = read(tmp_path / "review.html")
    for key in ("cohorts", "channels", "segments", "grades", "models", "entry-reasons"):
        names, rows = expected[key]
        for row, cells in page.tables[key].by(*names).items():
            assert {name: text for name, text in cells.items() if name not in names} == rows[row], (key, row)
    assert int(page.tables["cohorts"].foot[page.tables["cohorts"].columns.index("merged")]) > 10


def marks(text: str, chart: str, counted: str) -> list[dict[str, str]]:
    """What the marks of a chart that count something say of themselves to a screen reader."""
    drawn = text.split(f'data-chart="{chart}"')[1].split("</figure>")[0]
    labels = [html.unescape(label) for label in re.findall(r'aria-label="([^"]+)"', drawn)]
    told = [dict(part.split(": ", 1) for part in label.split("; ") if ": " in part) for label in labels]
    return [mark for mark in told if counted in mark]


def test_charts_draw_what_the_marts_give(demo_warehouse: Path, marts: Marts) -> None:
    text = (demo_warehouse / "review.html").read_text(encoding="utf-8")
    cohorts = marts("rpt_mql_in_context")
    bars = Counter((mark["month"].rstrip(" *"), mark["count"]) for mark in marks(text, "cohorts", "count"))
    drawn = Counter(
        (f"{month:%Y-%m}", str(total(rows, step)))
        for month, rows in groups(cohorts, "cohort_month").items()
        for step in ("mqls", "accepted", "meetings_held", "opportunities", "won")
    )
    assert {key: 2 * number for key, number in drawn.items()} == bars  # a bar, and the number above it
    recent = [row for row in marts("rpt_sla_compliance", clock="speed_to_lead") if row["week_start"] >= marts.since]
    assert {
        (mark["group"], mark["verdict"]): int(mark["decided clocks"]) for mark in marks(text, "teams", "decided clocks")
    } == {
        (team, verdict): total(rows, name)
        for team, rows in groups(recent, "team").items()
        for verdict, name in zip(("met", "met late", "closed untouched", "open and breached"), CLOCKS, strict=True)
    }
    matrix = {(mark["fit"], mark["engagement"]): int(mark["accounts"]) for mark in marks(text, "matrix", "accounts")}
    assert matrix == {
        key: total(rows, "accounts")
        for key, rows in groups(marts("rpt_readiness_matrix"), "fit_level", "engagement_level").items()
    }
    stages = {mark["label"]: int(mark["accounts"]) for mark in marks(text, "stages", "accounts")}
    assert stages == {
        spoken(one): len(rows) for one, rows in groups(marts("fct_account_readiness"), "readiness_stage").items()
    }
