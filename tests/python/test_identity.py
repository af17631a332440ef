"""Identity: who is one person. The models' SQL against a union-find written apart from them."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from dataclasses import dataclass, replace

import pytest
from support.compiled import Warehouse, compiled_project

ROLE_MAILBOXES = ("info", "sales")


@dataclass(frozen=True)
class Record:
    """One source record, with what identity asks of it."""

    record_id: str
    record_type: str = "lead"
    email: str | None = None
    created_at: str | None = None
    converted_contact_id: str | None = None
    merged_into_id: str | None = None


@dataclass(frozen=True)
class Resolved:
    person_id: str
    link_method: str
    is_survivor: bool


def warehouse_of(records: list[Record]) -> Warehouse:
    """A warehouse that holds these records, and lists as small as the tests need."""
    warehouse = compiled_project("generic").warehouse()
    warehouse.put(
        "int_registrable_domains",
        [{"host": host, "registrable_domain": host} for host in ("acme.com", "gmail.com", "trash.com")],
    )
    warehouse.put("stg_rules__own_domains")
    warehouse.put(
        "stg_rules__email_domains",
        [{"domain": "gmail.com", "domain_kind": "free"}, {"domain": "trash.com", "domain_kind": "disposable"}],
    )
    warehouse.put("stg_rules__role_mailboxes", [{"local_part": mailbox} for mailbox in ROLE_MAILBOXES])
    warehouse.put("stg_generic__record_links")
    warehouse.put(
        "int_people_unioned",
        [
            {
                "record_key": key_of("generic", record.record_id),
                "source_system": "generic",
                "record_id": record.record_id,
                "record_type": record.record_type,
                "email": record.email,
                "created_at": record.created_at,
                "converted_contact_id": record.converted_contact_id,
                "merged_into_id": record.merged_into_id,
                "is_merged": record.merged_into_id is not None,
            }
            for record in records
        ],
    )
    return warehouse


def key_of(*values: str) -> str:
    """The project's key: md5 of each value with its length before it."""
    return hashlib.md5("|".join(f"{len(value)}:{value}" for value in values).encode()).hexdigest()


def resolve(records: list[Record]) -> dict[str, Resolved]:
    """What the models say, by record_id; person_id told as the survivor's record_id."""
    with warehouse_of(records) as warehouse:
        warehouse.run("int_person_records_resolved")
        rows = warehouse.rows("int_person_records_resolved")
    ids = {row["record_key"]: row["record_id"] for row in rows}
    return {row["record_id"]: Resolved(ids[row["person_id"]], row["link_method"], row["is_survivor"]) for row in rows}


def in_merge_cycles(records: list[Record]) -> set[str]:
    target = {r.record_id: r.merged_into_id for r in records if r.merged_into_id is not None}
    caught = set()
    for start in target:
        seen = {start}
        here = target.get(start)
        while here is not None and here not in seen:
            seen.add(here)
            here = target.get(here)
        if here == start:
            caught.add(start)
    return caught


def expected_people(records: list[Record]) -> dict[str, str]:
    """Survivor by record, by union-find and the survivor rule written out."""
    caught = in_merge_cycles(records)
    live = {r.record_id: r for r in records if r.record_id not in caught}
    parent = {record_id: record_id for record_id in live}

    def find(record_id: str) -> str:
        while parent[record_id] != record_id:
            parent[record_id] = parent[parent[record_id]]
            record_id = parent[record_id]
        return record_id

    def join(one: str, other: str | None) -> None:
        if other in live and one in live:
            parent[find(one)] = find(str(other))

    by_email: dict[str, str] = {}
    for record in live.values():
        join(record.record_id, record.converted_contact_id)
        join(record.record_id, record.merged_into_id)
        email = (record.email or "").strip().lower()
        local, _, domain = email.partition("@")
        if domain in ("acme.com", "gmail.com") and local.split("+")[0] not in ROLE_MAILBOXES:
            join(record.record_id, by_email.setdefault(email, record.record_id))
    groups: dict[str, list[Record]] = defaultdict(list)
    for record_id, record in live.items():
        groups[find(record_id)].append(record)
    survivor = {}
    for group in groups.values():
        best = min(
            group,
            key=lambda r: (
                r.merged_into_id is not None,
                r.record_type != "contact",
                r.created_at is None,
                r.created_at or "",
                r.record_id,
            ),
        )
        survivor.update({record.record_id: best.record_id for record in group})
    return survivor


def people_of(resolved: dict[str, Resolved]) -> dict[str, str]:
    return {record_id: row.person_id for record_id, row in resolved.items()}


def test_a_chain_of_merges_is_one_person() -> None:
    records = [Record("A", merged_into_id="B"), Record("B", merged_into_id="C"), Record("C")]
    resolved = resolve(records)
    assert people_of(resolved) == {"A": "C", "B": "C", "C": "C"}
    assert [resolved[r].link_method for r in "ABC"] == ["merge", "merge", "own"]


def test_a_merge_cycle_takes_nobody_else_with_it() -> None:
    records = [
        Record("A", merged_into_id="B", email="same@acme.com"),
        Record("B", merged_into_id="A"),
        Record("C", merged_into_id="A"),
        Record("D", email="same@acme.com"),
        Record("E", merged_into_id="E"),
    ]
    assert people_of(resolve(records)) == {"C": "C", "D": "D"}


def test_a_merge_into_nobody_leaves_a_person_of_its_own() -> None:
    assert people_of(resolve([Record("A", merged_into_id="gone")])) == {"A": "A"}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("ann@acme.com", " Ann@ACME.com ", True),
        ("ann@gmail.com", "ann@gmail.com", True),
        ("info@acme.com", "info@acme.com", False),
        ("sales+web@acme.com", "sales+web@acme.com", False),
        ("ann@trash.com", "ann@trash.com", False),
        ("not an address", "not an address", False),
        ("@acme.com", "@acme.com", False),
        ("", "", False),
        (None, None, False),
    ],
)
def test_only_a_personal_address_links(one: str | None, other: str | None, is_same: bool) -> None:
    people = people_of(resolve([Record("A", email=one), Record("B", email=other)]))
    assert (people["A"] == people["B"]) is is_same


def test_the_survivor_is_contact_then_oldest_then_smallest() -> None:
    lead = Record("A", email="a@acme.com", created_at="2020-01-01")
    contact = Record("B", "contact", email="a@acme.com", created_at="2024-01-01")
    older = Record("C", "contact", email="a@acme.com", created_at="2023-01-01")
    unknown = Record("0", "contact", email="a@acme.com")
    assert set(people_of(resolve([lead, contact])).values()) == {"B"}
    assert set(people_of(resolve([lead, contact, older, unknown])).values()) == {"C"}
    loser = replace(older, merged_into_id="B")
    assert set(people_of(resolve([lead, contact, loser])).values()) == {"B"}


def test_the_strongest_of_its_own_links_is_told() -> None:
    records = [
        Record("lead", email="a@acme.com", converted_contact_id="contact"),
        Record("contact", "contact", email="a@acme.com"),
        Record("other", email="a@acme.com"),
    ]
    resolved = resolve(records)
    assert resolved["lead"].link_method == "conversion"
    assert resolved["other"].link_method == "email"
    assert resolved["contact"].is_survivor


@pytest.mark.parametrize("seed", range(12))
def test_generated_records_resolve_as_union_find_does(seed: int) -> None:
    draw = random.Random(seed)
    count = draw.choice([5, 20, 200])
    names = [f"R{number:03d}" for number in range(count)]
    records = [
        Record(
            name,
            draw.choice(["lead", "contact"]),
            draw.choice(
                [None, f"p{draw.randrange(count)}@acme.com", f"P{draw.randrange(count)}@acme.com", "info@acme.com"]
            ),
            draw.choice([None, f"202{draw.randrange(5)}-01-01"]),
            draw.choice([None, None, draw.choice(names)]),
            draw.choice([None, None, None, draw.choice(names), "gone"]),
        )
        for name in names
    ]
    resolved = resolve(records)
    assert people_of(resolved) == expected_people(records)
    assert all(row.is_survivor == (record_id == row.person_id) for record_id, row in resolved.items())
    assert all((row.link_method == "own") == row.is_survivor for row in resolved.values())


@pytest.mark.parametrize("shape", ["chain", "star", "ring_of_emails"])
def test_any_length_of_chain_ends_in_one_person(shape: str) -> None:
    count = 3000
    order = list(range(count))
    random.Random(7).shuffle(order)
    names = [f"R{number:06d}" for number in order]
    if shape == "chain":
        records = [Record(name, merged_into_id=after) for name, after in zip(names, [*names[1:], None], strict=True)]
    elif shape == "star":
        records = [Record(name, email="one@acme.com") for name in names]
    else:
        records = [
            Record(name, email=f"e{place // 2}@acme.com", converted_contact_id=names[(place + 1) % count])
            for place, name in enumerate(names)
        ]
    assert len({row.person_id for row in resolve(records).values()}) == 1


def test_the_order_of_arrival_changes_nothing() -> None:
    draw = random.Random(3)
    records = [
        Record(f"R{number}", draw.choice(["lead", "contact"]), f"p{draw.randrange(30)}@acme.com")
        for number in range(100)
    ]
    forward = resolve(records)
    assert resolve(records[::-1]) == forward
