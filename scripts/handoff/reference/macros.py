"""Macros by their own comments, and the project's vars by theirs."""

from __future__ import annotations

import re
from pathlib import Path

from handoff.reference.words import page, table

MACRO = re.compile(r"\{%-?\s*(macro|test)\s+(\w+)\s*\(([^)]*)\)")
COMMENT = re.compile(r"\{#-?(.*?)-?#\}", re.DOTALL)


def macros_page(project: Path) -> str:
    """macros.md: every macro and generic test with its arguments and the comment above it."""
    sections = [
        [
            "Each returns an SQL expression or a list for Jinja. A project that installs this one calls them as",
            "`handoff.…`.",
        ],
        table(("macro", "what it gives"), _entries(project / "macros")),
        ["## Generic tests"],
        table(("test", "what it finds"), _entries(project / "tests/generic")),
    ]
    return page("Macros", *sections)


def comments_of_tests(project: Path) -> dict[str, str]:
    """What each generic test finds, by its name."""
    return {entry.strip("`").partition("(")[0]: comment for entry, comment in _entries(project / "tests/generic")}


def _entries(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.rglob("*.sql")):
        text = path.read_text(encoding="utf-8")
        end = 0
        for match in MACRO.finditer(text):
            comments = COMMENT.findall(text, end, match.start())
            end = match.end()
            if re.match(r"\w+__\w+$", match[2]) and not comments:
                continue  # an engine's own way of the macro above it
            arguments = re.sub(r"\s+", " ", match[3]).strip()
            arguments = ", ".join(word for word in arguments.split(", ") if match[1] == "macro" or word != "model")
            found.append((f"`{match[2]}({arguments})`", comments[-1] if comments else ""))
    return sorted(found)


def vars_page(project: Path) -> str:
    """vars.md: the vars of dbt_project.yml, their defaults and the comments above them."""
    block = re.search(
        r"^vars:\n((?:[ #].*\n|\n)+)", (project / "dbt_project.yml").read_text(encoding="utf-8"), re.MULTILINE
    )
    rows: list[tuple[str, str, str]] = []
    comment: list[str] = []
    for line in (block[1] if block else "").splitlines():
        if match := re.match(r"  # (\w+): (.*)", line):  # a var without a default
            rows.append((f"`{match[1]}`", "", match[2]))
            comment = []
        elif match := re.match(r"  # ?(.*)", line):
            comment.append(match[1])
        elif match := re.match(r"  (\w+):\s*(.*)", line):
            rows.append((f"`{match[1]}`", f"`{match[2]}`" if match[2] else "see below", " ".join(comment)))
            comment = []
        elif (match := re.match(r"    (\w+): (.*)", line)) and rows:
            rows.append((f"`{_parent(rows)}.{match[1]}`", f"`{match[2]}`", ""))
        elif not line.strip():
            comment = []
    return page(
        "Vars",
        [
            "They say how to run, never what a number means: that stands in the rules. Set them in `handoff.yml` under",
            "`vars`, by `handoff run --vars '{mql_source: crm}'`, or in the `vars` of a project that installs this",
            "one.",
        ],
        table(("var", "default", "meaning"), rows),
    )


def _parent(rows: list[tuple[str, str, str]]) -> str:
    """The last var that is not inside another one."""
    return next(name.strip("`") for name, _, _ in reversed(rows) if "." not in name)
