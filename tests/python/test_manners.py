"""The command's manners: every problem says how to mend it, every help leads with what to type, nothing chatters."""

from __future__ import annotations

import ast
import inspect
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from handoff import cli, errors
from handoff.doctor import Finding, examine
from handoff.errors import HandoffError
from handoff.reference.command import commands_of
from support.network import cut
from test_docs import ROOT, wrong_command

SCRIPTS = ROOT / "scripts/handoff"
ERRORS = {name for name, kind in vars(errors).items() if inspect.isclass(kind) and issubclass(kind, HandoffError)}
COMMANDS = dict(commands_of(cli.cli, "handoff"))


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(SCRIPTS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield f"{path.name}:{node.lineno}", node


def is_empty(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and not value.value)


def test_every_problem_says_how_to_mend_it() -> None:
    found = list(calls(*ERRORS))
    assert len(found) > 120
    hints = {where: next((word.value for word in call.keywords if word.arg == "hint"), None) for where, call in found}
    assert [where for where, hint in hints.items() if is_empty(hint)] == []


def test_no_problem_can_be_told_without_a_hint() -> None:
    with pytest.raises(TypeError, match="hint"):
        HandoffError("Something is wrong.")


def test_every_finding_that_may_be_bad_says_how_to_mend_it() -> None:
    found = list(calls("Finding"))
    assert len(found) > 15
    for where, call in found:
        is_good = isinstance(call.args[1], ast.Constant) and call.args[1].value is True
        assert is_good or not is_empty(call.args[3] if len(call.args) > 3 else None), where


def test_a_mend_is_shown_where_something_is_amiss_and_nowhere_else(tmp_path: Path) -> None:
    findings = examine(tmp_path / "nowhere")
    amiss = [finding for finding in findings if not finding.is_ok]
    assert [(finding.name, finding.mend) for finding in amiss] == [
        ("warehouse", f"handoff run --warehouse {tmp_path / 'nowhere'}")
    ]
    assert Finding("x", True, "fine", "never shown").document()["mend"] == ""


@pytest.mark.parametrize("called", sorted(COMMANDS))
def test_help_shows_an_example_that_works_before_it_explains(called: str) -> None:
    command = COMMANDS[called]
    text = inspect.cleandoc(command.help or "").replace("\b\n", "")
    parts = [part.strip() for part in text.split("\n\n")]
    assert len(parts) >= 2, f"{called} has no example"
    lines = parts[1].splitlines()
    assert lines[0] in ("Example:", "Examples:"), f"{called}: {lines[0]}"
    examples = [line.split(" | ")[0].strip() for line in lines[1:]]
    assert examples and all(line.startswith(called) for line in examples), examples
    assert [wrong for line in examples if (wrong := wrong_command(shlex.split(line)))] == []


@pytest.mark.parametrize("called", sorted(COMMANDS))
def test_every_option_says_what_it_is(called: str) -> None:
    silent = [
        parameter.opts[0]
        for parameter in COMMANDS[called].params
        if isinstance(parameter, click.Option) and not parameter.help and not parameter.hidden
    ]
    assert silent == []


def test_progress_shows_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    cli._progress("build")
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    cli._progress("build")
    assert capsys.readouterr() == ("", "… build\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete_commands(shell: str) -> None:
    command = [str(Path(sys.executable).parent / "handoff")]
    environment = os.environ | {
        "_HANDOFF_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "handoff exp",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    if shell == "fish":
        environment |= {"COMP_WORDS": "handoff exp", "COMP_CWORD": "exp"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert re.search(r"\bexplain\b", done.stdout), done.stdout + done.stderr


def test_an_attempt_to_reach_another_machine_is_counted(tmp_path: Path) -> None:
    """What the demo and the metrics are run under can say no."""
    calls = "import socket\ntry: socket.create_connection(('192.0.2.1', 80), 1)\nexcept OSError: pass"
    with pytest.raises(AssertionError, match="1 attempts"), cut(tmp_path / "attempts") as environment:
        assert subprocess.run([sys.executable, "-c", calls], env=environment, timeout=30).returncode == 0
