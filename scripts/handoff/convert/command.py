"""handoff convert: a CRM's own CSV export, by a plan, into the generic form.

Exit 0: a plan was drafted, or the export converted. 2: the export or the plan cannot be read, or nothing written.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from handoff.convert import convert, draft, generic_tables, read_plan
from handoff.errors import CouldNotRun
from handoff.project import find_project


@click.command(name="convert")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--plan",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("crm.yml"),
    show_default=True,
    help="The plan; drafted where there is none.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("crm"),
    show_default=True,
    help="Folder for the tables of the generic form.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON on standard output.")
def convert_command(folder: Path, plan: Path, out: Path, as_json: bool) -> None:
    """Turn a CRM's own CSV export into the tables that a run reads.

    \b
    Examples:
      handoff convert export
      handoff convert export --plan crm.yml --out crm

    The first call drafts the plan: which file and column is which, how times and numbers are written. Mend it, and call
    again. Every row comes over; a cell that is not written as the plan says stays as it is, and the run names it.
    """
    tables = generic_tables(find_project())
    if not folder.is_dir():
        raise CouldNotRun(f"{folder} is no folder.", hint="Give the folder that holds the CSV files of the export.")
    if not plan.exists():
        text = draft(folder, tables)
        try:
            plan.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CouldNotRun(f"{plan} cannot be written: {error.strerror}.", hint="Name another by --plan.") from error
        if as_json:
            click.echo(json.dumps({"drafted": str(plan)}, indent=2))
        click.echo(f"Drafted {plan}. Read it and mend it. Next: handoff convert {folder} --plan {plan}", err=True)
        return
    if out.resolve() == folder.resolve():
        raise CouldNotRun(f"--out {out} is the export itself.", hint="Name another folder, so that the export stays.")
    made = convert(folder, read_plan(plan, tables), tables, out)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in made], indent=2, ensure_ascii=False))
    for one in made:
        if not as_json:
            click.echo(f"{one.table:<26} {one.rows:>9,} rows from {one.file}")
        for column, cells in one.left.items():
            click.echo(
                f"note: {cells} cells of {one.table}.{column} are not written as the plan says; they stay as they are",
                err=True,
            )
        if one.unused:
            click.echo(f"note: not read of {one.file}: {', '.join(one.unused)}", err=True)
    click.echo(f"Next: handoff run --source generic={out} --warehouse warehouse", err=True)
