"""Rows of seeds/rules/people and of the reference lists about mail and domains."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from handoff.rule_schemas.base import (
    Attribute,
    CellError,
    Domain,
    ExclusionReason,
    Name,
    NotNegative,
    Operator,
    Positive,
    RuleRow,
    Text,
    Whole,
    Windowed,
    check_condition,
    check_list,
    closest,
    is_numeric,
    snake_case,
)

Segment = Literal["enterprise", "mid_market", "smb", "unknown"]
Channel = Literal[
    "paid_search",
    "organic_search",
    "paid_social",
    "organic_social",
    "email",
    "event",
    "webinar",
    "referral",
    "partner",
    "direct",
    "outbound",
    "content",
    "other",
    "unknown",
]
TITLE_VALUES = {
    "seniority": ("c_level", "vp", "director", "manager", "individual", "student"),
    "job_function": (
        "data",
        "engineering",
        "it",
        "finance",
        "marketing",
        "sales",
        "operations",
        "procurement",
        "hr",
        "legal",
        "other",
    ),
}


class Exclusion(Windowed):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    exclusion_reason: ExclusionReason
    attribute: Attribute
    operator: Operator
    value: str | None = None
    rationale: Text

    @model_validator(mode="after")
    def asks_something(self) -> Exclusion:
        check_condition(self.operator, self.value, is_numeric(self.attribute))
        return self


class Title(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    assigns: Literal["seniority", "job_function", "buying_role"]
    operator: Operator
    value: str | None = None
    assigned_value: Text
    rationale: Text

    @model_validator(mode="after")
    def assigns_what_it_may(self) -> Title:
        check_condition(self.operator, self.value, is_numeric=False)
        allowed = TITLE_VALUES.get(self.assigns)  # a buying role is any name: the committee is the company's to define
        if allowed is None:
            snake_case(self.assigned_value)
        elif self.assigned_value not in allowed:
            raise CellError(
                f"`{self.assigned_value}` is no {self.assigns}", closest(self.assigned_value, list(allowed))
            )
        return self


class SegmentSize(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("segment",)

    segment: Segment
    min_employee_count: NotNegative
    max_employee_count: NotNegative | None = None
    rationale: Text


class ChannelRule(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    sort_order: Whole
    match_field: Literal["lead_source", "campaign_type"]
    operator: Operator
    value: str | None = None
    channel: Channel
    rationale: Text

    @model_validator(mode="after")
    def asks_something(self) -> ChannelRule:
        check_condition(self.operator, self.value, is_numeric=False)
        return self


class OwnDomain(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("domain",)

    domain: Domain
    domain_kind: Literal["own", "competitor", "partner", "vendor"]
    rationale: Text


class MailProvider(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("domain",)

    domain: Domain | Literal["*"]
    canonical_domain: Domain | None = None
    tag_separator: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    ignored_characters: str | None = None
    rationale: Text
    source: Text

    @model_validator(mode="after")
    def any_domain_stays_itself(self) -> MailProvider:
        if self.domain == "*" and self.canonical_domain is not None:
            raise CellError("the row for any other domain would make all of them one", "Empty its canonical_domain.")
        return self


class SharedMailbox(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("rule_id",)

    rule_id: Text
    min_first_names: Positive
    min_last_names: Positive
    rationale: Text


class IdentityOverride(Windowed):
    key: ClassVar[tuple[str, ...]] = ("override_id",)

    override_id: Text
    decision: Literal["force_same", "force_apart"]
    source_system: Name
    record_id: Text
    other_source_system: Name
    other_record_id: Text
    rationale: Text

    @property
    def record(self) -> tuple[str, str]:
        return self.source_system, found_by(self.source_system, self.record_id)

    @property
    def other_record(self) -> tuple[str, str]:
        return self.other_source_system, found_by(self.other_source_system, self.other_record_id)

    @model_validator(mode="after")
    def names_two_records(self) -> IdentityOverride:
        if self.record == self.other_record:
            raise CellError("both records are the same one", "Name two records.", column="other_record_id")
        return self


def found_by(source_system: str, record_id: str) -> str:
    """The part of an id by which the models find the record: Salesforce's 18 characters are 15 and a check sum."""
    return record_id[:15] if source_system == "salesforce" else record_id


class FieldSurvivorship(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("field", "strategy")

    field: Literal[
        "*",
        "email",
        "first_name",
        "last_name",
        "phone",
        "job_title",
        "company_name",
        "company_domain",
        "country",
        "region",
        "industry",
        "employee_count",
        "annual_revenue",
        "lead_source",
        "lead_source_detail",
        "crm_status",
        "owner_id",
    ]
    sort_order: Whole
    strategy: Literal[
        "survivor", "most_recent", "source_priority", "unmerged", "unconverted", "contact_first", "valid_email"
    ]
    value: str | None = None
    rationale: Text

    @model_validator(mode="after")
    def lists_sources_where_it_must(self) -> FieldSurvivorship:
        if self.strategy == "source_priority":
            if self.value is None:
                raise CellError(
                    "`source_priority` needs a list, but the value is empty",
                    "List the systems, the first first: salesforce|hubspot|*.",
                )
            check_list(self.value)
        elif self.value is not None:
            raise CellError(f"`{self.strategy}` takes no value, but the value is `{self.value}`", "Empty the value.")
        return self


class EmailDomain(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("domain",)

    domain: Domain
    domain_kind: Literal["free", "disposable", "isp"]


class PublicSuffix(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("suffix",)

    suffix: Text
    rule_kind: Literal["normal", "wildcard", "exception"]


class RoleMailbox(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("local_part",)

    local_part: Text
