"""Rows of seeds/rules/account_readiness."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from handoff.rule_schemas.base import (
    Action,
    CellError,
    Name,
    NotNegative,
    Number,
    Positive,
    RuleRow,
    Text,
    Whole,
    Windowed,
    check_list,
)
from handoff.rule_schemas.people import Segment

# Measures of who is known, not of what they did.
PEOPLE_KNOWN = ("account_fit", "people_to_sell_to")
PLACES = ("{actual}", "{threshold}", "{window_days}", "{missing_roles}")


class ReadinessCriterion(Windowed):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    criterion: Name
    measure: Name
    segment: Segment | None = None
    met_when: Literal["at_least", "at_most"]
    threshold: Number
    exit_threshold: Number | None = None
    window_days: Positive | None = None
    baseline_days: Positive | None = None
    min_history_days: NotNegative | None = None
    job_functions: Text | None = None
    seniorities: Text | None = None
    buying_roles: Text | None = None
    sort_order: Whole
    missing_text: Text | None = None
    next_action: Action
    rationale: Text

    @model_validator(mode="after")
    def leaves_after_it_enters(self) -> ReadinessCriterion:
        if self.exit_threshold is None:
            return self
        too_early = (
            self.exit_threshold > self.threshold
            if self.met_when == "at_least"
            else self.exit_threshold < self.threshold
        )
        if too_early:
            raise CellError(
                f"it would be left at {self.exit_threshold:g} before it is met at {self.threshold:g}",
                "Let the exit threshold lie on the unmet side of the threshold, or leave it empty.",
                "exit_threshold",
            )
        return self

    @model_validator(mode="after")
    def lists_are_lists(self) -> ReadinessCriterion:
        for name in ("job_functions", "seniorities", "buying_roles"):
            if getattr(self, name) is not None:
                check_list(getattr(self, name))
        return self

    @model_validator(mode="after")
    def measures_can_measure(self) -> ReadinessCriterion:
        if (self.measure == "surge") != (self.baseline_days is not None):
            raise CellError(
                "the measure surge needs a past to hold the window against, and no other measure does",
                "Give baseline_days to a surge, and leave it empty elsewhere.",
                "baseline_days",
            )
        if self.measure == "surge" and self.window_days is None:
            raise CellError("the measure surge needs a window", "Give window_days, such as 30.", "window_days")
        if self.measure == "recency" and self.met_when != "at_most":
            raise CellError("silence proves nothing: recency is met by few days", "Write at_most.", "met_when")
        if self.measure in PEOPLE_KNOWN:
            for name in ("window_days", "job_functions", "seniorities", "buying_roles"):
                if getattr(self, name) is not None:
                    raise CellError(
                        f"the measure {self.measure} is of all people known, whatever they did",
                        f"Leave {name} empty.",
                        name,
                    )
        if self.measure == "recency" and not all(
            float(limit).is_integer() for limit in (self.threshold, self.exit_threshold or 0)
        ):
            raise CellError("recency counts whole days", "Write whole numbers.", "threshold")
        return self

    @model_validator(mode="after")
    def places_are_known(self) -> ReadinessCriterion:
        rest = self.missing_text or ""
        for place in PLACES:
            rest = rest.replace(place, "")
        if "{" in rest or "}" in rest:
            raise CellError(
                f"`{self.missing_text}` has a place that nothing fills", f"Known: {', '.join(PLACES)}.", "missing_text"
            )
        return self


class ReadinessStage(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("readiness_stage", "criterion")

    readiness_stage: Literal["none", "target", "aware", "engaged", "ready", "opportunity", "customer"]
    stage_order: NotNegative
    criterion: Name | None = None
    rationale: Text


class ReadinessReturn(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("return_id",)

    return_id: Text
    from_points: Number
    until_points: Number
    share: Number
    rationale: Text

    @model_validator(mode="after")
    def bracket_is_not_empty(self) -> ReadinessReturn:
        if not 0 <= self.from_points < self.until_points:
            raise CellError(
                f"the bracket runs from {self.from_points:g} to {self.until_points:g}",
                "Let it begin at 0 or later and end after.",
            )
        if not 0 <= self.share <= 1:
            raise CellError(f"the share {self.share:g} is not between 0 and 1", "Write 0.5 for half.", "share")
        return self


class ReadinessLevel(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("level_kind", "level")

    level_id: Text
    level_kind: Literal["fit", "engagement", "momentum"]
    level: Name
    level_order: Positive
    min_value: Number
    rationale: Text


class ContactRole(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("contact_role",)

    contact_role: Text
    buying_role: Name
    rationale: Text
