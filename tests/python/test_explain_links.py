"""`handoff explain` shows how each record hangs on the survivor."""

from __future__ import annotations

from typing import Any

from handoff.explain import chains_to_survivor


def link(one: str, other: str, method: str, is_used: bool = True) -> dict[str, Any]:
    return {
        "link_id": f"{one}{other}{method}",
        "source_system": "crm",
        "record_id": one,
        "linked_source_system": "crm",
        "linked_record_id": other,
        "link_method": method,
        "evidence": f"{one}>{other}",
        "is_used": is_used,
    }


def chains(records: str, links: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The evidence of each record's chain; the first record is the survivor."""
    rows = [{"source_system": "crm", "record_id": name, "is_survivor": name == records[0]} for name in records]
    found = chains_to_survivor(rows, links)
    return {key[1]: [f"{step['evidence']} to {step['to']}" for step in chain] for key, chain in found.items()}


def test_a_chain_is_followed_to_the_survivor_whichever_way_its_links_point() -> None:
    links = [link("C", "B", "merge"), link("A", "B", "email"), link("D", "C", "cross_id", is_used=False)]
    assert chains("ABCD", links) == {"A": [], "B": ["A>B to crm:A"], "C": ["C>B to crm:B", "A>B to crm:A"]}


def test_the_shortest_chain_is_shown_and_of_equal_ones_the_strongest_link() -> None:
    links = [
        link("B", "A", "email"),
        link("B", "A", "conversion"),
        link("C", "B", "forced"),
        link("C", "A", "email"),
    ]
    assert chains("ABC", links) == {"A": [], "B": ["B>A to crm:A"], "C": ["C>A to crm:A"]}
    assert (
        chains_to_survivor([{"source_system": "crm", "record_id": "A", "is_survivor": True}], links)[("crm", "B")][0][
            "link_method"
        ]
        == "conversion"
    )
