"""Why a person stands where they stand: the ledger behind the score, the cycles, the handoffs and their clocks.

Reads the published files only: marts.duckdb, run.json for the clamps of the score groups, and pii.duckdb when asked.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from handoff.database import opened
from handoff.errors import CouldNotRun
from handoff.landing import first_line
from handoff.names import opened_names
from handoff.publish import MARTS_FILE, PII_FILE, PII_SCHEMA, current_version

Row = dict[str, Any]
FIT_LIMITS = (-100.0, 100.0)
ENGAGEMENT_LIMITS = (0.0, 100.0)
# From the strongest to the weakest, as the identity models weigh them.
LINK_METHODS = ("forced", "conversion", "merge", "cross_id", "email")
SHOWN_UNUSED_LINKS = 10


def explain(warehouse: Path, identifier: str, *, include_pii: bool = False) -> dict[str, Any]:
    """Everything published about one person, found by person_id or by any source record's id; the name if asked."""
    version = current_version(warehouse)
    if version is None:
        raise CouldNotRun(f"Nothing is published in {warehouse}.", hint="Run `handoff run --warehouse …` first.")
    try:
        record = json.loads((version / "run.json").read_text(encoding="utf-8"))
        with opened(version / MARTS_FILE, read_only=True) as marts:
            explanation = _explain(marts, record, identifier)
        if include_pii:
            explanation["pii"] = _pii_of(version / PII_FILE, explanation["person_id"])
        return explanation
    except (OSError, ValueError, duckdb.Error) as error:
        raise CouldNotRun(
            f"The published files cannot be read: {first_line(error)}",
            hint="`handoff check --warehouse …` says which file is amiss; run again.",
        ) from error


def quantised(score: float) -> Decimal:
    """The published form of a score: hundredths, ties up, with the guard that every engine shares."""
    return Decimal(math.floor(100 * score + 0.5 + 1e-6)) / 100


def score_of(points: list[Row], groups: dict[str, Row], limits: tuple[float, float]) -> tuple[float, list[Row]]:
    """Sum a ledger: by group, clamped to the group's floor and cap, then clamped as a whole."""
    totals: dict[str, float] = {}
    for point in points:
        totals[point["score_group"]] = totals.get(point["score_group"], 0.0) + float(point["weighted_points"])
    lines: list[Row] = []
    for name in sorted(totals):
        rule = groups.get(name, {})
        floor, cap = rule.get("floor_points"), rule.get("cap_points")
        clamped = clamp(totals[name], floor, cap)
        lines.append({"score_group": name, "sum": totals[name], "floor": floor, "cap": cap, "counted": clamped})
    return clamp(sum(line["counted"] for line in lines), *limits), lines


def clamp(value: float, floor: float | None, cap: float | None) -> float:
    """A value held inside limits, either of which may be open."""
    if cap is not None:
        value = min(value, float(cap))
    if floor is not None:
        value = max(value, float(floor))
    return value


def chains_to_survivor(records: Sequence[Row], links: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """For each record (source_system, record_id) the links from it to the survivor: the fewest, then the strongest."""
    near: dict[tuple[str, str], list[tuple[int, str, tuple[str, str], Row]]] = {}
    for link in links:
        if link["is_used"]:
            one = (link["source_system"], link["record_id"])
            other = (link["linked_source_system"], link["linked_record_id"])
            strength = LINK_METHODS.index(link["link_method"])
            for here, there in ((one, other), (other, one)):
                near.setdefault(here, []).append((strength, link["link_id"], there, link))
    chains: dict[tuple[str, str], list[Row]] = {
        (record["source_system"], record["record_id"]): [] for record in records if record["is_survivor"]
    }
    reached = sorted(chains)
    while reached:
        beside: list[tuple[int, str, tuple[str, str], tuple[str, str], Row]] = sorted(
            (
                (strength, link_id, there, here, link)
                for here in reached
                for strength, link_id, there, link in near.get(here, [])
                if there not in chains
            ),
            key=lambda entry: entry[:4],
        )
        reached = []
        for _, _, there, here, link in beside:
            if there not in chains:
                step = {"link_method": link["link_method"], "evidence": link["evidence"], "to": ":".join(here)}
                chains[there] = [step, *chains[here]]
                reached.append(there)
    return chains


def _explain(marts: duckdb.DuckDBPyConnection, record: Row, identifier: str) -> dict[str, Any]:
    person_id = person_of(marts, identifier)
    groups: dict[str, dict[str, Row]] = {}
    for group in record.get("rules", {}).get("score_groups", []):
        groups.setdefault(group["scoring_model"], {})[group["score_group"]] = group
    scores: list[Row] = []
    for score in _rows(marts, "fct_lead_scores", person_id, "model_status, scoring_model"):
        points = [
            point
            for point in _rows(marts, "fct_score_points", person_id, "rule_kind, score_group, occurred_at, rule_id")
            if point["scoring_model"] == score["scoring_model"]
        ]
        rules = groups.get(score["scoring_model"], {})
        for kind, limits in (("fit", FIT_LIMITS), ("engagement", ENGAGEMENT_LIMITS)):
            ledger = [point for point in points if point["rule_kind"] == kind]
            total, lines = score_of(ledger, rules, limits)
            published = score[f"{kind}_score"]
            score[f"{kind}_ledger"] = ledger
            score[f"{kind}_groups"] = lines
            score[f"{kind}_sum"] = quantised(total)
            score[f"{kind}_agrees"] = published is not None and quantised(total) == Decimal(str(published))
        scores.append(score)
    records = _rows(marts, "bridge_person_records", person_id, "source_system, record_id")
    links = _links(marts, person_id)
    chains = chains_to_survivor(records, links)
    for linked in records:
        linked["chain"] = chains.get((linked["source_system"], linked["record_id"]), [])
    handoffs = _rows(marts, "fct_handoffs", person_id, "handed_off_at, sequence")
    clocks = _rows(marts, "fct_handoff_sla", person_id, "started_at, clock, sequence")
    for handoff in handoffs:
        handoff["clocks"] = [clock for clock in clocks if clock["handoff_id"] == handoff["handoff_id"]]
    return {
        "as_of": record["as_of"],
        "run_id": record["run_id"],
        "person_id": person_id,
        "person": next(iter(_rows(marts, "dim_person", person_id, "person_id")), {}),
        "records": records,
        "unused_links": [link for link in links if not link["is_used"]],
        "scores": scores,
        "exclusions": _rows(marts, "fct_person_exclusions", person_id, "sort_order, rule_id"),
        "qualification": next(iter(_rows(marts, "fct_qualifications", person_id, "person_id")), {}),
        "cycles": _rows(marts, "fct_mql_cycles", person_id, "cycle_number"),
        "status_history": _rows(marts, "fct_mql_status_history", person_id, "cycle_number, valid_from, valid_until"),
        "handoffs": handoffs,
        "sums_agree": all(score["fit_agrees"] and score["engagement_agrees"] for score in scores),
    }


def _pii_of(path: Path, person_id: str) -> Row:
    with opened_names(path) as pii:
        relation = pii.execute(f"select * from {PII_SCHEMA}.dim_person_pii where person_id = ?", [person_id])
        names = [column[0] for column in relation.description or []]
        row = relation.fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def shown_id(identifier: str) -> str:
    """An id as the marts carry it: one that is an address stands there as its hash (macro id_without_address)."""
    vendor, separator, rest = identifier.rpartition(":")
    if "@" not in rest and "%40" not in rest:
        return identifier
    return f"{vendor}{separator}address:{hashlib.md5(rest.lower().encode(), usedforsecurity=False).hexdigest()}"


def person_of(marts: duckdb.DuckDBPyConnection, asked: str) -> str:
    """The person behind a person_id or a source record's id."""
    identifier = shown_id(asked)
    found = marts.execute(
        "select distinct person_id from marts.bridge_person_records "
        "where person_id = $id or record_id = $id or source_system || ':' || record_id = $id order by person_id",
        {"id": identifier},
    ).fetchall()
    if not found:
        rows = marts.execute(
            "select source_system, source_table, disposition, reason_codes from marts.fct_row_dispositions "
            "where row_key = $id or source_system || ':' || row_key = $id order by all",
            {"id": identifier},
        ).fetchall()
        if rows:
            raise CouldNotRun(
                f"{identifier} is no person's record. What became of the rows with that key:",
                *[f"{row[0]}.{row[1]}: {row[2]}{f' ({row[3]})' if row[3] else ''}" for row in rows],
                hint="Rows that are deleted or quarantined score nobody; docs/reference/rows.md explains the reasons.",
            )
        raise CouldNotRun(
            f"No person and no record has the id {identifier}.",
            hint="Give a person_id, or a record's id as it stands in the CRM (marketo:123 for one vendor's).",
        )
    if len(found) > 1:
        raise CouldNotRun(
            f"{identifier} is a record of {len(found)} people, in several vendors.",
            *[str(row[0]) for row in found],
            hint="Give one of these person_ids, or VENDOR:ID.",
        )
    return str(found[0][0])


def _rows(
    marts: duckdb.DuckDBPyConnection, mart: str, person_id: str, order: str, column: str = "person_id"
) -> list[Row]:
    """A person's rows of a mart; none where the publication does not hold the mart."""
    known = marts.execute(
        "select 1 from information_schema.tables where table_schema = 'marts' and table_name = ?", [mart]
    ).fetchone()
    if known is None:
        return []
    relation = marts.execute(f"select * from marts.{mart} where {column} = ? order by {order}", [person_id])
    names = [column[0] for column in relation.description or []]
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


def _links(marts: duckdb.DuckDBPyConnection, person_id: str) -> list[Row]:
    """What says that a record of the person is some other record's person too."""
    links = {link["link_id"]: link for link in _rows(marts, "fct_record_links", person_id, "link_id")}
    links |= {
        link["link_id"]: link
        for link in _rows(marts, "fct_record_links", person_id, "link_id", column="linked_person_id")
    }
    return [links[link_id] for link_id in sorted(links)]


def render(explanation: dict[str, Any]) -> Iterator[str]:
    """The explanation as lines of text."""
    person = explanation["person"]
    yield f"Person {explanation['person_id']} as of {explanation['as_of']}"
    yield from _in_short(explanation)
    shown = ("status", "job_function", "seniority", "buying_role", "segment", "country", "channel", "lead_source")
    yield "  " + ", ".join(f"{name} {person[name]}" for name in shown if person.get(name) is not None)
    named = [str(value) for name in ("full_name", "email", "phone") if (value := explanation.get("pii", {}).get(name))]
    if named:
        yield "  " + ", ".join(named)
    if person.get("account_id"):
        yield f"  account {person['account_id']} by {person['account_match_method']}"
    for record in explanation["records"]:
        survivor = ", survivor" if record["is_survivor"] else ""
        yield (
            f"  record {record['source_system']} {record['record_type']} {record['record_id']} "
            f"({record['link_method']}{survivor})"
        )
        for step in record["chain"]:
            yield f"    by {step['link_method']} ({step['evidence']}) with {step['to']}"
    unused = explanation["unused_links"]
    for link in unused[:SHOWN_UNUSED_LINKS]:
        yield (
            f"  not linked: {link['source_system']}:{link['record_id']} with {link['linked_source_system']}:"
            f"{link['linked_record_id']} by {link['link_method']} ({link['evidence']}): {link['dropped_reason']}"
        )
    if len(unused) > SHOWN_UNUSED_LINKS:
        yield f"  and {len(unused) - SHOWN_UNUSED_LINKS} more in fct_record_links"
    for exclusion in explanation["exclusions"]:
        yield f"  excluded: {exclusion['exclusion_reason']} ({exclusion['rule_id']}), {exclusion['evidence']}"
    for score in explanation["scores"]:
        yield ""
        yield (
            f"Score by {score['scoring_model']} ({score['model_status']}): grade {score['grade']}, "
            f"fit {score['fit_score']} ({score['fit_band']}), "
            f"engagement {score['engagement_score']} ({score['engagement_band']})"
            + (", meets the threshold" if score["meets_threshold"] else "")
        )
        for kind in ("fit", "engagement"):
            yield from _render_ledger(score, kind)
    yield ""
    yield from _render_qualification(explanation["qualification"])
    for cycle in explanation["cycles"]:
        yield (
            f"MQL cycle {cycle['cycle_number']} opened {_at(cycle['opened_at'])} by {cycle['entry_reason']}, "
            f"next action {cycle['next_action']}, outcome {cycle['outcome'] or 'open'}"
            + (f" at {_at(cycle['closed_at'])}" if cycle["outcome"] else "")
        )
        if cycle["entry_evidence"]:
            yield f"  the account's committee: {cycle['entry_evidence']}"
        for interval in explanation["status_history"]:
            if interval["cycle_number"] == cycle["cycle_number"]:
                began = _at(interval["valid_from"])
                yield f"  {interval['status']:<13} from {began}  {interval['reason'] or ''}".rstrip()
    for handoff in explanation["handoffs"]:
        yield (
            f"Handoff {handoff['sequence']} at {_at(handoff['handed_off_at'])}, {handoff['priority']}, "
            f"owner {handoff['owner_id'] or 'nobody'} ({handoff['team'] or 'no team'}), "
            f"{handoff['touch_count']} touches"
        )
        for clock in handoff["clocks"]:
            yield (
                f"  {clock['clock']:<14} start {_at(clock['started_at'])}  due {_at(clock['due_at'])}  "
                f"stop {_at(clock['stopped_at'])}  {clock['sla_status']}"
                + (f" ({clock['excused_reason']})" if clock["excused_reason"] else "")
            )


def _in_short(explanation: dict[str, Any]) -> Iterator[str]:
    """Why they were sent or not, and what is late, before the reasons in full."""
    qualification = explanation["qualification"]
    if not qualification:
        return
    if not qualification["is_qualified"]:
        why = qualification["held_back_reason"] or "not engaged"
        yield f"  in short: not sent to sales ({why})"
        return
    yield f"  in short: {qualification['next_action']}: {qualification['action_reason']}"
    for handoff in explanation["handoffs"][-1:]:
        whose = f"{handoff['owner_id'] or 'nobody'} ({handoff['team'] or 'no team'})"
        yield f"  sent {_at(handoff['handed_off_at'])} as {handoff['priority']} to {whose}"
    clocks = [clock for handoff in explanation["handoffs"] for clock in handoff["clocks"]]
    for status, words in (("open_breached", "late"), ("open_at_risk", "late soon")):
        told = [f"{clock['clock']} due {_at(clock['due_at'])}" for clock in clocks if clock["sla_status"] == status]
        if told:
            yield f"  {words}: {', '.join(told)}"
    if not any(clock["sla_status"] in ("open_breached", "open_at_risk") for clock in clocks):
        yield "  late: nothing"


def _render_ledger(score: Row, kind: str) -> Iterator[str]:
    for point in score[f"{kind}_ledger"]:
        when = f"{point['occurred_at']:%Y-%m-%d}" if kind == "engagement" and point["occurred_at"] else " " * 10
        yield (
            f"  {kind:<10} {when} {point['rule_id']:<12} {point['points']:>8.2f} × {point['weight']:.4f} "
            f"= {point['weighted_points']:>8.4f}  {point['signal_name'] or point['score_group']}: {point['reason']}"
        )
    for line in score[f"{kind}_groups"]:
        note = "" if line["counted"] == line["sum"] else f", clamped to {line['counted']:.2f}"
        yield f"  {kind:<10} group {line['score_group']}: {line['sum']:.4f}{note}"
    verdict = "equals" if score[f"{kind}_agrees"] else "DIFFERS FROM"
    yield f"  {kind:<10} ledger sums to {score[f'{kind}_sum']:.2f}, which {verdict} the score {score[f'{kind}_score']}"


def _render_qualification(row: Row) -> Iterator[str]:
    if not row:
        return
    if row["is_qualified"]:
        yield f"Qualified: {row['qualified_reason']}"
    else:
        yield f"Not qualified: {row['held_back_reason'] or 'not engaged'}" + (
            f". {row['held_back_detail']}" if row["held_back_detail"] else ""
        )
    if row["next_action"]:
        yield f"  next action {row['next_action']} ({row['priority'] or 'no priority'}): {row['action_reason']}"


def _at(moment: datetime | None) -> str:
    return "-" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"
