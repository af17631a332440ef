"""A page for each mart that BI may read, and their index: from the manifest alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from handoff.reference.words import code, page, table

ORDER = ("core", "lead_scoring", "account_readiness", "mql_lifecycle", "handoff_sla", "feedback", "reports", "exports")
ALONE = re.compile(r"(?:(?P<n>\w+) is null or )?(?P<name>\w+) in \((?P<values>'[^()]*')\)")
# What a number counts, by the ending or the beginning of its name; the first that fits.
UNITS = (
    (r"_seconds$", "seconds"),
    (r"^minutes_|_minutes$", "minutes"),
    (r"_hours$", "hours"),
    (r"_days$|^days_|_days_", "days"),
    (r"(^|_)(amount|cost|revenue)$|^cost_per", "money"),
    (r"_percent$", "percent"),
    (r"(^|_)points$|(^|_)score$", "points"),
    (r"(^|_)(rank|sequence|number|order|depth)$|_number_", "ordinal"),
)
WHO_IS_WHO = re.compile(r"seeds/(rules/(people|matching)|reference)/")
SHARE = re.compile(r"\b0 to 1\b")
SHARE_NAME = re.compile(r"(^|_)(rate|share|confidence|coverage|weight|precision|recall|auc|lower|upper)(_|$)")


def mart_pages(manifest: Mapping[str, Any], test_comments: Mapping[str, str]) -> dict[str, str]:
    """marts/<name>.md for every mart, marts/README.md that lists them. test_comments: what each generic test finds."""
    lineage = Lineage(manifest, test_comments)
    marts = [node for node in manifest["nodes"].values() if is_mart(node)]
    pages = {f"marts/{node['alias']}.md": _mart_page(node, lineage) for node in marts}
    return {**pages, "marts/README.md": _index(marts)}


def is_mart(node: Mapping[str, Any]) -> bool:
    """A model that is published: public, or of the folder of names and addresses."""
    if node["resource_type"] != "model":
        return False
    return node["config"].get("access") == "public" or node.get("group") == "pii"


class Lineage:
    """Who reads whom, looked through the models that are nobody else's to read."""

    def __init__(self, manifest: Mapping[str, Any], test_comments: Mapping[str, str]) -> None:
        self.test_comments = test_comments
        self.nodes = {**manifest["nodes"], **manifest["sources"]}
        self.manifest = manifest
        self.readers: dict[str, set[str]] = defaultdict(set)
        for key, node in manifest["nodes"].items():
            if node["resource_type"] == "model":
                for parent in node["depends_on"]["nodes"]:
                    self.readers[parent].add(key)
        self.tests: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for node in manifest["nodes"].values():
            if node["resource_type"] == "test" and node.get("attached_node"):
                self.tests[node["attached_node"]].append(node)

    def behind(self, key: str) -> tuple[list[str], list[str]]:
        """The marts and the rule files that a mart is made from, each by the shortest way that meets no other mart."""
        marts, seeds, seen = set(), set(), {key}
        waiting = list(self.nodes[key]["depends_on"]["nodes"])
        while waiting:
            parent = waiting.pop()
            if parent in seen or parent not in self.nodes:
                continue
            seen.add(parent)
            node = self.nodes[parent]
            if node["resource_type"] == "seed":
                seeds.add(node["original_file_path"])
            elif is_mart(node):
                marts.add(node["alias"])
            elif node["resource_type"] == "model":
                waiting += node["depends_on"]["nodes"]
        return sorted(marts), sorted(seeds)

    def reading(self, key: str) -> list[str]:
        """The marts that are made from it, looked for in the same way."""
        found, seen, waiting = set(), {key}, list(self.readers[key])
        while waiting:
            child = waiting.pop()
            if child in seen:
                continue
            seen.add(child)
            if is_mart(self.nodes[child]):
                found.add(self.nodes[child]["alias"])
            else:
                waiting += self.readers[child]
        return sorted(found)

    def exposures(self, key: str) -> list[str]:
        found = [entry for entry in self.manifest["exposures"].values() if key in entry["depends_on"]["nodes"]]
        return sorted(entry.get("label") or entry["name"] for entry in found)


def values_of(node: Mapping[str, Any], tests: list[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The values that a test allows a column, by column."""
    found: dict[str, list[str]] = {}
    for test in tests:
        arguments = test["test_metadata"]["kwargs"] if test.get("test_metadata") else {}
        if "values" in arguments:
            found[test["column_name"]] = [str(value) for value in arguments["values"]]
        for name, values in _listed(str(arguments.get("expression", ""))):
            if name in node["columns"]:
                found[name] = values
    return found


def _listed(expression: str) -> Iterator[tuple[str, list[str]]]:
    """Conditions `name in (…)` that stand alone between the ands of an expression."""
    for part in re.split(r"\s+and\s+(?![^()]*\))", re.sub(r"\s+", " ", expression).strip()):
        match = ALONE.fullmatch(re.sub(r"^\((.* in \(.*\))\)$", r"\1", part))
        if match and match["n"] in (None, match["name"]):
            yield match["name"], re.findall(r"'([^']*)'", match["values"])


def unit_of(name: str, data_type: str, description: str) -> str:
    """What a value is measured in; nothing for text."""
    if data_type == "timestamp":
        return "instant, UTC"
    if data_type == "date":
        return "day, local" if name.startswith("local_") else "day, UTC"
    if data_type in ("string", "boolean"):
        return "yes or no" if data_type == "boolean" else ""
    if SHARE.search(description) or (
        data_type == "double" and SHARE_NAME.search(name) and "30 days" not in description
    ):
        return "share, 0 to 1"
    for pattern, unit in UNITS:
        if re.search(pattern, name):
            return unit
    return "count" if data_type in ("bigint", "integer") else "number"


def _mart_page(node: Mapping[str, Any], lineage: Lineage) -> str:
    key, name = node["unique_id"], node["alias"]
    tests = sorted(lineage.tests[key], key=lambda test: test["name"])
    marts, seeds = lineage.behind(key)
    config = node["config"]
    facts = [
        ("Grain", f"one row for each {code(config['meta'].get('grain', []))}"),
        ("Owner", f"{config['meta'].get('owner', '')}, group `{node.get('group')}`"),
        ("Access", f"{config['access']}, contract {'enforced' if config['contract']['enforced'] else 'not enforced'}"),
        ("Where", f"`{node['schema']}.{name}` of `{'pii' if node.get('group') == 'pii' else 'marts'}.duckdb`"),
        ("Version", str(node["version"]) if node.get("version") else ""),
        ("Made from", ", ".join(f"[{mart}]({mart}.md)" for mart in marts)),
        ("Decided by", _rules(seeds)),
        ("Read by", ", ".join(f"[{mart}]({mart}.md)" for mart in lineage.reading(key))),
        ("Shown in", ", ".join(lineage.exposures(key))),
        ("SQL", f"[{node['original_file_path']}](../../../{node['original_file_path']})"),
    ]
    values = values_of(node, tests)
    columns = [
        (
            f"`{column['name']}`",
            column["data_type"] or "",
            unit_of(column["name"], column["data_type"] or "", column["description"]),
            column["description"],
            code(values.get(column["name"], [])),
        )
        for column in node["columns"].values()
    ]
    checks = [f"- {text}" for text in sorted({_check(test, lineage.test_comments) for test in tests})]
    not_null = [
        column["name"]
        for column in node["columns"].values()
        if any(constraint["type"] == "not_null" for constraint in column.get("constraints") or [])
    ]
    if not_null:
        checks.insert(0, f"- Never NULL: {code(not_null)}.")
    return page(
        name,
        [re.sub(r"\s+", " ", node["description"]).strip()],
        table(("", ""), [fact for fact in facts if fact[1]]),
        ["## Columns"],
        table(("column", "type", "unit", "meaning", "values"), columns),
        ["## What every run checks"] if checks else [],
        checks,
    )


def _rules(seeds: list[str]) -> str:
    """Links to the rule files; those of who is who, which stand behind nearly all, as one where there are others."""
    who_is_who = [seed for seed in seeds if WHO_IS_WHO.match(seed)]
    others = [seed for seed in seeds if seed not in who_is_who]
    links = [f"[{seed.rsplit('/', 1)[-1].removesuffix('.csv')}](../../../{seed})" for seed in others or who_is_who]
    if others and who_is_who:
        links.append(f"and who is who ({len(who_is_who)} files of people, matching and public lists)")
    return ", ".join(links)


def _check(test: Mapping[str, Any], comments: Mapping[str, str]) -> str:
    """A test of a mart in words."""
    kind = (test.get("test_metadata") or {}).get("name", "")
    arguments = (test.get("test_metadata") or {}).get("kwargs", {})
    column = test.get("column_name") or ""
    if kind in ("unique_combination", "unique"):
        return f"One row for each {code(arguments.get('columns') or [column])}."
    if kind == "not_null":
        return f"Never NULL: `{column}`."
    if kind == "accepted_values":
        return f"`{column}` is one of {code(str(value) for value in arguments['values'])}."
    if kind == "relationships":
        target = re.sub(r"ref\('(\w+)'\)", r"\1", arguments["to"])
        return f"`{column}` stands in `{target}.{arguments['field']}`, or is NULL."
    if kind == "rows_hold":
        return f"Every row holds `{' '.join(arguments['expression'].split())}`."
    if kind == "intervals_are_gapless":
        one_open = arguments.get("one_open_per")
        ending = f", and exactly one is open for each {code(one_open)}" if one_open else ""
        return f"Intervals follow each other without gap or overlap for each {code(arguments['group_by'])}{ending}."
    return f"`{kind or test['name']}`: {' '.join((test.get('description') or comments.get(kind, '')).split())}"


def _index(marts: list[Mapping[str, Any]]) -> str:
    groups = defaultdict(list)
    for node in marts:
        groups[node.get("group") or ""].append(node)
    order = [*ORDER, *sorted(set(groups) - set(ORDER))]
    sections: list[list[str]] = [
        [
            "One page for each mart: grain, columns with type and unit, values, checks, the rules that decide it, and",
            "what it is made from. All times are UTC. What stands under `pii` is in a file of its own,",
            "[for its owner alone](../../how-to/put-names-to-people.md). How to open them:",
            "[Read the marts](../../how-to/read-the-marts.md).",
        ]
    ]
    for group in order:
        if groups[group]:
            rows = [
                (f"[{node['alias']}]({node['alias']}.md)", node["description"])
                for node in sorted(groups[group], key=lambda node: str(node["alias"]))
            ]
            sections += [[f"## {group}"], table(("mart", "one row is"), rows)]
    return page("The marts", *sections)
