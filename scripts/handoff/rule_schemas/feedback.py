"""Rows of seeds/rules/feedback: what the reports compare, propose, call by a topic and draw for inspection."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from handoff.rule_schemas.base import (
    CellError,
    Day,
    Name,
    Number,
    Operator,
    Positive,
    RuleRow,
    Text,
    Whole,
    YesOrNo,
    check_condition,
    check_list,
)

Share = Annotated[Number, Field(ge=0, le=1)]
RuleKind = Literal["score_rule", "signal_rule", "routing_rule"]
Stratum = Literal["accepted", "rejected_though_high", "won_though_low", "held_back", "breached", "expired"]


class ReportLimit(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("limit_name",)

    limit_name: Literal[
        "acceptance_trend_days",
        "trend_min_mqls",
        "definition_window_days",
        "definition_min_count",
        "lead_to_meeting_days",
        "campaign_look_back_days",
        "nurture_gap_days",
    ]
    limit_value: Positive
    rationale: Text


class FeedbackAction(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    outcome_reason: str | None = None
    rule_kind: RuleKind | None = None
    has_campaign: YesOrNo | None = None
    judged_by: Literal["rule", "campaign", "channel", "segment"]
    min_mqls: Positive
    min_share: Share
    proposed_change: Literal["exclude", "down_weight", "suppress_campaign", "fix_form", "review"]
    change_text: Text
    rationale: Text

    @property
    def asks_nothing(self) -> bool:
        return self.outcome_reason is None and self.rule_kind is None and self.has_campaign is None

    @model_validator(mode="after")
    def change_and_cause_agree(self) -> FeedbackAction:
        if self.outcome_reason is not None:
            check_list(self.outcome_reason)
        if self.judged_by == "campaign" and self.has_campaign is not True:
            raise CellError(
                "a share judged by campaign asks for a campaign", "Set has_campaign to true.", "has_campaign"
            )
        if self.proposed_change == "suppress_campaign" and self.judged_by != "campaign":
            raise CellError("suppress_campaign is judged by the campaign alone", "Use campaign.", "judged_by")
        return self


class ContentTopic(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    match_field: Literal["asset_id", "content_topic", "signal_name"]
    operator: Operator
    value: str | None = None
    topic: Name
    buying_stage: Literal["problem", "solution", "evaluation", "decision"]
    follow_up_play: Text
    rationale: Text

    @model_validator(mode="after")
    def condition_is_whole(self) -> ContentTopic:
        check_condition(self.operator, self.value, is_numeric=False)
        return self


class ReviewStratum(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("stratum",)

    stratum: Stratum
    sort_order: Whole
    sample_size: Positive
    sampling_seed: Text
    grades: str | None = None
    question: Text
    rationale: Text

    @model_validator(mode="after")
    def grades_are_grades(self) -> ReviewStratum:
        if self.grades is not None:
            check_list(self.grades)
            for grade in self.grades.split("|"):
                if not re.fullmatch(r"[ABCDX][1-4]", grade):
                    raise CellError(f"`{grade}` is no grade", "Write a fit and an engagement band: A1|A2.", "grades")
        if self.grades is None and self.stratum in ("rejected_though_high", "won_though_low"):
            raise CellError(f"{self.stratum} needs the grades it is about", "List them: A1|A2.", "grades")
        return self


class ReviewVerdict(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("review_id", "reviewer")

    review_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    week_start: Day
    stratum: Stratum
    reviewer: Text
    verdict: Literal["agree", "disagree", "unsure"]
    reviewed_on: Day
    note: str | None = None

    @model_validator(mode="after")
    def is_about_a_week_and_nobody_by_address(self) -> ReviewVerdict:
        if self.week_start.weekday() != 0:
            raise CellError(f"{self.week_start} is no Monday", "A week is named by its Monday.", "week_start")
        if self.reviewed_on < self.week_start:
            raise CellError("the verdict is older than the week it is about", "Mend the day.", "reviewed_on")
        for column in ("reviewer", "note"):
            if "@" in (getattr(self, column) or ""):
                raise CellError("an address stands here", "Name the reviewer by an id without @.", column)
        return self
