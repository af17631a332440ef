"""Rows of seeds/rules/mql_lifecycle."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from handoff.rule_schemas.base import (
    Action,
    CellError,
    ExclusionReason,
    Name,
    NotNegative,
    Number,
    Positive,
    RuleRow,
    Text,
    Whole,
    Windowed,
    YesOrNo,
    check_list,
)
from handoff.rule_schemas.people import Segment

Priority = Literal["P1", "P2", "P3"]
MAILING_ACTIONS = ("nurture_enrollment", "executive_outreach")
# What `rpt_status_evidence` can look for; each is a branch of its one expression.
EvidenceCheck = Literal[
    "next_action",
    "human_change",
    "human_touch",
    "opportunity",
    "won_opportunity",
    "lost_opportunity",
    "reason",
    "no_acceptance",
]


class Status(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("status",)

    status: Name
    status_order: Whole
    is_outcome: YesOrNo
    is_accepted: YesOrNo
    is_sales_worked: YesOrNo
    entry_criteria: Text
    exit_criteria: Text
    evidence: Text
    evidence_check: EvidenceCheck | None = None


class MappedStatus(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("source_system", "crm_status")

    source_system: Literal["*", "salesforce", "hubspot", "marketo", "pardot", "generic", "campaign_member"]
    crm_status: Text
    status: Name
    outcome_reason: Name | None = None
    rationale: Text


class StatusTransition(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("from_status", "to_status")

    from_status: Name
    to_status: Name
    is_legal: YesOrNo
    violation: Literal["skipped", "goes_back", "after_the_end", "illegal"] | None = None
    rationale: Text

    @model_validator(mode="after")
    def says_what_is_wrong(self) -> StatusTransition:
        if self.is_legal == (self.violation is not None):
            raise CellError(
                "a legal step violates nothing, and any other violates something",
                "Leave violation empty where is_legal is true; else skipped, goes_back, after_the_end or illegal.",
                "violation",
            )
        return self


class CyclePolicy(Windowed):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    segment: Segment | None = None
    cool_down_days: NotNegative
    expire_days: Positive
    recycle_wake_days: NotNegative
    hand_raise_join_hours: NotNegative
    outcome_window_days: Positive
    rationale: Text


class QualificationUnit(Windowed):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    segment: Segment | None = None
    min_deal_amount: Annotated[Number, Field(gt=0)] | None = None
    min_known_people: Positive | None = None
    unit: Literal["person", "account"]
    min_fit_band: Literal["A", "B", "C", "D"] | None = None
    min_engagement_band: Literal["1", "2", "3", "4"] | None = None
    rationale: Text

    @property
    def asks_nothing(self) -> bool:
        return self.segment is None and self.min_deal_amount is None and self.min_known_people is None


class Routing(Windowed):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    entry_reason: Literal["hand_raise", "threshold", "crm", "account_ready", "none"] | None = None
    exclusion_reason: ExclusionReason | None = None
    segment: Segment | None = None
    grades: str | None = None
    is_target_account: YesOrNo | None = None
    has_account_owner: YesOrNo | None = None
    is_opted_out: YesOrNo | None = None
    next_action: Action
    opens_handoff: YesOrNo
    priority: Priority | None = None
    action_reason: Text
    rationale: Text

    @property
    def asks_nothing(self) -> bool:
        return all(
            condition is None
            for condition in (
                self.entry_reason,
                self.exclusion_reason,
                self.segment,
                self.grades,
                self.is_target_account,
                self.has_account_owner,
                self.is_opted_out,
            )
        )

    @model_validator(mode="after")
    def action_and_handoff_agree(self) -> Routing:
        if self.grades is not None:
            check_list(self.grades)
            for grade in self.grades.split("|"):
                if not re.fullmatch(r"[ABCDX][1-4]", grade):
                    raise CellError(f"`{grade}` is no grade", "Write a fit and an engagement band: A1|A2.", "grades")
        if self.opens_handoff and self.priority is None:
            raise CellError("a row that opens a handoff needs a priority", "Use P1, P2 or P3.", "priority")
        if self.opens_handoff and self.next_action in ("nurture_enrollment", "disqualify"):
            raise CellError(
                f"{self.next_action} is no action of sales, so it opens no handoff", "Set opens_handoff to false."
            )
        if self.next_action in MAILING_ACTIONS and self.is_opted_out is not False:
            raise CellError(
                f"{self.next_action} mails people, and the row fits those who opted out of it",
                "Set is_opted_out to false, and let a row below say what is done about the others.",
                "is_opted_out",
            )
        return self


class Territory(Windowed):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    segment: Segment | None = None
    country_codes: str | None = None
    is_target_account: YesOrNo | None = None
    pool_id: Text | None = None
    rep_id: Text | None = None
    rationale: Text

    @property
    def asks_nothing(self) -> bool:
        return self.segment is None and self.country_codes is None and self.is_target_account is None

    @model_validator(mode="after")
    def is_somebodys(self) -> Territory:
        if (self.pool_id is None) == (self.rep_id is None):
            raise CellError("a territory is a pool's or a rep's, one of the two", "Fill pool_id or rep_id.", "pool_id")
        if self.country_codes is not None:
            check_list(self.country_codes)
            for code in self.country_codes.split("|"):
                if not re.fullmatch(r"[A-Z]{2}", code):
                    raise CellError(
                        f"`{code}` is no country code", "Write two capital letters (ISO 3166): DE|FR.", "country_codes"
                    )
        return self


class PoolMember(Windowed):
    key: ClassVar[tuple[str, ...]] = ("pool_id", "team", "rep_id", "effective_from")

    pool_id: Name
    team: Text | None = None
    rep_id: Text | None = None
    rationale: Text

    @model_validator(mode="after")
    def is_a_team_or_a_rep(self) -> PoolMember:
        if (self.team is None) == (self.rep_id is None):
            raise CellError("a member is a team or a rep, one of the two", "Fill team or rep_id.", "team")
        return self


class SalesCapacity(Windowed):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    team: Text | None = None
    rep_id: Text | None = None
    max_open_handoffs: NotNegative
    max_handoffs_per_week: NotNegative
    rationale: Text
