"""The tool that changes the SQL finds what it should, leaves alone what it must, and its verdicts are true."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from support.compiled import PROJECT, compiled_project

MODEL = "int_bot_mail_reactions_found"


@pytest.fixture(scope="module")
def mutate() -> Iterator[ModuleType]:
    specification = importlib.util.spec_from_file_location("mutate", PROJECT / "tests" / "mutate.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    sys.modules["mutate"] = module  # its dataclasses look themselves up there
    specification.loader.exec_module(module)
    yield module
    del sys.modules["mutate"]


@pytest.mark.parametrize(
    ("sql", "change", "becomes"),
    [
        ("select a >= 1 from t", ">= to >", "select a > 1 from t"),
        ("select a < 1 from t", "< to <=", "select a <= 1 from t"),
        ("select a <> b from t", "<> to =", "select a = b from t"),
        ("select a + b from t", "+ to -", "select a - b from t"),
        ("select a * 0.5 from t", "constant", "select a * 1.0 from t"),
        ("select 100 * a + 1e-6 from t", "constant", "select 100 * a + 0.01 from t"),
        ("select coalesce(a, false) from t", "false to true", "select coalesce(a, true) from t"),
        (
            "select row_number() over (order by a desc) from t",
            "desc to asc",
            "select row_number() over (order by a asc) from t",
        ),
        (
            "select row_number() over (order by a, b) from t",
            "order turned",
            "select row_number() over (order by a desc, b) from t",
        ),
        ("select greatest(a, b) from t", "greatest to least", "select least(a, b) from t"),
        ("select 1 from t left join u on a = b", "left to inner join", "select 1 from t inner join u on a = b"),
    ],
)
def test_a_change_is_made(mutate: ModuleType, sql: str, change: str, becomes: str) -> None:
    made = [mutant.sql for mutant in mutate.mutants_of("model", sql) if mutant.change == change]
    assert becomes in made


def test_what_is_no_code_stays_as_it_is(mutate: ModuleType) -> None:
    sql = """select '>= 5' as "a > b", cast(c as decimal(9, 2)) as d  -- not 7, or 8\n/* x < 9 */ from t"""
    assert list(mutate.mutants_of("model", sql)) == []


@pytest.mark.parametrize(
    "sql",
    [
        "select case when a < 0 then 0 when a > 100 then 100 else a end from t",
        "select case when (a + 1) / b < -1000 then -1000 else (a + 1) / b end from t",
        "select case when a < b then a else b end from t",
    ],
)
def test_a_clamp_s_own_bound_is_no_change(mutate: ModuleType, sql: str) -> None:
    assert not {mutant.change for mutant in mutate.mutants_of("model", sql)} & {"> to >=", "< to <="}


def test_another_bound_is_a_change(mutate: ModuleType) -> None:
    made = [mutant.sql for mutant in mutate.mutants_of("model", "select case when a < 0 then 1 else a end from t")]
    assert "select case when a <= 0 then 1 else a end from t" in made
    assert not [m for m in mutate.mutants_of("model", "select * from t") if m.change == "* to /"]


def test_a_limit_keeps_every_kind_of_change(mutate: ModuleType) -> None:
    mutants = list(mutate.mutants_of("model", "select 1, 2, 3, 4 from t where a >= b and c <> d"))
    kinds = {mutant.change for mutant in mutants}
    assert {mutant.change for mutant in mutate.spread(mutants, len(kinds))} == kinds


def test_unit_tests_notice_wrong_sql_and_no_other(mutate: ModuleType) -> None:
    project = compiled_project("generic")
    unit_tests = mutate.UnitTests(project, [MODEL])
    sql = project.node(MODEL).sql
    assert unit_tests.of_model[MODEL] and unit_tests.failing(MODEL, sql) == ""
    verdicts = mutate.judged(list(mutate.mutants_of(MODEL, sql)), unit_tests, [])
    assert verdicts.caught["unit tests"] >= 5
    survivors = {mutant.change for mutant in verdicts.survivors}
    assert verdicts.total == sum(verdicts.caught.values()) + len(verdicts.survivors)
    assert not survivors & {">= to >", "< to <=", "distinct left out"}


def test_each_explanation_is_of_a_mutant_that_there_is(mutate: ModuleType) -> None:
    project = compiled_project("generic")
    there = {
        (mutant.model, mutant.change, mutant.before)
        for model in mutate.models_in(project, mutate.FOLDER)
        for mutant in mutate.mutants_of(model, project.node(model).sql)
    }
    assert set(mutate.explained()) - there == set()
    assert all(why.strip() for why in mutate.explained().values())


def test_the_file_of_explanations_stands_beside_the_tool(mutate: ModuleType) -> None:
    assert Path(mutate.EXPLAINED).exists()
