"""Rows of seeds/rules/lead_scoring."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from handoff.rule_schemas.base import (
    NUMERIC_ATTRIBUTES,
    Attribute,
    CellError,
    Day,
    Name,
    Number,
    Operator,
    Positive,
    RuleRow,
    Text,
    Whole,
    Windowed,
    YesOrNo,
    check_condition,
)

# 2^(days / half-life) is kept as a running sum; below a week it leaves the range of a double within twenty years.
SHORTEST_HALF_LIFE_DAYS = 7
RuleKind = Literal["fit", "engagement"]


class ScoringModel(Windowed):
    key: ClassVar[tuple[str, ...]] = ("scoring_model",)

    scoring_model: Text
    model_status: Literal["active", "draft"]
    review_by: Day
    rationale: Text


class ScoreGroup(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("scoring_model", "score_group")

    scoring_model: Text
    score_group: Name
    rule_kind: RuleKind
    floor_points: Number | None = None
    cap_points: Number | None = None
    half_life_days: Number | None = None
    rationale: Text

    @model_validator(mode="after")
    def limits_make_sense(self) -> ScoreGroup:
        if self.floor_points is not None and self.cap_points is not None and self.floor_points > self.cap_points:
            raise CellError(
                f"the floor {self.floor_points:g} is above the cap {self.cap_points:g}", "Swap them.", "floor_points"
            )
        if self.half_life_days is not None and self.rule_kind == "fit":
            raise CellError("a fit group has a half-life, but fit never fades", "Empty it.", "half_life_days")
        if self.half_life_days is not None and self.half_life_days < SHORTEST_HALF_LIFE_DAYS:
            raise CellError(
                f"a half-life of {self.half_life_days:g} days is too short: the running sums behind score history "
                "would overflow within twenty years",
                f"Use {SHORTEST_HALF_LIFE_DAYS} days or more, or let the rules expire.",
                "half_life_days",
            )
        return self


class ScorePoints(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("scoring_model", "rule_id")

    scoring_model: Text
    rule_id: Text
    rule_kind: RuleKind
    score_group: Name
    signal_name: Name | None = None
    attribute: Attribute | None = None
    operator: Operator | None = None
    value: str | None = None
    points: Annotated[Number, Field(ge=-100, le=100)]
    decay: Literal["half_life", "expire", "linear", "none"] | None = None
    decay_days: Positive | None = None
    look_back_days: Positive | None = None
    daily_cap: Positive | None = None
    reason: Text

    @model_validator(mode="after")
    def fits_its_kind(self) -> ScorePoints:
        if self.rule_kind == "fit":
            self._check_fit()
        else:
            self._check_engagement()
        return self

    def _check_fit(self) -> None:
        for column in ("signal_name", "decay", "decay_days", "look_back_days", "daily_cap"):
            if getattr(self, column) is not None:
                raise CellError(f"a fit rule has no {column}: fit asks who somebody is", "Empty it.", column)
        if self.attribute is None or self.operator is None:
            raise CellError("a fit rule needs an attribute and an operator", "Name what it asks about.", "attribute")
        check_condition(self.operator, self.value, self.attribute in NUMERIC_ATTRIBUTES)

    def _check_engagement(self) -> None:
        for column in ("attribute", "operator", "value"):
            if getattr(self, column) is not None:
                raise CellError(f"an engagement rule has no {column}: it names a signal", "Empty it.", column)
        if self.signal_name is None:
            raise CellError("an engagement rule needs a signal", "Name one that rule_signals makes.", "signal_name")
        if self.decay is None:
            raise CellError("an engagement rule needs a decay", "Use half_life, expire, linear or none.", "decay")
        if self.points < 0 and self.decay != "expire":
            raise CellError(
                f"negative points must expire, but the decay is {self.decay}",
                "Use expire and the days after which the person may be forgiven.",
                "decay",
            )
        if self.decay in ("expire", "linear") and self.decay_days is None:
            raise CellError(f"decay {self.decay} needs decay_days", "Say after how many days.", "decay_days")
        if self.decay in ("half_life", "none") and self.decay_days is not None:
            raise CellError(f"decay {self.decay} takes no decay_days", "Empty it.", "decay_days")


class ScoreBand(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("scoring_model", "rule_kind", "band")

    scoring_model: Text
    rule_kind: RuleKind
    band: Literal["A", "B", "C", "D", "1", "2", "3", "4"]
    min_score: Annotated[Number, Field(ge=-100, le=100)]
    rationale: Text

    @model_validator(mode="after")
    def band_is_of_its_kind(self) -> ScoreBand:
        bands = "ABCD" if self.rule_kind == "fit" else "1234"
        if self.band not in bands:
            raise CellError(f"`{self.band}` is no {self.rule_kind} band", f"Use {', '.join(bands)}.", "band")
        return self


class QualifyingGrade(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("scoring_model", "grade")

    scoring_model: Text
    grade: Text
    rationale: Text

    @model_validator(mode="after")
    def grade_is_a_grade(self) -> QualifyingGrade:
        if not re.fullmatch(r"[ABCD][1-4]", self.grade):
            raise CellError(f"`{self.grade}` is no grade that can qualify", "Write a fit and an engagement band: A1.")
        return self


class Signal(Windowed):
    key: ClassVar[tuple[str, ...]] = ("signal_rule_id",)

    signal_rule_id: Text
    sort_order: Whole
    activity_type: Name | None = None
    match_field: (
        Literal[
            "asset_name",
            "asset_id",
            "url",
            "referrer",
            "search_term",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "campaign_type",
            "channel",
        ]
        | None
    ) = None
    operator: Operator | None = None
    value: str | None = None
    signal_name: Name
    is_hand_raise: YesOrNo
    content_topic: Name | None = None
    rationale: Text

    @model_validator(mode="after")
    def asks_something(self) -> Signal:
        if self.match_field is None:
            if self.operator is not None or self.value is not None:
                raise CellError("there is a condition but no match_field", "Say which field it asks.", "match_field")
            if self.activity_type is None:
                raise CellError("the row would name every activity", "Give an activity_type or a condition.")
        elif self.operator is None:
            raise CellError("a match_field needs an operator", "Use equals, in, contains or matches.", "operator")
        else:
            check_condition(self.operator, self.value, is_numeric=False)
        return self


class BotFilter(Windowed):
    key: ClassVar[tuple[str, ...]] = ("bot_filter_id",)

    bot_filter_id: Text
    match_field: Literal["user_agent", "url", "referrer", "asset_name", "is_bot"]
    operator: Operator
    value: str | None = None
    dropped_reason: Name
    rationale: Text

    @model_validator(mode="after")
    def asks_something(self) -> BotFilter:
        check_condition(self.operator, self.value, is_numeric=False)
        return self
