"""The audit of the demo's company: every number in it is a mart's, and what costs most comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from handoff.cli import cli
from handoff.company_audit import Audit, audit_command, read_audit
from handoff.company_audit.findings import CHECKS, PARTS
from handoff.company_audit.read import written
from handoff.company_audit.render import as_html, as_markdown
from handoff.errors import CouldNotRun


@pytest.fixture(scope="module")
def parquet(demo_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published Parquet files, in the place of the database that the audit reads."""
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        for file in sorted((demo_warehouse / "marts").glob("*.parquet")):
            connection.execute(f"create view marts.{file.stem} as select * from read_parquet('{file}')")
        yield connection


@pytest.fixture(scope="module")
def audit(published: duckdb.DuckDBPyConnection) -> Audit:
    def ask(sql: str) -> list[dict[str, Any]]:
        cursor = published.execute(sql)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return read_audit(ask)


def test_every_figure_is_a_mart_s(audit: Audit, parquet: duckdb.DuckDBPyConnection) -> None:
    assert len(audit.figures) > 50
    for figure in audit.figures:
        assert "marts." in figure.sql
        (value,) = parquet.execute(figure.sql).fetchone() or (None,)
        assert written(value, figure.kind) == figure.text, figure.name
    for finding in (*audit.findings, *audit.too_few):
        rows = parquet.execute(finding.table.sql).fetchall()
        assert len(rows) == finding.table.row_count >= len(finding.table.rows) > 0


def test_no_number_is_told_that_is_no_figure(audit: Audit) -> None:
    """Every digit of the text, once ids of rows, queries and the numbering are taken off."""
    text = as_markdown(audit).split("## Where each figure comes from")[0]
    text = re.sub(r"```sql\n.*?\n```", "", text, flags=re.S)
    for finding in (*audit.findings, *audit.too_few):
        text = text.replace(f"{len(finding.table.rows)} of {finding.table.row_count} rows.", "", 1)
        for row in finding.table.rows:
            line = "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
            assert line in text
            text = text.replace(line, "", 1)
        text = text.replace("| " + " | ".join(finding.table.columns) + " |", "", 1)
    text = re.sub(r"^As of .*$|^\d+\. |^### (\d+\.\d+|Few \d+)\. |^## Part \d+", "", text, flags=re.M)
    for told in sorted({figure.text for figure in audit.figures}, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.,-]){re.escape(told)}(?![\w-]|[.,]\d)", "", text)
    assert re.findall(r"\S*\d\S*", text) == []


def test_a_number_of_nowhere_would_be_found(audit: Audit) -> None:
    first = audit.findings[0]
    forged = replace(audit, findings=(replace(first, text=f"{first.text} And 4711 more."), *audit.findings[1:]))
    with pytest.raises(AssertionError):
        test_no_number_is_told_that_is_no_figure(forged)


def test_what_costs_most_comes_first(audit: Audit) -> None:
    keys = [finding.check.key for finding in audit.findings]
    assert len(keys) == len(set(keys)) >= 8
    groups: list[list[float]] = [[], [], []]
    for finding in audit.findings:
        place = 2 if finding.money is None else 1 if finding.check.stake == "without us" else 0
        assert not any(groups[place + 1 :]), "a group begins when the one before is done"
        groups[place].append(float(finding.money.value) if finding.money else finding.cases)
    assert all(group == sorted(group, reverse=True) for group in groups)
    assert all(groups)
    least = audit.least_cases.value
    assert all(finding.money or finding.cases >= least for finding in audit.findings)
    assert all(not finding.money and finding.cases < least for finding in audit.too_few)


def test_the_five_parts_are_there_in_both_forms(audit: Audit) -> None:
    assert [part.number for part in audit.parts] == [1, 2, 3, 4, 5] == [part.number for part in PARTS]
    assert {check.part for check in CHECKS} == {1, 2, 3, 4, 5}
    markdown, html = as_markdown(audit), unescape(as_html(audit))
    for text in (markdown, html):
        assert all(part.title in text for part in audit.parts)
        assert all(finding.title in text and finding.text in text for finding in audit.findings)
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", text)
    assert not re.search(r"(src|href)=\"(?!#)|https?:|@import|url\(", as_html(audit))


def test_what_holds_for_nobody_is_no_finding(audit: Audit, parquet: duckdb.DuckDBPyConnection) -> None:
    told = {finding.check.key for finding in (*audit.findings, *audit.too_few)}
    for check in CHECKS:
        (count,) = parquet.execute(f"select count(*) from ({check.rows})").fetchone() or (0,)
        assert (check.key in told) <= (count > 0), check.key
    assert told < {check.key for check in CHECKS}


def test_the_command_writes_both_files_or_says_why_not(demo_warehouse: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(audit_command, ["--warehouse", str(demo_warehouse), "--out", str(tmp_path / "audit")])
    assert done.exit_code == 0, done.output
    assert [Path(line).name for line in done.output.split()] == ["audit.md", "audit.html"]
    first = (tmp_path / "audit" / "audit.md").read_bytes()
    CliRunner().invoke(audit_command, ["--warehouse", str(demo_warehouse), "--out", str(tmp_path / "audit")])
    assert (tmp_path / "audit" / "audit.md").read_bytes() == first
    empty = CliRunner().invoke(cli, ["audit", "--warehouse", str(tmp_path / "nothing")])
    assert isinstance(empty.exception, CouldNotRun) and "Nothing is published" in str(empty.exception)
    (tmp_path / "taken").write_text("", encoding="utf-8")
    taken = CliRunner().invoke(
        cli, ["audit", "--warehouse", str(demo_warehouse), "--out", str(tmp_path / "taken" / "audit")]
    )
    assert isinstance(taken.exception, CouldNotRun) and "cannot be written" in str(taken.exception)
