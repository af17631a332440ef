"""What each rule file may hold, column by column, from the schemas that `handoff rules lint` reads."""

from __future__ import annotations

from typing import Any

from handoff.reference.words import code, page, table
from handoff.rule_schemas import SCHEMAS


def rule_columns_page() -> str:
    """rule-columns.md."""
    sections: list[list[str]] = [
        [
            "What each file decides, and which of its rows counts: [the rules, file by file](rules.md). An empty cell",
            "means any in a condition, none in a result, since ever or open in a window. `handoff rules lint` checks",
            "all of this.",
        ]
    ]
    for name, schema in sorted(SCHEMAS.items()):
        document = schema.model_json_schema()
        required = set(document.get("required", []))
        rows = [
            (f"`{column}`", _accepts(entry, document.get("$defs", {})), "" if column in required else "may be empty")
            for column, entry in document["properties"].items()
        ]
        keys = code(schema.key)
        sections += [
            [f"## {name.rsplit('/', 1)[-1]}"],
            [
                f"[seeds/{name}.csv](../../seeds/{name}.csv), one row for each {keys}."
                if keys
                else f"[seeds/{name}.csv](../../seeds/{name}.csv)"
            ],
            table(("column", "holds", ""), rows),
        ]
    return page("Columns of the rule files", *sections)


def _accepts(entry: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "$ref" in entry:
        return _accepts(definitions[entry["$ref"].rsplit("/", 1)[-1]], definitions)
    if "anyOf" in entry:
        parts = [_accepts(one, definitions) for one in entry["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(parts))
    if "enum" in entry:
        return code(str(value) for value in entry["enum"])
    if "const" in entry:
        return f"`{entry['const']}`"
    kind = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    told = {"date": "day", "date-time": "instant, UTC", "time": "time of day"}.get(
        str(entry.get("format")), kind.get(str(entry.get("type")), "text")
    )
    limits = [
        f"{sign} {entry[key]:g}"
        for key, sign in (("minimum", "≥"), ("exclusiveMinimum", ">"), ("maximum", "≤"), ("exclusiveMaximum", "<"))
        if key in entry
    ]
    pattern = [f"like `{entry['pattern']}`"] if "pattern" in entry else []
    return ", ".join([told, *limits, *pattern])
