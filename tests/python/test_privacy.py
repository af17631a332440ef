"""Names and addresses stand in pii.duckdb alone: every other published file is searched for them, byte and cell."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2
import pytest
import yaml
from handoff.database import opened
from handoff.explain import shown_id
from handoff.publish import PII_FILE

SIGN = re.compile(r"@|%40")
BEFORE = re.compile(r"[a-z0-9._+-]+$")
AFTER = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
PHONE = re.compile(r"\+?[(]?\d[\d ().\-/]{4,}\d")
PROJECT = Path(__file__).resolve().parents[2]
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
        ("write to A.r@ACME.example.", {"a.r@acme.example"}),
        ("/unsubscribe?who=a.r%40acme.example&x=1", {"a.r@acme.example"}),
        ("call (555) 123-4567 today", {"5551234567"}),
        ("Met Ana  RUIZ, likes us", {"ana ruiz"}),
        ("Ana met Mr Ruiz in 2026-06-30 18:00:00", set()),
    ],
)
def test_a_trace_is_found(text: str, found: set[str]) -> None:
    traces = Traces(frozenset({"a.r@acme.example"}), frozenset({"5551234567"}), frozenset({("ana", "ruiz")}))
    assert traces.found_in(text) == found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("call ana@acme.example, or +49 (151) 123-4567", "call <address>, or <phone>"),
        ("/unsubscribe/ana%40acme.example/done", "/unsubscribe/<address>/done"),
        ("mailto:ana@acme.example?subject=x", "mailto:<address>?subject=x"),
        (
            "tel 030 1234567, (555) 123-4567, 555-123-4567, 0049 30 123456, 0401 234 567",
            ", ".join(["tel <phone>"] + ["<phone>"] * 4),
        ),
        ("No budget until 2026-06-30 18:00:00, Q3 100 000 EUR", "No budget until 2026-06-30 18:00:00, Q3 100 000 EUR"),
        (
            "06/30/2026, 01.02.2026, Web 2024 001 123, Event 01-2026",
            "06/30/2026, 01.02.2026, Web 2024 001 123, Event 01-2026",
        ),
        ("00QA000000000001AA 1000000000001 SLA-25-P1 @home", "00QA000000000001AA 1000000000001 SLA-25-P1 @home"),
        (None, None),
    ],
)
def test_a_text_is_shown_without_addresses_and_numbers(text: str | None, shown: str | None) -> None:
    assert masked("without_address", text) == shown


def test_an_id_that_is_an_address_joins_by_its_hash() -> None:
    assert masked("id_without_address", "Ana@acme.example") == shown_id("Ana@acme.example")
    assert masked("id_without_address", "ana@ACME.example") == shown_id("Ana@acme.example")
    assert masked("id_without_address", "ana%40acme.example") == shown_id("ana%40acme.example")
    assert masked("id_without_address", "00QA000000000001AA") == shown_id("00QA000000000001AA") == "00QA000000000001AA"
    assert shown_id("generic:ana@acme.example") == f"generic:{shown_id('ana@acme.example')}"


def masked(macro: str, value: str | None) -> str | None:
    source = (
        (PROJECT / "macros" / "without_address.sql").read_text(encoding="utf-8").partition("{% macro texts_shown")[0]
    )
    expression = jinja2.Environment().from_string(source + "{{ " + macro + "('given') }}").render()
    with opened() as memory:
        row = memory.execute(f"select {expression} from (select cast(? as varchar) as given)", [value]).fetchone()
    assert row is not None
    return None if row[0] is None else str(row[0])


SECRET, NUMBER = "secret.example", "+49 30 5550 1234"
# Columns that mean something else than what they say to a reader: keys (given as addresses), times, numbers, flags.
TOLD = {"record_type": "lead", "touch_type": "call", "other_source_system": "salesforce", "currency": "USD"}


def landed_secrets(folder: Path) -> None:
    """Each table of the generic form; each text in it holds an address and a number, each id is an address."""
    document = yaml.safe_load((PROJECT / "models/staging/generic/_generic__sources.yml").read_text(encoding="utf-8"))
    for table in document["sources"][0]["tables"]:
        rows = [
            {column["name"]: secret(table["name"], column, number) for column in table["columns"]}
            for number in range(1, 7)
        ]
        with (folder / f"{table['name']}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def secret(table: str, column: dict[str, str], number: int) -> str:
    name, kind = column["name"], column.get("data_type", "string")
    if name in TOLD:
        return TOLD[name]
    if kind == "boolean":
        return str(name in ("is_active", "is_completed", "is_won", "is_closed") and number % 2 == 0).lower()
    if kind in ("bigint", "numeric(18, 2)"):
        return str(100 * number)
    if kind in ("timestamp", "date"):
        late = name in ("absent_until", "ended_on", "closed_at", "close_date", "converted_at", "completed_at")
        return f"2026-0{4 if late else 3}-0{number}"
    if name.startswith(("merged_into", "converted_", "parent_", "other_record")):
        return ""
    if name == "asset_id" and number <= 3:
        return ""
    if name.endswith("_id") or name == "changed_by":
        thing = {"rep": "owner", "manager": "owner", "old_owner": "owner", "new_owner": "owner"}
        return f"{thing.get(name[:-3], name[:-3])}{number}@{SECRET}"
    if name == "email":
        return f"{table}{number}@{SECRET}"
    if name in ("activity_type", "asset_name") and number <= 3:
        return "Form fill" if name == "activity_type" else "Request a demo"
    if name == "new_status" and number <= 3:
        return ("MQL", "Qualified", "Disqualified")[number - 1]
    if name in ("phone", "domain", "company_domain"):
        return NUMBER if name == "phone" else "big-corp.example"
    if name in ("url", "referrer"):
        return f"https://big-corp.example/u/{name}{number}@{SECRET}/x?who={name}%40{SECRET}#{NUMBER}"
    return f"{table} {name} of {name}{number}@{SECRET}, {NUMBER}"


def test_whatever_a_source_writes_no_address_reaches_a_mart(tmp_path: Path) -> None:
    landed = tmp_path / "landed"
    landed.mkdir()
    landed_secrets(landed)
    warehouse = tmp_path / "warehouse"
    command = [sys.executable, "-m", "handoff.cli"]
    run = [*command, "run", "--source", f"generic={landed}", "--as-of", "2026-06-30", "--warehouse", str(warehouse)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout + done.stderr
    texts = dict(published_texts(warehouse / "current"))
    betrayed = {where for where, text in texts.items() if SECRET in text.lower() or "5550 1234" in text}
    assert betrayed == set()
    assert len([text for text in texts.values() if "<address>" in text]) > 5
    with opened(warehouse / "marts.duckdb", read_only=True) as marts:
        rows = marts.execute(
            "select count(*), count(rep.rep_id) from marts.fct_mql_cycles as cycle"
            " left join marts.dim_person as person using (person_id)"
            " left join marts.dim_rep as rep on person.owner_id = rep.rep_id"
        ).fetchone()
    assert rows is not None and rows[0] == rows[1] > 0  # ids join as before
    explain = [*command, "explain", f"record1@{SECRET}", "--warehouse", str(warehouse)]
    done = subprocess.run(explain, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and SECRET not in done.stdout, done.stderr
    done = subprocess.run([*explain, "--include-pii"], capture_output=True, text=True, timeout=60)
    assert f"people1@{SECRET}" in done.stdout
