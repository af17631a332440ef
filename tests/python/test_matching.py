"""Whose account: measured on a labelled set that shares nothing with the matcher, and one matcher for every mart."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import duckdb
import pytest
from labelled.measure import PAGE, Answer, answers, figures, page
from labelled.world import World, made
from support.compiled import PROJECT, VENDORS, compiled_project

LABELLED = PROJECT / "tests" / "python" / "labelled"
# What only the matcher may read: evidence, keys, candidates.
EVIDENCE = (
    "int_account_matches_by_",
    "int_account_keys_counted",
    "int_account_match_facts_collected",
    "int_person_match_facts_collected",
    "int_account_match_candidates_collected",
    "int_account_alias_domains_found",
    "int_account_contact_domains_found",
    "int_company_names_",
)


@pytest.fixture(scope="module")
def world() -> World:
    return made()


@pytest.fixture(scope="module")
def said(world: World) -> dict[str, Answer]:
    return answers(world)


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_the_labelled_set_shares_no_code_and_no_list_with_the_matcher() -> None:
    for name in ("lists.py", "world.py"):
        file = LABELLED / name
        assert imported(file) <= set(sys.stdlib_module_names) | {"labelled"}, name
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"open", "exec", "eval", "__import__"}, name
        assert not {"pathlib", "os", "io", "csv", "importlib", "subprocess"} & imported(file), name


def test_the_labelled_set_is_large_and_holds_what_goes_wrong(world: World) -> None:
    assert len(world.people) >= 5000
    assert len({person.scenario for person in world.people}) >= 25
    assert any(person.email and "@xn--" in person.email for person in world.people)
    assert any(person.email and not person.email.isascii() for person in world.people)


def test_links_are_right_and_few_are_missed(world: World, said: dict[str, Answer]) -> None:
    everybody = figures(world.people, said)
    assert everybody.linked > 0 and everybody.linkable > 0
    assert (everybody.precision or 0) >= 0.995
    assert (everybody.recall or 0) >= 0.95


def test_what_ties_is_listed_with_the_right_account(world: World, said: dict[str, Answer]) -> None:
    tied = [person for person in world.people if said[person.record_id].method == "ambiguous"]
    assert len(tied) >= 100
    for person in tied:
        assert said[person.record_id].account_id is None
        assert len(said[person.record_id].listed) >= 2
        assert person.account_id in said[person.record_id].listed, person


def test_the_page_shows_the_figures(world: World, said: dict[str, Answer]) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(world, said), "run make match-figures"


def test_pitfall_2_a_mail_provider_s_name_inside_a_domain_is_a_company(world: World, said: dict[str, Answer]) -> None:
    people = [person for person in world.people if person.scenario == "mail provider's name inside a company's"]
    assert any(person.email and person.email.lower().endswith("@oliverwyman.com") for person in people)
    assert all(said[person.record_id].account_id == person.account_id for person in people)


def test_a_free_mail_domain_on_an_account_links_nobody(world: World, said: dict[str, Answer]) -> None:
    people = [person for person in world.people if person.scenario == "free mail that an account states"]
    assert people and all(said[person.record_id].account_id is None for person in people)


def test_pitfall_15_no_other_model_decides_an_account() -> None:
    """Evidence of matching is read inside its folder alone; all others read what was decided."""
    nodes = compiled_project(*VENDORS).nodes
    matching = {path.stem for path in (PROJECT / "models" / "conformed" / "matching").glob("*.sql")}
    assert any(name.startswith(EVIDENCE[0]) for name in nodes)
    strangers = {
        (name, read)
        for name, node in nodes.items()
        for read in node.reads
        if name not in matching and read.startswith(EVIDENCE)
    }
    assert not strangers
    deciders = {name for name, node in nodes.items() if "int_account_matches_decided" in node.reads} - matching
    assert deciders >= {"int_persons_enriched", "fct_account_matches"}


def test_pitfall_15_every_mart_gives_a_person_the_same_account(published: duckdb.DuckDBPyConnection) -> None:
    candidates = ("fct_account_match_candidates", "rpt_account_match_review")
    marts = [
        row[0]
        for row in published.execute(
            "select table_name from duckdb_columns() where schema_name = 'marts' and column_name in "
            "('person_id', 'account_id') group by table_name having count(*) = 2 order by table_name"
        ).fetchall()
        if row[0] not in candidates
    ]
    assert {"dim_person", "fct_account_matches", "fct_handoffs", "fct_mql_cycles"} <= set(marts)
    for mart in marts:
        differing = published.execute(
            f"select count(*) from marts.{mart} as mart inner join marts.dim_person using (person_id) "
            "where mart.account_id is distinct from dim_person.account_id"
        ).fetchone()
        assert differing == (0,), mart
