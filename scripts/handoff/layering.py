"""Does the project keep its own architecture? Checks dbt's manifest and the YAML files beside the models.

    python -m handoff.layering [--project DIR] [--manifest FILE] [--write-manifest FILE]

Reads DIR (default: the project this package belongs to) and its manifest; without --manifest it has dbt parse the
project, every vendor switched on, and --write-manifest keeps what it read for other tools.
Exit 0: nothing found. 1: something found, one line each. 2: the manifest cannot be read or dbt cannot parse the
project.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml

# The path through the house: a domain reads the public models of those before it.
DOMAINS = ("lead_scoring", "account_readiness", "mql_lifecycle", "handoff_sla", "feedback")
VENDORS = ("salesforce", "hubspot", "marketo", "pardot", "generic")
PUBLIC_PREFIXES = ("fct_", "dim_", "bridge_", "rpt_", "export_")
# Names and addresses stand in this layer alone, and no model reads it.
PII_LAYER = "marts/pii"
PII_COLUMN = re.compile(
    r"^(name|(first|last|full|middle|given|family|person|rep|owner|contact|company|account)_name"
    r"|(.*_)?(e_?mail(_address)?|phone(_number)?|mobile|fax|street|postal_code|zip_code|city|ip_address|linkedin_url))$"
)
# A company's own models in a checkout.
CUSTOM = "custom"
PREFIXES = {"reports": "rpt_", "exports": "export_"}
LONGEST_MODEL = 200
OPENS_WITH_GRAIN = re.compile(r"Grain: |One row per ")
# (model, what it reads, why): reads that the table refuses and we accept. A line that excuses nothing is an error.
EXCEPTIONS: tuple[tuple[str, str, str], ...] = ()

WALL_CLOCK = re.compile(
    r"\b(current_date|current_time|current_timestamp|localtime|localtimestamp|sysdate|getdate|now\s*\(|today\s*\("
    r"|transaction_timestamp|statement_timestamp|clock_timestamp|run_started_at|modules\.datetime)",
    re.IGNORECASE,
)
# The one place that may ask when a run started.
CLOCK_MACRO = "as_of"
COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|--[^\n]*", re.DOTALL)

RESOURCE_KEYS = {"name", "description", "columns", "config", "data_tests"}
KEYS: Mapping[str, set[str]] = {
    "file": {"version", "models", "sources", "seeds", "macros", "unit_tests", "exposures", "groups", "data_tests"}
    | {"semantic_models", "metrics", "saved_queries", "snapshots"},
    "models": RESOURCE_KEYS | {"constraints", "versions", "latest_version", "deprecation_date", "time_spine"},
    "seeds": RESOURCE_KEYS,
    "snapshots": RESOURCE_KEYS | {"relation"},
    "sources": {"name", "description", "database", "schema", "tables", "config", "loader", "quoting", "overrides"},
    "tables": RESOURCE_KEYS | {"identifier", "loader", "quoting", "external"},
    "columns": {
        "name",
        "description",
        "data_type",
        "config",
        "constraints",
        "data_tests",
        "quote",
        "dimension",
        "entity",
        "granularity",
    },
    "unit_tests": {"name", "description", "model", "given", "expect", "config", "overrides", "versions"},
    "given": {"input", "rows", "format", "fixture"},
    "expect": {"rows", "format", "fixture"},
    "exposures": {"name", "description", "label", "type", "url", "maturity", "owner", "depends_on", "config"},
    "macros": {"name", "description", "arguments", "config", "docs"},
    "groups": {"name", "description", "owner", "config"},
    "data_tests": {"name", "description", "arguments", "config"},
}


@dataclass(frozen=True, order=True)
class Violation:
    """A rule that a model, macro or file breaks."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def layer_of(node: Mapping[str, Any]) -> str:
    """The layer that a node's folder puts it in: seeds, sources, staging/<vendor>, …, reports."""
    if node["resource_type"] == "seed":
        return "seeds"
    if node["resource_type"] == "source":
        return f"sources/{node['source_name']}"
    parts = Path(node["original_file_path"]).parts[1:-1]
    if parts[:1] == ("staging",):
        return "/".join(parts[:2])
    if parts[:1] == ("marts",):
        return "/".join(parts[:3]) if parts[2:3] == ("intermediate",) else "/".join(parts[:2])
    return parts[0] if parts else "nowhere"


def may_read(child: str, parent: str, parent_is_public: bool) -> bool:
    """The table of the architecture: may a model of layer `child` read one of layer `parent`?"""
    domain = parent.split("/")[1] if parent.startswith("marts/") else ""
    if CUSTOM in (child, parent):  # a company's own: it reads what is conformed or public, and vars say who reads it
        return child != CUSTOM or parent in (CUSTOM, "conformed") or (parent_is_public and parent != PII_LAYER)
    if child == "staging/rules":
        return parent == "seeds"
    if child.startswith("staging/"):
        return parent == child.replace("staging/", "sources/")
    if child == "conformed":
        return parent == "conformed" or parent.startswith("staging/")
    if parent == PII_LAYER:
        return False
    if child == PII_LAYER:
        return parent == "conformed"
    if child == "marts/core":
        return parent == "conformed" or (domain in DOMAINS and parent_is_public)
    if child in ("reports", "exports"):
        return (parent.startswith("marts/") and parent_is_public) or (child == parent == "exports")
    if child.startswith("marts/"):
        own = child.split("/")[1]
        if own not in DOMAINS:
            return False
        if domain == own:
            return child.endswith("/intermediate") or parent.endswith("/intermediate")
        if domain:
            return domain in DOMAINS and DOMAINS.index(domain) < DOMAINS.index(own) and parent_is_public
        return parent == "conformed" or (parent == "staging/rules" and child.endswith("/intermediate"))
    return False


def find_forbidden_reads(
    manifest: Mapping[str, Any], exceptions: Sequence[tuple[str, str, str]] = EXCEPTIONS
) -> Iterator[Violation]:
    """Models that read what their layer may not, and exceptions that excuse nothing."""
    nodes = {**manifest["nodes"], **manifest["sources"]}
    excused = {(child, parent) for child, parent, _ in exceptions}
    used = set()
    for child in models_of(manifest):
        for key in child["depends_on"]["nodes"]:
            parent = nodes[key]
            is_public = parent.get("config", {}).get("access") == "public"
            if may_read(layer_of(child), layer_of(parent), is_public):
                continue
            if (child["name"], parent["name"]) in excused:
                used.add((child["name"], parent["name"]))
                continue
            yield Violation(
                child["original_file_path"],
                f"{layer_of(child)} may not read {parent['name']} ({layer_of(parent)}"
                f"{'' if is_public or not layer_of(parent).startswith('marts/') else ', not public'})",
            )
    for child_name, parent_name in sorted(excused - used):
        yield Violation("layering.EXCEPTIONS", f"{child_name} → {parent_name} excuses nothing: remove the line")


def find_wall_clocks(manifest: Mapping[str, Any]) -> Iterator[Violation]:
    """SQL of ours that asks what time it is."""
    package = manifest["metadata"]["project_name"]
    for node in manifest["nodes"].values():
        if node["resource_type"] in ("model", "test", "snapshot", "analysis"):
            yield from _clocks_in(node["original_file_path"], node.get("raw_code") or "")
    for macro in manifest["macros"].values():
        if macro["package_name"] == package and macro["name"] != CLOCK_MACRO:
            yield from _clocks_in(macro["original_file_path"], macro["macro_sql"])


def _clocks_in(file: str, code: str) -> Iterator[Violation]:
    for found in sorted({match.group(1).lower() for match in WALL_CLOCK.finditer(COMMENT.sub(" ", code))}):
        yield Violation(file, f"reads a clock ({found.rstrip('( ')}): use {{{{ as_of() }}}}")


def find_unkept_promises(manifest: Mapping[str, Any]) -> Iterator[Violation]:
    """Marts without an enforced contract, access, owner, grain, described columns or a test; open intermediates."""
    tested = {
        key
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        for key in node["depends_on"]["nodes"]
    }
    tested |= {key for test in manifest["unit_tests"].values() for key in test["depends_on"]["nodes"]}
    for model in models_of(manifest):
        name, config, layer = model["name"], model["config"], layer_of(model)
        promises: list[tuple[bool, str]] = [
            (len(model["raw_code"].splitlines()) <= LONGEST_MODEL, f"has more than {LONGEST_MODEL} lines"),
        ]
        is_public = name.startswith(PUBLIC_PREFIXES)
        if is_public:
            meta = config.get("meta") or {}
            promises += [
                (bool(config.get("contract", {}).get("enforced")), "has no enforced contract"),
                (
                    config.get("access") == ("private" if layer == PII_LAYER else "public"),
                    f"is not access: {'private' if layer == PII_LAYER else 'public'}",
                ),
                (bool(config.get("group")), "belongs to no group"),
                (bool(meta.get("owner")), "has no meta.owner"),
                (bool(meta.get("grain")), "has no meta.grain"),
                (set(meta.get("grain") or ()) <= set(model["columns"]), "has a meta.grain that is no column of it"),
                (bool(OPENS_WITH_GRAIN.match(model["description"])), "has no description that opens with its grain"),
                (bool(model["columns"]), "describes no column"),
                (model["unique_id"] in tested, "has neither a data test nor a unit test"),
            ]
            for column in model["columns"].values():
                promises += [
                    (bool(column.get("description")), f"column {column['name']} has no description"),
                    (bool(column.get("data_type")), f"column {column['name']} has no data_type"),
                    (
                        layer == PII_LAYER or not PII_COLUMN.match(column["name"]),
                        f"column {column['name']} names or reaches a person: only dim_person_pii may hold it",
                    ),
                ]
        if layer.endswith("/intermediate"):
            promises.append((config.get("access") == "private", "is not access: private"))
        if layer.startswith("staging/") and layer != "staging/rules":
            reads_source = any(key.startswith("source.") for key in model["depends_on"]["nodes"])
            promises.append((reads_source, "reads no source that dbt knows of: its lineage is lost"))
        promises.append((_is_well_named(name, layer), f"is misnamed for {layer}"))
        yield from (Violation(model["original_file_path"], what) for is_kept, what in promises if not is_kept)


def _is_well_named(name: str, layer: str) -> bool:
    if layer.startswith("staging/"):
        return name.startswith(f"stg_{layer.split('/')[1]}__")
    if layer == "conformed" or layer.endswith("/intermediate"):
        return name.startswith("int_")
    if layer == CUSTOM:
        return True
    if layer in PREFIXES:
        return name.startswith(PREFIXES[layer])
    return name.startswith(("fct_", "dim_", "bridge_"))


def find_stray_keys(folder: Path) -> Iterator[Violation]:
    """Keys that dbt would pass over in silence: misspelt, misplaced or of an older form."""
    for file in sorted([*folder.rglob("*.yml"), *folder.rglob("*.yaml")]):
        document = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        name = file.relative_to(folder.parent).as_posix()
        for place, key in _stray(document, "file", ""):
            yield Violation(name, f"unknown key {key}{' in ' + place if place else ''}")


def _stray(entry: Any, kind: str, place: str) -> Iterator[tuple[str, str]]:
    if not isinstance(entry, dict):
        return
    here = " ".join(part for part in (place, str(entry.get("name") or "")) if part)
    if kind == "data_tests":  # {test_name: {arguments: …, config: …}}, or {name: …, test_name: …}
        if len(entry) == 1:
            (test, inner) = next(iter(entry.items()))
            yield from ((f"{place} {test}", key) for key in sorted(set(inner or {}) - KEYS["data_tests"]))
        return
    yield from ((here, key) for key in sorted(set(entry) - KEYS[kind]))
    for key, inner in entry.items():
        if key in KEYS and key != "file" and not (kind == "macros" and key == "columns"):
            for one in inner if isinstance(inner, list) else [inner]:
                yield from _stray(one, key, here)


def models_of(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [node for _, node in sorted(manifest["nodes"].items()) if node["resource_type"] == "model"]


def find_violations(manifest: Mapping[str, Any]) -> list[Violation]:
    """Everything that the manifest shows."""
    return sorted({*find_forbidden_reads(manifest), *find_wall_clocks(manifest), *find_unkept_promises(manifest)})


def parsed(project: Path) -> Mapping[str, Any]:
    """The manifest of the project with every vendor switched on. Raises RuntimeError where dbt cannot parse it."""
    from dbt.cli.main import dbtRunner

    sources = {vendor: {"enabled": True, "database": None, "schema": f"landed_{vendor}"} for vendor in VENDORS}
    with tempfile.TemporaryDirectory() as folder:
        outcome = dbtRunner().invoke(
            [
                *("parse", "--quiet", "--project-dir", str(project), "--profiles-dir", str(project)),
                *("--target-path", folder, "--log-path", folder, "--vars", json.dumps({"sources": sources})),
            ]
        )
        if not outcome.success:
            raise RuntimeError(f"dbt cannot parse {project}: {outcome.exception}")
        found: Mapping[str, Any] = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
    return found


def say(violations: Iterable[Violation], checked: int) -> int:
    """Print the findings; the exit code."""
    count = 0
    for violation in violations:
        click.echo(str(violation))
        count += 1
    click.echo(f"Layering: {checked} models checked, {count} violations.", err=True)
    return 1 if count else 0


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--project", type=click.Path(path_type=Path, file_okay=False), help="The dbt project's folder.")
@click.option("--manifest", type=click.Path(path_type=Path, dir_okay=False), help="A manifest.json of it.")
@click.option(
    "--write-manifest", "keep", type=click.Path(path_type=Path, dir_okay=False), help="Keep the manifest there."
)
def main(project: Path | None, manifest: Path | None, keep: Path | None) -> None:
    """Check that every model reads only what its layer may read, and keeps what a mart promises.

    \b
    Examples:
      python -m handoff.layering
      python -m handoff.layering --manifest target/manifest.json

    \b
    Exit codes: 0 nothing found, 1 something found, 2 could not run.
    """
    folder = project or Path(__file__).resolve().parents[2]
    try:
        found = json.loads(manifest.read_text(encoding="utf-8")) if manifest else parsed(folder)
        if keep:
            keep.parent.mkdir(parents=True, exist_ok=True)
            keep.write_text(json.dumps(found), encoding="utf-8")
        violations = [*find_violations(found), *find_stray_keys(folder / "models"), *find_stray_keys(folder / "seeds")]
    except (OSError, ValueError, KeyError, RuntimeError, yaml.YAMLError) as error:
        click.echo(f"Cannot check the layering: {error}", err=True)
        sys.exit(2)
    sys.exit(say(violations, len(models_of(found))))


if __name__ == "__main__":
    main()
