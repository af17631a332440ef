"""Every command that the documents show is run here as written, or stands on a list that says where, or why not.

A command that is on no list is run: in a folder that has what the documents speak of (the demo's exports under
exports/, its warehouse as demo/warehouse and as warehouse, a configuration), page by page, with bash. A whole run costs
half a minute, so of `handoff run` all is done but the build: options, sources with their columns, rules.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from handoff import run as runs
from handoff.cli import cli
from handoff.errors import HandoffError
from test_docs import FENCE, HUBSPOT, ROOT, blocks, documents, wrong_command

# Command → the test that runs it as written, whole.
ELSEWHERE = {
    "make demo": "conftest.py::demo_warehouse",
    "handoff convert export": "test_convert.py::test_the_example_becomes_the_example_of_the_generic_form",
    "handoff run --source generic=crm --as-of 2026-06-30T18:00:00Z --warehouse warehouse": (
        "test_docs.py::test_the_worked_example_gives_what_its_page_says"
    ),
    "handoff explain L1 --warehouse warehouse": "test_docs.py::test_the_worked_example_gives_what_its_page_says",
    "handoff run --source hubspot=hubspot --as-of 2026-06-30T18:00:00Z --warehouse warehouse": (
        "test_docs.py::test_the_hubspot_example_gives_what_its_page_says"
    ),
    "handoff run --source marketo=marketo --as-of 2026-06-30T18:00:00Z --warehouse warehouse": (
        "test_docs.py::test_the_marketo_example_gives_what_its_page_says"
    ),
    "handoff explain 2001 --warehouse warehouse": "test_docs.py::test_the_marketo_example_gives_what_its_page_says",
    "handoff explain 101 --warehouse warehouse": "test_docs.py::test_the_hubspot_example_gives_what_its_page_says",
    "HANDOFF_SOURCES=salesforce=exports/sf HANDOFF_WAREHOUSE=warehouse examples/cron/hourly.sh": (
        "test_orchestration.py::test_the_hourly_script_runs_and_says_how_it_went"
    ),
    'handoff sources accept --config handoff.yml --because "email is called mail from now on"': (
        "test_bad_input.py::test_an_accepted_shape_publishes_and_a_required_column_is_never_accepted"
    ),
    "handoff rules suggest --label accepted --name 2026-c --out suggested --warehouse warehouse": (
        "test_suggest.py::test_the_planted_truth_is_found"
    ),
    "dbt deps": "test_own_project.py::ran",
    "handoff run --as-of 2026-06-30T18:00:00Z": "test_own_project.py::ran",
    "handoff explain L2 --warehouse warehouse": "test_own_project.py::ran",
}
# Command → why no test runs it.
NOT_RUN = {
    "make setup": "it made the environment that this runs in",
    "make test": "this is it",
    "make check": "this is a part of it",
    "make reference": "would write into the project; test_reference.py compares what it would write",
    "make mutate": "takes some minutes; tests/python/test_mutate.py runs its parts",
    ".venv/bin/python tests/mutate.py --model int_returns_found": "takes a minute; test_mutate.py runs its parts",
    ".venv/bin/python -m pytest tests/python/test_landing.py -x": "would start this suite in itself",
    ".venv/bin/dbt test --select fct_mql_cycles,test_type:unit": "test_dbt_unit_tests.py runs all unit tests at once",
    ".venv/bin/sqlfluff lint models/marts/lead_scoring": "a step of its own in make check",
    "python benchmarks/scoring.py --people 10000 100000 1000000 --markdown": "takes half an hour",
    "chgrp -R analysts demo/warehouse && chmod g+s demo/warehouse/versions": "needs a group of that name",
    "handoff notify --warehouse warehouse --about queue --team emea --to slack://TokenA/TokenB/TokenC": (
        "would call Slack; test_notify.py sends to a listener of its own"
    ),
    "handoff notify --warehouse warehouse --about run --stale-hours 3 --to mailto://user:password@example.com": (
        "would send a mail; test_notify.py sends to a listener of its own"
    ),
    "dbt build --exclude-resource-type unit_test": "takes a minute; test_own_project.py builds a part of it",
    """dbt build --exclude-resource-type unit_test --vars '{as_of: "2026-06-30 18:00:00"}'""": (
        "takes a minute; test_own_project.py builds a part of it"
    ),
    "handoff metrics --warehouse demo/warehouse list metrics": "takes seconds; test_metrics.py asks for every metric",
}
# Names that a document uses for what a reader has.
STANDS_FOR = {"2026-c": "2026-b-draft"}


def shown() -> Iterator[tuple[Path, str]]:
    """Every line of every fenced block of shell, without comments, with the document it stands in."""
    for path in documents():
        for block in blocks(path.read_text(encoding="utf-8"), "sh"):
            for line in block.replace("\\\n", " ").splitlines():
                command = re.sub(r"\s+#.*$", "", line).strip()
                if command and not command.startswith("#"):
                    yield path, command


SHOWN = list(shown())
SHELLS = {"sh", "bash", "console", "shell", "zsh"}


def is_run_here(command: str) -> bool:
    return command not in ELSEWHERE and command not in NOT_RUN and " query --metrics " not in command


def test_the_lists_excuse_nothing_that_is_not_shown() -> None:
    commands = {command for _, command in SHOWN}
    assert len(commands) > 30
    assert sorted({*ELSEWHERE, *NOT_RUN} - commands) == []
    assert sorted(set(ELSEWHERE) & set(NOT_RUN)) == []
    for place in ELSEWHERE.values():
        file, _, name = place.partition("::")
        assert f"def {name}(" in (ROOT / "tests/python" / file).read_text(encoding="utf-8"), place


def test_shell_stands_in_blocks_of_sh_alone() -> None:
    strays = [
        f"{path.relative_to(ROOT)}: {match[2]}"
        for path in documents()
        for match in FENCE.finditer(path.read_text(encoding="utf-8"))
        if match[2] in SHELLS - {"sh"}
        or (not match[2] and re.search(r"^ *\$? ?(handoff|make|dbt|mf) \w", match[4], re.MULTILINE))
    ]
    assert strays == []


def test_every_metric_query_names_metrics_and_groups_that_there_are() -> None:
    page = (ROOT / "docs/reference/metrics.md").read_text(encoding="utf-8")
    known = set(re.findall(r"`(\w+)`", page))
    queries = [command for _, command in SHOWN if " query --metrics " in command]
    assert len(queries) >= 3
    for command in queries:
        words = shlex.split(command)
        metrics = words[words.index("--metrics") + 1].split(",")
        group = words[words.index("--group-by") + 1]
        grain = re.fullmatch(r"(\w+)__(day|week|month|quarter|year)", group)
        assert set(metrics) <= known, command
        assert (grain[1] if grain else group) in known | {"metric_time"}, command


def inline() -> Iterator[tuple[Path, list[str]]]:
    for path in documents():
        if path.parent.name in ("decisions", "marts"):
            continue
        for text in re.findall(
            r"`(?:\.venv/bin/)?(handoff [a-z][^`]*)`", FENCE.sub("", path.read_text(encoding="utf-8"))
        ):
            yield path, text.split()


def test_every_command_in_a_sentence_exists() -> None:
    found = list(inline())
    assert len(found) > 20
    wrong = []
    for path, words in found:
        command: click.Command = cli
        for place, word in enumerate(words[1:], start=1):
            if not isinstance(command, click.Group):
                options = {name for parameter in command.params for name in parameter.opts}
                wrong += [
                    f"{path.name}: {' '.join(words)}: no option {option}"
                    for option in words[place:]
                    if option.startswith("--") and option.rstrip(",.") not in options
                ]
                break
            child = command.get_command(click.Context(command), word)
            if child is None:
                wrong.append(f"{path.name}: {' '.join(words)}")
                break
            command = child
    assert wrong == []


@pytest.fixture(scope="module")
def place(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has what the documents speak of."""
    folder = tmp_path_factory.mktemp("documents")
    landed = demo_warehouse.parent / "landed"
    shutil.copytree(demo_warehouse, folder / "warehouse", symlinks=True)
    (folder / "demo").mkdir()
    (folder / "demo/warehouse").symlink_to(folder / "warehouse")
    (folder / "exports").mkdir()
    (folder / "exports/sf").symlink_to(landed / "salesforce")
    (folder / "exports/mk").symlink_to(landed / "marketo")
    for name, columns in {"pardot/prospect": "id,email", "hubspot/contact": "id,property_email"}.items():
        path = folder / "exports" / f"{name}.csv"
        path.parent.mkdir()
        path.write_text(f"{columns}\n1,ada@acme.example\n", encoding="utf-8")
    (folder / "crm").mkdir()
    (folder / "crm/people.csv").write_text("record_id,record_type\nL1,lead\n", encoding="utf-8")
    (folder / ".venv").mkdir()
    (folder / ".venv/bin").symlink_to(Path(sys.executable).parent)
    (folder / "landing.duckdb").touch()
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    verdicts = (folder / "seeds/rules/feedback/rule_review_verdicts.csv").read_text(encoding="utf-8")
    (folder / "rule_review_verdicts_2026-06-30.csv").write_text(verdicts, encoding="utf-8")  # as the page exports them
    return folder


def person_of(warehouse: Path, column: str, mart: str) -> str:
    import duckdb

    (value,) = duckdb.from_parquet(str(warehouse / "marts" / f"{mart}.parquet")).project(column).limit(1).fetchall()[0]
    return str(value)


def as_read(command: str, folder: Path) -> str:
    """The command as a reader types it: their own id where it says ID."""
    if "--handoff ID" in command:
        command = command.replace("ID", person_of(folder / "warehouse", "handoff_id", "fct_handoffs"))
    command = re.sub(r"\bID\b", lambda _: person_of(folder / "warehouse", "person_id", "fct_mql_cycles"), command)
    for name, mine in STANDS_FOR.items():
        command = re.sub(rf"(?<=\s){re.escape(name)}(?=\s|$)", mine, command)
    return command


def checked_run(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is wrong with a `handoff run`, short of building; '' where nothing is."""

    class Reached(Exception):
        pass

    def reached(*arguments: object) -> None:
        raise Reached

    monkeypatch.setattr(runs, "_execute", reached)
    monkeypatch.chdir(folder)
    words = shlex.split(command)
    done = CliRunner().invoke(cli, words[1:])
    if isinstance(done.exception, Reached):
        return ""
    return str(done.exception) if isinstance(done.exception, HandoffError) else done.output


PAGES = sorted({path.relative_to(ROOT).as_posix() for path, command in SHOWN if is_run_here(command)})


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_do_what_they_say(page: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    (place / "handoff.yml").unlink(missing_ok=True)  # each page begins without one
    if "init" not in (ROOT / page).read_text(encoding="utf-8"):
        (place / "handoff.yml").write_text("sources: {generic: {location: crm}}\nwarehouse: warehouse\n")
    for path, shown_command in SHOWN:
        if path != ROOT / page or not is_run_here(shown_command):
            continue
        command = as_read(shown_command, place)
        words = shlex.split(command)
        if Path(words[0]).name == "handoff" and words[1] == "run":
            assert checked_run(command, place, monkeypatch) == "", command
            continue
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=place,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    "page",
    [path.relative_to(ROOT).as_posix() for path in documents() if blocks(path.read_text(encoding="utf-8"), "python")],
)
def test_the_python_of_a_page_runs(page: str, place: Path) -> None:
    for block in blocks((ROOT / page).read_text(encoding="utf-8"), "python"):
        done = subprocess.run([sys.executable, "-c", block], cwd=place, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{block}\n{done.stderr}"


@pytest.mark.parametrize("line", ["handoff dance", "handoff run --sauce x"])
def test_a_wrong_command_would_be_found(line: str) -> None:
    assert wrong_command(line.split())


def test_a_run_that_would_stop_is_found(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = "handoff run --source salesforce=nowhere --warehouse elsewhere"
    assert "nowhere does not exist" in checked_run(command, place, monkeypatch)
    assert HUBSPOT.is_file()
