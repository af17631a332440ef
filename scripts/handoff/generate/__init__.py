"""`handoff generate`: a demo world of landed CRM and marketing tables, with the known truth beside them.

The world is invented by its own rules. It shares neither code nor lists with the models that are later judged by it.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import click

from handoff.generate.clock import DAY, Clock, seconds_of
from handoff.generate.lives import Lives
from handoff.generate.plans import committees_that_woke_up, make_plans, plans_of_a_committee
from handoff.generate.tables import Folder
from handoff.generate.words import TEAMS
from handoff.generate.world import World

DEFAULT_UNTIL = dt.datetime(2026, 6, 30, 18, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Summary:
    """What was written: rows of each landed table, people of each story, and the span of time."""

    out: str
    people: int
    first_moment: str
    until: str
    rows: dict[str, int]
    stories: dict[str, int]


def generate(people: int, months: int, seed: int, out: Path, until: dt.datetime = DEFAULT_UNTIL) -> Summary:
    """Write a world of so many people and months into the folder. The same arguments give the same bytes."""
    if people < 1 or months < 1:
        raise ValueError("a world needs at least one person and one month")
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    end = seconds_of(until)
    start = seconds_of(_months_before(until, months))
    clock = Clock(start // DAY - 200, end // DAY + 420, ("UTC", *(zone for _, _, zone, _, _ in TEAMS)))
    rng = Random(seed)
    folder = Folder(out)
    try:
        world = World(folder, clock, rng, people, start, end)
        plans = make_plans(world, rng, people)
        lives = Lives(world, Random(f"details {seed}"))
        committees, members = committees_that_woke_up(people)
        for plan in plans[: people - members]:
            lives.live(plan)
        for _ in range(committees):  # after everybody else, so that they change nobody's life
            for plan in plans_of_a_committee(world):
                lives.live(plan)
        world.write_accounts()
        lives.remains.finish()
        landed = {name: table for name, table in folder.tables.items() if not name.startswith("truth/")}
        for name, table in landed.items():
            system, name_there = name.split("/")
            folder["truth/expected_counts"].add(source_system=system, source_table=name_there, rows=table.rows)
        return Summary(
            out=str(out),
            people=lives.people,
            first_moment=clock.salesforce(start),
            until=clock.salesforce(end),
            rows={name: table.rows for name, table in landed.items()},
            stories=dict(sorted(lives.remains.story_counts.items())),
        )
    finally:
        folder.close()


def _months_before(moment: dt.datetime, months: int) -> dt.datetime:
    index = moment.year * 12 + moment.month - 1 - months
    return dt.datetime(index // 12, index % 12 + 1, 1, tzinfo=dt.UTC)


@click.command("generate")
@click.option("--people", default=2_000, show_default=True, type=click.IntRange(1), help="How many humans live in it.")
@click.option("--months", default=18, show_default=True, type=click.IntRange(1, 240), help="How far its past reaches.")
@click.option("--seed", default=1, show_default=True, type=int, help="The same seed gives the same bytes.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write into.")
@click.option("--until", default=None, metavar="ISO8601", help="Its last moment. Default: 2026-06-30T18:00:00Z.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on standard output.")
def generate_command(people: int, months: int, seed: int, out: Path, until: str | None, as_json: bool) -> None:
    """Write demo CRM and marketing tables, and the truth behind them.

    \b
    Examples:
      handoff generate --people 2000 --months 18 --seed 1 --out demo/landed
      handoff generate --people 100000 --out big --json

    Writes OUT/salesforce, OUT/marketo (what a loader would land) and OUT/truth.
    Exit codes: 0 written, 2 could not write.
    """
    try:
        last = dt.datetime.fromisoformat(until) if until else DEFAULT_UNTIL
    except ValueError as problem:
        raise click.BadParameter(f"{until!r} is not an ISO 8601 moment", param_hint="--until") from problem
    try:
        summary = generate(people, months, seed, out, last)
    except OSError as problem:
        click.echo(f"could not write to {out}: {problem.strerror}", err=True)
        raise SystemExit(2) from problem
    if as_json:
        click.echo(json.dumps(asdict(summary), indent=2))
    else:
        rows = sum(summary.rows.values())
        tables = len(summary.rows)
        click.echo(f"{summary.people} people, {rows} rows in {tables} tables, until {summary.until}", err=True)
        click.echo(
            f"Next: handoff run --source salesforce={out / 'salesforce'} --source marketo={out / 'marketo'} "
            f"--as-of {last.isoformat()} --warehouse DIR",
            err=True,
        )
