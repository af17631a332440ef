"""Write the reference pages, or say which are not current: see the package's docstring."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from handoff.layering import parsed
from handoff.reference import differences, pages


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--manifest", type=click.Path(path_type=Path, dir_okay=False), help="A manifest.json of the project.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder of the pages (docs/reference).")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a page is not current.")
def main(manifest: Path | None, out: Path | None, check: bool) -> None:
    """Write docs/reference from the project.

    \b
    Examples:
      python -m handoff.reference
      python -m handoff.reference --check
    """
    project = Path(__file__).resolve().parents[3]
    folder = out or project / "docs/reference"
    try:
        found = json.loads(manifest.read_text(encoding="utf-8")) if manifest else parsed(project)
    except (OSError, ValueError, RuntimeError) as error:
        click.echo(f"Cannot write the reference: {error}", err=True)
        sys.exit(2)
    wanted = pages(project, found)
    wrong = differences(folder, wanted)
    if check:
        for problem in wrong:
            click.echo(problem)
        click.echo(f"{len(wanted)} pages, {len(wrong)} not current. To write them: make reference", err=True)
        sys.exit(1 if wrong else 0)
    (folder / "marts").mkdir(parents=True, exist_ok=True)
    for stranger in (folder / "marts").glob("*.md"):
        if f"marts/{stranger.name}" not in wanted:
            stranger.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"Wrote {len(wanted)} pages to {folder}; {len(wrong)} changed.", err=True)


if __name__ == "__main__":
    main()
