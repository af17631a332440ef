"""Rows of seeds/rules/intake."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from handoff.rule_schemas.base import CellError, Number, RuleRow, Text, snake_case

GuardName = Literal[
    "empty",
    "fewer_rows",
    "future",
    "stale",
    "quarantined",
    "column_renamed",
    "column_lost",
    "column_retyped",
    "column_new",
    "columns_reordered",
]
SHARES = ("fewer_rows", "quarantined")
COUNTS = {"stale": ("days", "Write 14 for two weeks."), "future": ("rows", "Write 0 for not one.")}


def _name_or_star(cell: object) -> object:
    return cell if cell == "*" else snake_case(cell)


NameOrStar = Annotated[str, BeforeValidator(_name_or_star)]


class IntakeGuard(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("guard_id",)

    guard_id: Text
    source_system: NameOrStar
    source_table: NameOrStar
    guard: GuardName
    threshold: Annotated[Number, Field(ge=0)] | None = None
    action: Literal["block", "label", "ignore"]
    rationale: Text

    @model_validator(mode="after")
    def threshold_fits_the_guard(self) -> IntakeGuard:
        if self.guard in SHARES and (self.threshold is None or self.threshold > 1):
            raise CellError(f"`{self.guard}` needs a share of the rows as threshold", "Write 0.5 for one half.")
        if self.guard in COUNTS and self.threshold is None:
            unit, suggestion = COUNTS[self.guard]
            raise CellError(f"`{self.guard}` needs a number of {unit} as threshold", suggestion)
        if self.guard not in (*SHARES, *COUNTS) and self.threshold is not None:
            raise CellError(f"`{self.guard}` takes no threshold", "Empty the threshold.")
        if self.source_system == "*" and self.source_table != "*":
            raise CellError("a table is named without its system", "Name the system, or write * for the table.")
        return self

    @property
    def scope(self) -> int:
        """How exactly the row says which tables it is for: 2 a table, 1 a system, 0 all."""
        return (self.source_system != "*") + (self.source_table != "*")
