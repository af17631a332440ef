"""Rows of seeds/rules/matching and of the reference lists about company names and countries."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from handoff.rule_schemas.base import CellError, Domain, Number, Positive, RuleRow, Text, Whole, Windowed, YesOrNo

Share = Annotated[Number, Field(ge=0, le=1)]
Confidence = Annotated[Number, Field(gt=0, le=1)]
Method = Literal[
    "forced",
    "crm_link",
    "converted_account",
    "email_domain",
    "company_domain",
    "alias_domain",
    "contact_domain",
    "company_name_country",
    "legal_name_country",
    "company_name",
    "name_other_domain",
    "family_country",
]


class MatchMethod(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("method",)

    method: Method
    sort_order: Whole
    decides: YesOrNo
    confidence: Confidence
    needs_review: YesOrNo
    min_people: Positive | None = None
    min_share: Share | None = None
    reason: Text
    rationale: Text

    @model_validator(mode="after")
    def counts_where_it_counts(self) -> MatchMethod:
        counts = self.min_people is not None and self.min_share is not None
        if self.method == "contact_domain" and not counts:
            raise CellError("contact_domain needs min_people and min_share", "Give both, such as 3 and 0.75.")
        if self.method != "contact_domain" and (self.min_people is not None or self.min_share is not None):
            raise CellError(f"min_people and min_share say nothing for {self.method}", "Leave both empty.")
        if self.min_share is not None and self.min_share <= 0.5:
            raise CellError(f"`{self.min_share:g}` is no clear majority", "Give more than 0.5.", column="min_share")
        return self


class DomainAlias(Windowed):
    key: ClassVar[tuple[str, ...]] = ("alias_domain", "canonical_domain", "account_id", "effective_from")

    alias_domain: Domain
    kind: Literal["alias", "acquired", "subsidiary"]
    canonical_domain: Domain | None = None
    account_id: Text | None = None
    rationale: Text

    @model_validator(mode="after")
    def leads_to_one_place(self) -> DomainAlias:
        if (self.canonical_domain is None) == (self.account_id is None):
            raise CellError(
                "an alias leads to a canonical_domain or to an account_id",
                "Give one of the two and leave the other empty.",
            )
        if self.canonical_domain == self.alias_domain:
            raise CellError(
                f"`{self.alias_domain}` is an alias of itself", "Remove the row.", column="canonical_domain"
            )
        return self


class AccountOverride(Windowed):
    key: ClassVar[tuple[str, ...]] = ("source_system", "record_id", "effective_from")

    source_system: Text
    record_id: Text
    account_id: Text
    rationale: Text


class PlaceholderName(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("company_name",)

    company_name: Text
    rationale: Text


class SharedSite(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("site",)

    site: Domain
    rationale: Text


class Country(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("country_name",)

    country_name: Text
    country_code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class LegalForm(RuleRow):
    key: ClassVar[tuple[str, ...]] = ("spelling", "form_position")

    spelling: Text
    form_position: Literal["end", "start", "both", "attached"]
    legal_form: Text
    used_in: Text
