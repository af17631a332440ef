"""Identity: who is one person, case by case. test_identity_oracle.py holds thousands of graphs to a union-find."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Iterable
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


Override = tuple[str, str, str]  # decision and the two records


def warehouse_of(records: list[Record], overrides: Iterable[Override] = ()) -> Warehouse:
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
        "stg_rules__identity_overrides",
        [
            {
                "override_id": f"O{place}",
                "decision": decision,
                "source_system": "generic",
                "record_id": one,
                "other_source_system": "generic",
                "other_record_id": other,
                "effective_from": "1900-01-01",
                "effective_until": "9999-12-31",
            }
            for place, (decision, one, other) in enumerate(overrides)
        ],
    )
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


def resolve(records: list[Record], overrides: Iterable[Override] = ()) -> dict[str, Resolved]:
    """What the models say, by record_id; person_id told as the survivor's record_id."""
    with warehouse_of(records, overrides) as warehouse:
        warehouse.run("int_person_records_resolved")
        rows = warehouse.rows("int_person_records_resolved")
    ids = {row["record_key"]: row["record_id"] for row in rows}
    return {row["record_id"]: Resolved(ids[row["person_id"]], row["link_method"], row["is_survivor"]) for row in rows}


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


def groups_of(resolved: dict[str, Resolved]) -> set[frozenset[str]]:
    people = people_of(resolved)
    return {frozenset(one for one in people if people[one] == person) for person in people.values()}


def test_an_override_joins_what_nothing_links() -> None:
    records = [Record("A", "contact"), Record("B"), Record("C")]
    resolved = resolve(records, [("force_same", "B", "A"), ("force_same", "C", "nobody"), ("force_same", "C", "C")])
    assert groups_of(resolved) == {frozenset("AB"), frozenset("C")}
    assert resolved["B"].link_method == "forced"


def test_an_override_parts_what_a_chain_joins() -> None:
    """The address joined A's chain to C's; it is weaker than either's conversion, so it is what is cut."""
    records = [
        Record("A", email="a@acme.com", converted_contact_id="A2"),
        Record("A2", "contact"),
        Record("C", email="a@acme.com", converted_contact_id="C2"),
        Record("C2", "contact"),
        Record("D", email="a@acme.com"),
    ]
    assert groups_of(resolve(records)) == {frozenset(["A", "A2", "C", "C2", "D"])}
    resolved = resolve(records, [("force_apart", "A2", "C2")])
    with_d = "A" if people_of(resolved)["D"] == "A2" else "C"
    assert groups_of(resolved) == {
        frozenset(["A", "A2", *("D" if with_d == "A" else "")]),
        frozenset(["C", "C2", *("D" if with_d == "C" else "")]),
    }
    assert resolved["A"].link_method == resolved["C"].link_method == "conversion"


def test_an_override_parts_two_that_are_linked_directly_by_anything() -> None:
    for records in (
        [Record("A", merged_into_id="B"), Record("B")],
        [Record("A", converted_contact_id="B"), Record("B", "contact")],
        [Record("A", email="a@acme.com"), Record("B", email="a@acme.com")],
    ):
        assert groups_of(resolve(records, [("force_apart", "A", "B")])) == {frozenset("A"), frozenset("B")}


def test_records_that_two_overrides_name_stay_one_person_where_they_are() -> None:
    records = [
        Record("L", email="a@acme.com", converted_contact_id="K"),
        Record("K", "contact", email="a@acme.com"),
        Record("X", email="a@acme.com"),
    ]
    overrides = [("force_apart", "L", "X"), ("force_apart", "K", "X")]
    assert groups_of(resolve(records, overrides)) == {frozenset("LK"), frozenset("X")}


@pytest.mark.parametrize(
    ("records", "methods"),
    [
        # into which others were merged, and itself found by its address: the address is how it hangs
        (
            [
                Record("S", "contact", email="a@acme.com", created_at="2020-01-01"),
                Record("B", email="a@acme.com", created_at="2021-01-01"),
                Record("M", merged_into_id="B"),
            ],
            {"S": "own", "B": "email", "M": "merge"},
        ),
        # merged away, though its address is the survivor's too: the CRM's word comes first
        (
            [
                Record("S", "contact", email="a@acme.com"),
                Record("M", email="a@acme.com", merged_into_id="B"),
                Record("B", email="a@acme.com"),
            ],
            {"S": "own", "B": "email", "M": "merge"},
        ),
        # a contact that only a converted lead ties to the survivor
        (
            [
                Record("S", "contact", email="a@acme.com", created_at="2020-01-01"),
                Record("L", email="a@acme.com", converted_contact_id="K"),
                Record("K", "contact", created_at="2021-01-01"),
            ],
            {"S": "own", "L": "conversion", "K": "conversion"},
        ),
    ],
)
def test_the_method_is_that_of_the_link_by_which_a_record_hangs(records: list[Record], methods: dict[str, str]) -> None:
    assert {one: row.link_method for one, row in resolve(records).items()} == methods


def test_pitfall_7_an_address_that_many_share_multiplies_no_row() -> None:
    """Joined on the address, five hundred records would make a quarter of a million pairs."""
    records = [Record(f"R{number}", email=f"one+{number}@acme.com") for number in range(500)]
    with warehouse_of(records) as warehouse:
        warehouse.run("fct_record_links", "bridge_person_records")
        assert len(warehouse.rows("fct_record_links")) == len(records) - 1
        bridge = warehouse.rows("bridge_person_records")
    assert len(bridge) == len(records) and len({row["person_id"] for row in bridge}) == 1


def test_pitfall_7_rows_in_a_merge_cycle_end_quarantined() -> None:
    merges = {"A": "B", "B": "C", "C": "A", "D": "D", "E": "A", "F": None}
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put(
            "stg_generic__people",
            [
                {
                    "source_system": "generic",
                    "source_table": "people",
                    "source_row_number": number,
                    "row_key": record_id,
                    "record_key": key_of("generic", record_id),
                    "record_id": record_id,
                    "disposition": "merged" if target else "current",
                    "reason_codes": "",
                    "merged_into_id": target,
                }
                for number, (record_id, target) in enumerate(merges.items(), start=1)
            ],
        )
        warehouse.run("fct_row_dispositions", "bridge_person_records")
        ends = {
            row["row_key"]: (row["disposition"], row["reason_codes"]) for row in warehouse.rows("fct_row_dispositions")
        }
        people = {row["record_id"] for row in warehouse.rows("bridge_person_records")}
    in_ring = ("quarantined", "merge_cycle")
    assert ends == {
        **dict.fromkeys("ABCD", in_ring),
        "E": ("merged", "merge_orphan"),
        "F": ("current", ""),
    }
    assert people == {"E", "F"}


@pytest.mark.parametrize("shape", ["chains of fifty", "one chain", "one star"])
def test_pitfall_42_merges_resolve_in_linear_time(shape: str) -> None:
    """Counted, not timed: all rounds together handle fewer than twice the links, in rounds that grow with log2."""
    for count in (1_000, 32_000):
        keys = [key_of("generic", str(number)) for number in range(count)]
        pairs = {
            "chains of fifty": [(number, number + 1) for number in range(count - 1) if number % 50 < 49],
            "one chain": [(number, number + 1) for number in range(count - 1)],
            "one star": [(number, 0) for number in range(1, count)],
        }[shape]
        with compiled_project("generic").warehouse() as warehouse:
            warehouse.put(
                "int_record_links_unioned",
                [{"record_key": keys[one], "linked_record_key": keys[other]} for one, other in pairs],
            )
            warehouse.run("int_record_components_labelled")
            relation = warehouse.project.node("int_record_links_contracted").relation
            handled, rounds = warehouse.connection.execute(
                f"select count(*), count(distinct round_number) from {relation}"
            ).fetchall()[0]
            labels = {row["label"] for row in warehouse.rows("int_record_components_labelled")}
        assert len(labels) == (math.ceil(count / 50) if shape == "chains of fifty" else 1)
        assert handled < 2 * 2 * len(pairs), "links are stored both ways"
        assert rounds <= math.log2(count)
