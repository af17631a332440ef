"""Where a run's time went, and which node takes a larger part of it than in the run before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handoff.build import Node

SHOWN = 10
# A node is named when it grew by this share of all nodes' time, and by enough seconds to be felt.
SHARE_JUMP = 0.10
SECONDS_JUMP = 5.0


def timings(seconds: Mapping[str, float], nodes: Sequence[Node]) -> dict[str, Any]:
    """For run.json: seconds by step, seconds of all nodes (threads add up), and the slowest nodes."""
    ranked = sorted(nodes, key=lambda node: (-node.seconds, node.name))[:SHOWN]
    return {
        "steps": seconds,
        "node_seconds": round(sum(node.seconds for node in nodes), 3),
        "slowest_nodes": [{"name": node.name, "seconds": round(node.seconds, 3)} for node in ranked],
    }


def jumps(now: Mapping[str, Any], before: Mapping[str, Any] | None) -> list[str]:
    """Warnings for nodes whose share of the time jumped since a run before; none where that run did not keep it."""
    if not before or not before.get("node_seconds") or not now.get("node_seconds"):
        return []
    kept = list(before["slowest_nodes"])
    least = min((float(node["seconds"]) for node in kept), default=0.0)
    then = {str(node["name"]): float(node["seconds"]) for node in kept}
    found = []
    for node in now["slowest_nodes"]:
        seconds, earlier = float(node["seconds"]), then.get(str(node["name"]), least)
        share, was = seconds / float(now["node_seconds"]), earlier / float(before["node_seconds"])
        if share - was >= SHARE_JUMP and seconds - earlier >= SECONDS_JUMP:
            at_most = "" if node["name"] in then else "at most "
            found.append(
                f"node {node['name']} took {seconds:.1f} s, {share:.0%} of all nodes' time; "
                f"{at_most}{earlier:.1f} s, {was:.0%}, in the last run"
            )
    return found


def told(record: Mapping[str, Any]) -> list[str]:
    """Two lines for the person at the terminal: seconds by step, and the slowest nodes."""
    kept = record["timings"]
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in kept["steps"].items() if name != "total")
    nodes = ", ".join(f"{node['name']} {node['seconds']:.1f} s" for node in kept["slowest_nodes"])
    return [f"Time: {steps}."] + ([f"Slowest of {kept['node_seconds']:.1f} s in nodes: {nodes}."] if nodes else [])
