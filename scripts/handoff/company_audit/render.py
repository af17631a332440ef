"""The audit as Markdown and as one HTML file that asks the network for nothing."""

from __future__ import annotations

from pathlib import Path

import jinja2

from handoff.company_audit.read import Audit


def as_markdown(audit: Audit) -> str:
    return _environment(autoescape=False).get_template("audit.md.j2").render(audit=audit)


def as_html(audit: Audit) -> str:
    return _environment(autoescape=True).get_template("audit.html.j2").render(audit=audit)


def _environment(autoescape: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=autoescape,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["bar"] = lambda text: str(text).replace("|", "\\|")
    return environment
