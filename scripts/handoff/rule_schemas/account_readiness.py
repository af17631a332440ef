"""Rows of seeds/rules/account_readiness."""

from __future__ import annotations

from typing import ClassVar, Literal

from handoff.rule_schemas.base import Action, NotNegative, Number, Positive, RuleRow, Text, Whole, Windowed
from handoff.rule_schemas.people import Segment

Criterion = Literal[
    "account_fit",
    "account_engagement",
    "engaged_people_30",
    "engaged_people_90",
    "engaged_functions",
    "decision_maker_engaged",
    "buying_roles_covered",
    "high_intent_signals",
    "recency",
    "no_exclusion",
]


class ReadinessCriterion(Windowed):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    criterion: Criterion
    segment: Segment | None = None
    threshold: Number
    window_days: Positive | None = None
    min_history_days: NotNegative | None = None
    sort_order: Whole
    missing_text: Text
    next_action: Action
    rationale: Text


class ReadinessStage(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("readiness_stage", "criterion")

    readiness_stage: Literal["none", "target", "aware", "engaged", "ready", "opportunity", "customer"]
    stage_order: NotNegative
    criterion: Criterion | None = None
    rationale: Text
