"""The `handoff` command. Messages go to standard error, results to standard output.

Exit codes: 0 ok, 1 a check failed, 2 could not run, 75 a run is in progress.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from handoff.errors import EXIT_COULD_NOT_RUN, HandoffError
from handoff.project import project_option

_ELSEWHERE = {
    "audit": ("handoff.company_audit", "audit_command", "Write the audit of the handoff, ranked by money."),
    "convert": ("handoff.convert.command", "convert_command", "Turn a CRM's own CSV export into tables to read."),
    "docs": ("handoff.dbt_docs", "docs", "Write dbt's documentation of what is published, as one file."),
    "export": ("handoff.export", "export", "Write a mart as CSV that is safe to open, such as for a CRM."),
    "generate": ("handoff.generate", "generate_command", "Write demo tables with known truth beside them."),
    "notify": ("handoff.notify", "notify", "Send what is late, due for review, or no longer running."),
    "metrics": ("handoff.metrics", "metrics", "Ask MetricFlow for the metrics of what is published."),
    "match": ("handoff.match", "match", "Propose an account for people who have none, for review."),
    "review": ("handoff.review.command", "review", "Write the review page anew, with names where you may see them."),
    "rules": ("handoff.rules", "rules", "Check the rule seeds, try a draft of them, export their schemas."),
}


class _Commands(click.Group):
    """Commands in the order of use; those of other modules are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        first = ["demo", "init", "convert", "run", "explain", "check", "doctor", "sources", "notify", "audit"]
        first += ["review", "export", "docs", "metrics", "rules", "match", "generate"]
        return [name for name in first if name in self.commands or name in _ELSEWHERE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            module, attribute, _ = _ELSEWHERE[cmd_name]
            command: click.Command = getattr(importlib.import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for name in self.list_commands(ctx):
            text = _ELSEWHERE[name][2] if name in _ELSEWHERE else self.commands[name].get_short_help_str(80)
            rows.append((name, text))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="handoff")
def cli() -> None:
    """Lead scores, account readiness, MQL history and handoff SLAs from CRM tables.

    \b
    Examples:
      handoff demo
      handoff init exports/
      handoff run --source salesforce=exports/ --as-of 2026-06-30T18:00:00Z --warehouse warehouse
      handoff explain 00QA000000000001AA --warehouse warehouse
      handoff doctor --warehouse warehouse

    \b
    Exit codes: 0 ok, 1 a check failed, 2 could not run, 75 a run is in progress.
    """


sources_option = click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="VENDOR=PATH_OR_SCHEMA",
    help="A folder, FILE.duckdb[:schema] or schema to read; once for each.",
)
config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A handoff.yml that names sources and warehouse; without --source, ./handoff.yml if there is one.",
)


def warehouse_option(required: bool = True) -> Callable[[Any], Any]:
    return click.option(
        "--warehouse",
        type=click.Path(path_type=Path, file_okay=False),
        required=required,
        help="Folder that holds the published files.",
    )


json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on standard output.")


@cli.command()
@project_option
@sources_option
@config_option
@click.option("--as-of", "as_of", metavar="ISO8601", help="Moment the run speaks for (default: now), UTC.")
@warehouse_option(required=False)
@click.option("--threads", type=click.IntRange(1, 64), default=2, show_default=True, help="At once.")
@click.option("--vars", "variables", metavar="YAML", default="{}", help="Project vars, as in dbt.")
@click.option("--select", multiple=True, metavar="SELECTOR", help="Build only these and what they need; not published.")
@click.option("--full-refresh", is_flag=True, help="Rebuild incremental models from nothing.")
@click.option("--keep-candidate", is_flag=True, help="Leave the candidate database in WAREHOUSE/.candidate.")
@click.option("--allow-empty", is_flag=True, help="Publish although a source that had people now has none.")
@click.option(
    "--override", "overrides", multiple=True, metavar="GUARD:VENDOR.TABLE", help="Publish although this guard objects."
)
@click.option("--because", metavar="TEXT", help="Why guards are overridden; kept with the run.")
@click.option("--no-pii", "no_pii", is_flag=True, help="Write no names and addresses: no pii.duckdb.")
@click.option("-v", "--verbose", is_flag=True, help="Show dbt's own messages.")
@json_option
def run(
    sources: tuple[str, ...],
    config: Path | None,
    as_of: str | None,
    warehouse: Path | None,
    threads: int,
    variables: str,
    select: tuple[str, ...],
    full_refresh: bool,
    keep_candidate: bool,
    allow_empty: bool,
    overrides: tuple[str, ...],
    because: str | None,
    no_pii: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Read the sources, build, audit and publish the marts.

    \b
    Examples:
      handoff run --source salesforce=exports/sf --source marketo=exports/mk --warehouse warehouse
      handoff run --source generic=landing.duckdb:crm --as-of 2026-06-30 --warehouse warehouse
      handoff run --project our-dbt --config our-dbt/handoff.yml
      handoff run --config handoff.yml --override fewer_rows:generic.people --because "old leads were purged"

    A source is a folder of <table>.csv or <table>.parquet, FILE.duckdb[:schema], or a schema of
    WAREHOUSE/landing.duckdb. A run that fails changes nothing that is published.
    """
    from datetime import UTC, datetime

    from handoff.guards import parse_overrides
    from handoff.project import find_project
    from handoff.run import Options, execute, parse_as_of
    from handoff.summary import summarise
    from handoff.timings import told

    configured = _configured(sources, config)
    warehouse = _warehouse_of(warehouse, configured)
    options = Options(
        sources=configured.sources,
        settings=configured.settings,
        overrides=parse_overrides(overrides, because),
        as_of=parse_as_of(as_of) if as_of is not None else datetime.now(UTC).replace(microsecond=0, tzinfo=None),
        warehouse=warehouse,
        threads=threads,
        variables={**configured.variables, **_variables(variables)},
        select=select,
        full_refresh=full_refresh,
        keep_candidate=keep_candidate,
        allow_empty=allow_empty,
        pii=not no_pii,
        verbose=verbose,
    )
    project = find_project()
    outcome = execute(project, options, lambda step, candidate: _progress(step))
    for line in told(outcome.record):
        say(line)
    for warning in _brief(outcome.record["warnings"]):
        say(f"warning: {warning}")
    if as_json:
        click.echo(json.dumps(outcome.record, indent=2, sort_keys=True))
    elif outcome.version is not None:
        for line in summarise(outcome.version, outcome.record):
            click.echo(line)
    if outcome.version is None:
        say("Built and tested the selection; a selection is never published.")
        say("Next: run again without --select to publish.")
    else:
        say(f"Published in {warehouse}. Next: handoff explain ID --warehouse {warehouse}, or open review.html there.")


@cli.command()
@project_option
@click.option(
    "--people", type=click.IntRange(1, 10_000_000), default=2000, show_default=True, help="Leads and contacts."
)
@click.option("--months", type=click.IntRange(1, 120), default=18, show_default=True, help="Of history.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another company.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Folder for the tables and the warehouse.",
)
@click.option("--threads", type=click.IntRange(1, 64), default=2, show_default=True, help="At once.")
@click.option("-v", "--verbose", is_flag=True, help="Show dbt's own messages.")
@json_option
def demo(people: int, months: int, seed: int, out: Path, threads: int, verbose: bool, as_json: bool) -> None:
    """Generate a company's CRM and marketing tables, run, publish, and print a summary.

    \b
    Example:
      handoff demo --people 2000 --months 18 --out demo
    """
    import shutil

    from handoff.generate import generate
    from handoff.project import find_project
    from handoff.run import Options, execute, parse_as_of
    from handoff.summary import example_person, summarise

    project = find_project()
    landed = out / "landed"
    if landed.exists() and not (landed / "truth").is_dir():
        raise HandoffError(f"{landed} exists and is not a demo.", hint="Choose another --out.")
    shutil.rmtree(landed, ignore_errors=True)
    say(f"Generating {people} people over {months} months into {landed}.")
    as_of = parse_as_of("2026-06-30T18:00:00Z")
    generate(people=people, months=months, seed=seed, out=landed, until=as_of)
    warehouse = out / "warehouse"
    options = Options(
        sources=(("salesforce", str(landed / "salesforce")), ("marketo", str(landed / "marketo"))),
        as_of=as_of,
        warehouse=warehouse,
        threads=threads,
        verbose=verbose,
    )
    outcome = execute(project, options, lambda step, candidate: _progress(step))
    assert outcome.version is not None
    if as_json:
        click.echo(json.dumps(outcome.record, indent=2, sort_keys=True))
    else:
        for line in summarise(outcome.version, outcome.record):
            click.echo(line)
    say("Next:")
    say(f"  open {warehouse / 'review.html'}")
    say(f"  {command_name()} explain {example_person(outcome.version)} --warehouse {warehouse}")
    say(f"  {command_name()} run --source salesforce=YOUR_EXPORT_FOLDER --warehouse {out / 'mine'}")


@cli.command()
@click.argument("person_or_record_id", required=False)
@click.option("--handoff", "handoff_id", metavar="ID", help="One handoff, clock by clock, in place of a person.")
@warehouse_option()
@click.option(
    "--as-of", "as_of", metavar="ISO8601", help="An instant up to the run's: the score as it stood then, UTC."
)
@click.option("--model", metavar="NAME", help="The scoring model to explain: a version or a draft.")
@click.option("--include-pii", is_flag=True, help="Show name and addresses too, if you may read pii.duckdb.")
@json_option
def explain(
    person_or_record_id: str | None,
    handoff_id: str | None,
    warehouse: Path,
    as_of: str | None,
    model: str | None,
    include_pii: bool,
    as_json: bool,
) -> None:
    """Show why a person has their score, cycles, handoffs and clocks.

    \b
    Examples:
      handoff explain 00QA000000000001AA --warehouse warehouse
      handoff explain 0d1f…person_id --warehouse warehouse --json
      handoff explain 00QA000000000001AA --warehouse warehouse --include-pii
      handoff explain 00QA000000000001AA --warehouse warehouse --as-of 2026-03-01T09:30:00Z --model 2025-a
      handoff explain --handoff 5b0c…handoff_id --warehouse warehouse

    With --as-of or --model: the score alone, row by row, as it stood at that instant. Reads only the published files.
    With --handoff: each clock's start, calendar, closed hours, target and why, due, stop and verdict.
    Exit 1 when the ledger does not sum to the score, or the openings not to a clock's seconds.
    """
    if (person_or_record_id is None) == (handoff_id is None):
        raise click.UsageError("Name a person or record, or a handoff by --handoff: one of the two.")
    if handoff_id is not None or person_or_record_id is None:
        if include_pii or as_of is not None or model is not None:
            raise click.UsageError("--handoff goes without --as-of, --model and --include-pii.")
        from handoff.explain_handoff import explain_handoff, render_handoff

        explanation = explain_handoff(warehouse, handoff_id or "")
        _show(explanation, render_handoff(explanation), as_json)
        return
    from handoff.explain import explain as explain_person
    from handoff.explain import render

    if as_of is None and model is None:
        explanation = explain_person(warehouse, person_or_record_id, include_pii=include_pii)
        lines = render(explanation)
    elif include_pii:
        raise click.UsageError("--include-pii goes with the whole explanation: leave out --as-of and --model.")
    else:
        from handoff.explain_at import explain_at, render_at
        from handoff.run import parse_as_of

        explanation = explain_at(warehouse, person_or_record_id, parse_as_of(as_of) if as_of else None, model)
        lines = render_at(explanation)
    _show(explanation, lines, as_json)


def _show(explanation: dict[str, Any], lines: Iterable[str], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(explanation, indent=2, sort_keys=True, default=str))
    else:
        for line in lines:
            click.echo(line)
    if not explanation["sums_agree"]:
        say("What is published does not add up: do not trust this publication.")
        sys.exit(1)


@cli.command()
@warehouse_option()
@json_option
def check(warehouse: Path, as_json: bool) -> None:
    """Check that the published files agree with what the run said it published.

    \b
    Example:
      handoff check --warehouse warehouse

    Recounts and rehashes every mart in marts.duckdb and in its Parquet file. Exit 1 when one differs.
    """
    from handoff.doctor import Finding, verify

    findings: list[Finding] = verify(warehouse)
    _report(findings, as_json)
    if any(not finding.is_ok for finding in findings):
        sys.exit(1)
    say(f"Next: handoff explain ID --warehouse {warehouse}")


@cli.command()
@project_option
@sources_option
@config_option
@warehouse_option(required=False)
@json_option
def doctor(sources: tuple[str, ...], config: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Say whether this machine, the sources and a warehouse are fit for a run.

    \b
    Examples:
      handoff doctor --warehouse warehouse
      handoff doctor --source salesforce=exports/sf

    Of each source, every table as it is resolved: ✓ found, with its rows and newest load; – absent or switched off;
    ✗ wrong, with what mends it. Exit 1 when something is amiss.
    """
    from handoff.doctor import examine, examine_sources

    configured = _configured(sources, config, required=False)
    told = configured.warehouse
    # one that handoff.yml names and no run has made yet is no fault
    findings = examine(warehouse or (told if told is not None and told.is_dir() else None))
    relations = examine_sources(configured, warehouse or configured.warehouse or Path("warehouse"))
    if as_json:
        documents = [finding.document() for finding in findings] + [relation.document() for relation in relations]
        click.echo(json.dumps(documents, indent=2))
    else:
        _report(findings, as_json=False)
        for relation in relations:
            click.echo(relation.line())
    if any(not finding.is_ok for finding in findings) or any(relation.status == "wrong" for relation in relations):
        sys.exit(1)
    say("Next: handoff run" if relations else "Next: handoff demo, or handoff init FOLDER_OR_DUCKDB_FILE")


@cli.command()
@project_option
@click.argument("place", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("handoff.yml"),
    show_default=True,
    help="File to write.",
)
@click.option("--warehouse", default="warehouse", show_default=True, help="Where runs are to publish.")
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
@json_option
def init(place: Path, out: Path, warehouse: str, force: bool, as_json: bool) -> None:
    """Ask a folder or a DuckDB file what it holds, and write the configuration for it.

    \b
    Examples:
      handoff init exports/
      handoff init landing.duckdb --out handoff.yml

    Looks into the folder and its folders, or into every schema. Nothing but the configuration is written.
    """
    from handoff.project import find_project
    from handoff.relations import look_through, written

    if out.exists() and not force:
        raise HandoffError(f"{out} exists.", hint="Give --force to replace it, or another --out.")
    guesses, notes = look_through(find_project(), place.resolve())
    try:
        out.write_text(written(guesses, warehouse), encoding="utf-8")
    except OSError as error:
        raise HandoffError(
            f"{out} cannot be written: {error.strerror}.", hint="Name a file in a folder of yours by --out."
        ) from error
    for note in notes:
        say(f"note: {note}")
    if as_json:
        found = {
            guess.vendor: {
                "location": guess.location,
                "tables": {table: {"origin": origin, "columns_read": read} for table, origin, read in guess.tables},
            }
            for guess in guesses
        }
        click.echo(json.dumps({"config": str(out), "sources": found}, indent=2))
    else:
        for guess in guesses:
            click.echo(f"{guess.vendor}: {len(guess.tables)} tables in {guess.location}")
    say(f"Wrote {out}. Next: handoff doctor --config {out}, then handoff run --config {out}")


@cli.group()
def sources() -> None:
    """What the sources are expected to look like.

    \b
    Example:
      handoff sources accept --source generic=crm --warehouse warehouse --because "email was renamed for good"
    """


@sources.command()
@project_option
@sources_option
@config_option
@warehouse_option(required=False)
@click.option("--because", metavar="TEXT", required=True, help="Why the shape changed; kept with it.")
@json_option
def accept(sources: tuple[str, ...], config: Path | None, warehouse: Path | None, because: str, as_json: bool) -> None:
    """Take the columns that the sources have now for the ones they are to have.

    \b
    Example:
      handoff sources accept --source generic=crm --warehouse warehouse --because "email was renamed for good"

    The next run compares with these. A required column that is missing stays an error.
    """
    import tempfile

    from handoff.lock import run_lock
    from handoff.project import find_project
    from handoff.relations import accept_shapes
    from handoff.run import ACCEPTED_SHAPES, Options, parse_as_of, preflight

    configured = _configured(sources, config)
    folder = _warehouse_of(warehouse, configured)
    if not folder.is_dir():
        raise HandoffError(f"{folder} does not exist.", hint="The first run accepts what it finds.")
    options = Options(configured.sources, parse_as_of("2000-01-01"), folder, settings=configured.settings)
    with run_lock(folder), tempfile.TemporaryDirectory() as scratch:
        discoveries = preflight(find_project(), options)
        accepted = accept_shapes(discoveries, folder / ACCEPTED_SHAPES, because, Path(scratch))
    if as_json:
        click.echo(json.dumps(accepted, indent=2))
    else:
        for vendor, tables in accepted.items():
            click.echo(f"{vendor}: {', '.join(tables)}")
    say("Accepted. Next: handoff run")


def command_name() -> str:
    """How the command is called from here: its path, where the shell would not find it by its name."""
    import shutil

    called = Path(sys.argv[0])
    return "handoff" if called.name != "handoff" or shutil.which("handoff") else str(called)


def say(text: str) -> None:
    """A message to the person at the terminal."""
    click.echo(text, err=True)


def main() -> None:
    """Entry point: every problem becomes words and an exit code, never a traceback."""
    try:
        cli.main(standalone_mode=False, color=False if os.environ.get("NO_COLOR") else None)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        say("Stopped.")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        _tell_json(EXIT_COULD_NOT_RUN, error.format_message())
        sys.exit(EXIT_COULD_NOT_RUN)
    except HandoffError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        say("Stopped; nothing published has changed.")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_COULD_NOT_RUN)
    except Exception as error:
        if os.environ.get("HANDOFF_DEBUG"):
            raise
        say(f"error: unexpected {type(error).__name__}; set HANDOFF_DEBUG=1 and run again to see where.")
        _tell_json(EXIT_COULD_NOT_RUN, f"unexpected {type(error).__name__}", hint="Set HANDOFF_DEBUG=1 and run again.")
        sys.exit(EXIT_COULD_NOT_RUN)


def _tell(error: HandoffError) -> None:
    say(f"error: {error.message}")
    for detail in error.details:
        say(f"  {detail}")
    if error.hint:
        say(f"  {error.hint}")
    _tell_json(error.exit_code, error.message, error.details, error.hint)


def _tell_json(code: int, message: str, details: Iterable[str] = (), hint: str = "") -> None:
    """What went wrong as a document, where JSON was asked for."""
    if "--json" in sys.argv:
        document = {"status": "failed", "exit_code": code, "error": message, "details": list(details), "hint": hint}
        click.echo(json.dumps(document, indent=2))


def _report(findings: list[Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([finding.document() for finding in findings], indent=2))
        return
    for finding in findings:
        mend = "" if finding.is_ok else f"  → {finding.mend}"
        click.echo(f"{'ok  ' if finding.is_ok else 'FAIL'}  {finding.name}: {finding.text}{mend}")


def _configured(sources: tuple[str, ...], path: Path | None, required: bool = True) -> Any:
    """What --source, else --config, else ./handoff.yml says to read."""
    from handoff.config import CONFIG, Config, read_config

    if path is not None or (not sources and CONFIG.is_file()):
        configured = read_config(path or CONFIG)
        if configured.project is not None:
            os.environ.setdefault("HANDOFF_PROJECT", str(configured.project))
        if sources:
            raise click.UsageError("--source and --config exclude each other.")
        return configured
    if not sources and required:
        raise click.UsageError("Nothing to read: give --source VENDOR=PATH_OR_SCHEMA, or `handoff init` a handoff.yml.")
    return Config(tuple(_source(text) for text in sources))


def _warehouse_of(given: Path | None, configured: Any) -> Path:
    warehouse: Path | None = given or configured.warehouse
    if warehouse is None:
        raise click.UsageError("Missing option '--warehouse'.")
    return warehouse


def _source(text: str) -> tuple[str, str]:
    vendor, separator, location = text.partition("=")
    if not (vendor and separator and location):
        raise click.UsageError(f"--source {text!r} is not VENDOR=PATH_OR_SCHEMA, such as salesforce=exports/.")
    return vendor.strip().lower(), location


def _variables(text: str) -> dict[str, Any]:
    import yaml

    try:
        document = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise click.UsageError("--vars is not YAML; write it as '{mql_source: crm}'.") from error
    if not isinstance(document, dict):
        raise click.UsageError("--vars is not a YAML mapping; write it as '{mql_source: crm}'.")
    return document


def _progress(step: str) -> None:
    if sys.stderr.isatty():
        say(f"… {step}")


def _brief(warnings: list[str]) -> list[str]:
    """Warnings for the screen: absent columns and tables are many, so they are counted; run.json lists them all."""
    absent = [warning for warning in warnings if " is absent: " in warning]
    others = [warning for warning in warnings if warning not in absent]
    return others + ([f"{len(absent)} optional tables and columns are absent; run.json lists them"] if absent else [])


if __name__ == "__main__":
    main()
