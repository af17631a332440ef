"""Rows of seeds/rules/lead_scoring."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from handoff.rule_schemas.base import (
    Attribute,
    CellError,
    Day,
    Domain,
    Moment,
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
    is_numeric,
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
        check_condition(self.operator, self.value, is_numeric(self.attribute))

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


ActivityField = Literal[
    "activity_type",
    "asset_name",
    "asset_id",
    "url",
    "referrer",
    "referrer_host",
    "referrer_kind",
    "search_term",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "campaign_type",
    "channel",
    "user_agent",
    "is_bot",
]


class ActivityRule(Windowed):
    """A row that asks an activity one thing, or two that must both hold."""

    operator: Operator | None = None
    value: str | None = None
    also_match_field: ActivityField | None = None
    also_operator: Operator | None = None
    also_value: str | None = None

    def check_conditions(self, match_field: str | None) -> None:
        if match_field is None:
            if self.operator is not None or self.value is not None:
                raise CellError("there is a condition but no match_field", "Say which field it asks.", "match_field")
        elif self.operator is None:
            raise CellError("a match_field needs an operator", "Use equals, in, contains or matches.", "operator")
        else:
            check_condition(self.operator, self.value, is_numeric=match_field == "absence_days")
        if self.also_match_field is None:
            if self.also_operator is not None or self.also_value is not None:
                raise CellError(
                    "there is a second condition but no also_match_field",
                    "Say which field it asks.",
                    "also_match_field",
                )
            return
        if match_field is None:
            raise CellError("there is a second condition and no first", "Move it to match_field.", "also_match_field")
        if self.also_operator is None:
            raise CellError("an also_match_field needs an operator", "Use equals, in, contains.", "also_operator")
        check_condition(self.also_operator, self.also_value, is_numeric=False)


class Signal(ActivityRule):
    key: ClassVar[tuple[str, ...]] = ("signal_rule_id",)

    signal_rule_id: Text
    sort_order: Whole
    signal_kind: Literal["action", "arrival", "return"]
    activity_type: Name | None = None
    match_field: ActivityField | Literal["absence_days"] | None = None
    signal_name: Name
    is_hand_raise: YesOrNo
    is_own_activity: YesOrNo
    content_topic: Name | None = None
    rationale: Text

    @model_validator(mode="after")
    def asks_something(self) -> Signal:
        self.check_conditions(self.match_field)
        if self.signal_kind == "return":
            self._check_return()
        elif self.match_field == "absence_days":
            raise CellError("only a return is told by absence_days", "Set signal_kind to return.", "match_field")
        elif self.match_field is None and self.activity_type is None:
            raise CellError("the row would name every activity", "Give an activity_type or a condition.")
        if self.signal_kind != "action":
            for column in ("is_hand_raise", "is_own_activity"):
                if getattr(self, column):
                    raise CellError(
                        f"signal_kind {self.signal_kind} stands beside what was done, and only that can be so",
                        "Set it to false.",
                        column,
                    )
        return self

    def _check_return(self) -> None:
        if self.match_field != "absence_days" or self.operator != "at_least":
            raise CellError(
                "a return asks how long nobody came", "Use match_field absence_days and at_least.", "match_field"
            )
        if self.value is not None and (not self.value.isdigit() or int(self.value) < 1):
            raise CellError(f"`{self.value}` is no number of days", "Write a whole number from 1 on.", "value")
        for column in ("activity_type", "also_match_field"):
            if getattr(self, column) is not None:
                raise CellError(f"a return has no {column}: any activity of their own ends it", "Empty it.", column)


class BotFilter(ActivityRule):
    key: ClassVar[tuple[str, ...]] = ("bot_filter_id",)

    bot_filter_id: Text
    filter_kind: Literal["each", "burst", "mail_links", "after_sending"]
    match_field: ActivityField
    min_count: Annotated[Positive, Field(ge=2)] | None = None
    window_seconds: Positive | None = None
    dropped_reason: Name
    rationale: Text

    @model_validator(mode="after")
    def asks_something(self) -> BotFilter:
        self.check_conditions(self.match_field)
        if self.dropped_reason == "duplicate":
            raise CellError("`duplicate` is what copies are called", "Give the filter a reason of its own.")
        needed = {
            "each": (),
            "burst": ("min_count", "window_seconds"),
            "mail_links": ("min_count", "window_seconds"),
            "after_sending": ("window_seconds",),
        }[self.filter_kind]
        for column in ("min_count", "window_seconds"):
            if column in needed and getattr(self, column) is None:
                raise CellError(f"a filter of kind {self.filter_kind} needs a {column}", "Say how many.", column)
            if column not in needed and getattr(self, column) is not None:
                raise CellError(f"a filter of kind {self.filter_kind} has no {column}", "Empty it.", column)
        return self


class Referrer(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("domain",)

    domain: Domain
    referrer_kind: Name
    rationale: Text

    @model_validator(mode="after")
    def kind_is_free(self) -> Referrer:
        if self.referrer_kind in ("own", "other"):
            raise CellError(
                f"`{self.referrer_kind}` is not a kind to give: own domains stand in rule_own_domains, and what no "
                "row names is other",
                "Use search, ai_assistant, social, review_site, webmail or a name of your own.",
                "referrer_kind",
            )
        return self


class CalibrationPeriod(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("scoring_model",)

    scoring_model: Text
    held_out_from: Moment
    rationale: Text


class LeakyField(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("field", "kind")

    field: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\*?$")]
    kind: Literal["attribute", "signal"]
    filled_when: Text
    why: Text

    def names(self, name: str) -> bool:
        """Whether the row speaks of `name`; a star at the end stands for anything."""
        return name.startswith(self.field[:-1]) if self.field.endswith("*") else name == self.field


class ReviewTrigger(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("trigger_name",)

    trigger_name: Literal[
        "score_distribution",
        "qualification_rate",
        "acceptance_rate",
        "rule_usefulness",
        "suggestion_cycles",
        "suggestion_outcomes",
    ]
    watch_from: Annotated[Number, Field(gt=0)] | None = None
    review_from: Annotated[Number, Field(gt=0)] | None = None
    baseline_days: Positive | None = None
    min_count: Positive
    rationale: Text

    @model_validator(mode="after")
    def says_what_it_needs(self) -> ReviewTrigger:
        if self.trigger_name == "score_distribution":
            for column in ("watch_from", "review_from"):
                if getattr(self, column) is None:
                    raise CellError(
                        "score_distribution compares with limits", "Give both, such as 0.1 and 0.25.", column
                    )
        if self.watch_from is not None and self.review_from is not None and self.watch_from >= self.review_from:
            raise CellError(
                f"watching begins at {self.watch_from:g}, not below the review at {self.review_from:g}",
                "Watch first, review later.",
                "watch_from",
            )
        compares = self.trigger_name in ("score_distribution", "qualification_rate", "acceptance_rate")
        if compares and self.baseline_days is None:
            raise CellError(f"{self.trigger_name} needs a baseline", "Say how many days it has.", "baseline_days")
        return self
