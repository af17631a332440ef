"""Rows of seeds/rules/handoff_sla and seeds/rules/core."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from handoff.rule_schemas.base import (
    CellError,
    Clock,
    ClockTime,
    Day,
    Name,
    NotNegative,
    Number,
    Positive,
    RuleRow,
    Said,
    Text,
    TimeZone,
    Whole,
    Windowed,
    YesOrNo,
)
from handoff.rule_schemas.mql_lifecycle import Priority
from handoff.rule_schemas.people import Channel, Segment

CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class SlaPolicy(Windowed):
    key: ClassVar[tuple[str, ...]] = ("policy_id", "clock")

    policy_id: Text
    sort_order: Whole
    priority: Priority | None = None
    segment: Segment | None = None
    channel: Channel | None = None
    is_hand_raise: YesOrNo | None = None
    clock: Clock
    target_seconds: Positive
    at_risk_share: Annotated[Number, Field(gt=0, le=1)]
    pauses_out_of_office: YesOrNo | None = None
    pauses_recycled: YesOrNo | None = None
    calendar_id: Text
    rationale: Text

    def conditions(self) -> tuple[object, ...]:
        return (self.priority, self.segment, self.channel, self.is_hand_raise)


class Calendar(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("calendar_id",)

    calendar_id: Text
    time_zone: TimeZone
    is_default: YesOrNo
    rationale: Text


class BusinessHours(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("calendar_id", "iso_weekday", "opens_at", "effective_from")

    calendar_id: Text
    iso_weekday: Annotated[Whole, Field(ge=1, le=7)]
    opens_at: ClockTime
    closes_at: ClockTime
    effective_from: Day | None = None
    effective_until: Day | None = None

    @property
    def begins(self) -> date:
        return self.effective_from or date(1900, 1, 1)

    @property
    def ends(self) -> date:
        return self.effective_until or date(9999, 12, 31)

    @property
    def open_minutes(self) -> int:
        opens, closes = (int(time[:2]) * 60 + int(time[3:]) for time in (self.opens_at, self.closes_at))
        return closes - opens if closes > opens else closes - opens + 24 * 60

    @model_validator(mode="after")
    def opens_for_a_while(self) -> BusinessHours:
        if self.opens_at == self.closes_at:
            raise CellError(
                f"it opens and closes at {self.opens_at}", "For a whole day write 00:00 and 24:00.", "closes_at"
            )
        if self.begins >= self.ends:
            raise CellError(f"the window ends at {self.ends} before it begins at {self.begins}", "The end is excluded.")
        return self


class Holiday(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("calendar_id", "holiday_date", "opens_at")

    calendar_id: Text
    holiday_date: Day
    holiday_name: Text
    opens_at: ClockTime | None = None
    closes_at: ClockTime | None = None

    @model_validator(mode="after")
    def hours_come_in_pairs(self) -> Holiday:
        if (self.opens_at is None) != (self.closes_at is None):
            raise CellError("only one of opens_at and closes_at is given", "Give both, or neither for a closed day.")
        return self


class TeamCalendar(Windowed):
    key: ClassVar[tuple[str, ...]] = ("team", "effective_from")

    team: Text
    calendar_id: Text
    rationale: Text


class QualifyingTouch(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("touch_type",)

    touch_type: Literal["call", "email", "meeting", "task", "other"]
    stops_clock: YesOrNo
    is_contact: YesOrNo
    is_meeting: YesOrNo
    rationale: Text


class TouchOutcome(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("touch_type", "outcome")

    touch_type: Literal["call", "email", "meeting", "task", "other"]
    outcome: Said
    is_contact: YesOrNo
    rationale: Text


class Cadence(Windowed):
    key: ClassVar[tuple[str, ...]] = ("cadence_id",)

    cadence_id: Text
    sort_order: Whole
    priority: Priority | None = None
    is_hand_raise: YesOrNo | None = None
    min_touches: Positive
    min_days: NotNegative
    rationale: Text


class SlaExcuse(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("outcome", "outcome_reason")

    outcome: Name
    outcome_reason: Name | None = None
    excused_reason: Name
    rationale: Text


class CurrencyRate(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("currency", "effective_from")

    currency: CurrencyCode
    corporate_currency: CurrencyCode
    rate_to_corporate: Annotated[Number, Field(gt=0)]
    effective_from: Day | None = None
    effective_until: Day | None = None
    rationale: Text

    @property
    def begins(self) -> date:
        return self.effective_from or date(1900, 1, 1)

    @property
    def ends(self) -> date:
        return self.effective_until or date(9999, 12, 31)
