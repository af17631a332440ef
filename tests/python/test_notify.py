"""Messages say what the marts say, reach whoever listens, and hold no name."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from handoff.cli import cli
from handoff.errors import CheckFailed, CouldNotRun
from handoff.notify import Message, messages, send

LATE = "(missed_clocks is not null or sla_status = 'open_at_risk')"


@pytest.fixture
def heard() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A service on this machine: its URL, and what it was told."""
    told: list[dict[str, Any]] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if "refuse" in self.path else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}", told
    server.shutdown()
    server.server_close()


def published_at(warehouse: Path) -> datetime:
    record = json.loads((warehouse / "run.json").read_text(encoding="utf-8"))
    return datetime.strptime(record["published_at"], "%Y-%m-%dT%H:%M:%SZ")


def told(warehouse: Path, about: str, team: str | None = None, most: int = 10, hours: float = 0) -> list[Message]:
    return messages(warehouse, (about,), team, most, 26, published_at(warehouse) + timedelta(hours=hours))


def test_the_queue_is_told_as_it_is_ranked(demo_warehouse: Path, published: duckdb.DuckDBPyConnection) -> None:
    late = published.execute(f"select person_id from marts.rpt_follow_up_queue where {LATE} order by rank").fetchall()
    assert len(late) > 4
    (message,) = told(demo_warehouse, "queue", most=4)
    assert [line.split(": ")[0].split(" ")[-1] for line in message.lines[:-1]] == [row[0] for row in late[:4]]
    assert message.lines[-1] == f"{len(late) - 4} more stand in rpt_follow_up_queue."
    assert message.title.startswith(f"{len(late)} open handoffs are late")


def test_a_team_is_told_of_its_own(demo_warehouse: Path, published: duckdb.DuckDBPyConnection) -> None:
    counts = published.execute(
        f"select team, count(*) from marts.rpt_follow_up_queue where {LATE} and team is not null group by team"
    ).fetchall()
    assert counts
    for team, rows in counts:
        (message,) = told(demo_warehouse, "queue", team=team, most=100)
        assert len(message.lines) == rows
    assert told(demo_warehouse, "queue", team="no such team") == []


def test_reviews_are_those_of_the_mart(demo_warehouse: Path, published: duckdb.DuckDBPyConnection) -> None:
    due = published.execute(
        "select scoring_model || ': ' || review_reason from marts.rpt_scoring_model_health"
        " where is_latest and length(review_reason) > 0 order by all"
    ).fetchall()
    assert [line for message in told(demo_warehouse, "review") for line in message.lines] == [row[0] for row in due]


def test_silence_is_told_when_it_lasts(demo_warehouse: Path) -> None:
    assert told(demo_warehouse, "run", hours=26) == []
    (message,) = told(demo_warehouse, "run", hours=27)
    assert message.title == "Nothing was published for 27 hours"


def test_a_message_reaches_whoever_listens(demo_warehouse: Path, heard: tuple[str, list[dict[str, Any]]]) -> None:
    url, said = heard
    command = ["notify", "--warehouse", str(demo_warehouse), "--about", "queue", "--to", url, "--json"]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 0, done.output
    (printed,) = json.loads(done.stdout)
    (got,) = said
    assert (got["title"], got["message"].split("\n")) == (printed["title"], printed["lines"])


def test_what_could_not_be_sent_is_no_success(heard: tuple[str, list[dict[str, Any]]]) -> None:
    url, said = heard
    with pytest.raises(CheckFailed, match="about the run was not taken"):
        send([Message("run", "title", ("line",))], (f"{url}/refuse",))
    assert said
    with pytest.raises(CouldNotRun, match="--to number 2 is no URL") as refused:
        send([Message("run", "title", ("line",))], (url, "nonsense-with-a-password"))
    assert "password" not in str(refused.value)


def test_without_apprise_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(CouldNotRun) as refused:
        send([Message("run", "title", ("line",))], ("json://localhost",))
    assert refused.value.hint == "pip install 'handoff[notify]'"


def test_nothing_published_could_not_be_told(tmp_path: Path) -> None:
    with pytest.raises(CouldNotRun, match="Nothing is published"):
        messages(tmp_path, ("run",), None, 1, 1, datetime(2026, 1, 1))
