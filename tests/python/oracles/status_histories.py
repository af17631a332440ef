"""Histories of statuses as sources tell them: late, twice, out of order, by the day, in words nobody mapped; and what
they come to in plain Python, from the definitions: the changes of each person in order, and each record's intervals."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from oracles.lifecycle import OPEN_END, Deal, Instant, Rules, Score, Step
from oracles.worlds import DAY, SECOND, STATUSES, STEPS

AS_OF = datetime(2026, 6, 30, 18, 0, 0)
SEGMENTS = ["enterprise", "mid_market", "smb", "unknown"]
WORDS = [*STATUSES, *STATUSES, *["MQL"] * 8, "new", "working", "CONTACTED", "Bad Timing", "Reopened by hand"]
MODEL = "2026-a"


@dataclass(frozen=True)
class Told:
    """A change that the source tells."""

    change_id: str
    at: datetime
    precision: str
    old: str | None
    new: str
    reason: str | None


@dataclass
class Record:
    key: str
    created_at: datetime | None
    updated_at: datetime | None
    status: str | None = None
    converted_at: datetime | None = None
    is_merged: bool = False
    changes: list[Told] = field(default_factory=list)
    responses: list[tuple[datetime, str, str | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Link:
    """Two records of one person, by number: why, and when a conversion or merge is told to have joined them."""

    one: int
    other: int
    method: str
    told_at: datetime | None
    precision: str


@dataclass
class History:
    """One person: records with what is told of them, how they are one, instants at which they may qualify, deals."""

    person_id: str
    segment: str
    records: list[Record]
    instants: list[Instant]
    deals: list[Deal]
    links: list[Link] = field(default_factory=list)
    record_of: dict[str, int] = field(default_factory=dict)  # of each signal and deal: the number of its record

    def events(self) -> int:
        told = sum(len(record.changes) + len(record.responses) for record in self.records)
        return told + len(self.instants) + len(self.deals)


def histories(seed: int, count: int) -> list[History]:
    dice = random.Random(f"status histories {seed}")
    return [_history(dice, f"P{number:05d}") for number in range(count)]


def _history(dice: random.Random, person_id: str) -> History:
    start = datetime(2025, 1, 1) + timedelta(seconds=dice.randrange(420 * 86400))
    count = dice.choice([1, 1, 2, 2, 2, 3, 4])
    records = [
        Record(
            # the first is who the person is now
            person_id if number == 0 else f"{person_id}-{number}",
            None if dice.random() < 0.1 else start - dice.choice([timedelta(0), DAY, 9 * DAY, -3 * DAY, -60 * DAY]),
            None if dice.random() < 0.2 else start + dice.choice([timedelta(0), 40 * DAY, 500 * DAY]),
            dice.choice([*WORDS, None]),
        )
        for number in range(count)
    ]
    links = [_link(dice, records, number, start) for number in range(1, count)]
    record_of: dict[str, int] = {}
    instants: dict[datetime, Instant] = {}
    deals: list[Deal] = []
    for link in links:
        if link.told_at and dice.random() < 0.4:
            _race(dice, person_id, link, records, instants, record_of)
    now = start
    for number in range(dice.randrange(1, 30)):
        now += dice.choice(STEPS)
        at = now if dice.random() > 0.1 else now - dice.choice(STEPS)
        if now > AS_OF + 10 * DAY:
            break
        kind = dice.random()
        number_of_record = dice.randrange(count)
        record = records[number_of_record]
        if kind < 0.5:
            by_day = dice.random() < 0.1
            before = [change for change in record.changes if change.at <= at]
            record.changes.append(
                Told(
                    f"c{dice.randrange(10**6):06d}{number:02d}{person_id}",
                    at.replace(hour=0, minute=0, second=0) if by_day else at,
                    "day" if by_day else "exact",
                    dice.choice([None, before[-1].new if before else "New", "Never told"]),
                    dice.choice(WORDS),
                    dice.choice([None, None, "budget cut"]),
                )
            )
        elif kind < 0.6:
            record.responses.append((at.replace(hour=0, minute=0, second=0), "day", dice.choice([None, "Attended"])))
        elif kind < 0.94:
            if at <= AS_OF:  # scores end with the run; of one second there is one
                is_raise = dice.random() < 0.4
                precision = "exact" if dice.random() > 0.05 else "day"
                score = Score(MODEL, dice.choice("AABC"), dice.choice("1234"), Decimal(dice.randrange(1, 100)))
                signal_id = f"s{person_id}-{at:%Y%m%d%H%M%S}"
                instants[at] = Instant(at, precision, signal_id, is_raise, dice.random() < 0.5, score)
                record_of[signal_id] = number_of_record
        else:
            closed = at + dice.choice(STEPS)
            if at <= AS_OF:
                is_closed = dice.random() < 0.6 and closed <= AS_OF
                record_of[f"o{person_id}-{number}"] = number_of_record
                deals.append(
                    Deal(f"o{person_id}-{number}", at, "exact", closed if is_closed else None, dice.random() < 0.5)
                )
    for record in records:
        if dice.random() < 0.1 and record.converted_at is None:
            at = (record.created_at or start) + dice.choice(STEPS)
            if at <= AS_OF:  # the conformed people know of no later one
                record.converted_at = at
    return History(person_id, dice.choice(SEGMENTS), records, list(instants.values()), deals, links, record_of)


def _race(
    dice: random.Random,
    person_id: str,
    link: Link,
    records: list[Record],
    instants: dict[datetime, Instant],
    record_of: dict[str, int],
) -> None:
    """Both records ask, and are MQLs of the CRM, in the days before they are joined."""
    joined_at = link.told_at or AS_OF
    for number in dice.sample([link.one, link.other], 2):
        at = joined_at - dice.choice([12 * DAY, 9 * DAY, 9 * DAY, 2 * DAY, SECOND, timedelta(0)])
        if at > AS_OF:
            continue
        signal_id = f"r{person_id}-{number}-{at:%Y%m%d%H%M%S}"
        score = Score(MODEL, "A", dice.choice("1234"), Decimal(dice.randrange(1, 100)))
        if at not in instants:
            instants[at] = Instant(at, "exact", signal_id, True, False, score)
            record_of[signal_id] = number
        told_at = at + dice.choice([timedelta(0), SECOND, DAY])
        change_id = f"r{dice.randrange(10**6):06d}{number}{person_id}"
        records[number].changes.append(Told(change_id, told_at, "exact", None, "MQL", None))


def _link(dice: random.Random, records: list[Record], number: int, start: datetime) -> Link:
    """Why a record is one with an earlier one: an address, or a conversion or merge in the midst of what happens."""
    other = dice.randrange(number)
    told_at = (
        start + dice.choice([timedelta(0), DAY, *[20 * DAY, 60 * DAY, 100 * DAY] * 3, 150 * DAY]) + dice.choice(STEPS)
    )
    method = dice.choice(["email", "merge", "merge", "merge", "conversion", "conversion"])
    if told_at > AS_OF or method == "email":
        return Link(number, other, "email", None, "exact")
    if method == "merge":
        records[number].is_merged = True
        return Link(
            number, other, "merge", None if dice.random() < 0.1 else told_at, dice.choice(["exact", "exact", "day"])
        )
    records[number].converted_at = told_at.replace(hour=0, minute=0, second=0)
    return Link(number, other, "conversion", records[number].converted_at, "day")


@dataclass(frozen=True)
class Change:
    """A change of one record's status, told or inferred, with the text that the source has for it."""

    at: datetime
    precision: str
    text: str
    reason: str | None
    change_id: str
    is_response: bool = False


def changes_of(record: Record) -> list[Change]:
    """What is told, what stood before the first of it, the conversion that nobody told, else what stands there."""
    found = [Change(one.at, one.precision, one.new, one.reason, one.change_id) for one in record.changes]
    first = min(record.changes, key=lambda one: (one.at, one.change_id), default=None)
    if first and first.old and record.created_at and record.created_at <= first.at:
        found.append(Change(record.created_at, "exact", first.old, None, ""))
    says_so = any("converted" in one.new.lower() and "not converted" not in one.new.lower() for one in record.changes)
    if record.converted_at and not says_so:
        found.append(Change(record.converted_at, "day", "Converted", None, ""))
    if record.status and not record.changes and not record.converted_at and not record.is_merged:
        stands_since = record.updated_at or record.created_at
        if stands_since is None:
            found.append(Change(AS_OF, "observed", record.status, None, ""))
        elif stands_since <= AS_OF:
            found.append(Change(stands_since, "unknown", record.status, None, ""))
    found += [Change(at, precision, text or "Responded", None, "", True) for at, precision, text in record.responses]
    return [change for change in found if change.at <= AS_OF]


def status_of(change: Change, rules: Rules) -> tuple[str, str] | None:
    if change.is_response:
        return ("inquiry", "")
    return rules.status_map.get(change.text.lower().strip())


def since(history: History, link: Link) -> datetime | None:
    """Since when two records are one; None if nobody knows, or one of them was made by the other's conversion."""
    if link.told_at is None:
        return None
    one, other = history.records[link.one], history.records[link.other]
    if link.precision == "day":
        early = [record.created_at is None or record.created_at.date() < link.told_at.date() for record in (one, other)]
        at = min(link.told_at.replace(hour=23, minute=59, second=59), AS_OF)
    else:
        early = [record.created_at is None or record.created_at < link.told_at for record in (one, other)]
        at = link.told_at
    is_known = link.method == "merge" or other.created_at is not None
    return at if all(early) and is_known else None


def together(history: History, number: int, moment: datetime) -> set[int]:
    """The records that are one person with this one at that moment."""
    found = {number}
    grown = True
    while grown:
        grown = False
        for link in history.links:
            at = since(history, link)
            if (at is None or at <= moment) and len({link.one, link.other} & found) == 1:
                found |= {link.one, link.other}
                grown = True
    return found


def is_of_the_record(history: History, number: int, change: Change, rules: Rules) -> bool:
    """Whether a change only calls the record a duplicate, of another that stands beside it."""

    def called(record: Record) -> bool:
        return any(_is_duplicate(one, rules) for one in changes_of(record))

    if not _is_duplicate(change, rules):
        return False
    return any(
        other != number
        and not record.is_merged
        and not called(record)
        and (record.created_at is None or record.created_at <= change.at)
        and other in together(history, number, change.at)
        for other, record in enumerate(history.records)
    )


def _is_duplicate(change: Change, rules: Rules) -> bool:
    mapped = status_of(change, rules)
    return mapped is not None and mapped[1] == "duplicate"


def steps_of_records(history: History, rules: Rules) -> list[tuple[int, Step]]:
    """The mapped changes of all records, days at their end, in order, each with the number of its record."""
    steps = []
    for number, record in enumerate(history.records):
        for change in changes_of(record):
            mapped = status_of(change, rules)
            if mapped is None or is_of_the_record(history, number, change, rules):
                continue
            at = min(change.at + timedelta(days=1) - SECOND, AS_OF) if change.precision == "day" else change.at
            # what no source numbers comes before what one does
            key = change.change_id or f" {len(steps)}"
            step = Step(at, change.precision, mapped[0], change.reason or mapped[1], key)
            steps.append((number, step, change.is_response))
    steps.sort(key=lambda one: (one[1].at, rules.statuses[one[1].status].order, one[1].key))
    # a response is the first word or none
    return [(number, step) for place, (number, step, is_response) in enumerate(steps) if place == 0 or not is_response]


def record_intervals(record: Record, rules: Rules) -> list[tuple[Any, ...]]:
    """The record's statuses in the source's words: [since, until), what is told twice in a row is one."""

    def order(change: Change) -> tuple[datetime, int, str]:
        mapped = status_of(change, rules)
        return (change.at, rules.statuses[mapped[0]].order if mapped else 10**6, change.change_id)

    told = sorted((one for one in changes_of(record) if not one.is_response), key=order)
    kept: list[Change] = []
    for change in told:
        if not kept or kept[-1].text.lower().strip() != change.text.lower().strip():
            kept.append(change)
    untils = [*(change.at for change in kept[1:]), OPEN_END][: len(kept)]
    return [
        (record.key, change.text, change.at, until)
        for change, until in zip(kept, untils, strict=True)
        if change.at < until
    ]
