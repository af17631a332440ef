"""The metrics that MetricFlow answers, from the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handoff.reference.words import page, table


def metrics_page(manifest: Mapping[str, Any]) -> str:
    """metrics.md: every metric, and by what it can be grouped."""
    metrics = sorted(manifest["metrics"].values(), key=lambda metric: str(metric["name"]))
    rows = [(f"`{metric['name']}`", metric["label"], metric["type"], metric["description"] or "") for metric in metrics]
    models = sorted(manifest["semantic_models"].values(), key=lambda model: str(model["name"]))
    dimensions = [
        (
            f"`{model['name']}`",
            f"`{model['node_relation']['alias']}`",
            ", ".join(f"`{_entity(model)}__{dimension['name']}`" for dimension in model["dimensions"]),
        )
        for model in models
    ]
    return page(
        "Metrics",
        ["Defined once in `models/metrics`; [asked by MetricFlow](../how-to/connect-bi.md#metrics)."],
        table(("metric", "label", "type", "meaning"), rows),
        ["## Group by"],
        ["`metric_time__day` and its week, month, quarter and year for every metric; beside it"],
        table(("semantic model", "of mart", "dimensions"), dimensions),
    )


def _entity(model: Mapping[str, Any]) -> str:
    primary = model.get("primary_entity")
    found = [entity["name"] for entity in model["entities"] if entity["type"] == "primary"]
    return str(primary or (found[0] if found else model["name"]))
