"""How well people find their account, measured on the labelled set: figures per method and per scenario.

    PYTHONPATH=tests/python python -m labelled.measure [--write]

Runs the project's own SQL on the set as the generic input would land it. Prints the figures as Markdown;
--write puts them into docs/reference/matching-figures.md. Exit 0: measured. 2: could not run.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from support.compiled import PROJECT, compiled_project

from labelled.world import Person, World, made

PAGE = PROJECT / "docs" / "reference" / "matching-figures.md"


@dataclass(frozen=True)
class Answer:
    """What the matcher says of a person, and the candidates that it lists for review."""

    account_id: str | None
    method: str
    listed: frozenset[str]


@dataclass(frozen=True)
class Figures:
    """People of one kind: how many should and can be linked, and what became of them."""

    people: int
    with_account: int
    linkable: int
    linked: int
    right: int
    right_of_linkable: int
    ambiguous: int
    listed_rightly: int

    @property
    def precision(self) -> float | None:
        return self.right / self.linked if self.linked else None

    @property
    def recall(self) -> float | None:
        return self.right_of_linkable / self.linkable if self.linkable else None


def answers(world: World) -> dict[str, Answer]:
    """What the project's SQL says of each record."""
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put("rule_own_domains", [{"domain": domain, "domain_kind": "own"} for domain in world.own_domains])
        warehouse.put(
            "rule_domain_aliases",
            [
                {"alias_domain": alias, "kind": "acquired", "canonical_domain": domain}
                for alias, domain in world.aliases
            ],
        )
        warehouse.put(
            "stg_generic__accounts",
            [
                {
                    "source_system": "generic",
                    "disposition": "current",
                    "account_id": account.account_id,
                    "account_name": account.account_name,
                    "domain": account.domain,
                    "country": account.country,
                    "parent_account_id": account.parent_account_id,
                }
                for account in world.accounts
            ],
        )
        warehouse.put("stg_generic__people", [landed(person) for person in world.people])
        warehouse.run("rpt_account_match_review", "fct_account_matches", "bridge_person_records")
        people = {row["record_id"]: row["person_id"] for row in warehouse.rows("bridge_person_records")}
        matches = {row["person_id"]: row for row in warehouse.rows("fct_account_matches")}
        listed: dict[str, set[str]] = {}
        for row in warehouse.rows("rpt_account_match_review"):
            listed.setdefault(row["person_id"], set()).add(row["account_id"])
    return {
        record: Answer(matches[person]["account_id"], matches[person]["method"], frozenset(listed.get(person, ())))
        for record, person in people.items()
    }


def landed(person: Person) -> Mapping[str, object]:
    return {
        "record_key": hashlib.md5(person.record_id.encode()).hexdigest(),
        "source_system": "generic",
        "disposition": "current",
        "record_id": person.record_id,
        "record_type": "contact" if person.linked_account_id else "lead",
        "email": person.email.lower() if person.email else None,
        "company_name": person.company_name,
        "company_domain": person.company_domain,
        "country": person.country,
        "account_id": person.linked_account_id,
        "converted_account_id": person.converted_account_id,
        "converted_at": "2026-01-05 09:00:00" if person.converted_account_id else None,
        "created_at": "2026-01-01 09:00:00",
    }


def figures(people: Sequence[Person], said: Mapping[str, Answer]) -> Figures:
    def is_right(person: Person) -> bool:
        answer = said[person.record_id].account_id
        return answer is not None and answer == person.account_id

    return Figures(
        people=len(people),
        with_account=sum(person.account_id is not None for person in people),
        linkable=sum(person.is_linkable for person in people),
        linked=sum(said[person.record_id].account_id is not None for person in people),
        right=sum(is_right(person) for person in people),
        right_of_linkable=sum(is_right(person) and person.is_linkable for person in people),
        ambiguous=sum(said[person.record_id].method == "ambiguous" for person in people),
        listed_rightly=sum(
            person.account_id in said[person.record_id].listed and not is_right(person) for person in people
        ),
    )


def share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def page(world: World, said: Mapping[str, Answer]) -> str:
    """The figures as a page."""
    everybody = figures(world.people, said)
    by_method: dict[str, list[Person]] = {}
    by_scenario: dict[str, list[Person]] = {}
    for person in world.people:
        by_method.setdefault(said[person.record_id].method, []).append(person)
        by_scenario.setdefault(person.scenario, []).append(person)
    counted = Counter({method: len(people) for method, people in by_method.items()})
    lines = [
        "# How well people find their account",
        "",
        "Measured on an invented, labelled set that shares no code and no list with the matcher",
        "(`tests/python/labelled/`). Written by `make match-figures`; a test holds it to what the command gives.",
        "",
        f"{len(world.accounts)} accounts, {everybody.people} people: {everybody.with_account} belong to an account.",
        f"{everybody.linkable} of these bear something, rightly written, that tells which; of the others the company",
        "is misspelt, entered twice or not told.",
        "",
        f"- precision of all links: {everybody.right} of {everybody.linked} right, {share(everybody.precision)}",
        f"- recall of the linkable: {everybody.right_of_linkable} of {everybody.linkable}, {share(everybody.recall)}",
        f"- of all who belong to an account: {everybody.right} of {everybody.with_account} linked rightly; "
        f"{everybody.listed_rightly} more have it",
        "  among the candidates that `rpt_account_match_review` lists",
        "",
        "| method | people | linked | right | precision |",
        "|---|---|---|---|---|",
    ]
    for method, _ in counted.most_common():
        found = figures(by_method[method], said)
        lines.append(f"| {method} | {found.people} | {found.linked} | {found.right} | {share(found.precision)} |")
    lines += [
        "",
        "| scenario | people | with account | linkable | linked | right | recall | ambiguous | right one listed |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for scenario, people in by_scenario.items():
        found = figures(people, said)
        lines.append(
            f"| {scenario} | {found.people} | {found.with_account} | {found.linkable} | {found.linked} | {found.right} "
            f"| {share(found.recall)} | {found.ambiguous} | {found.listed_rightly} |"
        )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    try:
        world = made()
        text = page(world, answers(world))
    except (OSError, RuntimeError, KeyError) as problem:
        print(f"could not measure: {problem}", file=sys.stderr)
        return 2
    if "--write" in arguments:
        Path(PAGE).write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
