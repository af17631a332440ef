"""Where time went is said, and a node that takes a larger part than before is named."""

from __future__ import annotations

from typing import Any

import pytest
from handoff.build import Node
from handoff.timings import jumps, timings, told


def kept(total: float, **seconds: float) -> dict[str, Any]:
    nodes = [Node(f"model.{name}", name, "model", "success", took, None, "") for name, took in seconds.items()]
    rest = Node("model.rest", "rest", "model", "success", total - sum(seconds.values()), None, "")
    return timings({"build": total}, [*nodes, rest])


def test_the_ten_slowest_stand_in_order() -> None:
    told_nodes = kept(200, **{f"n{number:02d}": float(number) for number in range(1, 13)})["slowest_nodes"]
    assert [node["name"] for node in told_nodes] == ["rest", *[f"n{number:02d}" for number in range(12, 3, -1)]]


@pytest.mark.parametrize(
    ("now", "before", "named"),
    [
        pytest.param(kept(100, slow=30), kept(100, slow=10), ["slow"], id="a larger share and more seconds"),
        pytest.param(kept(300, slow=30), kept(100, slow=10), [], id="everything grew alike"),
        pytest.param(kept(1, slow=0.5), kept(1, slow=0.1), [], id="too few seconds to be felt"),
        pytest.param(kept(100, slow=20), kept(100, slow=10.1), [], id="just below a tenth more"),
        pytest.param(kept(100, slow=20), kept(100, slow=10), ["slow"], id="a tenth more"),
        pytest.param(
            kept(100, new=40), kept(100, **{f"n{n}": 2.0 for n in range(10)}), ["new"], id="not among the ten"
        ),
        pytest.param(kept(100, slow=30), None, [], id="no run before"),
        pytest.param(kept(100, slow=30), {"steps": {}, "slowest_nodes": []}, [], id="a run that kept no sum"),
    ],
)
def test_a_jump_is_named(now: dict[str, Any], before: dict[str, Any] | None, named: list[str]) -> None:
    assert [warning.split()[1] for warning in jumps(now, before)] == named


def test_it_is_told_in_two_lines() -> None:
    time, slowest = told({"timings": kept(10, slow=6)})
    assert time == "Time: build 10.0 s."
    assert slowest == "Slowest of 10.0 s in nodes: slow 6.0 s, rest 4.0 s."
