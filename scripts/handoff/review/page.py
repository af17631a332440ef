"""Writes review.html from the published marts: every tab filled, drawn and put into one file."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2
from markupsafe import Markup

from handoff.review import detail, words
from handoff.review.marts import Marts, Row, published
from handoff.review.tables import Table, address, fill
from handoff.review.tabs import accounts, funnel, inspection, intake, queue, rejections, score, speed

TABS: tuple[ModuleType, ...] = (funnel, speed, score, rejections, accounts, inspection, queue, intake)
TEMPLATES = Path(__file__).parent / "templates"
# The first runs before the page is laid out, the second when all of it stands.
SCRIPTS = (("first.js",), ("tabs.js", "tables.js", "explorer.js", "drawer.js", "verdicts.js"))


class Script(Markup):
    """The page's own script: put in as it stands, for its hash stands in the page's security policy."""


@dataclass(frozen=True)
class Tab:
    """A tab as its template reads it."""

    key: str
    title: str
    tables: Mapping[str, Table]
    charts: Mapping[str, str]
    facts: Row


def write_review(marts_path: Path, out: Path, run: Mapping[str, Any], names: Mapping[str, str] | None = None) -> None:
    """Write the review page of a published run.

    Reads the marts of `marts_path` (a published marts.duckdb, opened read-only) and, of the run record, `as_of`
    (ISO 8601) and where present `run_id`, `rules_hash` and `code_version`. Writes `out`, one HTML file that asks the
    network for nothing. `names` puts names beside person ids. Raises what DuckDB raises where a mart is missing: a
    page never shows half a run.
    """
    as_of = datetime.fromisoformat(str(run["as_of"]).replace("Z", "+00:00")).replace(tzinfo=None)
    with published(marts_path, as_of) as opened:
        marts = detail.with_drawers(replace(opened, names=names or {}))
        page = (
            _environment()
            .get_template("page.html.j2")
            .render(
                stamp=_stamp(marts, run),
                tabs=[_tab(module, marts) for module in TABS],
                details=detail.read_details(marts),
                scripts=[
                    Script("\n".join((TEMPLATES / "script" / name).read_text(encoding="utf-8") for name in part))
                    for part in SCRIPTS
                ],
                people=marts.people,
                accounts=marts.accounts,
                names=marts.names,
            )
        )
    out.write_text(page, encoding="utf-8")


def as_json(value: Any) -> Markup:
    """JSON that no text in it can end: a script element reads nothing but what stands here."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _tab(module: ModuleType, marts: Marts) -> Tab:
    tables = {spec.key: fill(marts, spec) for spec in module.TABLES}
    return Tab(module.KEY, module.TITLE, tables, module.charts(tables), module.facts(marts))


def _stamp(marts: Marts, run: Mapping[str, Any]) -> Row:
    """What stays in sight: when, and by which rules."""
    models = marts.rows(
        "select distinct scoring_model from fct_lead_scores where model_status = 'active' order by scoring_model"
    )
    return {
        "as_of": marts.as_of,
        "run_id": str(run.get("run_id", "unknown")),
        "rules_hash": str(run.get("rules_hash", "unknown")),
        "code_version": str(run.get("code_version", "unknown")),
        "scoring_models": [words.text(row["scoring_model"]) for row in models],
        "newest": marts.row("select max(newest_row_at) as newest from fct_source_tables")["newest"],
        "has_names": bool(marts.names),
    }


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Script) else words.without_email(value),
    )
    environment.filters |= {
        "count": words.count,
        "money": words.money,
        "moment": words.moment,
        "as_json": as_json,
        "digest": lambda script: base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "day": words.day,
        "words": words.words,
        "text": words.text,
        "short_key": words.short_key,
        "address": lambda key, kind: address(kind, key),
        "rate": lambda pair: words.Rate(int(pair[0] or 0), int(pair[1] or 0)),
    }
    return environment
