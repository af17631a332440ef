"""What the tests of the review page share: its text as a reader sees it, marts changed for a purpose, and a browser."""

from __future__ import annotations

import html.parser
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest


@dataclass
class Shown:
    """One table as its cells read: by column of the query, row by row; `foot` likewise."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    marts: tuple[str, ...] = ()
    caption: str = ""

    def column(self, name: str) -> list[str]:
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def by(self, *names: str) -> dict[Any, dict[str, str]]:
        """The rows by what stands in the named columns; two rows of one name are an error."""
        found: dict[Any, dict[str, str]] = {}
        for row in self.rows:
            values = dict(zip(self.columns, row, strict=True))
            key = values[names[0]] if len(names) == 1 else tuple(values[name] for name in names)
            assert key not in found, key
            found[key] = values
        return found


class Page(html.parser.HTMLParser):
    """The page's tables, and the text of everything else with a mark on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[str, Shown] = {}
        self.nothing: dict[str, str] = {}
        self.tiles: list[str] = []
        self.cards: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._table: Shown | None = None
        self._part = ""
        self._cell: list[str] | None = None
        self._into: list[tuple[str, list[str], Callable[[str], None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag == "table":
            self._table = Shown(marts=tuple((values["data-marts"] or "").split()))
            self.tables[values["data-table"] or ""] = self._table
        if tag in ("thead", "tbody", "tfoot", "caption"):
            self._part = tag
        if tag == "tr" and self._part == "tbody" and self._table is not None:
            self._table.rows.append([])
        if tag in ("td", "th", "caption"):
            self._cell = []
        if tag == "th" and self._part == "thead" and self._table is not None:
            self._table.columns.append(values["data-column"] or "")
        if tag == "p" and "data-table" in values:
            self._open(tag, lambda text, key=values["data-table"]: self.nothing.__setitem__(key, text))
        if tag == "li" and "data-tile" in values:
            self._open(tag, self.tiles.append)
        if tag == "article":
            self._open(tag, lambda text, key=values["data-review"]: self.cards.__setitem__(key, text))

    def _open(self, tag: str, done: Callable[[str], None]) -> None:
        self._into.append((tag, [], done))

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        for _, texts, _ in self._into:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._into and self._into[-1][0] == tag:
            _, texts, done = self._into.pop()
            done(" ".join("".join(texts).split()))
        if tag in ("td", "th", "caption") and self._cell is not None and self._table is not None:
            text = " ".join("".join(self._cell).split())
            if self._part == "tbody":
                self._table.rows[-1].append(text)
            elif self._part == "tfoot":
                self._table.foot.append(text)
            elif self._part == "caption":
                self._table.caption = text
            self._cell = None


def read(page: Path) -> Page:
    return Page(page.read_text(encoding="utf-8"))


def run_record(warehouse: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((warehouse / "run.json").read_text(encoding="utf-8"))
    return record


def changed_marts(
    warehouse: Path,
    folder: Path,
    of_table: Callable[[str, dict[str, str]], str] = lambda table, columns: "*",
    *,
    left_out: str = "",
    is_empty: bool = False,
) -> Path:
    """A copy of published marts; `of_table` says what to select from each table, given its columns and their types."""
    path = folder / "marts.duckdb"
    with duckdb.connect(":memory:") as database:
        database.execute(f"attach '{warehouse / 'marts.duckdb'}' as published (read_only)")
        database.execute(f"attach '{path}' as changed")
        database.execute("create schema changed.marts")
        found: dict[str, dict[str, str]] = {}
        for table, column, kind in database.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where database_name = 'published' and schema_name = 'marts' order by table_name, column_index"
        ).fetchall():
            found.setdefault(table, {})[column] = kind
        for table, columns in found.items():
            if table != left_out:
                database.execute(
                    f"create table changed.marts.{table} as select {of_table(table, columns)} "
                    f"from published.marts.{table} where {not is_empty}"
                )
    return path


@contextmanager
def chromium() -> Iterator[Any]:
    """A started Chromium; the test is skipped where the machine has none."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield started
        started.close()


@contextmanager
def opened(browser: Any, page: Path, address: str = "", width: int = 1280, **options: Any) -> Iterator[Any]:
    """The page in a fresh profile; anything it asks for, complains of or pops up fails the test."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    view = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.on("console", lambda message: complaints.append(message.text))
    view.on("pageerror", lambda error: complaints.append(str(error)))
    view.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    view.goto(page.as_uri() + address)
    yield view
    beyond = [url for url in asked if not url.startswith(("data:", "blob:")) and url.split("#")[0] != page.as_uri()]
    context.close()
    assert beyond == []
    assert complaints == []
