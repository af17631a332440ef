"""E-mail addresses and host names in one form each: what providers ignore, and Punycode against Python's own codec."""

from __future__ import annotations

import random
import unicodedata
from functools import cache

import pytest
from support.compiled import compiled_project

LETTERS = "abcxyz0189-äöüßéñçøłığđþ中国日本語한국русскийελληνικάالعربيةעבריתไทย𐐷𝒳😀"


def in_unicode(hosts: list[str]) -> dict[str, str]:
    """What the model makes of hosts that have a label in Punycode."""
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put("int_hosts_collected", [{"host": host} for host in hosts])
        for lists in ("stg_rules__own_domains", "stg_rules__email_domains", "stg_rules__mail_providers"):
            warehouse.put(lists)
        warehouse.run("int_hosts_in_unicode")
        return {row["host"]: row["unicode_host"] for row in warehouse.rows("int_hosts_in_unicode")}


def encoded(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def test_punycode_is_read_as_python_reads_it() -> None:
    draw = random.Random(5)
    expected = {}
    for _ in range(3_000):
        labels = ["".join(draw.choices(LETTERS, k=draw.randrange(1, 25))).lower() for _ in range(draw.randrange(1, 4))]
        plain = ".".join([*labels, "example"])
        host = ".".join(encoded(label) for label in plain.split("."))
        if "xn--" in host and "xn--" not in plain:
            expected[host] = unicodedata.normalize("NFC", plain)
    assert len(expected) > 2_000
    found = in_unicode(list(expected))
    assert {host: found[host] for host in expected} == expected


def test_what_is_no_punycode_stays_as_it_is_and_stops_nothing() -> None:
    draw = random.Random(6)
    hosts = {"xn--.com", "xn--abc-.com", "xn---.com", "xn--zzzzzzzzzzzz.de", "xn--" + "9" * 59 + ".com", "a.xn--ü.com"}
    hosts |= {f"xn--{''.join(draw.choices('abz019-ü', k=draw.randrange(1, 59)))}.com" for _ in range(500)}
    found = in_unicode(sorted(hosts))
    assert set(found) == hosts
    assert {host: host.split(".")[-2] for host in hosts} != {host: read.split(".")[-2] for host, read in found.items()}
    assert {host: read.split(".")[-2] for host, read in found.items()} == {
        host: decoded(host.split(".")[-2]) for host in hosts
    }


def decoded(label: str) -> str:
    """A label as Python's codec reads it; as it is where it reads none, no letter, or nothing but ASCII."""
    try:
        text = label[4:].encode("ascii").decode("punycode")
        text.encode("utf-8")
    except UnicodeError:
        return label
    return label if text.isascii() else unicodedata.normalize("NFC", text).lower()


@cache
def canonical(*emails: str | None) -> tuple[str | None, ...]:
    """The canonical form of each address, by the shipped rules."""
    with compiled_project("generic").warehouse() as warehouse:
        rows = [{"record_key": f"{place:03d}", "email": email} for place, email in enumerate(emails)]
        warehouse.put("int_people_unioned", rows)
        warehouse.put("int_accounts_unioned")
        warehouse.run("int_record_emails_classified")
        return tuple(row["canonical_email"] for row in warehouse.rows("int_record_emails_classified", "record_key"))


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        (" Ann.Lee@Acme.COM ", "ann.lee@acme.com"),
        ("ann.lee+news@acme.com", "ann.lee@acme.com"),
        ("ann.lee+a+b@acme.com", "ann.lee@acme.com"),
        ("+news@acme.com", "+news@acme.com"),
        ("a.n.n+x@gmail.com", "ann@gmail.com"),
        ("A.N.N@GoogleMail.com", "ann@gmail.com"),
        ("...@gmail.com", "...@gmail.com"),
        ("ann.lee@mail.gmail.com", "ann.lee@mail.gmail.com"),
        ("ann.lee@notgmail.com", "ann.lee@notgmail.com"),
        ("ann.lee@outlook.com", "ann.lee@outlook.com"),
        ("ann.lee@hotmail.com", "ann.lee@hotmail.com"),
        ("ann@me.com", "ann@icloud.com"),
        ("ann@ya.ru", "ann@yandex.ru"),
        ("ann-lee_x@proton.me", "annleex@proton.me"),
        ("ann-lee@yahoo.com", "ann-lee@yahoo.com"),
        ("ann@bücher.example", "ann@bücher.example"),
        ("ann@BÜCHER.example", "ann@bücher.example"),
        ("ann@xn--bcher-kva.example", "ann@bücher.example"),
        ("ann@bu\u0308cher.example", "ann@bücher.example"),
        ("ann@bücher。example", "ann@bücher.example"),
        ("not an address", None),
        ("a@b@c.com", None),
        (None, None),
    ],
)
def test_an_address_has_one_form(email: str | None, expected: str | None) -> None:
    assert canonical(email) == (expected,)


def test_a_company_s_domain_is_one_in_punycode_and_unicode() -> None:
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put(
            "int_people_unioned",
            [
                {"record_key": "1", "email": "a@mail.xn--bcher-kva.de"},
                {"record_key": "2", "company_domain": "https://www.bücher.de/"},
            ],
        )
        warehouse.put("int_accounts_unioned", [{"domain": "XN--BCHER-KVA.de"}])
        warehouse.put("stg_rules__own_domains", [{"domain": "xn--bcher-kva.de", "domain_kind": "partner"}])
        warehouse.put("stg_rules__domain_aliases")
        warehouse.run("int_domains_classified")
        rows = warehouse.rows("int_domains_classified")
    assert {row["host"] for row in rows} == {"mail.xn--bcher-kva.de", "www.bücher.de", "xn--bcher-kva.de"}
    assert {(row["domain"], row["registrable_domain"], row["domain_kind"]) for row in rows} == {
        ("bücher.de", "bücher.de", "partner")
    }


def kinds_of_address(names: list[tuple[str | None, str | None]]) -> set[str | None]:
    """Why an address at which these people were found links nobody."""
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put(
            "int_people_unioned",
            [
                {"record_key": str(place), "email": f"desk+{place}@acme.com", "first_name": first, "last_name": last}
                for place, (first, last) in enumerate(names)
            ],
        )
        warehouse.put("int_accounts_unioned")
        warehouse.run("int_record_emails_classified")
        return {row["impersonal_reason"] for row in warehouse.rows("int_record_emails_classified")}


@pytest.mark.parametrize(
    ("names", "is_shared"),
    [
        ([("Ann", "Lee"), ("Bob", "Roe"), ("Cy", "Poe")], True),
        ([("Ann", "Lee"), ("Bob", "Roe")], False),
        ([("Ann", "Lee"), ("Bob", "Lee"), ("Cy", "Lee"), ("Di", "Lee")], False),
        ([("Ann", "Lee"), ("Ann", "Roe"), ("Ann", "Poe"), ("Ann", "Moe")], False),
        ([("José", "Muñoz"), ("JOSE", "Munoz"), ("jose ", "mu-noz"), ("Josè", "Muńoz")], False),
        ([("Ann", "Lee"), ("Bob", "Roe"), ("Cy", None), (None, "Poe"), (None, None)], True),
        ([("Ann", "Lee"), ("Bob", "Roe"), ("!", "?"), ("", "")], False),
        ([("Анна", "Ли"), ("Борис", "Рой"), ("Вера", "По")], True),
    ],
)
def test_three_people_at_one_address_share_it(names: list[tuple[str | None, str | None]], is_shared: bool) -> None:
    assert kinds_of_address(names) == {"shared_mailbox" if is_shared else None}
