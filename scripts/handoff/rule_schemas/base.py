"""What a cell of a rule seed may hold. Every cell comes as text; an empty one comes as None."""

from __future__ import annotations

import re
from contextvars import ContextVar
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

# The first instant and the open end that stand where a window's cell is empty, as the readers close them.
SINCE_EVER = datetime(1900, 1, 1)
OPEN_END = datetime(9999, 12, 31)


class CellError(ValueError):
    """What is wrong with a cell or a row, and how to mend it."""

    def __init__(self, message: str, suggestion: str = "", column: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion
        self.column = column


def _number(cell: Any) -> Any:
    if isinstance(cell, str) and not re.fullmatch(r"-?\d+(\.\d+)?", cell):
        raise CellError(f"`{cell}` is not a number", "Write digits with a decimal point, such as 12.5.")
    return cell


def _whole(cell: Any) -> Any:
    if isinstance(cell, str) and not re.fullmatch(r"-?\d+", cell):
        raise CellError(f"`{cell}` is not a whole number", "Write digits only, such as 30.")
    return cell


def _yes_or_no(cell: Any) -> Any:
    if isinstance(cell, str) and cell not in ("true", "false"):
        raise CellError(f"`{cell}` is neither true nor false", "Write true or false, in lower case.")
    return cell


def _day(cell: Any) -> Any:
    try:
        return date.fromisoformat(cell) if isinstance(cell, str) and len(cell) == 10 else _refuse_day(cell)
    except ValueError:
        return _refuse_day(cell)


def _refuse_day(cell: Any) -> Any:
    if isinstance(cell, str):
        raise CellError(f"`{cell}` is not a day", "Write a day of the calendar as 2026-04-01.")
    return cell


def _moment(cell: Any) -> Any:
    if isinstance(cell, str):
        if re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?", cell):
            try:
                return datetime.fromisoformat(cell)
            except ValueError:
                pass
        raise CellError(f"`{cell}` is not a moment", "Write 2026-04-01 or 2026-04-01 09:30:00, in UTC.")
    return cell


def _clock_time(cell: Any) -> Any:
    if isinstance(cell, str) and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", cell):
        raise CellError(f"`{cell}` is not a time of day", "Write hours and minutes as 09:00; 24:00 ends the day.")
    return cell


def _time_zone(cell: Any) -> Any:
    if isinstance(cell, str) and cell not in available_timezones():
        raise CellError(f"`{cell}` is not a time zone", closest(cell, sorted(available_timezones())))
    return cell


def _domain(cell: Any) -> Any:
    if isinstance(cell, str) and not re.fullmatch(
        r"(?=.{3,253}$)([^\W_A-Z]([^\W_A-Z]|-)*\.)+[^\W_A-Z]([^\W_A-Z]|-)*", cell
    ):
        raise CellError(f"`{cell}` is not a domain", "Write the domain alone in lower case, such as example.com.")
    return cell


def snake_case(cell: Any) -> Any:
    """The cell, if it is a name in snake case; raises CellError."""
    return _in_snake_case(cell, r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def _said(cell: Any) -> Any:
    return _in_snake_case(cell, r"[a-z0-9]+(_[a-z0-9]+)*")


def _in_snake_case(cell: Any, pattern: str) -> Any:
    if isinstance(cell, str) and not re.fullmatch(pattern, cell):
        name = re.sub(r"[^a-z0-9]+", "_", cell.lower()).strip("_")
        raise CellError(
            f"`{cell}` is not in snake case", f"Write {name}." if name else "Write a name such as demo_requested."
        )
    return cell


def closest(word: str, known: list[str]) -> str:
    """A suggestion: the known word that comes nearest, else the first few."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.65)
    if near:
        return f"Did you mean {near[0]}?"
    if not known:
        return ""
    shown = ", ".join(known[:8])
    return f"Known: {shown}." if len(known) <= 8 else f"Known: {shown} and {len(known) - 8} more."


Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, BeforeValidator(snake_case)]
# What a source says, as snake_case writes it: a vendor's own id may begin with a digit.
Said = Annotated[str, BeforeValidator(_said)]
Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Positive = Annotated[int, BeforeValidator(_whole), Field(ge=1)]
NotNegative = Annotated[int, BeforeValidator(_whole), Field(ge=0)]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
ClockTime = Annotated[str, BeforeValidator(_clock_time), WithJsonSchema({"type": "string", "pattern": r"^\d\d:\d\d$"})]
TimeZone = Annotated[str, BeforeValidator(_time_zone)]
Domain = Annotated[str, BeforeValidator(_domain)]

Action = Literal[
    "same_day_call",
    "account_research",
    "executive_outreach",
    "nurture_enrollment",
    "route_to_account_owner",
    "disqualify",
]
Clock = Literal["assignment", "first_touch", "speed_to_lead", "acceptance", "meeting"]
ExclusionReason = Literal[
    "student", "competitor", "vendor", "partner", "employee", "customer", "disposable_email", "spam"
]
Operator = Literal[
    "equals",
    "not_equals",
    "in",
    "not_in",
    "contains",
    "starts_with",
    "word",
    "matches",
    "at_least",
    "below",
    "is_present",
    "is_missing",
]
ATTRIBUTES = (
    "job_title",
    "seniority",
    "job_function",
    "buying_role",
    "country",
    "region",
    "industry",
    "employee_count",
    "annual_revenue",
    "segment",
    "lead_source",
    "channel",
    "email_domain",
    "email_kind",
    "company_name",
    "account_type",
    "account_industry",
    "account_employee_count",
    "account_country",
    "is_target_account",
    "has_account",
    "is_customer",
    "crm_status",
    "is_email_opt_out",
)
NUMERIC_ATTRIBUTES = frozenset({"employee_count", "annual_revenue", "account_employee_count"})
# Columns of people and accounts that passthrough_columns carry: a rule may ask about them as about any attribute.
PASSED_ATTRIBUTES: ContextVar[frozenset[str]] = ContextVar("PASSED_ATTRIBUTES", default=frozenset())
# What readiness criteria may measure: the models of the folder of measures, and what a company's project adds.
MEASURES: ContextVar[frozenset[str]] = ContextVar("MEASURES", default=frozenset())


def _attribute(cell: Any) -> Any:
    if isinstance(cell, str) and cell not in ATTRIBUTES and cell not in PASSED_ATTRIBUTES.get():
        raise CellError(f"`{cell}` is not allowed", closest(cell, [*ATTRIBUTES, *sorted(PASSED_ATTRIBUTES.get())]))
    return cell


Attribute = Annotated[str, BeforeValidator(_attribute), WithJsonSchema({"enum": list(ATTRIBUTES), "type": "string"})]


def is_numeric(attribute: str | None) -> bool:
    """Whether numbers may be compared with an attribute; with a column that passes through, its owner says."""
    return attribute in NUMERIC_ATTRIBUTES or attribute in PASSED_ATTRIBUTES.get()


class RuleRow(BaseModel):
    """One row of a rule seed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def empty_cells_are_none(cls, cells: Any) -> Any:
        return {name: (cell.strip() or None) if isinstance(cell, str) else cell for name, cell in cells.items()}

    def key_values(self) -> tuple[object, ...]:
        return tuple(
            value.lower() if isinstance(value, str) else value for value in (getattr(self, name) for name in self.key)
        )


class Windowed(RuleRow):
    """A row that holds in [effective_from, effective_until)."""

    effective_from: Moment | None = None
    effective_until: Moment | None = None

    @property
    def begins(self) -> datetime:
        return self.effective_from or SINCE_EVER

    @property
    def ends(self) -> datetime:
        return self.effective_until or OPEN_END

    @model_validator(mode="after")
    def window_is_not_empty(self) -> Windowed:
        if self.begins >= self.ends:
            raise CellError(
                f"the window ends at {self.ends} before it begins at {self.begins}",
                "The end is excluded: make it later than the beginning, or empty for an open end.",
            )
        return self


def check_condition(operator: str, value: str | None, is_numeric: bool) -> None:
    """Whether an operator and its value make a condition that every engine reads alike; raises CellError."""
    if operator in ("is_present", "is_missing"):
        if value is not None:
            raise CellError(f"`{operator}` takes no value, but the value is `{value}`", "Empty the value.")
        return
    if value is None:
        raise CellError(f"`{operator}` needs a value, but it is empty", "Give the value, or use is_missing.")
    if operator in ("at_least", "below"):
        if not is_numeric:
            raise CellError(f"`{operator}` compares numbers, and this is no number", "Use equals or in.")
        _number(value)
    if operator in ("in", "not_in"):
        check_list(value)
    if operator == "matches":
        check_pattern(value)
    if operator == "word":
        words = re.sub(r"[^\w&+]+|_", " ", value).strip().lower()
        if words != value.lower():
            raise CellError(
                f"`{value}` can never be found: only letters, digits, & and + make words", f"Write `{words}`."
            )


def check_list(value: str) -> None:
    parts = value.split("|")
    if any(part != part.strip() or not part for part in parts):
        raise CellError(f"the list `{value}` has an empty or padded part", "Part the values by | alone: a|b|c.")
    if len(parts) == 1 and "," in value:
        raise CellError(f"the list `{value}` is parted by commas", f"Write `{re.sub(r' *, *', '|', value)}`.")
    lowered = [part.lower() for part in parts]
    for part in lowered:
        if lowered.count(part) > 1:
            raise CellError(f"`{part}` stands twice in the list", "Keep it once.")


def check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as problem:
        raise CellError(f"`{pattern}` is not a regular expression: {problem}", "Escape a literal sign by \\.") from None
    if re.search(r"\(\?(?!:)|\\[1-9bBAZz]", pattern):
        raise CellError(
            f"`{pattern}` uses look-around, a back-reference or \\b, which not every engine reads alike",
            "Use operator word for whole words, or (^|[^a-z]) for an edge.",
        )
    if re.search(r"[A-Z]", re.sub(r"\\.", "", pattern)):
        raise CellError(f"`{pattern}` can never match: texts are compared in lower case", f"Write `{pattern.lower()}`.")
