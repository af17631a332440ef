"""The rule seeds: whether they are sound, what they may hold, and which they are.

Reads seeds/rules/**/rule_*.csv and seeds/reference/*.csv of the project, and where Handoff is a package of a company's
project, the seeds of that project which replace or add rows; nothing else.
`handoff rules lint`: exit 0 when every row is sound, 1 when problems were found, 2 when the seeds could not be read.
`handoff rules schemas`: exit 0 when the schemas were written, 2 when the folder could not be written.
`handoff rules diff`, `backtest` and `suggest` read the published files of a warehouse: exit 0 when answered, 1 when
there is too little to learn from, 2 when they could not be read.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from handoff.project import Project, RuleFiles, find_project, project_option
from handoff.rule_checks import CHECKS
from handoff.rule_schemas import SCHEMAS
from handoff.rule_schemas.base import MEASURES, PASSED_ATTRIBUTES, closest
from handoff.rule_schemas.sheets import Problem, read_sheets
from handoff.sources import known_vendors, read_vendor

__all__ = ["Problem", "lint", "rules", "rules_hash", "schema_files"]


def lint(rules: Path | Project, passthrough: Any = None) -> list[Problem]:
    """Every problem of the rule seeds of a folder or project, in order of file and line; empty when they are sound.

    passthrough: the `passthrough_columns` var, where it is not the project's own; rules may name its columns of people.
    """
    project = rules if isinstance(rules, Project) else Project(rules.parent)
    files = project.rule_files() if isinstance(rules, Project) else RuleFiles(rules)
    PASSED_ATTRIBUTES.set(passed_attributes(project, passthrough))
    MEASURES.set(frozenset(project.measures() or Project(Path(__file__).resolve().parents[2]).measures()))
    sheets = read_sheets(files)
    problems = [problem for sheet in sheets.by_schema.values() for problem in sheet.problems]
    problems += [Problem(str(file), 1, message, mend) for file, message, mend in files.problems]
    for check in CHECKS:
        if sheets.are_sound(check.reads):
            problems += check.find(sheets)
    problems += _strangers(files.seeds)
    return sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.message))


def passed_attributes(project: Project, passthrough: Any = None) -> frozenset[str]:
    """Columns that pass through a table of people of any vendor, in lower case; `account_<name>` of one of accounts."""
    if not (project.root / "dbt_project.yml").is_file():
        return frozenset()
    wanted = passthrough if passthrough is not None else project.variable("passthrough_columns", {})
    if not isinstance(wanted, dict) or not all(isinstance(tables, dict) for tables in wanted.values()):
        return frozenset()  # a run says what is wrong with it
    vendors = [read_vendor(project, vendor) for vendor in known_vendors(project) if vendor in wanted]
    return frozenset(
        f"{prefix}{name}".lower()
        for vendor in vendors
        for prefix, tables in (("", vendor.people_tables), ("account_", vendor.account_tables))
        for table in tables
        for name in wanted[vendor.name].get(table, ())
    )


def _strangers(seeds_dir: Path) -> Iterator[Problem]:
    """Files that nobody reads: a rule in one of them would be silently without effect."""
    for path in sorted(seeds_dir.rglob("*.csv")):
        name = path.relative_to(seeds_dir).with_suffix("").as_posix()
        if name not in SCHEMAS:
            yield Problem(str(path), 1, "No model reads this file.", closest(name, list(SCHEMAS)))


def rules_hash(rules: Path | RuleFiles) -> str:
    """One hash for all seeds: equal hashes, equal rules. Line ends and file order do not matter."""
    files = rules if isinstance(rules, RuleFiles) else RuleFiles(rules)
    digest = hashlib.sha256()
    named = {path.relative_to(files.seeds).as_posix(): path for path in files.seeds.rglob("*.csv")}
    named |= {f"{seed} replaced": path for seed, path in files.replaced.items()}
    named |= {f"{seed} with {path.stem}": path for seed, paths in files.extra.items() for path in paths}
    for name, path in sorted(named.items()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        for part in (name.encode(), content):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def schema_files() -> dict[str, str]:
    """A JSON Schema for the rows of each seed, by file name; for editors and forms."""
    return {
        f"{name.rsplit('/', 1)[-1]}.schema.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema.model_json_schema()},
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
        for name, schema in SCHEMAS.items()
    }


@click.group(help="Check the rule seeds, try a draft of them, export their schemas.")
def rules() -> None:
    """Group of the commands about rules."""


@rules.command(name="lint", epilog="Exit 0: sound. 1: problems were found. 2: the seeds could not be read.")
@project_option
@click.option("--seeds", type=click.Path(path_type=Path), help="Folder of the seeds; the project's own by default.")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON on standard output.")
def lint_command(seeds: Path | None, as_json: bool) -> None:
    """Say which rule rows are wrong, where, and how to mend them.

    \b
    Examples:
      handoff rules lint
      handoff rules lint --json | jq '.problems[].file'
    """
    wanted: Path | Project = seeds or find_project()
    folder = wanted.seeds if isinstance(wanted, Project) else wanted
    if not folder.is_dir():
        click.echo(f"There is no folder of seeds at {folder}. Name it by --seeds, or set HANDOFF_PROJECT.", err=True)
        sys.exit(2)
    try:
        problems = [dataclasses.replace(found, file=_shown(found.file)) for found in lint(wanted)]
        fingerprint = rules_hash(wanted.rule_files() if isinstance(wanted, Project) else wanted)
    except OSError as error:
        click.echo(f"The seeds cannot be read: {error}. Look at their rights, or name others by --seeds.", err=True)
        sys.exit(2)
    if as_json:
        report = {"problems": [dataclasses.asdict(problem) for problem in problems], "rules_hash": fingerprint}
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(str(problem))
    if problems:
        click.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found.", err=True)
        sys.exit(1)
    click.echo(f"{len(SCHEMAS)} rule files are sound. Next: handoff run", err=True)


def _shown(file: str) -> str:
    """A path from here where that is shorter to read, so that an editor opens it by a click."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file


@rules.command(name="schemas", epilog="Exit 0: written. 2: the folder could not be written.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("docs/reference/schemas"),
    show_default=True,
    help="Folder to write into.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON on standard output.")
def schemas_command(out: Path, as_json: bool) -> None:
    """Write a JSON Schema for each rule file.

    \b
    Example:
      handoff rules schemas --out docs/reference/schemas
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in schema_files().items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as error:
        click.echo(f"The schemas cannot be written: {error}. Name a folder of yours by --out.", err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps({"folder": str(out), "files": sorted(schema_files())}, indent=2))
    click.echo(f"Wrote {len(SCHEMAS)} schemas to {out}. Next: point your editor at them.", err=True)


warehouse_option = click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("warehouse"),
    show_default=True,
    help="Folder that holds the published files.",
)
draft_option = click.option("--draft", metavar="NAME", help="The draft; may be left out where there is only one.")
json_option = click.option("--json", "as_json", is_flag=True, help="The answer as JSON on standard output.")


@rules.command(name="diff", epilog="Exit 0: answered. 2: nothing is published there, or no such draft.")
@draft_option
@warehouse_option
@json_option
def diff_command(draft: str | None, warehouse: Path, as_json: bool) -> None:
    """Say who would cross the threshold as of the run, both ways, if a draft became active.

    \b
    Examples:
      handoff rules diff --warehouse demo/warehouse
      handoff rules diff --draft 2026-b-draft --warehouse demo/warehouse --json
    """
    from handoff.drafts import diff, render_diff

    found = diff(warehouse, draft)
    _answer(found, render_diff(found), as_json)
    click.echo(f"Next: handoff rules backtest --draft {found['draft_model']} --warehouse {warehouse}", err=True)


@rules.command(name="backtest", epilog="Exit 0: answered. 2: nothing is published there, no such draft, or no window.")
@click.option(
    "--from", "begins", metavar="ISO8601", help="Where the window begins, UTC (default: the active version's)."
)
@click.option("--until", "ends", metavar="ISO8601", help="Where it ends, excluded (default: the active version's).")
@draft_option
@warehouse_option
@json_option
def backtest_command(begins: str | None, ends: str | None, draft: str | None, warehouse: Path, as_json: bool) -> None:
    """Replay the past under a draft, and compare what it would have sent with what was sent.

    \b
    Example:
      handoff rules backtest --from 2025-07-01 --until 2026-01-01 --warehouse demo/warehouse

    Of people whom only the draft would have sent nobody knows what would have become: bounds, never zero.
    """
    from handoff.backtest import backtest, render_backtest
    from handoff.run import parse_moment

    found = backtest(
        warehouse,
        draft,
        parse_moment("--from", begins) if begins else None,
        parse_moment("--until", ends) if ends else None,
    )
    _answer(found, render_backtest(found), as_json)
    click.echo("Next: docs/how-to/revise-the-model.md says how a draft becomes active.", err=True)


@rules.command(
    name="suggest",
    epilog="Exit 0: a draft was written. 1: too little to learn from. 2: could not run; nothing was written.",
)
@project_option
@click.option("--name", default="suggested", show_default=True, help="What the draft is called.")
@click.option("--model", metavar="NAME", help="The version whose rules are weighed (default: the one in force).")
@click.option(
    "--label",
    type=click.Choice(["accepted", "meeting_held", "opportunity", "won"]),
    default="opportunity",
    show_default=True,
    help="What a good cycle comes to.",
)
@click.option("--any-fit", is_flag=True, help="Learn from attributes as they are now, too; they may know the outcome.")
@click.option("--seeds", type=click.Path(path_type=Path), help="Folder of the seeds; the project's own by default.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("suggested"),
    show_default=True,
    help="Folder for the rows of the draft and the evidence.",
)
@warehouse_option
@json_option
def suggest_command(
    name: str,
    model: str | None,
    label: str,
    any_fit: bool,
    seeds: Path | None,
    out: Path,
    warehouse: Path,
    as_json: bool,
) -> None:
    """Write a draft of integer points that past outcomes suggest, with the evidence for each rule.

    \b
    Example:
      handoff rules suggest --label accepted --out suggested --warehouse demo/warehouse

    A regularised scorecard on the ledger's own rules: no weight changes its sign, and every rule shows its cycles, rate
    and interval. Needs the extra `suggest` (scikit-learn).
    """
    from handoff.suggest import render_suggestion, suggest

    files = RuleFiles(seeds) if seeds else find_project().rule_files()
    found = suggest(warehouse, files, out, name=name, model=model, label=label, any_fit=any_fit)
    _answer(found, render_suggestion(found), as_json)
    click.echo(f"Next: add the rows of {out} to the seeds, handoff rules lint, run, handoff rules diff.", err=True)


def _answer(found: dict[str, Any], lines: Iterator[str], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False, default=str))
        return
    for line in lines:
        click.echo(line)
