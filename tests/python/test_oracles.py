"""The second opinions share no code with what they judge."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ORACLES = sorted((Path(__file__).parent / "oracles").glob("*.py"))
FORBIDDEN = {"handoff", "support", "scoring_support", "staging_support", "runner_support", "dbt", "importlib", "runpy"}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def read_paths(tree: ast.AST) -> Iterator[str]:
    """Texts that name a file of SQL, the project's models or what dbt compiled."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
            text = node.value
            if (
                text.endswith(".sql")
                or "compiled" in text
                or text.startswith(("models/", "macros/", "target/", "scripts/"))
            ):
                yield text


def faults(source: str) -> list[str]:
    tree = ast.parse(source)
    found = [name for name in imported(tree) if name.split(".")[0] in FORBIDDEN]
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return found + sorted(calls & {"exec", "eval", "__import__"}) + list(read_paths(tree))


def test_there_are_oracles() -> None:
    assert {"scoring.py", "scoring_worlds.py", "lifecycle.py", "business_time.py"} <= {path.name for path in ORACLES}


@pytest.mark.parametrize("path", ORACLES, ids=lambda path: path.stem)
def test_an_oracle_stands_alone(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "from handoff.rules import load",
        "import handoff.project as ours",
        "from support.compiled import compiled_project",
        "def f():\n    import dbt.cli",
        "open('target/compiled/x')",
        "text = 'models/marts/fct.sql'",
        "eval('1')",
    ],
)
def test_a_leaning_oracle_is_found(source: str) -> None:
    assert faults(source)
