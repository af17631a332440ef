"""The audit of a company's handoff, in five parts: what the definition is, how sales responds, how good accepted leads
are, how they come to a deal, and why the rest is sent back. Every figure is a query on the published marts.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from handoff.company_audit.read import Audit, read_audit
from handoff.company_audit.render import as_html, as_markdown

__all__ = ["Audit", "audit_command", "read_audit", "write_audit"]


def write_audit(warehouse: Path, out: Path) -> tuple[Path, Path]:
    """Write audit.md and audit.html of what is published in a warehouse; returns both paths."""
    from handoff.drafts import publication
    from handoff.errors import CouldNotRun

    with publication(warehouse) as published:
        audit = read_audit(published.rows)
    try:
        out.mkdir(parents=True, exist_ok=True)
        written = (out / "audit.md", out / "audit.html")
        written[0].write_text(as_markdown(audit), encoding="utf-8")
        written[1].write_text(as_html(audit), encoding="utf-8")
    except OSError as error:
        raise CouldNotRun(
            f"The audit cannot be written to {out}: {error.strerror}.", hint="Name a folder of yours by --out."
        ) from error
    return written


@click.command("audit")
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder that holds the published files.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to; default: WAREHOUSE.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON on standard output.")
def audit_command(warehouse: Path, out: Path | None, as_json: bool) -> None:
    """Write the audit of the handoff: findings ranked by money, with the rows behind each.

    \b
    Example:
      handoff audit --warehouse demo/warehouse --out audit

    Writes audit.md and audit.html from the published marts. Exit codes: 0 written, 2 could not run.
    """
    written = [str(path) for path in write_audit(warehouse, out or warehouse)]
    click.echo(json.dumps({"files": written}, indent=2) if as_json else "\n".join(written))
