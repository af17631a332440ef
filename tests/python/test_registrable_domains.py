"""The registrable domain of a host: the models' SQL against tldextract with the list it bundles, offline."""

from __future__ import annotations

import random

import pytest
import tldextract
from support.compiled import compiled_project

EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), include_psl_private_domains=False, cache_dir=None)


def rows_of_the_list() -> list[tuple[str, str]]:
    """The bundled ICANN rules: (suffix, kind)."""
    tlds = EXTRACT.tlds
    rows = []
    for rule in tlds:
        if rule.startswith("*."):
            rows.append((rule[2:], "wildcard"))
        elif rule.startswith("!"):
            rows.append((rule[1:], "exception"))
        else:
            rows.append((rule, "normal"))
    return rows


def registrable(hosts: list[str]) -> dict[str, str | None]:
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put("int_hosts_collected", [{"host": host} for host in hosts])
        warehouse.put(
            "stg_rules__public_suffixes",
            [{"suffix": suffix, "rule_kind": kind} for suffix, kind in rows_of_the_list()],
        )
        warehouse.run("int_registrable_domains")
        return {row["host"]: row["registrable_domain"] for row in warehouse.rows("int_registrable_domains")}


def hosts_drawn(count: int) -> list[str]:
    draw = random.Random(11)
    rules = sorted(rows_of_the_list())
    unusual = [rule for rule in rules if rule[1] != "normal"]
    words = ["a", "mail", "shop-1", "xn--bcher-kva", "www", "oliverwyman", "live", "data9"]
    hosts = set()
    while len(hosts) < count:
        suffix, _ = draw.choice(rules if draw.random() < 0.7 else unusual)
        labels = [draw.choice(words) for _ in range(draw.randrange(0, 5))]
        hosts.add(".".join([*labels, suffix]))
    return sorted(host for host in hosts if "." in host)


def test_four_thousand_hosts_as_tldextract_has_them() -> None:
    hosts = hosts_drawn(4000)
    found = registrable(hosts)
    assert len(found) == len(hosts)
    expected = {host: EXTRACT(host).top_domain_under_public_suffix or None for host in hosts}
    wrong = {host: (found[host], expected[host]) for host in hosts if found[host] != expected[host]}
    assert not wrong, dict(list(wrong.items())[:10])


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
