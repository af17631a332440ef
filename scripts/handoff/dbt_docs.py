"""dbt's own documentation of the project as one file: models, columns with published types, lineage, SQL.

Reads a warehouse's published marts (read-only) and the project; writes one HTML file that asks the network for nothing.
Exit 0: written. 2: nothing is published there, dbt could not read the project, or the file could not be written.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from handoff.build import profiles_of, scrubbed
from handoff.errors import CouldNotRun
from handoff.parsed import cache_folder, kept_parse, parse_key
from handoff.project import Project, find_project, project_option
from handoff.publish import MARTS_FILE, current_version

DOCS_FILE = "dbt-docs.html"
# What the page may do: run what stands in it. No font, script, picture or answer comes from elsewhere, nothing is sent.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'"
)


def write_docs(warehouse: Path, out: Path | None = None) -> Path:
    """Write the documentation of what is published in a warehouse; returns its path."""
    version = current_version(warehouse)
    if version is None:
        raise CouldNotRun(f"Nothing is published in {warehouse}.", hint="Run `handoff run --warehouse …` first.")
    try:
        record = json.loads((version / "run.json").read_text(encoding="utf-8"))
        variables = variables_of_record(find_project(), record)
    except (OSError, ValueError, KeyError) as error:
        raise CouldNotRun(
            f"{version / 'run.json'} cannot be read.", hint="`handoff check` says what is amiss; run again."
        ) from error
    place = out or warehouse / DOCS_FILE
    with tempfile.TemporaryDirectory(prefix="handoff-docs-") as scratch:
        text = _generated(find_project(), version / MARTS_FILE, variables, Path(scratch))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f".{place.name}.{os.getpid()}")
        unfinished.write_text(closed(text), encoding="utf-8")
        unfinished.chmod(0o640)
        unfinished.replace(place)
    except OSError as error:
        raise CouldNotRun(
            f"{place} cannot be written: {error.strerror}.", hint="Name a file in a folder of yours by --out."
        ) from error
    return place


def variables_of_record(project: Project, record: dict[str, Any]) -> dict[str, Any]:
    """The vars that a run was built with, as far as run.json has them."""
    read = {source["source_system"] for source in record["sources"]}
    sources = {
        vendor: {
            **defaults,
            "database": None,
            "identifiers": {},
            "enabled": vendor in read,
            "schema": f"landed_{vendor}",
        }
        for vendor, defaults in project.source_defaults().items()
    }
    moments = {name: record[name].replace("T", " ").rstrip("Z") for name in ("landed_at", "as_of")}
    options = record["options"]
    return {**options["variables"], **moments, "sources": sources, "publish_pii": options["pii"], "persist_docs": False}


def closed(page: str) -> str:
    """The page without what asks for files beside it, and with a policy that holds even against what dbt ships."""
    if "<head>" not in page:
        raise CouldNotRun("dbt wrote a page without a head.", hint="Install the locked packages: make setup.")
    page = page.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}">', 1)
    page = re.sub(r'<link rel="(?:shortcut icon|canonical)"[^>]*>', "", page)
    return page.replace('xlink:href="{{', 'ng-attr-xlink:href="{{')  # else a browser asks for the template's own text


def _generated(project: Project, marts: Path, variables: dict[str, Any], scratch: Path) -> str:
    from dbt.cli.main import dbtRunner

    arguments = ["--project-dir", str(project.root), "--target", "published"]
    arguments += ["--profiles-dir", str(profiles_of(project, scratch))]
    arguments += ["--target-path", str(scratch / "target"), "--log-path", str(scratch / "log")]
    arguments += ["--vars", json.dumps(variables)]
    with published_environment(HANDOFF_DATABASE=str(marts)):
        manifest = kept_parse(cache_folder(), parse_key(project.root, variables))
        done = dbtRunner(manifest=manifest).invoke(["--quiet", "docs", "generate", "--static", *arguments])
    page = scratch / "target" / "static_index.html"
    if not done.success or not page.is_file():
        raise CouldNotRun(
            f"dbt could not document the project: {scrubbed(str(done.exception or 'it gave no reason'))}",
            hint="`handoff doctor` says what is amiss.",
        )
    return page.read_text(encoding="utf-8")


@contextmanager
def published_environment(**settings: str) -> Iterator[None]:
    """The environment for dbt on published marts: none of the user's dbt settings, no telemetry, no version check."""
    before = dict(os.environ)
    for name in [name for name in before if name.startswith("DBT_")]:
        del os.environ[name]
    os.environ.update(settings | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DBT_VERSION_CHECK": "false"})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@click.command()
@project_option
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder that holds the published files.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help=f"File to write; default: WAREHOUSE/{DOCS_FILE}."
)
@click.option("--json", "as_json", is_flag=True, help="Print where it was written as JSON on standard output.")
def docs(warehouse: Path, out: Path | None, as_json: bool) -> None:
    """Write dbt's documentation of what is published, as one file.

    \b
    Examples:
      handoff docs --warehouse warehouse
      handoff docs --warehouse warehouse --out public/handoff.html

    Models, columns with descriptions and published types, lineage, compiled SQL. The file asks the network for nothing.
    """
    place = write_docs(warehouse, out)
    if as_json:
        click.echo(json.dumps({"docs": str(place), "bytes": place.stat().st_size}, indent=2))
    else:
        click.echo(str(place))
    click.echo(f"Next: open {place} in a browser.", err=True)
