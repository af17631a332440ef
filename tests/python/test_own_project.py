"""A company's own dbt project has Handoff as a package, adds to it from its own folders, and touches none of its files.

One run of examples/own-project, as its README says it; each test asks about one way of adding.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from handoff.errors import CouldNotRun
from handoff.parsed import parse_key
from handoff.project import PATHS, Project, find_project
from handoff.rules import lint, rules_hash

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "own-project"
LEFT = shutil.ignore_patterns("dbt_packages", "target", "logs", "warehouse", "package-lock.yml")


def package_tree() -> str:
    """One hash of every file of the package that dbt or the command reads."""
    digest = hashlib.sha256()
    folders = ["models", "macros", "seeds", "tests/generic", "tests/singular", "scripts/handoff"]
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    for path in [*files, ROOT / "dbt_project.yml", ROOT / "profiles.yml", ROOT / "selectors.yml"]:
        if "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class Ran:
    """The example as it was run: its folder, what is published, and the package's files before and after."""

    folder: Path
    marts: duckdb.DuckDBPyConnection
    before: str
    after: str
    told: str

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.marts.execute(query).fetchall()

    def person(self, record: str) -> str:
        (found,) = self.rows(f"select person_id from marts.bridge_person_records where record_id = '{record}'")
        return str(found[0])


def copied(folder: Path) -> Path:
    """A copy of the example outside the checkout, which names the checkout as its package."""
    project = shutil.copytree(EXAMPLE, folder / "acme", ignore=LEFT)
    packages = project / "packages.yml"
    rewritten(packages, "local: ../..", f"local: {ROOT}")
    return project


def call(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    program = {"dbt": "dbt.cli.main", "handoff": "handoff.cli"}[command[0]]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DBT_", "HANDOFF_"))}
    environment |= {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "NO_COLOR": "1"}
    code = f"import sys; from {program} import cli; sys.argv[0] = '{command[0]}'; cli()"
    if command[0] == "handoff":
        code = "from handoff.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *command[1:]],
        capture_output=True,
        text=True,
        cwd=project,
        env=environment,
        timeout=600,
    )


def installed(project: Path) -> None:
    done = call(project, "dbt", "deps")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    before = package_tree()
    project = copied(tmp_path_factory.mktemp("company"))
    for line in commands():
        done = call(project, *line.split())
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    with duckdb.connect(str(project / "warehouse/marts.duckdb"), read_only=True) as marts:
        yield Ran(project, marts, before, package_tree(), done.stdout)


def commands() -> list[str]:
    """What the README of the example tells to type, up to the first look at a person."""
    text = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```sh run\n(.*?)```", text, re.DOTALL)
    lines = [line.partition(" #")[0].strip() for line in block.splitlines()]
    assert [line.split()[0] for line in lines] == ["dbt", "handoff", "handoff", "handoff", "handoff"]
    return lines


def test_nothing_below_the_package_changed(ran: Ran) -> None:
    assert ran.before == ran.after
    assert (ran.folder / "dbt_packages/handoff").resolve() == ROOT


def test_its_own_signal_earns_points_in_the_ledger(ran: Ran) -> None:
    query = "select signal_name, occurred_at, points, reason from marts.fct_score_points where rule_id = 'ACME-E1'"
    (row,) = ran.rows(f"{query} and person_id = '{ran.person('L2')}'")
    assert (row[0], f"{row[1]:%Y-%m-%d %H:%M}", float(row[2]), row[3]) == (
        "workshop_attended",
        "2026-06-10 14:00",
        25.0,
        "Came to a workshop",
    )
    # what the company's model does not give is filled
    assert ran.rows(
        "select distinct source_system, asset_id, is_counted, campaign_id from marts.fct_signals "
        "where signal_name = 'workshop_attended'"
    ) == [("acme_signals_from_workshops", "W1", True, None)]
    score, listed = ran.rows(
        "select engagement_score, (select round(sum(weighted_points), 2) from marts.fct_score_points as points where "
        "points.person_id = scores.person_id and points.scoring_model = scores.scoring_model and rule_kind = "
        f"'engagement') from marts.fct_lead_scores as scores where person_id = '{ran.person('L2')}' "
        "and model_status = 'active'"
    )[0]
    assert float(score) == float(listed) > 0


def test_its_own_criterion_is_checked(ran: Ran) -> None:
    assert ran.rows(
        "select account_id, status, actual, threshold from marts.fct_account_readiness_checks "
        "where criterion = 'workshop_held'"
    ) == [("A1", "met", 2.0, 2.0)]


def test_rows_of_its_own_add_to_the_rules_and_stand_in_their_place(ran: Ran) -> None:
    points = (
        "select distinct rule_id, cast(points as double) from marts.fct_score_points where scoring_model = '2026-a'"
    )
    # the shipped row gives 12
    assert ran.rows(f"{points} and rule_id = 'ENG-05'") == [("ENG-05", 5.0)]
    assert ran.rows(f"{points} and rule_id = 'ACME-F1'") == [("ACME-F1", 10.0)]
    # the row of the draft, of another key, is as shipped
    assert ran.rows(
        "select distinct cast(points as double) from marts.fct_score_points "
        "where rule_id = 'ENG-05' and scoring_model = '2026-b-draft'"
    ) == [(12.0,)]


def test_a_column_of_its_own_passes_through_and_excludes(ran: Ran) -> None:
    query = "select exclusion_reason, territory from marts.dim_person where person_id = "
    assert ran.rows(f"{query} '{ran.person('L4')}'") == [("partner", "Partner-led")]
    assert ran.rows(f"{query} '{ran.person('L2')}'") == [(None, "North")]


def test_a_seed_of_its_own_stands_in_the_place_of_a_shipped_one(ran: Ran) -> None:
    assert ran.rows(f"select exclusion_reason from marts.dim_person where person_id = '{ran.person('L3')}'") == [
        ("employee",)
    ]


def test_its_own_mart_is_published_with_the_others(ran: Ran) -> None:
    assert ran.rows("select * from marts.acme_mqls_by_territory") == [("North", 1, 1)]
    assert ran.rows(
        "select comment from duckdb_columns() where table_name = 'acme_mqls_by_territory' and column_name = 'mql_count'"
    ) == [("MQL cycles.",)]
    assert (ran.folder / "warehouse/marts/acme_mqls_by_territory.parquet").is_file()
    record = json.loads((ran.folder / "warehouse/run.json").read_text(encoding="utf-8"))
    assert {"name": "acme_mqls_by_territory"}.items() <= next(
        mart for mart in record["marts"] if mart["name"].startswith("acme")
    ).items()
    assert record["code_version"].endswith(" in acme")


def test_its_macro_reads_its_dates(ran: Ran) -> None:
    query = "select strftime(created_at, '%Y-%m-%d %H:%M') from marts.dim_person where person_id = "
    assert ran.rows(f"{query} '{ran.person('L1')}'") == [("2026-05-04 09:00",)]


def test_explain_tells_the_rules_of_the_company(ran: Ran) -> None:
    assert "ACME-E1" in ran.told and "Came to a workshop" in ran.told


def test_dbt_alone_builds_it_too(ran: Ran) -> None:
    """Without the command, as a company's own scheduler would: its rules and its macros are those of the run."""
    path = ran.folder / "target" / "acme.duckdb"
    path.parent.mkdir(exist_ok=True)
    with duckdb.connect(str(path)) as database:
        database.execute("create schema landed_generic")
        for file in sorted((ran.folder / "landing").glob("*.csv")):
            database.execute(
                f"create table landed_generic.{file.stem} as select * from read_csv('{file}', all_varchar = true)"
            )
    wanted = ["stg_rules__score_points", "stg_generic__people", "stg_rules__own_domains"]
    done = call(
        ran.folder, "dbt", "build", "--exclude-resource-type", "unit_test", "--select", *(f"+{name}" for name in wanted)
    )
    assert done.returncode == 0, done.stdout
    with duckdb.connect(str(path), read_only=True) as database:
        assert database.execute(
            "select points from rules.stg_rules__score_points where scoring_model = '2026-a' and rule_id = 'ENG-05'"
        ).fetchall() == [(5,)]
        assert database.execute("select domain from rules.stg_rules__own_domains order by 1").fetchall() == [
            ("acme.example",),
            ("umbrella.example",),
        ]
        assert database.execute(
            "select cast(created_at as varchar) from staging.stg_generic__people where record_id = 'L3'"
        ).fetchall() == [("2026-06-02 00:00:00",)]


@pytest.fixture()
def project(tmp_path: Path) -> Path:
    """A fresh copy with the package where `dbt deps` puts it."""
    folder = copied(tmp_path)
    (folder / "dbt_packages").mkdir()
    (folder / "dbt_packages/handoff").symlink_to(ROOT)
    return folder


def rewritten(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def told(project: Path) -> list[str]:
    return [f"{problem.message} {problem.suggestion}".strip() for problem in lint(Project(project))]


def test_the_rules_are_checked_as_they_hold(project: Path) -> None:
    assert told(project) == []
    rewritten(project / "seeds/rules/acme_score_points.csv", "workshop_attended", "workshop_atended")
    assert any("workshop_atended" in text for text in told(project))


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        ("dbt_project.yml", "rule_signals: [", "rule_sginals: [", "there is no rule seed rule_sginals. Did you mean"),
        ("dbt_project.yml", "[acme_signals]", "[acme_signal]", "names acme_signal, which is no seed of acme. Did you"),
        ("dbt_project.yml", "rule_own_domains: {+enabled: false}", "rule_titles: {+enabled: true}", "is shipped too"),
        ("dbt_project.yml", "workshop_people:", "workshop_folk:", "`workshop_people` is not in"),
        ("seeds/rules/acme_signals.csv", "ACME-S1,5,", "ACME-S1,first,", "first"),
        ("seeds/rules/acme_signals.csv", "signal_name,", "name_of_signal,", "There is no column `name_of_signal`"),
        ("seeds/rules/acme_exclusions.csv", "territory", "region_of_ours", "`region_of_ours` is not allowed"),
    ],
)
def test_what_is_wrong_with_an_extension_is_told(
    project: Path, file: str, before: str, after: str, message: str
) -> None:
    rewritten(project / file, before, after)
    assert any(message in text for text in told(project)), told(project)


def test_an_extra_row_without_a_needed_cell_is_told(project: Path) -> None:
    path = project / "seeds/rules/acme_signals.csv"
    path.write_text("signal_rule_id,activity_type,signal_name\nACME-S1,workshop_attended,workshop_attended\n")
    assert any("the cell is empty" in text for text in told(project))


def test_the_rules_hash_knows_its_rows(project: Path) -> None:
    shipped = rules_hash(Project(ROOT).rule_files())
    own = rules_hash(Project(project).rule_files())
    rewritten(project / "seeds/rules/acme_exclusions.csv", "partner-led", "partners-led")
    assert len({shipped, own, rules_hash(Project(project).rule_files())}) == 3


def test_a_kept_parse_knows_the_package_and_the_project(project: Path, tmp_path: Path) -> None:
    """A parse is used again only while neither the company's files nor the package's changed."""
    package = tmp_path / "package"
    for name in ("dbt_project.yml", "macros"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, _made(package) / name)
    (project / "dbt_packages/handoff").unlink()
    (project / "dbt_packages/handoff").symlink_to(package)
    keys = [parse_key(project, {})]
    with (package / "macros/as_of.sql").open("a", encoding="utf-8") as macro:
        macro.write("{#- changed -#}")
    keys.append(parse_key(project, {}))
    with (project / "macros/parse_timestamp.sql").open("a", encoding="utf-8") as macro:
        macro.write("{#- changed -#}")
    keys.append(parse_key(project, {}))
    assert len(set(keys)) == 3 and parse_key(project, {}) == keys[-1]


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def chosen(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Project:
    monkeypatch.setenv("HANDOFF_PROJECT", str(folder))
    return find_project()


def test_a_package_that_is_not_installed_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "dbt_packages/handoff").unlink()
    with pytest.raises(CouldNotRun) as error:
        chosen(monkeypatch, project)
    assert "not installed" in error.value.message and "dbt deps" in error.value.hint


def test_a_command_of_another_version_than_the_package_is_refused(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = _made(tmp_path / "package")
    shutil.copy(ROOT / "dbt_project.yml", package / "dbt_project.yml")
    rewritten(package / "dbt_project.yml", 'version: "', 'version: "9.')
    (project / "dbt_packages/handoff").unlink()
    (project / "dbt_packages/handoff").symlink_to(package)
    with pytest.raises(CouldNotRun, match="has version 9"):
        chosen(monkeypatch, project)


def test_a_model_of_the_same_name_is_refused_where_it_would_be_read_instead(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "models/dim_account.sql").write_text("select 1 as account_id", encoding="utf-8")
    assert chosen(monkeypatch, project).root == project  # the flag says that the package's own comes first
    rewritten(project / "dbt_project.yml", "root: true", "root: false")
    with pytest.raises(CouldNotRun) as error:
        chosen(monkeypatch, project)
    assert error.value.details == ("models/dim_account.sql",)


def test_the_folder_one_stands_in_decides(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDOFF_PROJECT", raising=False)
    monkeypatch.chdir(project)
    assert find_project().root == project
    monkeypatch.chdir(ROOT)
    assert find_project().root == ROOT


def test_every_macro_can_be_called_from_another_project() -> None:
    """Inside a macro, a name alone is looked up where the macro is called: siblings are called as handoff.name."""
    files = [*(ROOT / "macros").rglob("*.sql"), *(ROOT / "tests/generic").glob("*.sql")]
    texts = {path: re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL) for path in files}
    names = {name for text in texts.values() for name in re.findall(r"\{%-?\s*macro (\w+)\(", text) if "__" not in name}
    assert len(names) > 100 and set(PATHS)
    alone = re.compile(rf"(?<![\w.'\"])({'|'.join(sorted(names, key=len, reverse=True))})\(")
    found = []
    for path, text in texts.items():
        for piece in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", text, re.DOTALL):
            called = alone.search(re.sub(r"^\{%-?\s*macro \w+", "", piece))
            if called:
                found.append(f"{path.relative_to(ROOT)}: {called[1]}")
    assert found == []
