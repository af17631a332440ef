"""What people read is true: links lead somewhere, commands exist, queries run, examples give what they say.

Text copied from a run stands in fenced blocks; after a change that is meant, write it anew by
`HANDOFF_REFRESH_DOCS=1 python -m pytest tests/python/test_docs.py` and read the difference.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click
import duckdb
import pytest
import yaml
from handoff.cli import cli
from handoff.database import opened
from handoff.publish import MARTS_FILE
from handoff.summary import summarise

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".venv", ".git", "demo", "target", "logs", "build", "node_modules", "warehouse"}
EXTERNAL = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/[\w\-./~%+,=]*)?(\?[\w\-=&%.+]*)?(#[\w\-./]*)?")
REFRESH = bool(os.environ.get("HANDOFF_REFRESH_DOCS"))
TUTORIAL = ROOT / "docs/tutorial/first-run.md"
HUBSPOT = ROOT / "docs/how-to/connect-hubspot.md"
MARKETO = ROOT / "docs/how-to/connect-marketo.md"
GENERIC = ROOT / "docs/how-to/run-on-your-crm.md"
MARTS = ROOT / "docs/how-to/read-the-marts.md"
NAMES = ROOT / "docs/how-to/put-names-to-people.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
RECIPE_ROWS = {"rule_signals": "SIG-", "rule_score_points": "2026-b-draft,"}
FENCE = re.compile(r"^( *)```(\w*)[ ]?([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    found = []
    for folder, names, files in os.walk(ROOT):
        names[:] = sorted(name for name in names if name not in NOT_OURS and not name.startswith("."))
        found += [Path(folder) / name for name in sorted(files) if name.endswith(".md")]
    return found


def blocks(text: str, language: str, label: str | None = None) -> list[str]:
    return [match[4] for match in FENCE.finditer(text) if match[2] == language and (label is None or match[3] == label)]


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(document: Path, text: str) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            if not EXTERNAL.fullmatch(target):
                yield f"{document.name}: {target} is no address"
            continue
        path, _, anchor = target.partition("#")
        aim = (document.parent / path).resolve() if path else document
        if not aim.exists():
            yield f"{document.name}: {target} does not exist"
        elif anchor and anchor not in anchors(aim.read_text(encoding="utf-8") if path else text):
            yield f"{document.name}: {target} has no such heading"


def test_every_link_leads_somewhere() -> None:
    found = documents()
    assert ROOT / "README.md" in found and TUTORIAL in found
    assert [problem for path in found for problem in broken_links(path, path.read_text(encoding="utf-8"))] == []


def test_a_broken_link_is_found() -> None:
    text = (
        "# One\n[a](nowhere.md) [b](#two) [c](#one) [d](https://duckdb.org) [e](https://duckdb) [f](http://a.example)"
    )
    assert [problem.split(": ")[1] for problem in broken_links(ROOT / "README.md", text)] == [
        "nowhere.md does not exist",
        "#two has no such heading",
        "https://duckdb is no address",
        "http://a.example is no address",
    ]


def commands(text: str) -> Iterator[list[str]]:
    for block in blocks(text, "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words and Path(words[0]).name in ("handoff", "make"):
                yield [Path(words[0]).name, *words[1:]]


def wrong_command(words: list[str]) -> str:
    if words[0] == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        targets = [word for word in words[1:] if "=" not in word]
        return "".join(f"make has no target {name}" for name in targets if f"\n{name}:" not in makefile)
    command: click.Command = cli
    context = click.Context(cli)
    rest = words[1:]
    while isinstance(command, click.Group):
        child = command.get_command(context, rest[0]) if rest else None
        if child is None:
            return f"handoff has no command {' '.join(words[1:])}"
        command, rest = child, rest[1:]
    named = os.environ.get("HANDOFF_PROJECT")
    try:
        command.make_context(command.name, list(rest))
    except click.ClickException as error:
        return f"{' '.join(words)}: {error.format_message()}"
    finally:  # --project is kept there
        os.environ.pop("HANDOFF_PROJECT", None)
        if named is not None:
            os.environ["HANDOFF_PROJECT"] = named
    return ""


def test_every_command_shown_exists_with_its_options() -> None:
    shown = [(path.name, words) for path in documents() for words in commands(path.read_text(encoding="utf-8"))]
    assert len(shown) >= 10
    assert [f"{name}: {wrong}" for name, words in shown if (wrong := wrong_command(words))] == []


@pytest.mark.parametrize(
    "line", ["make nothing", "handoff dance", "handoff run --sauce x", "handoff rules", "handoff explain ID"]
)
def test_a_wrong_command_is_found(line: str) -> None:
    assert wrong_command(line.split())


def test_the_picture_of_the_page_is_there() -> None:
    assert "docs/images/review.png" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / "docs/images/review.png").read_bytes().startswith(b"\x89PNG")


def test_text_that_a_command_printed_is_compared_with_what_it_prints() -> None:
    """A block of text is one that a test below fills anew, or the generated page of the command's own help."""
    labels = {
        (path.relative_to(ROOT).as_posix(), match[3])
        for path in documents()
        for match in FENCE.finditer(path.read_text(encoding="utf-8"))
        if match[2] == "text"
    }
    tutorial = TUTORIAL.relative_to(ROOT).as_posix()
    assert labels == {(tutorial, "summary"), (tutorial, "explain"), ("docs/reference/command.md", "")}


def test_every_decision_stands_in_the_index() -> None:
    folder = ROOT / "docs/decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    entries = [path.name for path in folder.glob("*.md") if path.name != "README.md"]
    assert [name for name in entries if f"]({name})" not in index] == []


def models() -> dict[str, Path]:
    return {path.stem: path for path in (ROOT / "models").rglob("*.sql")}


def test_every_model_that_is_named_exists() -> None:
    known = set(models()) | {"int_signals_from_meetings", "int_readiness_meetings_held"}  # the two recipes
    wrong = []
    for path in documents():
        if "docs/decisions" in path.as_posix():
            continue  # a decision keeps the names of its day
        text = re.sub(r"\w+<\w+>\w*", "", path.read_text(encoding="utf-8"))
        for name in re.findall(r"`((?:stg|int|fct|dim|rpt|bridge)_\w+)`", text):
            if name not in known and not name.endswith("_"):
                wrong.append(f"{path.relative_to(ROOT)}: {name}")
    assert wrong == []


@pytest.mark.parametrize(
    "domain", ["lead_scoring", "account_readiness", "mql_lifecycle", "handoff_sla", "feedback", "core", "pii"]
)
def test_a_domain_readme_walks_through_every_model(domain: str) -> None:
    readme = (ROOT / "models/marts" / domain / "README.md").read_text(encoding="utf-8")
    there = [name for name, path in models().items() if f"marts/{domain}/" in path.as_posix()]
    by_source = [name for name in there if name.startswith("int_signals_from_")]
    assert [name for name in there if f"`{name}`" not in readme and name not in by_source] == []


def test_the_signal_recipe_gives_the_columns_of_a_signal() -> None:
    (recipe,) = blocks(CONTRIBUTING.read_text(encoding="utf-8"), "sql", "signal recipe")
    macro = (ROOT / "macros/signal_columns.sql").read_text(encoding="utf-8")
    inner = recipe.split("signals as (")[1].split("from meetings")[0]
    made = [re.split(r"[\s.]", item)[-1] for item in re.split(r",\s*\n", inner.split("select", 1)[1].strip())]
    assert sorted(made) == sorted(re.findall(r"'(\w+)'", macro))


def test_the_generic_page_lists_every_table_and_column() -> None:
    text = GENERIC.read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", text, re.MULTILINE))
    document = yaml.safe_load((ROOT / "models/staging/generic/_generic__sources.yml").read_text(encoding="utf-8"))
    tables = {table["name"]: table["columns"] for table in document["sources"][0]["tables"]}
    assert set(listed) == set(tables)
    for name, columns in tables.items():
        shown = re.findall(r"(\*\*)?(\w+)(?:\*\*)?", re.sub(r"\([^)]*\)", "", listed[name]))
        required = [column["name"] for column in columns if column.get("config", {}).get("meta", {}).get("is_required")]
        assert {word for _, word in shown} == {column["name"] for column in columns}, name
        assert {word for bold, word in shown if bold} == set(required), name


def handoff(*arguments: str, cwd: Path = ROOT, **environment: str) -> str:
    command = [sys.executable, "-m", "handoff.cli", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=600, env=os.environ | environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_worked_example_gives_what_its_page_says(tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    folder.mkdir()
    for match in FENCE.finditer(GENERIC.read_text(encoding="utf-8")):
        if match[2] == "csv":
            (folder / match[3]).write_text(match[4], encoding="utf-8")
    assert len(list(folder.iterdir())) == 7
    warehouse = tmp_path / "warehouse"
    # as written: in a folder that is not the project's, with paths from there
    (as_written,) = {line for line in blocks(GENERIC.read_text(encoding="utf-8"), "sh", "") if "generic=crm" in line}
    summary = handoff(*as_written.splitlines()[0].split()[1:], cwd=tmp_path)
    assert "14 (13 current, 1 quarantined), none unaccounted for" in summary
    assert "2 from 3 records" in summary
    command = [sys.executable, "-m", "handoff.cli", "explain", "L3", "--warehouse", str(warehouse)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "generic.people: quarantined (bad_timestamp)" in done.stderr
    with opened(warehouse / "handoff.duckdb", read_only=True) as marts:

        def rows(query: str) -> list[tuple[object, ...]]:
            return marts.execute(query).fetchall()

        assert rows("select row_key, reason_codes from marts.rpt_quarantine") == [("L3", "bad_timestamp")]
        assert rows(
            "select held_back_reason, next_action from marts.fct_qualifications where held_back_reason is not null"
        ) == [("excluded_student", "disqualify")]
        assert rows(
            "select clock, calendar_id, business_seconds, sla_status, strftime(stopped_at, '%H:%M') "
            "from marts.fct_handoff_sla where clock in ('first_touch', 'speed_to_lead') order by clock"
        ) == [("first_touch", "emea", 540, "met", "08:16"), ("speed_to_lead", "americas", 0, "met", "08:16")]
        assert rows("select accepted_at is not null, entry_reason from marts.fct_mql_cycles") == [(True, "hand_raise")]


def test_the_hubspot_example_gives_what_its_page_says(tmp_path: Path) -> None:
    folder = tmp_path / "hubspot"
    folder.mkdir()
    for match in FENCE.finditer(HUBSPOT.read_text(encoding="utf-8")):
        if match[2] == "csv":
            (folder / match[3]).write_text(match[4], encoding="utf-8")
    assert len(list(folder.iterdir())) == 21
    warehouse = tmp_path / "warehouse"
    as_of = "2026-06-30T18:00:00Z"
    summary = handoff("run", "--source", f"hubspot={folder}", "--as-of", as_of, "--warehouse", str(warehouse))
    assert "40 (39 current, 1 merged), none unaccounted for" in summary
    assert "2 unknown_parent" in summary and "2 from 3 records" in summary
    with opened(warehouse / "handoff.duckdb", read_only=True) as marts:

        def rows(query: str) -> list[tuple[object, ...]]:
            return marts.execute(query).fetchall()

        assert rows(
            "select source_table, row_key from marts.fct_row_dispositions where reason_codes = 'unknown_parent' "
            "order by source_table"
        ) == [
            ("contact_form_submission", "3:103|2:c0|2:f9|19:2026-03-01 08:00:00"),
            ("engagement_contact", "3:503|3:999|0:"),
        ]
        assert rows(
            "select status, strftime(valid_from, '%d %H:%M'), is_legal_transition from marts.fct_mql_status_history "
            "order by valid_from"
        ) == [
            ("mql", "29 08:05", True),
            ("accepted", "29 08:30", True),
            ("working", "29 09:00", True),
            ("sql", "30 10:00", True),
        ]
        assert rows(
            "select clock, owner_id, strftime(stopped_at, '%H:%M'), sla_status from marts.fct_handoff_sla "
            "join marts.fct_handoffs using (handoff_id) where clock in ('first_touch', 'speed_to_lead') order by clock"
        ) == [("first_touch", "11", "08:16", "met"), ("speed_to_lead", "11", "08:16", "met")]
        assert rows(
            "select signal_name, strftime(occurred_at, '%m-%d') from marts.fct_signals where is_counted "
            "and source_activity_id like 'form_fill%' order by occurred_at"
        ) == [("content_downloaded", "03-01"), ("demo_requested", "06-29")]
        assert rows(
            "select opportunity_id, account_id, stage, is_closed, sourced_mql_id is not null "
            "from marts.fct_opportunities"
        ) == [("700", "900", "Appointment scheduled", False, True)]
        # the title of the day: a data engineer's download in March is no vice president's
        assert rows(
            "select distinct strftime(valid_from, '%Y-%m-%d') from marts.fct_fit_points "
            "join marts.bridge_person_records using (person_id) "
            "where record_id = '101' and score_group = 'seniority' and points >= 20 order by 1"
        ) == [("2026-06-01",)]


def test_the_marketo_example_gives_what_its_page_says(tmp_path: Path) -> None:
    text = MARKETO.read_text(encoding="utf-8")
    folder = tmp_path / "marketo"
    folder.mkdir()
    for match in FENCE.finditer(text):
        if match[2] == "csv":
            (folder / match[3]).write_text(match[4], encoding="utf-8")
    assert len(list(folder.iterdir())) == 10
    (as_written,) = {line for block in blocks(text, "sh") for line in block.splitlines() if "marketo=marketo" in line}
    summary = handoff(*as_written.split()[1:], cwd=tmp_path)
    assert "17 (16 current, 1 merged), none unaccounted for" in summary
    assert "1 unknown_parent" in summary and "2 from 3 records" in summary
    assert "as P1 to nobody" in handoff("explain", "2001", "--warehouse", "warehouse", cwd=tmp_path)
    with opened(tmp_path / "warehouse/handoff.duckdb", read_only=True) as marts:

        def rows(query: str) -> list[tuple[object, ...]]:
            return marts.execute(query).fetchall()

        assert rows("select entry_reason, next_action, strftime(opened_at, '%d %H:%M') from marts.fct_mql_cycles") == [
            ("hand_raise", "same_day_call", "29 08:05")
        ]
        assert rows(
            "select source_activity_id, record_id from marts.fct_signals join marts.bridge_person_records "
            "using (person_id) where signal_name = 'pricing_page_viewed' and is_survivor"
        ) == [("page_visit:w1", "2001")]
        assert rows(
            "select strftime(occurred_at, '%m-%d') from marts.fct_signals where signal_name = 'webinar_attended'"
        ) == [("05-20",)]
        assert rows("select source_activity_id, dropped_reason from marts.fct_signals where not is_counted") == [
            ("email_click:k2", "bot")
        ]
        assert rows(
            "select distinct strftime(valid_from, '%m-%d') from marts.fct_fit_points "
            "join marts.bridge_person_records using (person_id) "
            "where record_id = '2001' and score_group = 'seniority' and points >= 20"
        ) == [("06-01",)]
        assert rows("select count(*) from marts.fct_handoff_sla") == [(0,)]


def test_the_queries_answer(published: duckdb.DuckDBPyConnection) -> None:
    queries = blocks(MARTS.read_text(encoding="utf-8"), "sql")
    assert len(queries) >= 5
    for query in queries:
        assert published.execute(query).fetchall(), query


def test_the_names_join_as_the_page_shows(demo_warehouse: Path) -> None:
    (block,) = blocks(NAMES.read_text(encoding="utf-8"), "python")
    program = block.replace("demo/warehouse", str(demo_warehouse))
    assert program != block
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "full_name" in done.stdout and "@" in done.stdout


def refreshed(text: str, block: str, new: str) -> str:
    assert new.strip()
    return text.replace(f"\n{block}```", f"\n{new}```", 1)


def test_the_tutorial_shows_what_explain_prints(demo_warehouse: Path) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    (record,) = re.findall(r"handoff explain (\w+) --warehouse demo/warehouse", text)
    printed = handoff("explain", record, "--warehouse", str(demo_warehouse))
    person, active, *_ = printed.split("\n\n")
    rest = printed.split("\n\n")[-1].strip()
    shown = blocks(text, "text", "explain")
    parts = [f"{part.strip()}\n" for part in (person, active, rest)]
    if REFRESH:
        for block, part in zip(shown, parts, strict=True):
            text = refreshed(text, block, part)
        TUTORIAL.write_text(text, encoding="utf-8")
        shown = parts
    assert shown == parts


def test_the_tutorial_shows_the_summary_of_the_demo(demo_warehouse: Path, tmp_path: Path) -> None:
    # a copy: another test of this process may hold the published file open in its own way
    shutil.copy(demo_warehouse / "handoff.duckdb", tmp_path / MARTS_FILE)
    text = TUTORIAL.read_text(encoding="utf-8")
    record = yaml.safe_load((demo_warehouse / "run.json").read_text(encoding="utf-8"))
    printed = summarise(tmp_path, record)[1:]
    (shown,) = blocks(text, "text", "summary")
    if REFRESH:
        shown_now = "\n".join([shown.splitlines()[0], *printed]) + "\n"
        TUTORIAL.write_text(refreshed(text, shown, shown_now), encoding="utf-8")
        shown = shown_now
    assert shown.splitlines()[1:] == printed


def test_the_tutorial_s_sentences_repeat_the_figures_of_its_summary() -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    (summary,) = blocks(text, "text", "summary")
    (sentences,) = re.findall(r"Read the lines from the top:\n\n(.*?)\n\n## ", text, re.DOTALL)
    figures = re.findall(r"\d[\d,]*\d", sentences)
    assert len(figures) >= 2
    assert [figure for figure in figures if figure not in summary] == []


@pytest.mark.long
def test_the_signal_recipe_does_what_it_says(demo_warehouse: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("models", "macros", "seeds", "tests/generic", "tests/singular"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(ROOT / name, project / name)
    text = CONTRIBUTING.read_text(encoding="utf-8")
    recipe, union = (textwrap.dedent(blocks(text, "sql", label)[0]) for label in ("signal recipe", "signal union"))
    scoring = project / "models/marts/lead_scoring/intermediate"
    (scoring / "int_signals_from_meetings.sql").write_text(recipe, encoding="utf-8")
    rows = {name: re.findall(rf"`({prefix}[^`]+)`", text)[0] for name, prefix in RECIPE_ROWS.items()}
    for path, addition in [
        (scoring / "int_signals_unioned.sql", union),
        *((project / f"seeds/rules/lead_scoring/{name}.csv", f"{row}\n") for name, row in rows.items()),
    ]:
        with path.open("a", encoding="utf-8") as file:
            file.write(addition)
    landed, warehouse = demo_warehouse.parent / "landed", tmp_path / "warehouse"
    sources = [word for vendor in ("salesforce", "marketo") for word in ("--source", f"{vendor}={landed / vendor}")]
    options = ["--as-of", "2026-06-30T18:00:00Z", "--warehouse", str(warehouse)]
    handoff("run", *sources, *options, HANDOFF_PROJECT=str(project))
    figures = """
        select
            (select count(*) from changed.marts.fct_signals where signal_name = 'meeting_attended'),
            (select count(*) from changed.marts.fct_lead_scores as a join before.marts.fct_lead_scores as b
                using (person_id, scoring_model) where a.engagement_score <> b.engagement_score
                and a.model_status = 'draft'),
            (select count(*) from changed.marts.fct_lead_scores as a join before.marts.fct_lead_scores as b
                using (person_id, scoring_model) where a.engagement_score <> b.engagement_score
                and a.model_status = 'active'),
            (select count(*) from (from changed.marts.fct_mql_cycles except from before.marts.fct_mql_cycles))
    """
    shutil.copy(demo_warehouse / "handoff.duckdb", tmp_path / "before.duckdb")
    with duckdb.connect() as marts:
        marts.execute(f"attach '{tmp_path / 'before.duckdb'}' as before (read_only)")
        marts.execute(f"attach '{warehouse / 'handoff.duckdb'}' as changed (read_only)")
        found = marts.execute(figures).fetchone()
    said = re.search(r"this gives (\d+) signals, moves the draft's\s+score of (\d+) people", text)
    assert said is not None
    assert found == (int(said[1]), int(said[2]), 0, 0)
