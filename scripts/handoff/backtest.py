"""The past replayed under a draft of the scoring rules, beside what happened.

Reads the published files only. History before the window stays as it was: a cycle open as it begins keeps its person,
one just closed makes them wait. Inside it the draft opens a cycle at each instant at which it lets one open and none is
open; how that cycle ends is what the CRM knows of the time after. `rpt_scoring_model_comparison` holds the same numbers
for the window of each version.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from handoff.drafts import SHOWN, Publication, draft_of, publication
from handoff.errors import CouldNotRun
from handoff.rates import share, wilson

Row = dict[str, Any]
LABELS = {
    "accepted": ("accepted_at", "acceptance_due_at"),
    "meeting_held": ("meeting_held_at", "mature_at"),
    "opportunity": ("opportunity_created_at", "mature_at"),
    "won": ("won_at", "mature_at"),
}
OPEN_END = datetime(9999, 12, 31)
OUTCOMES_OF_SALES = ("won", "lost", "rejected", "disqualified", "recycled")
FACTS = ("accepted_at", "meeting_held_at", "opportunity_created_at", "closed_at", "outcome")


@dataclass(frozen=True)
class Member:
    """A cycle of one side: opened in fact, or by the replay."""

    side: str
    member_of: str
    is_known: bool
    facts: Row


def backtest(warehouse: Path, draft: str | None, begins: datetime | None, ends: datetime | None) -> Row:
    """What a draft would have sent in [begins, ends), by default the window of the active version."""
    with publication(warehouse) as published:
        draft = draft_of(published, draft)
        begins, ends = _window(published, begins, ends)
        cycles = published.rows("select * from marts.fct_mql_cycles order by person_id, cycle_number")
        candidates = published.rows(
            "select * from marts.fct_draft_qualifications where scoring_model = $draft order by person_id, occurred_at",
            draft=draft,
        )
        models = published.rows(
            "select scoring_model from marts.dim_scoring_model where model_status = 'active' "
            "and effective_from < $ends and effective_until > $begins order by effective_from",
            begins=begins,
            ends=ends,
        )
        as_of, record = published.as_of, published.record
    replayed = replay(candidates, cycles, begins, ends)
    members = match(replayed, cycles, begins, ends)
    return {
        "as_of": record["as_of"],
        "run_id": record["run_id"],
        "draft_model": draft,
        "active_models": [model["scoring_model"] for model in models],
        "window_from": begins.isoformat(),
        "window_until": min(ends, as_of).isoformat(),
        "labels": [compare(members, label, as_of) for label in LABELS],
        "gained": [_listed(member) for member in members if member.member_of == "gained"],
        "lost": [_listed(member) for member in members if member.member_of == "lost"],
    }


def replay(candidates: list[Row], cycles: list[Row], begins: datetime, ends: datetime) -> list[Row]:
    """The candidates at which the draft would have opened a cycle in the window, in order."""
    last_before: dict[str, Row] = {}
    for cycle in cycles:
        if cycle["opened_at"] < begins:
            last_before[cycle["person_id"]] = cycle
    of_person: dict[str, list[Row]] = defaultdict(list)
    for candidate in candidates:
        if candidate["occurred_at"] < ends:
            of_person[candidate["person_id"]].append(candidate)
    opened: list[Row] = []
    for person, instants in of_person.items():
        hand_raise_from = any_from = begins
        before = last_before.get(person)
        if before is not None:
            if before["closed_at"] is None:
                continue
            hand_raise_from = max(begins, before["closed_at"] + timedelta(seconds=1))
            any_from = max(hand_raise_from, before["quiet_until"])
        hand_raises = [instant for instant in instants if instant["is_hand_raise"]]
        while True:
            found = [
                instant
                for instant in (_first(instants, any_from), _first(hand_raises, hand_raise_from))
                if instant is not None
            ]
            if not found:
                break
            cycle = min(found, key=lambda instant: instant["occurred_at"])
            opened.append(cycle)
            if cycle["closed_at"] is None:
                break
            hand_raise_from = cycle["closed_at"] + timedelta(seconds=1)
            any_from = max(hand_raise_from, cycle["quiet_until"])
    return opened


def _first(instants: list[Row], moment: datetime) -> Row | None:
    place = bisect_left(instants, moment, key=lambda instant: instant["occurred_at"])
    return instants[place] if place < len(instants) else None


def match(replayed: list[Row], cycles: list[Row], begins: datetime, ends: datetime) -> list[Member]:
    """Both sides: each replayed cycle with the cycle in fact that it meets, and each cycle in fact in the window."""
    of_person: dict[str, list[Row]] = defaultdict(list)
    for cycle in cycles:
        of_person[cycle["person_id"]].append(cycle)
    members: list[Member] = []
    kept: set[str] = set()
    for candidate in replayed:
        met = _meets(candidate, of_person[candidate["person_id"]])
        if met is not None:
            kept.add(met["mql_id"])
            members.append(Member("draft", "kept", True, met))
            continue
        is_known = (
            candidate["accepted_at"] is not None
            or candidate["meeting_held_at"] is not None
            or candidate["outcome"] in OUTCOMES_OF_SALES
        )
        members.append(Member("draft", "gained", is_known, candidate))
    for cycle in cycles:
        if begins <= cycle["opened_at"] < ends:
            members.append(Member("active", "kept" if cycle["mql_id"] in kept else "lost", True, cycle))
    return members


def _meets(candidate: Row, cycles: list[Row]) -> Row | None:
    opened, closed = candidate["occurred_at"], candidate["closed_at"] or OPEN_END
    met = [
        cycle
        for cycle in cycles
        if cycle["opened_at"] == opened or (cycle["opened_at"] < closed and opened < (cycle["closed_at"] or OPEN_END))
    ]
    return min(met, key=lambda cycle: (cycle["opened_at"] != opened, cycle["cycle_number"]), default=None)


def verdict(member: Member, label: str, as_of: datetime) -> str:
    """Whether a cycle came to the label in its time: yes, no, unknown or too_early."""
    reached, due = LABELS[label]
    facts = member.facts
    horizon = facts[due]
    if horizon is None or horizon > as_of:
        return "too_early"
    moment = (facts["closed_at"] if facts["outcome"] == "won" else None) if label == "won" else facts[reached]
    if moment is not None and moment <= horizon:
        return "yes"
    return "no" if member.is_known else "unknown"


def compare(members: list[Member], label: str, as_of: datetime) -> Row:
    """Counts and rates of both sides for one label, named as in the mart."""
    told = [(member, verdict(member, label, as_of)) for member in members]

    def count(side: str | None = None, member_of: str | None = None, *verdicts: str) -> int:
        return sum(
            (side is None or member.side == side)
            and (member_of is None or member.member_of == member_of)
            and (not verdicts or said in verdicts)
            for member, said in told
        )

    row: Row = {
        "label": label,
        "mqls_draft": count("draft"),
        "mqls_active": count("active"),
        "gained": count(None, "gained"),
        "lost": count(None, "lost"),
    }
    for name, of in (
        ("active", ("active", None)),
        ("draft", ("draft", None)),
        ("gained", (None, "gained")),
        ("lost", (None, "lost")),
    ):
        row[f"{name}_too_early"] = count(*of, "too_early")
        row[f"{name}_known"] = count(*of, "yes", "no")
        row[f"{name}_positives"] = count(*of, "yes")
        if name in ("draft", "gained"):
            row[f"{name}_unknown"] = count(*of, "unknown")
    unknown, gained_unknown = row["draft_unknown"], row["gained_unknown"]
    old_enough = row["draft_known"] + unknown
    found = row["active_positives"] + row["gained_positives"]
    by_draft = found - row["lost_positives"]
    _bounds(row, "precision_active", (row["active_positives"], row["active_known"]))
    _bounds(
        row,
        "precision_draft",
        (row["draft_positives"], old_enough),
        (row["draft_positives"] + unknown, old_enough),
    )
    _bounds(
        row,
        "recall_active",
        (row["active_positives"], found + gained_unknown),
        (row["active_positives"], found),
    )
    _bounds(row, "recall_draft", (by_draft, found), (by_draft + gained_unknown, found + gained_unknown))
    return row


def _bounds(row: Row, name: str, worst: tuple[int, int], best: tuple[int, int] | None = None) -> None:
    if best is None:
        row[name] = share(*worst)
    else:
        row[f"{name}_at_worst"], row[f"{name}_at_best"] = share(*worst), share(*best)
    lower, upper = wilson(*worst), wilson(*(best or worst))
    row[f"{name}_lower"] = None if lower is None else lower[0]
    row[f"{name}_upper"] = None if upper is None else upper[1]


def _window(published: Publication, begins: datetime | None, ends: datetime | None) -> tuple[datetime, datetime]:
    versions = published.rows(
        "select effective_from, effective_until from marts.dim_scoring_model where model_status = 'active' "
        "and effective_from <= $as_of order by effective_from desc",
        as_of=published.as_of,
    )
    if (begins is None or ends is None) and not versions:
        raise CouldNotRun("No scoring model has been in force.", hint="Give the window by --from and --until.")
    begins = begins or versions[0]["effective_from"]
    ends = ends or max(versions[0]["effective_until"], begins)
    if begins >= ends:
        raise CouldNotRun(
            f"The window is empty: it begins at {begins} and ends at {ends}.", hint="The end is excluded."
        )
    return begins, ends


def _listed(member: Member) -> Row:
    facts = member.facts
    opened = facts.get("occurred_at") or facts["opened_at"]
    return {
        "person_id": facts["person_id"],
        "mql_id": facts.get("mql_id"),
        "opened_at": opened.isoformat(),
        "grade": facts["grade"],
        "segment": facts["segment"],
        "channel": facts["channel"],
        "is_outcome_known": member.is_known,
        **{name: _plain(facts[name]) for name in FACTS},
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def render_backtest(found: Row) -> Iterator[str]:
    """The backtest as lines of text."""
    first = found["labels"][0]
    yield (
        f"Draft {found['draft_model']} replayed from {found['window_from'][:10]} until {found['window_until'][:10]}, "
        f"beside {', '.join(found['active_models']) or 'no version'}; as of {found['as_of']}"
    )
    yield (
        f"MQLs {first['mqls_active']} in fact, {first['mqls_draft']} by the draft: "
        f"gained {first['gained']}, lost {first['lost']}"
    )
    for row in found["labels"]:
        yield ""
        yield f"{row['label'].replace('_', ' ').capitalize()}"
        yield (
            f"  in fact   {row['active_positives']} of {row['active_known']} old enough"
            f"  precision {_range(row['precision_active'], row['precision_active'])}"
            f" (95 %: {_range(row['precision_active_lower'], row['precision_active_upper'])})"
        )
        yield (
            f"  draft     {row['draft_positives']} of {row['draft_known']} known, {row['draft_unknown']} unknown"
            f"  precision {_range(row['precision_draft_at_worst'], row['precision_draft_at_best'])}"
            f" (95 %: {_range(row['precision_draft_lower'], row['precision_draft_upper'])})"
        )
        yield (
            f"  recall    in fact {_range(row['recall_active_at_worst'], row['recall_active_at_best'])}, "
            f"draft {_range(row['recall_draft_at_worst'], row['recall_draft_at_best'])}"
            f" (95 %: {_range(row['recall_draft_lower'], row['recall_draft_upper'])})"
        )
        yield f"  the draft misses {row['lost_positives']}; alone it would have sent {row['gained_positives']} known"
    for side in ("gained", "lost"):
        if found[side]:
            yield ""
            count = len(found[side])
            yield f"{side.capitalize()}: {count}" + (f", {SHOWN} shown" if count > SHOWN else "")
        for row in found[side][:SHOWN]:
            known = row["outcome"] or "open" if row["is_outcome_known"] else "outcome unknown"
            yield f"  {row['person_id']}  {row['opened_at'].replace('T', ' ')}  {row['grade'] or '-':<3} {known}"


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "nothing to say"
    return f"{low:.1%}" if low == high else f"{low:.1%} to {high:.1%}"
