"""Handoffs and the starts and stops of their clocks in plain Python; business seconds are another test's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from oracles.lifecycle import OPEN_END, Cycle


@dataclass(frozen=True)
class Touch:
    at: datetime
    precision: str
    rep_id: str
    kind: str
    is_meeting: bool
    key: str


@dataclass(frozen=True)
class HandRaise:
    at: datetime
    precision: str
    signal_id: str


@dataclass(frozen=True)
class Stint:
    rep_id: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Handoff:
    sequence: int
    at: datetime
    precision: str
    is_hand_raise: bool
    assigned_at: datetime | None
    owner_id: str | None
    first_touch_at: datetime | None
    first_touch_rep_ids: frozenset[str]  # more than one only if they touched in one second
    meeting_held_at: datetime | None
    touch_count: int
    touches_before_count: int


@dataclass(frozen=True)
class Clock:
    clock: str
    number: int
    rep_id: str | None
    started_at: datetime
    stopped_at: datetime | None


def stints_of(assignments: list[tuple[datetime, str, str]], active_until: dict[str, datetime]) -> list[Stint]:
    """Which human held the person when, from (since, id, owner); of one second the last id stands.

    `active_until` names every human: who is inactive now counts as active until their last touch.
    """
    last_of_second = {since: owner for since, _, owner in sorted(assignments)}
    changes: list[tuple[datetime, str]] = []
    for since, owner in sorted(last_of_second.items()):
        if not changes or changes[-1][1] != owner:
            changes.append((since, owner))
    untils = [since for since, _ in changes[1:]] + [OPEN_END] * bool(changes)
    return [
        Stint(owner, since, until)
        for (since, owner), until in zip(changes, untils, strict=True)
        if owner in active_until
    ]


def handoff_starts(
    cycle: Cycle, opens_handoff: bool, raises: list[HandRaise], join: timedelta, excluded_from: tuple[datetime, ...]
) -> list[tuple[datetime, str, bool]]:
    """The opening if it is sales', and each later hand-raise that repeats none of the hours before.

    An opening by score is no request that another could repeat, and one known only by its day is repeated by no request
    known to the second: that one's clocks run.
    """
    starts = [(cycle.opened_at, cycle.precision, cycle.entry_reason == "hand_raise")] if opens_handoff else []
    last: HandRaise | None = None
    for one in sorted(raises, key=lambda raised: (raised.at, raised.precision != "exact", raised.signal_id)):
        if one.at < cycle.opened_at or one.at >= (cycle.closed_at or OPEN_END):
            continue
        if any(since <= one.at for since in excluded_from):
            continue
        is_sharper = last is not None and last.precision != "exact" and one.precision == "exact" and one.at > last.at
        if last is not None and one.at < last.at + join and not is_sharper:
            continue
        last = one
        if one.at > cycle.opened_at:
            starts.append((one.at, one.precision, True))
    return starts


def _is_before(touch: Touch, at: datetime) -> bool:
    """A touch known by its day is before a handoff only if its day is."""
    return touch.at < at if touch.precision == "exact" else touch.at.date() < at.date()


def watched_stints(
    at: datetime, cycle: Cycle, stints: list[Stint], as_of: datetime, active: dict[str, datetime]
) -> list[Stint]:
    """The owners of a handoff: from the handoff on, until reassigned; nobody who is given it as the cycle closes."""
    closed_at = cycle.closed_at or OPEN_END
    found = []
    for stint in stints:
        since = max(stint.since, at)
        is_held = stint.since <= at or (stint.since < closed_at and stint.since <= as_of)
        if is_held and stint.until > at and active[stint.rep_id] >= since:
            found.append(Stint(stint.rep_id, since, stint.until if stint.until < closed_at else OPEN_END))
    return found


def handoff_of(
    sequence: int,
    start: tuple[datetime, str, bool],
    cycle: Cycle,
    owners: list[Stint],
    touches: list[Touch],
) -> Handoff:
    """A touch in the second of the handoff answers it, and one in the second of the cycle's end still counts."""
    at, precision, is_hand_raise = start
    seen = sorted((t for t in touches if t.at <= (cycle.closed_at or OPEN_END)), key=lambda t: (t.at, t.key))
    counted = [touch for touch in seen if not _is_before(touch, at)]
    exact = [touch for touch in counted if touch.precision == "exact"]
    first = exact[0] if exact else None
    return Handoff(
        sequence,
        at,
        precision,
        is_hand_raise,
        owners[0].since if owners else None,
        owners[0].rep_id if owners else None,
        first.at if first else None,
        frozenset(touch.rep_id for touch in exact if first and touch.at == first.at),
        next((touch.at for touch in exact if touch.is_meeting), None),
        len(counted),
        len(seen) - len(counted),
    )


def clocks_of(handoff: Handoff, cycle: Cycle, owners: list[Stint], touches: list[Touch]) -> list[Clock]:
    """Every clock of one handoff that is known to the second, whatever the policies say."""
    if handoff.precision != "exact":
        return []
    found = [
        Clock("assignment", 1, handoff.owner_id, handoff.at, handoff.assigned_at),
        Clock("speed_to_lead", 1, handoff.owner_id, handoff.at, handoff.first_touch_at),
        Clock("meeting", 1, handoff.owner_id, handoff.at, handoff.meeting_held_at),
    ]
    assigned_at = handoff.assigned_at
    if assigned_at is not None and (cycle.accepted_at is None or cycle.accepted_at >= handoff.at):
        decided = cycle.accepted_at or cycle.rejected_at
        stopped_at = None if decided is None else max(decided, assigned_at)
        if cycle.accepted_at and cycle.accepted_precision != "exact" and cycle.accepted_at.date() >= assigned_at.date():
            stopped_at = None
        found.append(Clock("acceptance", 1, handoff.owner_id, assigned_at, stopped_at))
    for number, stint in enumerate(owners, start=1):
        if number > 1 and cycle.accepted_at is not None and cycle.accepted_at <= stint.since:
            continue  # who takes over what sales has accepted follows no lead up
        own = [
            touch.at
            for touch in touches
            if touch.precision == "exact"
            and touch.rep_id == stint.rep_id
            and stint.since <= touch.at < stint.until
            and touch.at <= (cycle.closed_at or OPEN_END)
        ]
        found.append(Clock("first_touch", number, stint.rep_id, stint.since, min(own, default=None)))
    return found
