"""`handoff review`: the page of a published run, written anew; with names only for who may read them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from handoff.errors import CouldNotRun
from handoff.names import opened_names
from handoff.publish import MARTS_FILE, PII_FILE, PII_SCHEMA, current_version
from handoff.review.page import write_review


def names_of(path: Path) -> dict[str, str]:
    """Full names by person_id, from pii.duckdb and nowhere else."""
    with opened_names(path) as pii:
        rows = pii.execute(
            f"select person_id, full_name from {PII_SCHEMA}.dim_person_pii where full_name is not null"
        ).fetchall()
    return dict(rows)


@click.command()
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder that holds the published files.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("review.html"),
    show_default=True,
    help="File to write.",
)
@click.option("--include-pii", is_flag=True, help="Put names beside person ids, if you may read pii.duckdb.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON on standard output.")
def review(warehouse: Path, out: Path, include_pii: bool, as_json: bool) -> None:
    """Write the review page of what is published, as one file that asks the network for nothing.

    \b
    Examples:
      handoff review --warehouse warehouse --out review.html
      handoff review --warehouse warehouse --out ~/names.html --include-pii

    Each run writes the same page, without names, beside the marts. A page with names is readable by you alone (0600)
    and never stands in the warehouse. Exit codes: 0 written, 2 could not run.
    """
    version = current_version(warehouse)
    if version is None:
        raise CouldNotRun(f"Nothing is published in {warehouse}.", hint="Publish first: handoff run.")
    if warehouse.resolve() in out.resolve().parents:
        raise CouldNotRun("The warehouse holds what runs publish, and nothing else.", hint="Choose another --out.")
    names = names_of(version / PII_FILE) if include_pii else {}
    record = json.loads((version / "run.json").read_text(encoding="utf-8"))
    try:
        os.close(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if include_pii else 0o640))
        if include_pii:
            out.chmod(0o600)  # it may have stood there before, open to others
        write_review(version / MARTS_FILE, out, record, names)
    except OSError as error:
        raise CouldNotRun(
            f"The page cannot be written to {out}: {error.strerror}.", hint="Name a folder of yours by --out."
        ) from error
    told = {"file": str(out), "run_id": record["run_id"], "has_names": include_pii}
    click.echo(json.dumps(told, indent=2) if as_json else str(out))
