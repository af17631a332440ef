"""The `handoff` command: usage, help and options of each command, as click tells them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from handoff.reference.words import cell, page, table


def commands_of(
    group: click.Command, called: str, parent: click.Context | None = None
) -> Iterator[tuple[str, click.Command]]:
    """Every command below a group that does something, with the words it is called by."""
    context = click.Context(group, info_name=called.rsplit(" ", 1)[-1], parent=parent)
    if not isinstance(group, click.Group):
        yield called, group
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield from commands_of(command, f"{called} {name}", context)


def command_page() -> str:
    """command.md."""
    from handoff.cli import cli

    sections: list[list[str]] = [
        [
            "Results go to standard output, messages to standard error. Exit 0: ok. 1: a check failed. 2: could not",
            "run. 75: a run is in progress. `NO_COLOR` is honoured; progress shows on a terminal only.",
        ]
    ]
    for called, command in commands_of(cli, "handoff"):
        sections += [
            [f"## {called}"],
            ["```text", *_help(command), "```"],
            table(("option", "meaning"), _options(command)),
        ]
    return page("The command", *sections)


def _help(command: click.Command) -> list[str]:
    text = inspect.cleandoc(command.help or "").replace("\b\n", "")
    lines = [line.rstrip() for line in text.splitlines()]
    return [*lines, "", command.epilog] if command.epilog else lines


def _options(command: click.Command) -> list[tuple[str, str]]:
    rows = []
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            rows.append(
                (f"`{(parameter.metavar or parameter.name or '').upper()}`", "" if parameter.required else "optional")
            )
        elif isinstance(parameter, click.Option) and not parameter.hidden:
            context = click.Context(command)
            names, told = parameter.get_help_record(context) or ("", "")
            rows.append((f"`{names}`", cell(told).replace("\\|", "|")))
    return rows
