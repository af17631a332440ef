"""Tells people what they would not look up: what is about to be lost, a model to be reviewed, runs that stopped.

Reads the published file and sends by Apprise (an extra), which knows mail, Slack, Teams and a hundred other services
by a URL: https://github.com/caronc/apprise. No name, address or phone is read, so none is sent.
"""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from handoff.database import opened
from handoff.errors import CheckFailed, CouldNotRun
from handoff.publish import MARTS_FILE, current_version

SUBJECTS = ("queue", "review", "run")
QUEUE = """
    select rank, person_id, owner_id, team, next_action, due_at, minutes_left, missed_clocks, reason
    from marts.rpt_follow_up_queue
    where (missed_clocks is not null or sla_status = 'open_at_risk') and ($team is null or team = $team)
    order by rank
"""
REVIEWS = """
    select scoring_model, review_reason
    from marts.rpt_scoring_model_health
    where is_latest and review_reason <> ''
    order by scoring_model, review_reason
"""


@dataclass(frozen=True)
class Message:
    """One message: what it is about, a title, and lines of text."""

    about: str
    title: str
    lines: tuple[str, ...]


def messages(
    warehouse: Path, about: tuple[str, ...], team: str | None, most: int, stale_hours: int, now: datetime
) -> list[Message]:
    """What there is to tell of the published version; nothing where all is well. Raises CouldNotRun without one."""
    version = current_version(warehouse)
    if version is None:
        raise CouldNotRun(f"Nothing is published in {warehouse}.", hint="Run `handoff run --warehouse …` first.")
    found = []
    with opened(version / MARTS_FILE, read_only=True) as marts:
        if "queue" in about:
            relation = marts.execute(QUEUE, {"team": team})
            names = [column[0] for column in relation.description or []]
            rows = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
            found += _queue(rows, team, most)
        if "review" in about:
            found += _reviews(marts.execute(REVIEWS).fetchall())
    if "run" in about:
        record = json.loads((version / "run.json").read_text(encoding="utf-8"))
        found += _run(record, stale_hours, now)
    return found


def send(told: list[Message], urls: tuple[str, ...]) -> None:
    """Send every message to every URL; raises CouldNotRun without Apprise or for a URL it does not know.

    Raises CheckFailed when a service did not take a message.
    """
    try:
        apprise = importlib.import_module("apprise")
    except ImportError as error:
        raise CouldNotRun("Apprise is not installed.", hint="pip install 'handoff[notify]'") from error
    services = apprise.Apprise()
    for place, url in enumerate(urls, start=1):
        # the URL may hold a password, so a message names its place
        if not services.add(url):
            raise CouldNotRun(f"--to number {place} is no URL that Apprise knows.", hint="json://host/path, for one.")
    for message in told:
        if not services.notify(title=message.title, body="\n".join(message.lines)):
            raise CheckFailed(
                f"The message about the {message.about} was not taken by every service.",
                hint="Try each --to alone; without --to the message is printed.",
            )


def _queue(rows: list[dict[str, Any]], team: str | None, most: int) -> list[Message]:
    if not rows:
        return []
    breached = sum(row["missed_clocks"] is not None for row in rows)
    whose = f" of {team}" if team else ""
    lines = [
        f"{row['rank']}. {row['person_id']}: {row['next_action']}, {_owner(row)},"
        f" due {row['due_at']:%Y-%m-%d %H:%M} UTC. {row['reason']}"
        for row in rows[:most]
    ]
    if len(rows) > most:
        lines.append(f"{len(rows) - most} more stand in rpt_follow_up_queue.")
    title = f"{len(rows)} open handoffs{whose} are late or about to be: {breached} late, {len(rows) - breached} soon"
    return [Message("queue", title, tuple(lines))]


def _owner(row: dict[str, Any]) -> str:
    return f"owner {row['owner_id']}" if row["owner_id"] else "no owner"


def _reviews(rows: list[tuple[Any, ...]]) -> list[Message]:
    if not rows:
        return []
    title = f"{len({model for model, _ in rows})} scoring models are due for a review"
    return [Message("review", title, tuple(f"{model}: {reason}" for model, reason in rows))]


def _run(record: dict[str, Any], stale_hours: int, now: datetime) -> list[Message]:
    published = datetime.strptime(record["published_at"], "%Y-%m-%dT%H:%M:%SZ")
    if now - published <= timedelta(hours=stale_hours):
        return []
    hours = int((now - published).total_seconds() // 3600)
    title = f"Nothing was published for {hours} hours"
    line = f"Run {record['run_id']} was the last, as of {record['as_of']}; the marts still show it."
    return [Message("run", title, (line, "See what stopped: handoff doctor, and logs/ in the warehouse."))]


@click.command()
@click.option("--warehouse", type=click.Path(path_type=Path, file_okay=False), required=True, help="Published files.")
@click.option("--to", "urls", multiple=True, metavar="URL", help="Where to send; an Apprise URL. Without: print only.")
@click.option(
    "--about",
    multiple=True,
    type=click.Choice(SUBJECTS),
    default=SUBJECTS,
    show_default=True,
    help="What to tell of; once for each.",
)
@click.option("--team", help="Only this team's part of the queue.")
@click.option("--most", type=click.IntRange(1, 100), default=10, show_default=True, help="Handoffs to list.")
@click.option("--stale-hours", type=click.IntRange(1), default=26, show_default=True, help="Hours without a run.")
@click.option("--json", "as_json", is_flag=True, help="Print the messages as JSON on standard output.")
def notify(
    warehouse: Path,
    urls: tuple[str, ...],
    about: tuple[str, ...],
    team: str | None,
    most: int,
    stale_hours: int,
    as_json: bool,
) -> None:
    """Send what is late, due for review, or no longer running; says nothing when there is nothing to say.

    \b
    Examples:
      handoff notify --warehouse warehouse --about queue --team emea --to slack://TokenA/TokenB/TokenC
      handoff notify --warehouse warehouse --about run --stale-hours 3 --to mailto://user:password@example.com
      handoff notify --warehouse warehouse --json
    """
    told = messages(warehouse, about, team, most, stale_hours, datetime.now(UTC).replace(tzinfo=None))
    if as_json:
        click.echo(
            json.dumps([{"about": one.about, "title": one.title, "lines": list(one.lines)} for one in told], indent=2)
        )
    else:
        for message in told:
            click.echo("\n".join((message.title, *(f"  {line}" for line in message.lines))))
    if urls:
        send(told, urls)
    click.echo(f"{len(told)} messages{' sent' if urls else ''}.", err=True)
