"""MetricFlow on what a run published, with nothing to set, and without its question to PyPI whether it is up to date.

Reads a warehouse's published marts (read-only) and the project's metrics; behind the options stands what `mf` takes.
Exit 0: answered. 1: MetricFlow refused, and says why. 2: nothing is published there, or MetricFlow is not installed.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from handoff.build import profiles_of, scrubbed
from handoff.dbt_docs import published_environment, variables_of_record
from handoff.errors import CouldNotRun
from handoff.parsed import cache_folder, kept_parse, parse_key
from handoff.project import Project, find_project, project_option
from handoff.publish import MARTS_FILE, current_version

OWN = ("target", "logs", ".git", ".venv")  # of a project's folder, what MetricFlow's scratch folder has for itself


class NeverAsked:
    """In the place of the library by which `mf` asks PyPI for a newer version."""

    def check(self, package: str, version: str) -> None:
        return None


def ask(warehouse: Path, arguments: tuple[str, ...]) -> int:
    """Call MetricFlow with these arguments on what is published; its exit code."""
    version = current_version(warehouse)
    if version is None:
        raise CouldNotRun(f"Nothing is published in {warehouse}.", hint="Run `handoff run --warehouse …` first.")
    try:
        from dbt_metricflow.cli import main as metricflow
    except ImportError as error:
        raise CouldNotRun("MetricFlow is not installed.", hint="pip install 'handoff[metrics]'") from error
    record = json.loads((version / "run.json").read_text(encoding="utf-8"))
    project = find_project()
    vars(metricflow)["UpdateChecker"] = NeverAsked
    with tempfile.TemporaryDirectory(prefix="handoff-metrics-") as scratch:
        folder = Path(scratch) / "project"
        folder.mkdir()
        for entry in project.root.iterdir():
            if entry.name not in OWN:
                (folder / entry.name).symlink_to(entry)
        settings = {
            "HANDOFF_DATABASE": str((version / MARTS_FILE).resolve()),
            "HANDOFF_TARGET": "published",
            "DBT_PROJECT_DIR": str(folder),
            "DBT_PROFILES_DIR": str(profiles_of(project, folder)),
        }
        with published_environment(**settings):
            _write_metrics(project, variables_of_record(project, record), folder / "target")
            try:
                metricflow.cli.main(args=list(arguments), prog_name="handoff metrics", standalone_mode=False)
            except click.exceptions.Exit as stop:
                return int(stop.exit_code)
            except SystemExit as stop:
                return int(stop.code or 0) and 1
    return 0


def _write_metrics(project: Project, variables: dict[str, Any], target: Path) -> None:
    """Write down the metrics as dbt has parsed them, from the run's own parse where it is kept."""
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.semantic_manifest import SemanticManifest

    manifest = kept_parse(cache_folder(), parse_key(project.root, variables))
    target.mkdir()
    if manifest is None:
        done = dbtRunner().invoke(["--quiet", "parse", "--target-path", str(target), "--vars", json.dumps(variables)])
        if not done.success:
            raise CouldNotRun(
                f"dbt could not read the project: {scrubbed(str(done.exception or 'it gave no reason'))}",
                hint="`handoff doctor` says what is amiss.",
            )
        manifest = done.result
    SemanticManifest(manifest).write_json_to_file(str(target / "semantic_manifest.json"))


@click.command(context_settings={"ignore_unknown_options": True})
@project_option
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder that holds the published files.",
)
@click.option("--json", "as_json", is_flag=True, help="Rows of a query as JSON; of another question, its lines.")
@click.argument("arguments", nargs=-1, required=True, type=click.UNPROCESSED, metavar="MF_ARGUMENTS…")
def metrics(warehouse: Path, arguments: tuple[str, ...], as_json: bool) -> None:
    """Ask MetricFlow for the metrics of what is published.

    \b
    Examples:
      handoff metrics --warehouse warehouse query --metrics mqls,acceptance_rate --group-by metric_time__month
      handoff metrics --warehouse warehouse query --metrics sla_compliance_rate --group-by clock_row__team --csv sla.csv
      handoff metrics --warehouse warehouse list metrics

    Behind the options stands whatever `mf` takes; docs/reference/metrics.md lists metrics and groups. Needs the extra
    `metrics`. Nothing is asked of the network, not even whether MetricFlow is up to date.
    """
    sys.exit(_told(warehouse, arguments) if as_json else ask(warehouse, arguments))


def _told(warehouse: Path, arguments: tuple[str, ...]) -> int:
    """Ask, and print one JSON document: what MetricFlow would have printed stands in it."""
    said = io.StringIO()
    with tempfile.TemporaryDirectory(prefix="handoff-metrics-") as scratch:
        answer = Path(scratch) / "answer.csv"
        more = ("--csv", str(answer)) if arguments[0] == "query" and "--csv" not in arguments else ()
        with contextlib.redirect_stdout(said):
            code = ask(warehouse, (*arguments, *more))
        document: dict[str, Any] = {"exit_code": code}
        if answer.is_file():
            with answer.open(newline="", encoding="utf-8") as handle:
                document["rows"] = list(csv.DictReader(handle))
        else:
            document["lines"] = said.getvalue().splitlines()
    click.echo(json.dumps(document, indent=2))
    return code
