"""Proposals of whose account somebody may be, for a person to look at: splink's probabilities, which decide nothing.

Reads the published files only: marts.duckdb for who has no account, pii.duckdb for what their company is called. An
account is known by the company names of the people whom the matcher did give to it.
"""

from __future__ import annotations

import csv
import importlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import click
import duckdb

from handoff.database import opened
from handoff.errors import CouldNotRun
from handoff.export import cell
from handoff.landing import first_line, literal
from handoff.publish import MARTS_FILE, PII_FILE, current_version

HEADER = ("person_id", "account_id", "match_probability", "company_name", "account_company_name", "country")
WITHOUT_ACCOUNT = """
    select
        people.person_id as unique_id,
        lower(names.company_name) as company_name,
        lower(people.country) as country
    from marts.marts.dim_person as people
    inner join pii.marts_pii.dim_person_pii as names
        on people.person_id = names.person_id
    where
        people.account_id is null
        and people.exclusion_reason is null
        and names.company_name is not null
"""
KNOWN_NAMES = """
    select
        cast(row_number() over (order by account_id, company_name, country) as varchar) as unique_id,
        account_id,
        company_name,
        country
    from (
        select distinct
            people.account_id,
            lower(names.company_name) as company_name,
            lower(people.country) as country
        from marts.marts.dim_person as people
        inner join pii.marts_pii.dim_person_pii as names
            on people.person_id = names.person_id
        where
            people.account_id is not null
            and names.company_name is not null
    ) as names_of_accounts
"""


@dataclass(frozen=True)
class Proposal:
    """A person without an account, an account whose people name their company alike, and how likely splink holds it."""

    person_id: str
    account_id: str
    match_probability: float
    company_name: str
    account_company_name: str
    country: str


def suggest(warehouse: Path, at_least: float) -> list[Proposal]:
    """The likeliest account of each person who has none, if its probability is at least `at_least`.

    Raises CouldNotRun where splink is not installed, nothing is published, or names were not published.
    """
    version = current_version(warehouse)
    if version is None:
        raise CouldNotRun(f"Nothing is published in {warehouse}.", hint="Run `handoff run --warehouse …` first.")
    if not (version / PII_FILE).exists():
        raise CouldNotRun("The run published no names to compare.", hint="Run it without --no-pii.")
    if not os.access(version / PII_FILE, os.R_OK):
        raise CouldNotRun(f"You may not read {PII_FILE}.", hint="Ask its owner to run this.")
    try:
        importlib.import_module("splink")  # an extra: a run does without it
    except ImportError as error:
        raise CouldNotRun("splink is not installed.", hint="pip install 'handoff[splink]', then try again.") from error
    try:
        with opened() as connection:
            connection.execute(f"attach {literal(str(version / MARTS_FILE))} as marts (read_only)")
            connection.execute(f"attach {literal(str(version / PII_FILE))} as pii (read_only)")
            connection.execute(f"create table people as {WITHOUT_ACCOUNT} order by unique_id")
            connection.execute(f"create table accounts as {KNOWN_NAMES}")
            return _proposed(connection, at_least)
    except duckdb.Error as error:
        raise CouldNotRun(
            f"The published files cannot be read: {first_line(error)}",
            hint="`handoff check --warehouse …` says which file is amiss; run again.",
        ) from error


def write(proposals: list[Proposal], path: Path) -> None:
    """Write proposals as CSV, readable by its owner alone; no cell of it runs as a formula in a spreadsheet."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
        path.chmod(0o600)
        rows = csv.writer(out)
        rows.writerow(HEADER)
        for one in proposals:
            rows.writerow(
                [
                    *(cell(one.person_id), cell(one.account_id), f"{one.match_probability:.4f}"),
                    *(cell(one.company_name), cell(one.account_company_name), cell(one.country)),
                ]
            )


def _proposed(connection: duckdb.DuckDBPyConnection, at_least: float) -> list[Proposal]:
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    counted = connection.execute("select (select count(*) from people), (select count(*) from accounts)").fetchone()
    assert counted is not None
    if not all(counted):
        return []
    settings = SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=1 / counted[1],
        comparisons=[
            # of true pairs that the matcher left, few are spelt the same: those it would have found
            compare.DamerauLevenshteinAtThresholds("company_name", [1, 2]).configure(
                m_probabilities=[0.2, 0.5, 0.2, 0.1]
            ),
            compare.ExactMatch("country").configure(m_probabilities=[0.9, 0.1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("substr(company_name, 1, 4)"),
            block_on("country", "substr(company_name, 1, 2)"),
        ],
        retain_matching_columns=True,
    )
    api = DuckDBAPI(connection)
    tables = [api.register(name, dataset_display_name=name) for name in ("people", "accounts")]
    linker = Linker(tables, settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000)
    # splink puts the table whose name comes first on the left: accounts, then people
    found = linker.inference.predict(threshold_match_probability=at_least)
    rows = connection.execute(
        f"""
        select person_id, account_id, match_probability, company_name, account_company_name, country
        from (
            select
                proposed.unique_id_r as person_id,
                accounts.account_id,
                proposed.match_probability,
                proposed.company_name_r as company_name,
                accounts.company_name as account_company_name,
                coalesce(proposed.country_r, '') as country,
                row_number() over (
                    partition by proposed.unique_id_r
                    order by proposed.match_probability desc, accounts.account_id, accounts.unique_id
                ) as place
            from {found.physical_name} as proposed
            inner join accounts
                on proposed.unique_id_l = accounts.unique_id
        ) as ranked
        where place = 1
        order by match_probability desc, person_id
        """
    ).fetchall()
    return [Proposal(*row) for row in rows]


@click.group()
def match() -> None:
    """Whose account somebody may be, where the matcher does not say."""


@match.command("suggest")
@click.option("--warehouse", type=click.Path(path_type=Path, file_okay=False), required=True, help="Published files.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="CSV file to write.")
@click.option(
    "--at-least", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="The least probability to propose."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON on standard output.")
def suggest_command(warehouse: Path, out: Path, at_least: float, as_json: bool) -> None:
    """Propose the likeliest account of each person who has none, by splink (an extra), for somebody to look at.

    \b
    Example:
      handoff match suggest --warehouse warehouse --out proposals.csv

    Nothing is decided: what you agree with becomes a row of rule_account_overrides.csv. The file holds company names
    and is readable by its owner alone. Exit 2 without splink, or where the run published no names.
    """
    proposals = suggest(warehouse, at_least)
    write(proposals, out)
    if as_json:
        click.echo(json.dumps({"file": str(out), "proposals": len(proposals)}, indent=2))
    click.echo(
        f"{len(proposals)} proposals in {out}. Next: look at each; what you agree with is a row of "
        "seeds/rules/people/rule_account_overrides.csv.",
        err=True,
    )
