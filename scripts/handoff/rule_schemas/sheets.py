"""Rule seeds read from their files: each row with the line it stands on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, cast, get_args

from pydantic import ValidationError

from handoff.errors import CouldNotRun
from handoff.project import RuleFiles
from handoff.rule_schemas import SCHEMAS
from handoff.rule_schemas.base import CellError, RuleRow, closest


@dataclass(frozen=True)
class Problem:
    """Something wrong with a rule seed: where, what, and how to mend it."""

    file: str
    line: int
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" + (f" {self.suggestion}" if self.suggestion else "")


RowType = TypeVar("RowType", bound=RuleRow)


@dataclass(frozen=True)
class Located(Generic[RowType]):
    """A row and where it stands."""

    file: str
    line: int
    row: RowType

    def problem(self, message: str, suggestion: str = "") -> Problem:
        return Problem(self.file, self.line, message, suggestion)


@dataclass(frozen=True)
class Sheet:
    """One seed as read: its good rows, and what is wrong with the others."""

    file: str
    rows: tuple[Located[RuleRow], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Sheets:
    """Every seed, found by what its rows are."""

    by_schema: Mapping[type[RuleRow], Sheet]

    def of(self, schema: type[RowType]) -> tuple[Located[RowType], ...]:
        return cast("tuple[Located[RowType], ...]", self.by_schema[schema].rows)

    def file_of(self, schema: type[RuleRow]) -> str:
        return self.by_schema[schema].file

    def are_sound(self, schemas: tuple[type[RuleRow], ...]) -> bool:
        return not any(self.by_schema[schema].problems for schema in schemas)


def read_sheets(files: RuleFiles) -> Sheets:
    """Every seed as it holds: of two rows of one key that of the first of its files."""
    return Sheets({schema: _laid_over(files.of(name), schema) for name, schema in SCHEMAS.items()})


def read_cells(files: RuleFiles, name: str) -> tuple[list[str], list[dict[str, str]]]:
    """The shipped header of a seed and its rows as they hold, cell by cell; raises CouldNotRun for a file not read."""
    schema = SCHEMAS[name]
    *extras, last = files.of(name)
    header: list[str] = []
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for path in (*extras, last):
        try:
            lines = [cells for _, cells in _csv_lines(path.read_text(encoding="utf-8-sig"))]
        except (OSError, UnicodeDecodeError) as error:
            raise CouldNotRun(f"{path} cannot be read.", hint="handoff rules lint says what is wrong.") from error
        header, *records = lines or [[]]
        for position, cells in enumerate(records):
            row = dict(zip(header, cells, strict=False))
            key = tuple(row.get(column, "").strip().lower() for column in schema.key)
            rows.setdefault(key or (str(path), str(position)), row)
    return header, [{column: row.get(column, "") for column in header} for row in rows.values()]


def _laid_over(paths: Sequence[Path], schema: type[RuleRow]) -> Sheet:
    *extras, last = paths
    sheets = [*(read_sheet(path, schema, is_extra=True) for path in extras), read_sheet(last, schema)]
    taken: set[tuple[object, ...]] = set()
    rows: list[Located[RuleRow]] = []
    for sheet in sheets:
        rows += [located for located in sheet.rows if located.row.key_values() not in taken]
        taken |= {located.row.key_values() for located in sheet.rows} if schema.key else set()
    return Sheet(sheets[-1].file, tuple(rows), tuple(problem for sheet in sheets for problem in sheet.problems))


def read_sheet(path: Path, schema: type[RuleRow], is_extra: bool = False) -> Sheet:
    """One file; an extra one may leave out columns, whose cells are then empty."""
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        suggestion = "Restore it; a seed without rules still has its header."
        return Sheet(file, (), (Problem(file, 1, "The file is missing.", suggestion),))
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        return Sheet(file, (), (Problem(file, line, "The file is not UTF-8.", "Save it as CSV UTF-8."),))
    except OSError as problem:
        return Sheet(file, (), (Problem(file, 1, f"The file cannot be read: {problem.strerror}."),))
    lines = list(_csv_lines(text))
    if not lines:
        columns = ",".join(schema.model_fields)
        return Sheet(file, (), (Problem(file, 1, "The file has no header.", f"Begin with {columns}"),))
    (header_line, header), *cells = lines
    problems = tuple(
        problem
        for problem in _header_problems(file, header_line, header, schema)
        if not (is_extra and problem.message.endswith("is missing."))
    )
    if problems:
        return Sheet(file, (), problems)
    rows: list[Located[RuleRow]] = []
    found: list[Problem] = []
    for line, values in cells:
        row = _read_row(file, line, header, values, schema)
        if isinstance(row, Located):
            rows.append(row)
        else:
            found += row
    return Sheet(file, tuple(rows), (*found, *_twice_given(rows)))


def _csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; blank lines are passed over."""
    reader = csv.reader(text.splitlines(keepends=True))
    begins = 1
    for record in reader:
        if record:
            yield begins, record
        begins = reader.line_num + 1


def _header_problems(file: str, line: int, header: list[str], schema: type[RuleRow]) -> Iterator[Problem]:
    expected = list(schema.model_fields)
    missing = [column for column in expected if column not in header]
    for column in header:
        if column not in expected:
            suggestion = closest(column, missing or expected)
            yield Problem(file, line, f"There is no column `{column}` here.", suggestion)
    for column in dict.fromkeys(name for name in header if name in expected and header.count(name) > 1):
        yield Problem(file, line, f"The column `{column}` stands twice.", "Keep one.")
    if all(column in expected for column in header):
        for column in missing:
            yield Problem(file, line, f"The column `{column}` is missing.", "Add it to the header and to each row.")


def _read_row(
    file: str, line: int, header: list[str], values: list[str], schema: type[RuleRow]
) -> Located[RuleRow] | list[Problem]:
    if len(values) != len(header):
        message = f"The row has {len(values)} cells, the header {len(header)}."
        return [Problem(file, line, message, "Quote a cell that holds a comma, or add the missing ones.")]
    try:
        absent = dict.fromkeys(name for name in schema.model_fields if name not in header)
        return Located(file, line, schema.model_validate({**absent, **dict(zip(header, values, strict=True))}))
    except ValidationError as refused:
        return [_cell_problem(file, line, dict(error), schema) for error in refused.errors()]


def _cell_problem(file: str, line: int, error: dict[str, object], schema: type[RuleRow]) -> Problem:
    location = cast("tuple[str | int, ...]", error["loc"])
    column = str(location[0]) if location else None
    given = error["input"]
    context = cast("dict[str, object]", error.get("ctx", {}))
    cause = context.get("error")
    if isinstance(cause, CellError):
        column = column or cause.column
        return Problem(file, line, _sentence(column, cause.message), cause.suggestion)
    if given is None and column:
        return Problem(file, line, f"{column}: the cell is empty.", "It must be given.")
    if error["type"] == "literal_error" and column:
        allowed = [str(value) for value in _literal_values(schema.model_fields[column].annotation)]
        return Problem(file, line, f"{column}: `{given}` is not allowed.", closest(str(given), allowed))
    return Problem(file, line, _sentence(column, f"`{given}`: {error['msg']}"))


def _sentence(column: str | None, message: str) -> str:
    return f"{column}: {message}." if column else f"{message[0].upper()}{message[1:]}."


def _literal_values(annotation: object) -> tuple[object, ...]:
    values: tuple[object, ...] = ()
    for argument in get_args(annotation):
        if isinstance(argument, str):
            values += (argument,)
        elif argument is not type(None):
            values += _literal_values(argument)
    return values


def _twice_given(rows: list[Located[RuleRow]]) -> Iterator[Problem]:
    first: dict[tuple[object, ...], int] = {}
    for located in rows:
        key = located.row.key_values()
        if key in first:
            named = ", ".join(str(part) for part in key if part is not None)
            columns = ", ".join(located.row.key)
            yield located.problem(
                f"{columns}: `{named}` stands already in line {first[key]}.", "Give each row a key of its own."
            )
        first.setdefault(key, located.line)
