"""The top of each account's family, against a walk written apart from the model's SQL."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from support.compiled import compiled_project

# The documented limit (docs/reference/rows.md): more than twenty parents above an account are not followed.
DEPTH_LIMIT = 20
Parents = Mapping[str, str | None]


def walk(account: str, parents: Parents) -> tuple[str, int, bool, bool]:
    """Ultimate parent, levels up to it, whether the account is in a ring, whether the walk was cut."""
    path = [account]
    while True:
        above = parents.get(path[-1])
        if above is None or above not in parents or above == path[-1]:
            return path[-1], len(path) - 1, False, False
        if len(path) > DEPTH_LIMIT:
            break
        if above == account:
            top = min(path)
            return top, path.index(top), True, False
        if above in path:
            top = min(path[path.index(above) :])
            return top, path.index(top), False, False
        path.append(above)
    ring = ring_of(path, parents)
    if ring:
        top = min(ring)
        return top, path.index(top), False, False
    return path[-1], DEPTH_LIMIT, False, True


def ring_of(path: list[str], parents: Parents) -> list[str]:
    """Those on the path who are, within the limit, their own ancestors."""
    members = []
    for start in path[1:]:
        above = parents.get(start)
        for _ in range(DEPTH_LIMIT):
            if above is None or above not in parents:
                break
            if above == start:
                members.append(start)
                break
            above = parents.get(above)
    return members


def resolved(parents: Parents) -> dict[str, tuple[str, int, bool, bool]]:
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put(
            "int_accounts_unioned",
            [{"account_id": account, "parent_account_id": parent} for account, parent in parents.items()],
        )
        warehouse.run("int_account_parents_resolved")
        return {
            row["account_id"]: (
                row["ultimate_parent_account_id"],
                row["hierarchy_depth"],
                row["is_in_parent_ring"],
                row["is_cut_at_depth_limit"],
            )
            for row in warehouse.rows("int_account_parents_resolved")
        }


def forest(seed: int, accounts: int) -> dict[str, str | None]:
    """Families of every shape: flat, chained, ringed, too deep, parents that nobody has."""
    chance = random.Random(seed)
    names = [f"A{number:05d}" for number in range(accounts)]
    chance.shuffle(names)
    parents: dict[str, str | None] = {}
    while len(parents) < accounts:
        size = min(chance.choice((1, 2, 3, 5, 8, 19, 20, 21, 22, 30)), accounts - len(parents))
        family = names[len(parents) : len(parents) + size]
        shape = chance.choice(("flat", "chain", "ring", "tailed ring", "tree", "orphans"))
        for number, name in enumerate(family):
            parents[name] = {
                "flat": family[0] if number else None,
                "chain": family[number - 1] if number else None,
                "ring": family[number - 1],
                "tailed ring": family[number - 1] if number else family[size // 2],
                "tree": chance.choice(family[:number]) if number else None,
                "orphans": f"gone{number}",
            }[shape]
    return parents


@pytest.mark.parametrize("seed", range(3))
def test_families_are_those_of_a_walk(seed: int) -> None:
    parents = forest(seed, 2000)
    assert resolved(parents) == {account: walk(account, parents) for account in parents}


def test_a_chain_is_followed_to_the_limit_and_no_further() -> None:
    chain: dict[str, str | None] = {f"A{level:02d}": f"A{level - 1:02d}" if level else None for level in range(23)}
    found = resolved(chain)
    assert found["A20"] == ("A00", 20, False, False)
    assert found["A21"] == ("A01", 20, False, True)
    assert found["A22"] == ("A02", 20, False, True)
