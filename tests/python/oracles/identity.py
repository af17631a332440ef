"""Who is one person, by union-find: written from docs/decisions, apart from the models, and from no code of theirs.

Records are linked by what they say of each other. Records that merge into each other in a ring are nobody's. An
override that keeps two records apart beats any chain of links: each record named by one claims what is linked to it,
the strongest kind of link first and round by round, then the claims are joined again, strongest border first, but never
two that an override keeps apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

STRENGTH = {"forced": 0, "conversion": 1, "merge": 2, "cross_id": 3, "email": 4}


@dataclass(frozen=True)
class Record:
    """One source record: key sorts as the models' keys do, address is what it shares with others of one mailbox."""

    key: str
    record_id: str
    is_contact: bool = False
    created_at: str | None = None
    address: str | None = None
    converted_into: str | None = None
    merged_into: str | None = None
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Override:
    override_id: str
    is_same: bool
    one: str
    other: str


@dataclass(frozen=True)
class Link:
    one: str
    other: str
    method: str


@dataclass(frozen=True)
class Identity:
    """Person (the survivor's record_id) by record_id, and the links by which they are one."""

    person: Mapping[str, str]
    used: frozenset[Link]


class Groups:
    """Union-find."""

    def __init__(self, members: Iterable[str]) -> None:
        self.parent = {member: member for member in members}

    def find(self, member: str) -> str:
        while self.parent[member] != member:
            self.parent[member] = self.parent[self.parent[member]]
            member = self.parent[member]
        return member

    def join(self, one: str, other: str) -> None:
        self.parent[self.find(one)] = self.find(other)

    def all(self) -> list[set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for member in self.parent:
            found[self.find(member)].add(member)
        return list(found.values())


def in_rings(records: Sequence[Record]) -> set[str]:
    """Records that come back to themselves by following merges."""
    target = {record.record_id: record.merged_into for record in records}
    caught = set()
    for start in target:
        here, seen = target[start], set()
        while here in target and here not in seen and here != start:
            seen.add(here)
            here = target[here]
        if here == start:
            caught.add(start)
    return caught


def links_of(records: Sequence[Record], overrides: Sequence[Override]) -> list[Link]:
    """Every link whose two ends are there; records of one address hang on the one whose key is smallest."""
    known = {record.record_id for record in records}
    found = []
    hubs: dict[str, Record] = {}
    for record in sorted(records, key=lambda record: record.key):
        if record.address is not None:
            hubs.setdefault(record.address, record)
    for record in records:
        said = [("conversion", record.converted_into), ("merge", record.merged_into)]
        said += [("cross_id", named) for named in record.named]
        if record.address is not None:
            said.append(("email", hubs[record.address].record_id))
        found += [Link(record.record_id, other, method) for method, other in said if other in known]
    found += [Link(override.one, override.other, "forced") for override in overrides if override.is_same]
    return [link for link in found if link.one != link.other and {link.one, link.other} <= known]


def resolve(records: Sequence[Record], overrides: Sequence[Override] = ()) -> Identity:
    caught = in_rings(records)
    live = [record for record in records if record.record_id not in caught]
    by_id = {record.record_id: record for record in live}
    links = links_of(live, overrides)
    groups = Groups(by_id)
    for link in links:
        groups.join(link.one, link.other)
    apart = [
        override
        for override in overrides
        if not override.is_same
        and override.one in by_id
        and override.other in by_id
        and override.one != override.other
        and groups.find(override.one) == groups.find(override.other)
    ]
    torn = {groups.find(override.one) for override in apart}
    people = [group for group in groups.all() if groups.find(next(iter(group))) not in torn]
    for root in torn:
        members = {record_id for record_id in by_id if groups.find(record_id) == root}
        within = [override for override in apart if override.one in members]
        people += kept_apart(members, [link for link in links if link.one in members], within)
    person = {}
    for group in people:
        survivor = min((by_id[record_id] for record_id in group), key=rank_as_survivor)
        person.update(dict.fromkeys(group, survivor.record_id))
    used = frozenset(link for link in links if person[link.one] == person[link.other])
    return Identity(person, used)


def rank_as_survivor(record: Record) -> tuple[bool, bool, bool, str, str]:
    return (
        record.merged_into is not None,
        not record.is_contact,
        record.created_at is None,
        record.created_at or "",
        record.record_id,
    )


def kept_apart(members: set[str], links: Sequence[Link], apart: Sequence[Override]) -> list[set[str]]:
    """A component in which overrides keep records apart, as the groups it falls into."""
    mentions = sorted(
        [(override.override_id, 1, override.one) for override in apart]
        + [(override.override_id, 2, override.other) for override in apart]
    )
    order = {name: place for place, name in enumerate(dict.fromkeys(mention[2] for mention in mentions))}
    owner = {name: name for name in order}
    near: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for link in links:
        near[link.one].append((STRENGTH[link.method], link.other))
        near[link.other].append((STRENGTH[link.method], link.one))
    while len(owner) < len(members):
        reach = [
            (strength, order[owner[record]], beside)
            for record in owner
            for strength, beside in near[record]
            if beside not in owner
        ]
        nearest: dict[str, str] = {}
        for strength, place, beside in sorted(reach):
            if strength == min(reach)[0]:
                nearest.setdefault(beside, list(order)[place])
        owner |= nearest
    borders: dict[tuple[str, str], int] = {}
    for link in links:
        if owner[link.one] != owner[link.other]:
            one, other = sorted((owner[link.one], owner[link.other]), key=lambda name: order[name])
            borders[one, other] = min(STRENGTH[link.method], borders.get((one, other), len(STRENGTH)))
    claims = Groups(order)
    for one, other in sorted(borders, key=lambda pair: (borders[pair], order[pair[0]], order[pair[1]])):
        meeting = {claims.find(one), claims.find(other)}
        if all({claims.find(pair.one), claims.find(pair.other)} != meeting for pair in apart):
            claims.join(one, other)
    found: dict[str, set[str]] = defaultdict(set)
    for record, name in owner.items():
        found[claims.find(name)].add(record)
    return list(found.values())
