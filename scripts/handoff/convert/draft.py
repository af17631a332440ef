"""A draft of a plan: what the files of an export most likely hold, by their headers and cells, for a person to mend."""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from handoff.convert.plan import Column
from handoff.convert.words import FILES, HEADERS, MEANT, NO, YES, spelled
from handoff.errors import CouldNotRun

SAMPLED = 2000
SHOWN = 20
ENCODINGS = ("utf-8-sig", "cp1252")
DELIMITERS = (";", ",", "\t", "|")
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d")
HOURS = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", " %I:%M %p")
FORMATS = tuple(day + hour for day, hour in itertools.product(DAYS, HOURS))


@dataclass(frozen=True)
class Sample:
    """The beginning of a file, read as it is most likely written."""

    file: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> list[str]:
        place = self.header.index(name)
        return [row[place].strip() for row in self.rows if len(row) > place and row[place].strip()]


def draft(folder: Path, tables: Mapping[str, Mapping[str, Column]]) -> str:
    """The text of a plan for the CSV files of a folder; raises CouldNotRun where there is none."""
    paths = (
        sorted(path for path in folder.iterdir() if path.suffix.lower() in (".csv", ".txt")) if folder.is_dir() else []
    )
    samples = [sample for path in paths if (sample := _sample(path)) is not None]
    if not samples:
        raise CouldNotRun(f"{folder} holds no CSV file with a header.", hint="Give the folder of the export.")
    chosen = _chosen(samples, tables)
    times = _times(samples, chosen, tables)
    lines = [
        "# A draft by `handoff convert`, to be mended by who knows the CRM. Convert by calling it again.",
        f"encoding: {json.dumps(_encoding(samples))}",
        f"delimiter: {json.dumps(samples[0].delimiter)}",
        *times,
        "time_zone: UTC                 # of the times above: Europe/Berlin, America/New_York, …",
        *_decimal(samples, chosen, tables),
        f"means_yes: [{', '.join(json.dumps(word, ensure_ascii=False) for word in YES)}]",
        f"means_no: [{', '.join(json.dumps(word, ensure_ascii=False) for word in NO)}]",
        "tables:",
    ]
    for name, sample in chosen.items():
        lines += _table(name, sample, tables[name])
    if "people" not in chosen:
        lines += ["  people:                     # required: which file holds leads or contacts?", '    file: "?"']
    strangers = [sample for sample in samples if sample not in chosen.values()]
    for sample in strangers:
        lines.append(f"  # {sample.file} is no table that was recognised; it has {', '.join(sample.header)}")
    others = [name for name in tables if name not in chosen]
    lines.append(f"  # Not in the export, or not recognised: {', '.join(others)}")
    return "\n".join(lines) + "\n"


def _encoding(samples: Sequence[Sample]) -> str:
    """The first file that is not UTF-8 tells; plain ASCII is any of them."""
    return next((sample.encoding for sample in samples if sample.encoding != ENCODINGS[0]), ENCODINGS[0])


def _sample(path: Path) -> Sample | None:
    raw = path.read_bytes()
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        best: Sample | None = None
        for delimiter in DELIMITERS:
            rows = list(itertools.islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), SAMPLED))
            if rows and rows[0] and (best is None or len(rows[0]) > len(best.header)):
                header = tuple(name.strip() for name in rows[0])
                best = Sample(path.name, encoding, delimiter, header, tuple(tuple(row) for row in rows[1:] if row))
        return best
    return None


def _chosen(samples: Sequence[Sample], tables: Mapping[str, Mapping[str, Column]]) -> dict[str, Sample]:
    """Each table's file: by its name first, then by how many of its columns are there; a file is one table's."""
    merits = []
    for sample, name in itertools.product(samples, tables):
        columns = _columns(sample, tables[name])
        required = [column.name for column in tables[name].values() if column.is_required]
        named = spelled(Path(sample.file).stem) in FILES.get(name, ()) or spelled(Path(sample.file).stem) == spelled(
            name
        )
        share = sum(column in columns for column in required) / max(1, len(required))
        if named or (name == "people" and "email" in columns):
            merits.append((named, share, len(columns), name, sample))
    chosen: dict[str, Sample] = {}
    for _, _, _, name, sample in sorted(merits, key=lambda merit: merit[:4], reverse=True):
        if name not in chosen and sample not in chosen.values():
            chosen[name] = sample
    return {name: chosen[name] for name in tables if name in chosen}


def _columns(sample: Sample, columns: Mapping[str, Column]) -> dict[str, str]:
    """Column of the generic form → header of the file that means it; each header once."""
    found: dict[str, str] = {}
    for name in columns:
        words = {spelled(name), *HEADERS.get(name, ())}
        for header in sample.header:
            if spelled(header) in words and header not in found.values():
                found[name] = header
                break
    return found


def _table(name: str, sample: Sample, columns: Mapping[str, Column]) -> list[str]:
    found = _columns(sample, columns)
    lines = [f"  {name}:", f"    file: {_quoted(sample.file)}", "    columns:"]
    for column in columns.values():
        if column.name in found:
            lines.append(f"      {column.name}: {_quoted(found[column.name])}")
        elif column.is_required and not (name == "people" and column.name == "record_type"):
            lines.append(f'      {column.name}: "?"          # required: which column is it?')
    if name == "people" and "record_type" not in found:
        lines += ["    constants:", "      record_type: lead         # or contact"]
    if name == "touches" and not {"completed_at", "is_completed"} & set(found):
        lines += [
            "    constants:",
            "      is_completed: true        # false, or leave it out, where they are only planned",
        ]
    lines += [
        f"    # {column}: {', '.join(_words(sample, found[column]))}: {where}"
        for column, where in EXPLAINED.items()
        if column in found
    ]
    unused = [header for header in sample.header if header not in found.values()]
    if unused:
        lines.append(f"    # not read: {', '.join(unused)}")
    return [*lines, *_values(name, sample, found)]


def _values(name: str, sample: Sample, found: Mapping[str, str]) -> list[str]:
    """The words of columns whose words have a meaning, to be mapped by who knows them."""
    lines = []
    for column in ("record_type", "activity_type", "touch_type"):
        if column in found:
            lines += [f"      {column}:  # {MEANINGS[column]}"]
            lines += [
                f"        {_quoted(word)}: {_quoted(MEANT.get(spelled(word), word))}"
                for word in _words(sample, found[column])
            ]
    return ["    values:", *lines] if lines else []


def _words(sample: Sample, header: str) -> list[str]:
    """The words of a column, the most frequent first, as many as can be read."""
    return [word for word, _ in Counter(sample.column(header)).most_common(SHOWN)]


# Columns whose words stay, for rules decide what they mean.
EXPLAINED = {
    "status": "map them in rule_status_map.csv, or here under values",
    "new_status": "map them in rule_status_map.csv, or here under values",
    "asset_name": "which of them is a request, say in rule_signals.csv, or here under values",
    "team": "their working hours are set in rule_team_calendars.csv",
}

MEANINGS = {
    "record_type": "lead or contact",
    "activity_type": "page_visit, form_fill, email_open, email_click, webinar_attendance, …",
    "touch_type": "call, email, meeting, task or other",
}


def _times(
    samples: Sequence[Sample], chosen: Mapping[str, Sample], tables: Mapping[str, Mapping[str, Column]]
) -> list[str]:
    """Forms that the times are written in, those that fit most first; day and month stay open where both fit."""
    needed: list[str] = []
    doubts: list[str] = []
    for cells, where in _cells(chosen, tables, ("timestamp", "date")):
        waiting = list(cells)
        while waiting:
            merits = [(sum(_fits(cell, form) for cell in waiting), form) for form in FORMATS]
            best = max(count for count, _ in merits)
            if not best:
                doubts.append(f"# {where}: {len(waiting)} cells are in no form that was tried, such as {waiting[0]}")
                break
            fitting = [form for count, form in merits if count == best]
            if not set(fitting) & set(needed):
                needed.append(fitting[0])
            if len(fitting) > 1:
                doubts.append(f"# {where} may as well be {fitting[1]}: which is the day?")
            waiting = [cell for cell in waiting if not _fits(cell, fitting[0])]
    shown = ", ".join(json.dumps(form) for form in needed)
    return [f"times: [{shown}]   # as Python writes them: %d day, %m month, %H:%M hour", *doubts]


def _decimal(
    samples: Sequence[Sample], chosen: Mapping[str, Sample], tables: Mapping[str, Mapping[str, Column]]
) -> list[str]:
    comma = re.compile(r"\d{1,3}(\.\d{3})+|\d+,\d{1,2}|\d{1,3}(\.\d{3})+,\d+")
    cells = [cell for found, _ in _cells(chosen, tables, ("number",)) for cell in found]
    return [f'decimal: "{"," if any(comma.fullmatch(cell) for cell in cells) else "."}"']


def _cells(
    chosen: Mapping[str, Sample], tables: Mapping[str, Mapping[str, Column]], kinds: tuple[str, ...]
) -> Iterator[tuple[list[str], str]]:
    for name, sample in chosen.items():
        for column, header in _columns(sample, tables[name]).items():
            if tables[name][column].kind in kinds and (cells := sample.column(header)):
                yield cells, f"{sample.file}: {header}"


def _fits(cell: str, form: str) -> bool:
    try:
        datetime.strptime(cell, form)
    except ValueError:
        return False
    return True


def _quoted(text: str) -> str:
    plain = re.fullmatch(r"[^\W\d_][\w .\-/]*[\w.]", text) and text.lower() not in _YAML
    return text if plain else json.dumps(text, ensure_ascii=False)


_YAML = {"yes", "no", "on", "off", "true", "false", "null"}
