"""Names and addresses stand in pii.duckdb alone: every other published file is searched for them, byte and cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from handoff.database import opened
from handoff.publish import PII_FILE

SIGN = re.compile(r"@|%40")
BEFORE = re.compile(r"[a-z0-9._+-]+$")
AFTER = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
PHONE = re.compile(r"\+?[(]?\d[\d ().\-/]{4,}\d")
NAME_COLUMNS = ("first_name", "last_name")


@dataclass(frozen=True)
class Traces:
    """What a text may betray: addresses in lower case, numbers as digits, names as words in lower case."""

    addresses: frozenset[str]
    phones: frozenset[str]
    names: frozenset[tuple[str, ...]]

    def found_in(self, text: str) -> set[str]:
        lowered = text.lower()
        words = re.findall(r"[^\W\d_]+", lowered)
        following = {
            length: set(zip(*(words[start:] for start in range(length)), strict=False)) for length in (2, 3, 4)
        }
        return (
            addresses_in(lowered) & self.addresses
            | {re.sub(r"\D", "", one) for one in PHONE.findall(text)} & self.phones
            | {" ".join(name) for name in self.names if name in following[len(name)]}
        )


def addresses_in(lowered: str) -> set[str]:
    """What stands on both sides of each sign; no pattern over all of it, for bytes are one endless word."""
    found = set()
    for sign in SIGN.finditer(lowered):
        before = BEFORE.search(lowered[max(0, sign.start() - 64) : sign.start()])
        after = AFTER.match(lowered[sign.end() : sign.end() + 255])
        if before and after:
            found.add(f"{before[0]}@{after[0]}")
    return found


def traces_of(landed: Path) -> Traces:
    """Every person and every rep that came in, by the columns of their tables."""
    addresses, phones, names = set(), set(), set()
    for path in landed.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("user_type", "Standard") != "Standard":
                    continue  # a machine's name is its task
                addresses |= {value.strip().lower() for name in ("email", "username") if (value := row.get(name))}
                phones |= {re.sub(r"\D", "", value) for name in ("phone", "mobile_phone") if (value := row.get(name))}
                full = " ".join(row.get(name) or "" for name in NAME_COLUMNS) if "last_name" in row else ""
                names |= {tuple(re.findall(r"[^\W\d_]+", one.lower())) for one in (full, row.get("rep_name") or "")}
    return Traces(
        frozenset(addresses), frozenset(phones - {""}), frozenset(name for name in names if 2 <= len(name) <= 4)
    )


def published_texts(version: Path) -> Iterator[tuple[str, str]]:
    """Each published file but the one of names: as bytes, and each mart's text columns as they are read."""
    for path in sorted(path for path in version.rglob("*") if path.is_file() and path.name != PII_FILE):
        yield path.name, path.read_bytes().decode("utf-8", errors="ignore")
    with opened(version / "handoff.duckdb", read_only=True) as marts:
        columns = marts.execute(
            "select table_name, column_name from information_schema.columns"
            " where table_schema = 'marts' and data_type = 'VARCHAR'"
        ).fetchall()
        for mart, column in columns:
            for source in (f"marts.{mart}", f"'{version / 'marts' / mart}.parquet'"):
                cells = marts.execute(f'select distinct "{column}" from {source} where "{column}" is not null')
                yield f"{source} {column}", "\n".join(str(cell) for (cell,) in cells.fetchall())


def test_no_person_and_no_rep_of_the_demo_can_be_read_outside_the_file_of_names(demo_warehouse: Path) -> None:
    landed = demo_warehouse.parent / "landed"
    traces = traces_of(landed)
    assert len(traces.addresses) > 1000 and len(traces.names) > 500
    betrayed = {
        where: found for where, text in published_texts(demo_warehouse / "current") if (found := traces.found_in(text))
    }
    assert betrayed == {}


def test_the_search_would_find_them(demo_warehouse: Path) -> None:
    traces = traces_of(demo_warehouse.parent / "landed")
    with opened(demo_warehouse / PII_FILE, read_only=True) as pii:
        rows = pii.execute("select email, full_name from marts_pii.dim_person_pii").fetchall()
    found = traces.found_in("\n".join(f"{email} {name}." for email, name in rows))
    assert {email for email, _ in rows if email} & traces.addresses <= found
    assert len(found & traces.addresses) > 1000 and len(found) - len(found & traces.addresses) > 500


def test_each_person_has_their_name_and_address_in_the_file_of_names(demo_warehouse: Path) -> None:
    with opened(demo_warehouse / "marts.duckdb", read_only=True) as marts:
        marts.execute(f"attach '{demo_warehouse / PII_FILE}' as pii (read_only)")
        row = marts.execute(
            "select count(*), count(*) filter (where person.person_id = named.person_id), count(named.email),"
            " count(named.full_name) from marts.dim_person as person"
            " full join pii.marts_pii.dim_person_pii as named on person.person_id = named.person_id"
        ).fetchone()
    assert row is not None
    people, joined, addressed, named = row
    assert people == joined == named
    assert addressed > people * 9 // 10


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to ANA.ruiz@acme.example.", {"ana.ruiz@acme.example"}),
        ("/unsubscribe?who=ana.ruiz%40acme.example&x=1", {"ana.ruiz@acme.example"}),
        ("call (555) 123-4567 today", {"5551234567"}),
        ("Met Ana  RUIZ, likes us", {"ana ruiz"}),
        ("Ana met Mr Ruiz in 2026-06-30 18:00:00", set()),
    ],
)
def test_a_trace_is_found(text: str, found: set[str]) -> None:
    traces = Traces(frozenset({"ana.ruiz@acme.example"}), frozenset({"5551234567"}), frozenset({("ana", "ruiz")}))
    assert traces.found_in(text) == found
