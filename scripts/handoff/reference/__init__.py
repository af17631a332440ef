"""The reference pages under docs/reference, written from what the project itself says.

    python -m handoff.reference [--manifest FILE] [--out DIR] [--check]

Reads the dbt manifest (without --manifest dbt parses the project, every vendor switched on), the macros' own comments,
dbt_project.yml, the rule files with their schemas, and the command's options.
Exit 0: written, or current. 1 (--check): a page is not what would be written. 2: the project cannot be parsed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handoff.reference.codes import codes_page
from handoff.reference.command import command_page
from handoff.reference.macros import comments_of_tests, macros_page, vars_page
from handoff.reference.marts import mart_pages
from handoff.reference.metrics import metrics_page
from handoff.reference.rows_of_rules import rule_columns_page

__all__ = ["differences", "pages"]


def pages(project: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Every generated page, by its path under docs/reference."""
    return {
        **mart_pages(manifest, comments_of_tests(project)),
        "codes.md": codes_page(project, manifest),
        "command.md": command_page(),
        "macros.md": macros_page(project),
        "metrics.md": metrics_page(manifest),
        "rule-columns.md": rule_columns_page(),
        "vars.md": vars_page(project),
    }


def differences(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """What is not as it would be written: pages that differ, are missing, or belong to a mart that is gone."""
    found = []
    for name, text in sorted(wanted.items()):
        path = folder / name
        if not path.is_file():
            found.append(f"{name} is missing")
        elif path.read_text(encoding="utf-8") != text:
            found.append(f"{name} is not current")
    strangers = sorted(path.name for path in (folder / "marts").glob("*.md") if f"marts/{path.name}" not in wanted)
    return found + [f"marts/{name} belongs to no mart" for name in strangers]
