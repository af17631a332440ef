"""Small pieces that every reference page is made of. Pure functions: text in, Markdown out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by `make reference` from the project itself. Do not edit here. -->"


def cell(text: str) -> str:
    """Text that stands in one cell of a table."""
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; nothing where there is no row."""
    lines = [f"| {' | '.join(cell(text) for text in row)} |".replace("|  |", "| |") for row in rows]
    return [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}", *lines] if lines else []


def page(title: str, *sections: Iterable[str]) -> str:
    """A page: title, note that it is generated, and its sections with a blank line between them."""
    parts = [f"# {title}", NOTE, *("\n".join(section) for section in sections)]
    return "\n\n".join(part for part in parts if part) + "\n"


def code(words: Iterable[str]) -> str:
    """Words as code, parted by commas."""
    return ", ".join(f"`{word}`" for word in words)
