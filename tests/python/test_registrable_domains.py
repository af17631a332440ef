"""The registrable domain of a host: the models' SQL against tldextract with the list it bundles, offline."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import tldextract
from conformed_models import CompiledModels, compile_models

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


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> CompiledModels:
    return compile_models(
        tmp_path_factory.mktemp("domains"), "int_hosts_collected int_registrable_domains int_domains_classified"
    )


def registrable(models: CompiledModels, hosts: list[str]) -> dict[str, str | None]:
    connection = models.connect()
    models.fill(connection, "int_hosts_collected", {"host": "varchar"}, [(host,) for host in hosts])
    models.fill(
        connection,
        "stg_rules__public_suffixes",
        {"suffix": "varchar", "rule_kind": "varchar"},
        rows_of_the_list(),
    )
    models.run(connection, "int_registrable_domains")
    return dict(connection.execute(f"select * from {models.relation['int_registrable_domains']}").fetchall())


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


def test_four_thousand_hosts_as_tldextract_has_them(models: CompiledModels) -> None:
    hosts = hosts_drawn(4000)
    found = registrable(models, hosts)
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
def test_a_host_has_this_registrable_domain(models: CompiledModels, host: str, domain: str | None) -> None:
    assert registrable(models, [host])[host] == domain


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
def test_the_host_of_an_address(models: CompiledModels, address: str | None, host: str | None) -> None:
    connection = models.connect()
    models.fill(connection, "int_people_unioned", {"email": "varchar", "company_domain": "varchar"}, [(None, address)])
    models.fill(connection, "int_accounts_unioned", {"domain": "varchar"})
    models.run(connection, "int_hosts_collected")
    rows = connection.execute(f"select host from {models.relation['int_hosts_collected']}").fetchall()
    assert rows == ([] if host is None else [(host,)])


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
def test_a_domain_is_listed_exactly_or_not_at_all(
    models: CompiledModels, domain: str, kind: str, is_company: bool
) -> None:
    """Free mail matched by substring once made oliverwyman.com a private address."""
    connection = models.connect()
    registered = "box.org" if domain.endswith("box.org") else domain
    models.fill(
        connection,
        "int_registrable_domains",
        {"host": "varchar", "registrable_domain": "varchar"},
        [(domain, registered)],
    )
    models.fill(
        connection,
        "stg_rules__own_domains",
        {"domain": "varchar", "domain_kind": "varchar"},
        [("us.example.net", "own"), ("rival.example.net", "competitor")],
    )
    models.fill(
        connection,
        "stg_rules__email_domains",
        {"domain": "varchar", "domain_kind": "varchar"},
        [("live.com", "free"), ("drop.box.org", "disposable")],
    )
    models.run(connection, "int_domains_classified")
    rows = connection.execute(
        f"select domain_kind, is_company_domain from {models.relation['int_domains_classified']}"
    ).fetchall()
    assert rows == [(kind, is_company)]
