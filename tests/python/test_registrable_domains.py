"""The registrable domain of a host: the models' SQL against two libraries written by others, offline.

One list for all three: the seed is written from the snapshot that tldextract bundles (test_rules_reference.py holds
it to that), tldextract reads the snapshot itself, and publicsuffixlist, whose own list is of another day, is given the
same file. So what may differ is how each reads the list, which is what is tested.
"""

from __future__ import annotations

import csv
import random
from functools import cache
from importlib.resources import files

import pytest
import tldextract
from publicsuffixlist import PublicSuffixList
from support.compiled import PROJECT, compiled_project

EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), include_psl_private_domains=False, cache_dir=None)
SNAPSHOT = files("tldextract").joinpath(".tld_set_snapshot").read_text(encoding="utf-8")
LISTED = PublicSuffixList(source=SNAPSHOT, only_icann=True)


@cache
def rules_of_the_seed() -> tuple[tuple[str, str], ...]:
    with (PROJECT / "seeds/reference/reference_public_suffixes.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["suffix"], row["rule_kind"]) for row in csv.DictReader(file))


def registrable(hosts: list[str]) -> dict[str, str | None]:
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put("int_hosts_collected", [{"host": host} for host in hosts])
        warehouse.run("int_registrable_domains")
        return {row["host"]: row["registrable_domain"] for row in warehouse.rows("int_registrable_domains")}


def examples_of_every_rule() -> list[str]:
    """What each rule says of itself: the suffix, one, two and three labels below it, and what lies above."""
    hosts = set()
    for suffix, _ in rules_of_the_seed():
        hosts |= {suffix, f"acme.{suffix}", f"www.acme.{suffix}", f"a.b.xn--bcher-kva.{suffix}", f"bücher.{suffix}"}
        hosts |= {suffix.split(".", 1)[-1], f"x{suffix}"}
    return sorted(host for host in hosts if "." in host)


def hosts_drawn(seed: int, count: int) -> list[str]:
    draw = random.Random(seed)
    rules = rules_of_the_seed()
    unusual = [rule for rule in rules if rule[1] != "normal"]
    words = [
        "a",
        "mail",
        "shop-1",
        "xn--bcher-kva",
        "www",
        "oliverwyman",
        "live",
        "data9",
        "co",
        "city",
        "中国",
        "unknown",
    ]
    hosts = set()
    while len(hosts) < count:
        labels = [draw.choice(words) for _ in range(draw.randrange(0, 5))]
        ending = draw.choice(rules if draw.random() < 0.7 else unusual)[0] if draw.random() < 0.9 else "nowhere"
        hosts.add(".".join([*labels, ending]))
    return sorted(host for host in hosts if "." in host)


def by_tldextract(host: str) -> str | None:
    """tldextract knows no suffix where no rule of the list matches; the list's own default is one label."""
    parts = EXTRACT(host)
    return parts.top_domain_under_public_suffix or (".".join(host.split(".")[-2:]) if not parts.suffix else None)


def parents_of_wildcards() -> set[str]:
    """The hosts on which the two libraries differ (publicsuffix/list issue 694): kobe.jp, where the list has *.kobe.jp.

    By the list's formal algorithm the rule asks for one label more, so kobe.jp is a registrable domain under jp: ours
    and tldextract's reading. libpsl and publicsuffixlist take it for a suffix. Nobody has a mailbox at one.
    """
    kinds = dict(rules_of_the_seed())
    return {suffix for suffix, kind in kinds.items() if kind == "wildcard" and "." in suffix}


def assert_all_agree(hosts: list[str]) -> None:
    found = registrable(hosts)
    assert len(found) == len(hosts)
    contested = parents_of_wildcards()
    wrong = {}
    for host in hosts:
        answers = (found[host], by_tldextract(host), LISTED.privatesuffix(host))
        expected = (host, host, None) if host in contested else (found[host],) * 3
        if answers != expected:
            wrong[host] = answers
    assert not wrong, f"{len(wrong)} differ (ours, tldextract, publicsuffixlist): {dict(list(wrong.items())[:10])}"


def test_every_rule_of_the_list_is_read_as_two_libraries_read_it() -> None:
    hosts = examples_of_every_rule()
    assert len(hosts) >= 10_000
    kinds = {kind for _, kind in rules_of_the_seed()}
    assert kinds == {"normal", "wildcard", "exception"}
    assert any("xn--" in host for host in hosts) and any(not host.isascii() for host in hosts)
    assert_all_agree(hosts)


@pytest.mark.parametrize(
    ("seed", "count"), [(11, 4_000), pytest.param(12, 60_000, marks=pytest.mark.long)], ids=["sample", "many"]
)
def test_hosts_of_any_depth_are_read_as_two_libraries_read_them(seed: int, count: int) -> None:
    assert_all_agree(hosts_drawn(seed, count))


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("mail.oliverwyman.com", "oliverwyman.com"),
        ("live.com", "live.com"),
        ("a.b.co.uk", "b.co.uk"),
        ("co.uk", None),
        ("com.au", None),
        ("x.y.kawasaki.jp", "x.y.kawasaki.jp"),
        ("www.city.kawasaki.jp", "city.kawasaki.jp"),
        ("bigcorp.blogspot.com", "blogspot.com"),
        ("shop.rivaldata.example", "rivaldata.example"),
        ("192.168.0.1", None),
    ],
)
def test_a_host_has_this_registrable_domain(host: str, domain: str | None) -> None:
    assert registrable([host])[host] == domain


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://User:pw@WWW.Acme.com:8443/path?q=1#x", "www.acme.com"),
        ("acme.com", "acme.com"),
        ("http://acme.com.", "acme.com"),
        ("acme.com/careers", "acme.com"),
        ("bücher.example", "bücher.example"),
        ("acme", None),
        ("acme..com", None),
        ("a b.com", None),
        ("n/a", None),
        ("'; drop table people; --", None),
        ("", None),
        (None, None),
    ],
)
def test_the_host_of_an_address(address: str | None, host: str | None) -> None:
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put("int_people_unioned", [{"company_domain": address}])
        warehouse.put("int_accounts_unioned")
        warehouse.put("stg_rules__domain_aliases")
        warehouse.run("int_hosts_collected")
        assert warehouse.rows("int_hosts_collected") == ([] if host is None else [{"host": host}])


@pytest.mark.parametrize(
    ("domain", "kind", "is_company"),
    [
        ("oliverwyman.com", "corporate", True),
        ("live.com", "free", False),
        ("us.example.net", "own", False),
        ("rival.example.net", "competitor", True),
        ("drop.box.org", "disposable", False),
        ("box.org", "corporate", True),
    ],
)
def test_a_domain_is_listed_exactly_or_not_at_all(domain: str, kind: str, is_company: bool) -> None:
    """Free mail matched by substring once made oliverwyman.com a private address."""
    registered = "box.org" if domain.endswith("box.org") else domain
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put("int_registrable_domains", [{"host": domain, "registrable_domain": registered}])
        warehouse.put(
            "stg_rules__own_domains",
            [
                {"domain": "us.example.net", "domain_kind": "own"},
                {"domain": "rival.example.net", "domain_kind": "competitor"},
            ],
        )
        warehouse.put(
            "stg_rules__email_domains",
            [
                {"domain": "live.com", "domain_kind": "free"},
                {"domain": "drop.box.org", "domain_kind": "disposable"},
            ],
        )
        warehouse.run("int_domains_classified")
        rows = warehouse.rows("int_domains_classified")
    assert [(row["domain_kind"], row["is_company_domain"]) for row in rows] == [(kind, is_company)]
