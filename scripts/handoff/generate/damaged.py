"""Landings with known damage: tables of the generic form in which a share of the rows has one defect each.

Writes people.csv, accounts.csv, activities.csv, status_changes.csv and touches.csv, and defects.csv in a folder of
truth beside them: table, row number, disposition and reason codes of every damaged row. All other rows are sound.
The same numbers for the same arguments, everywhere.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

# How the rows are shared out, in this order: a parent comes before those who name it.
SHARES = {"accounts": 0.05, "people": 0.25, "activities": 0.5, "status_changes": 0.1, "touches": 0.1}
COLUMNS = {
    "accounts": ("account_id", "account_name", "domain", "parent_account_id", "employee_count", "created_at"),
    "people": (
        *(
            "record_id",
            "record_type",
            "email",
            "first_name",
            "job_title",
            "employee_count",
            "annual_revenue",
            "account_id",
        ),
        *("created_at", "updated_at", "merged_into_id", "is_email_opt_out"),
    ),
    "activities": ("activity_id", "record_id", "activity_type", "occurred_at", "url", "is_bot"),
    "status_changes": ("change_id", "record_id", "changed_at", "old_status", "new_status"),
    "touches": ("touch_id", "record_id", "rep_id", "touch_type", "occurred_at", "completed_at", "is_completed"),
}
FIRST = datetime(2025, 1, 1)
Cells = dict[str, str]


@dataclass(frozen=True)
class Defect:
    """One kind of damage: what it does to a sound row, where the row ends, and by which codes."""

    codes: str
    disposition: str
    damage: Callable[[Cells, random.Random, list[Cells]], Cells]
    raw: Callable[[bytes], bytes] | None = None


def generate_damaged(
    folder: Path, rows: int, share: float = 0.05, seed: int = 1
) -> dict[tuple[str, int], tuple[str, str]]:
    """Write the tables and the truth; returns {(table, row number): (disposition, reason codes)} of damaged rows."""
    dice = random.Random(seed)
    truth: dict[tuple[str, int], tuple[str, str]] = {}
    keys: dict[str, list[str]] = {}
    folder.mkdir(parents=True, exist_ok=True)
    for table, part in SHARES.items():
        sound: list[str] = []
        keys[table] = sound
        samples: list[Cells] = []
        kinds = _defects(table)
        with (folder / f"{table}.csv").open("wb") as handle:
            handle.write((",".join(COLUMNS[table]) + "\n").encode())
            for number in range(1, round(rows * part) + 1):
                cells = _sound(table, number, dice, keys)
                key = cells[COLUMNS[table][0]]
                if len(samples) < 10 or dice.random() >= share:
                    sound.append(key)
                    if len(samples) < 500:
                        samples.append(cells)
                    handle.write(_line(table, cells))
                    continue
                defect = kinds[dice.randrange(len(kinds))]
                line = _line(table, defect.damage(cells, dice, samples))
                handle.write(defect.raw(line) if defect.raw else line)
                truth[table, number] = defect.disposition, defect.codes
    (folder / "truth").mkdir(exist_ok=True)
    with (folder / "truth" / "defects.csv").open("w", newline="", encoding="utf-8") as handle_of_truth:
        writer = csv.writer(handle_of_truth, lineterminator="\n")
        writer.writerow(["source_table", "source_row_number", "disposition", "reason_codes"])
        writer.writerows([*place, *outcome] for place, outcome in truth.items())
    return truth


def misjudged(
    found: Iterator[tuple[str, int, str, str]], truth: dict[tuple[str, int], tuple[str, str]]
) -> list[tuple[str, int, tuple[str, str], tuple[str, str]]]:
    """Rows that ended elsewhere than the truth says, or by other codes; a damaged row that is missing counts too."""
    left = dict(truth)
    wrong = []
    for table, number, disposition, codes in found:
        expected = left.pop((table, number), ("current", ""))
        if (disposition, codes) != expected:
            wrong.append((table, number, expected, (disposition, codes)))
    return wrong + [(*place, outcome, ("", "")) for place, outcome in left.items()]


def _sound(table: str, number: int, dice: random.Random, keys: dict[str, list[str]]) -> Cells:
    def moment() -> str:
        return f"{FIRST + timedelta(seconds=dice.randrange(500 * 86400)):%Y-%m-%dT%H:%M:%SZ}"

    def somebody() -> str:
        return keys["people"][dice.randrange(len(keys["people"]))]

    if table == "accounts":
        return {
            "account_id": f"A{number}",
            "account_name": f"Company {number}",
            "domain": f"company{number}.example",
            "employee_count": str(dice.randrange(1, 5000)),
            "created_at": moment(),
        }
    if table == "people":
        return {
            "record_id": f"P{number}",
            "record_type": "lead",
            "email": f"p{number}@company{number % 997}.example",
            "first_name": "Ünal, “Ü”" if number % 50 == 0 else "Ada",
            "job_title": "VP; Data" if number % 3 else 'Head of "Data"',
            "employee_count": str(dice.randrange(1, 5000)),
            "annual_revenue": f"{dice.randrange(10**8) / 100:.2f}",
            "account_id": keys["accounts"][dice.randrange(len(keys["accounts"]))],
            "created_at": moment(),
            "updated_at": "2026-06-01T00:00:00Z",
            "is_email_opt_out": "false",
        }
    if table == "activities":
        return {
            "activity_id": f"X{number}",
            "record_id": somebody(),
            "activity_type": "page_visit",
            "occurred_at": moment(),
            "url": "https://www.example.com/pricing?utm_source=ads",
            "is_bot": "false",
        }
    if table == "status_changes":
        return {
            "change_id": f"H{number}",
            "record_id": somebody(),
            "changed_at": moment(),
            "old_status": "New",
            "new_status": "Working",
        }
    return {
        "touch_id": f"T{number}",
        "record_id": somebody(),
        "rep_id": f"R{number % 40}",
        "touch_type": "call",
        "occurred_at": moment(),
        "completed_at": "",
        "is_completed": "true",
    }


def _defects(table: str) -> tuple[Defect, ...]:
    key, *_ = COLUMNS[table]
    time = next(name for name in COLUMNS[table] if name.endswith("_at"))
    every = (
        Defect("null_key", "quarantined", _set(key, "")),
        Defect("bad_timestamp", "quarantined", _set(time, "30/06/2026", "soon", "2026-02-30", "infinity")),
        Defect("year_out_of_range", "quarantined", _set(time, "0001-01-01", "2999-12-31T00:00:00Z")),
        Defect("ragged_row", "quarantined", _kept, lambda line: line[:-1] + b",over\n"),
        Defect("not_utf8", "quarantined", _kept, lambda line: b"\xff" + line),
        Defect("malformed_quotes", "quarantined", _kept, _stray_quote),
    )
    future = (Defect("future_timestamp", "quarantined", _set(time, "2098-01-01T00:00:00Z")),)
    older = Defect("duplicate_key", "superseded", _older_version)
    orphan = Defect("unknown_parent", "current", _set("record_id", "NOBODY"))
    nobody = Defect("null_required", "quarantined", _set("record_id", ""))
    count = Defect("bad_number", "current", _set("employee_count", "7.9", "50-100", "many", "1,5"))
    own: dict[str, tuple[Defect, ...]] = {
        "accounts": (*future, count, Defect("unknown_parent", "current", _set("parent_account_id", "NOBODY"))),
        "people": (
            *future,
            older,
            count,
            Defect("bad_number", "current", _set("annual_revenue", "$5", "NaN")),
            Defect("bad_boolean", "current", _set("is_email_opt_out", "perhaps")),
            Defect("unknown_record_type", "current", _set("record_type", "alien")),
            Defect("merge_orphan", "merged", _set("merged_into_id", "NOBODY")),
            Defect("merge_cycle", "quarantined", _into_itself),
        ),
        "activities": (
            *future,
            Defect("duplicate_key", "superseded", _copy),
            orphan,
            nobody,
            Defect("bad_boolean", "current", _set("is_bot", "2")),
        ),
        "status_changes": (*future, orphan, nobody),
        "touches": (orphan, Defect("bad_boolean", "current", _set("is_completed", "maybe"))),
    }
    return every + own[table]


def _kept(cells: Cells, dice: random.Random, sound: list[Cells]) -> Cells:
    return cells


def _set(column: str, *texts: str) -> Callable[[Cells, random.Random, list[Cells]], Cells]:
    return lambda cells, dice, sound: cells | {column: texts[dice.randrange(len(texts))]}


def _copy(cells: Cells, dice: random.Random, sound: list[Cells]) -> Cells:
    """A sound row that is there already, once more."""
    return sound[dice.randrange(len(sound))]


def _older_version(cells: Cells, dice: random.Random, sound: list[Cells]) -> Cells:
    return cells | {"record_id": _copy(cells, dice, sound)["record_id"], "updated_at": "2020-01-01T00:00:00Z"}


def _stray_quote(line: bytes) -> bytes:
    """The last cell with its first letter alone in quotes."""
    head, _, last = line.rpartition(b",")
    return head + b',"' + last[:1] + b'"' + last[1:]


def _into_itself(cells: Cells, dice: random.Random, sound: list[Cells]) -> Cells:
    return cells | {"merged_into_id": cells["record_id"]}


def _line(table: str, cells: Cells) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([cells.get(column, "") for column in COLUMNS[table]])
    return out.getvalue().encode()
