"""Thousands of generated graphs of records at once: the models' people and links against a union-find."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from dataclasses import replace

import pytest
from oracles.identity import Identity, Link, Override, Record, in_rings, links_of, resolve
from support.compiled import compiled_project

GRAPHS = 5_000
IN_FORCE = "2026-06-30 18:00:00"
Graph = tuple[list[Record], list[Override]]


def key_of(*values: str) -> str:
    """The project's key: md5 of each value with its length before it."""
    return hashlib.md5("|".join(f"{len(value)}:{value}" for value in values).encode()).hexdigest()


def drawn_graph(draw: random.Random, number: int) -> Graph:
    """A chain, star, clique, ring or thicket of records, and in half of the graphs overrides."""
    shape = draw.choice(["chain", "star", "clique", "ring", "thicket", "thicket", "thicket"])
    count = draw.randrange(1, 51) if shape == "chain" else draw.randrange(1, 13)
    ids = [f"g{number:06d}-{place:02d}" for place in range(count)]
    draw.shuffle(ids)
    records = [
        Record(
            key=key_of("generic", record_id),
            record_id=record_id,
            is_contact=draw.random() < 0.4,
            created_at=draw.choice([None, *(f"202{year}-01-01" for year in range(5))]),
        )
        for record_id in ids
    ]
    for place, record in enumerate(records):
        after = ids[(place + 1) % count]
        if shape == "chain" and place + 1 < count:
            how = draw.choice(["converted_into", "merged_into", "named"])
            record = replace(record, **{how: (after,) if how == "named" else after})
        elif shape == "star":
            record = replace(record, address=f"{number}@acme.com")
        elif shape == "clique":
            record = replace(record, named=tuple(other for other in ids if other != record.record_id))
        elif shape == "ring":
            record = replace(record, merged_into=after if draw.random() < 0.9 else None)
        elif shape == "thicket":
            record = replace(
                record,
                address=draw.choice([None, None, *(f"{number}-{mailbox}@acme.com" for mailbox in range(count))]),
                converted_into=draw.choice([None, None, None, draw.choice(ids)]),
                merged_into=draw.choice([None, None, None, draw.choice(ids), "gone"]),
                named=tuple(draw.sample(ids, draw.choice([0, 0, 1]))),
            )
        records[place] = record
    overrides = [
        Override(f"{number:06d}-{place}", draw.random() < 0.35, draw.choice(ids), draw.choice([*ids, "nobody"]))
        for place in range(draw.choice([0, 0, 0, 1, 1, 2, 4]))
    ]
    return records, overrides


def by_the_models(graphs: list[Graph]) -> Identity:
    """What the models say of all graphs in one build."""
    with compiled_project("generic").warehouse() as warehouse:
        people, links, overrides = [], [], []
        for records, written in graphs:
            for record in records:
                people.append(
                    {
                        "record_key": record.key,
                        "source_system": "generic",
                        "record_id": record.record_id,
                        "record_type": "contact" if record.is_contact else "lead",
                        "email": record.address,
                        "created_at": record.created_at,
                        "converted_contact_id": record.converted_into,
                        "merged_into_id": record.merged_into,
                        "is_merged": record.merged_into is not None,
                    }
                )
                links += [
                    {
                        "record_key": record.key,
                        "record_id": record.record_id,
                        "other_source_system": "generic",
                        "other_record_id": named,
                        "disposition": "current",
                    }
                    for named in record.named
                ]
            overrides += [
                {
                    "override_id": override.override_id,
                    "decision": "force_same" if override.is_same else "force_apart",
                    "source_system": "generic",
                    "record_id": override.one,
                    "other_source_system": "generic",
                    "other_record_id": override.other,
                    "effective_from": "1900-01-01 00:00:00",
                    "effective_until": "9999-12-31 00:00:00",
                }
                for override in written
            ]
        warehouse.put("int_people_unioned", people)
        warehouse.put("stg_generic__record_links", links)
        warehouse.put("stg_rules__identity_overrides", overrides)
        warehouse.put("int_registrable_domains", [{"host": "acme.com", "registrable_domain": "acme.com"}])
        warehouse.run("int_person_records_resolved", "int_record_links_decided", as_of=IN_FORCE)
        rows = warehouse.rows("int_person_records_resolved")
        decided = warehouse.rows("int_record_links_decided")
    ids = {record.key: record.record_id for records, _ in graphs for record in records}
    return Identity(
        {row["record_id"]: ids[row["person_id"]] for row in rows},
        frozenset(
            Link(ids[row["record_key"]], ids[row["linked_record_key"]], row["link_method"])
            for row in decided
            if row["dropped_reason"] is None
        ),
    )


@pytest.mark.parametrize(
    ("seed", "count"), [(1, GRAPHS), pytest.param(2, 6 * GRAPHS, marks=pytest.mark.long)], ids=["sample", "many"]
)
def test_people_and_links_are_those_of_union_find(seed: int, count: int) -> None:
    draw = random.Random(seed)
    graphs = [drawn_graph(draw, number) for number in range(count)]
    found = by_the_models(graphs)
    torn = caught = 0
    used: set[Link] = set()
    for records, overrides in graphs:
        expected = resolve(records, overrides)
        ids = {record.record_id for record in records}
        assert {one: found.person[one] for one in ids & set(found.person)} == expected.person, (records, overrides)
        used |= expected.used
        caught += len(ids) - len(expected.person)
        live = [record for record in records if record.record_id in expected.person]
        torn += set(links_of(live, overrides)) != expected.used
    assert len(found.used ^ used) == 0
    assert caught > count / 50 and torn > count / 20, "the graphs hold too few rings or overrides to prove anything"


def test_the_oracle_keeps_the_laws() -> None:
    """What is kept apart is apart, who is one person is connected by used links, and nothing else was cut."""
    draw = random.Random(3)
    for number in range(3_000):
        records, overrides = drawn_graph(draw, number)
        identity = resolve(records, overrides)
        live = [record for record in records if record.record_id not in in_rings(records)]
        for override in overrides:
            if not override.is_same and override.one != override.other:
                one, other = identity.person.get(override.one), identity.person.get(override.other)
                assert one is None or other is None or one != other
        near: dict[str, set[str]] = defaultdict(set)
        for link in identity.used:
            near[link.one].add(link.other)
            near[link.other].add(link.one)
        for survivor in set(identity.person.values()):
            reached, waiting = {survivor}, [survivor]
            while waiting:
                beside = near[waiting.pop()] - reached
                reached |= beside
                waiting += beside
            assert reached == {one for one, person in identity.person.items() if person == survivor}
        if all(override.is_same for override in overrides):
            assert identity.used == frozenset(links_of(live, overrides))
