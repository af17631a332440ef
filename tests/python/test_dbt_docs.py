"""dbt's documentation is one file with the published types, and asks for nothing: not even beside it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from handoff.dbt_docs import POLICY, closed, docs
from handoff.errors import CouldNotRun
from playwright.sync_api import sync_playwright
from support.network import cut

CHROMIUM = next((path for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if path.exists()), None)


def test_the_page_has_the_published_types_and_asks_for_nothing(demo_warehouse: Path, tmp_path: Path) -> None:
    place = tmp_path / "docs.html"
    # a process of its own: dbt keeps the published file open as long as it lives
    command = [sys.executable, "-m", "handoff.cli", "docs", "--warehouse", str(demo_warehouse)]
    with cut(tmp_path / "attempts") as environment:
        done = subprocess.run(
            [*command, "--out", str(place), "--json"], env=environment, capture_output=True, text=True, timeout=300
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["docs"] == str(place)
    assert place.stat().st_mode & 0o777 == 0o640
    text = place.read_text(encoding="utf-8")
    assert text.count(POLICY) == 1 and '"send_anonymous_usage_stats": false' in text
    if CHROMIUM is None:
        pytest.skip("no Chromium to open the page with")
    asked: list[str] = []
    complaints: list[str] = []
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{place.as_uri()}#!/model/model.handoff.fct_handoff_sla")
        page.wait_for_selector("text=business_seconds")
        shown = page.inner_text("body")
        browser.close()
    assert re.search(r"business_seconds\s+BIGINT\s+Seconds of the calendar's opening hours", shown)
    assert (asked, complaints) == ([place.as_uri()], [])


def test_a_template_is_not_asked_for_and_a_page_without_a_head_is_refused() -> None:
    page = '<head><link rel="canonical" href="/overview/"/></head><use xlink:href="{{ icon }}"></use>'
    assert closed(page).endswith('</head><use ng-attr-xlink:href="{{ icon }}"></use>')
    assert "canonical" not in closed(page)
    with pytest.raises(CouldNotRun, match="without a head"):
        closed("<body></body>")


def test_where_nothing_is_published_it_says_what_to_do(tmp_path: Path) -> None:
    done = CliRunner().invoke(docs, ["--warehouse", str(tmp_path)])
    assert isinstance(done.exception, CouldNotRun)
    assert "Nothing is published" in done.exception.message and "handoff run" in done.exception.hint
