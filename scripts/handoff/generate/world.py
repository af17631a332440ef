"""What stands before any person does: sales teams, campaigns and companies."""

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Generic, TypeVar

from handoff.generate import words
from handoff.generate.clock import DAY, HOUR, Clock, Hours
from handoff.generate.tables import Folder, SalesforceIds

T = TypeVar("T")

_SIZES = ((12, 99, 0.60), (100, 999, 0.29), (1_000, 18_000, 0.11))


class Weighted(Generic[T]):
    """Draws values in proportion to their weights."""

    def __init__(self, values: Sequence[tuple[T, float]]) -> None:
        self._values = [value for value, _ in values]
        self._bounds: list[float] = []
        total = 0.0
        for _, weight in values:
            total += weight
            self._bounds.append(total)
        self._total = total

    def draw(self, random: Callable[[], float]) -> T:
        """One value."""
        return self._values[min(bisect.bisect_right(self._bounds, random() * self._total), len(self._values) - 1)]


@dataclass(slots=True)
class Patch:
    """A region, the team that works it and whoever may own records there."""

    team: str
    region: str
    zone: str
    hours: Hours
    representatives: list[str] = field(default_factory=list)
    account_owners: list[str] = field(default_factory=list)
    former_representative: str = ""
    queue: str = ""


@dataclass(slots=True)
class Company:
    """An employer of people in the world. It has an account in the CRM when account_id is set."""

    name: str
    domain: str
    country: str
    patch: Patch
    industry: str
    employees: int
    revenue: int
    kind: str
    pattern: str
    account_id: str = ""
    account_created: int = 0
    account_owner: str = ""
    is_target: bool = False
    customer_since: int = 0
    people: int = 0
    engaged_people: int = 0
    engaged_functions: set[str] = field(default_factory=set)
    decision_maker_engaged: bool = False


@dataclass(slots=True)
class Campaign:
    """A campaign and when it started."""

    campaign_id: str
    kind: str
    name: str
    started: int


class World:
    """Teams, campaigns and companies of one generated world, and the ids every table draws from."""

    def __init__(self, folder: Folder, clock: Clock, rng: Random, people: int, start: int, until: int) -> None:
        self.folder = folder
        self.clock = clock
        self.random = rng.random
        self.start = start
        self.until = until
        self.synced = clock.salesforce(until)
        self.ids = {
            name: SalesforceIds(prefix)
            for name, prefix in (
                ("lead", "00Q"),
                ("contact", "003"),
                ("account", "001"),
                ("user", "005"),
                ("opportunity", "006"),
                ("task", "00T"),
                ("event", "00U"),
                ("campaign", "701"),
                ("campaign_member", "00v"),
                ("history", "017"),
                ("opportunity_history", "008"),
                ("role", "00K"),
                ("queue", "00G"),
            )
        }
        self._used_domains: set[str] = set(words.COMPETITOR_DOMAINS) | {words.OWN_DOMAIN}
        self._countries = Weighted([(c, c[3]) for c in words.COUNTRIES])
        self._sizes = Weighted([((low, high), weight) for low, high, weight in _SIZES])
        self._emails: set[str] = set()
        self.companies: list[Company] = []
        self.user_names: dict[str, str] = {}
        self._write_users(people)
        self._write_campaigns()

    def choose(self, options: Sequence[T]) -> T:
        """One of the options, evenly."""
        return options[int(self.random() * len(options))]

    def between(self, low: int, high: int) -> int:
        """A whole number in [low, high)."""
        return low + int(self.random() * (high - low))

    def tail(self, created: int, created_by: str, modified: int, deleted: bool = False) -> dict[str, str]:
        """The columns every Salesforce table ends with."""
        text = self.clock.salesforce(modified)
        return {
            "is_deleted": "true" if deleted else "false",
            "created_date": self.clock.salesforce(created),
            "created_by_id": created_by,
            "last_modified_date": text,
            "system_modstamp": text,
            "_fivetran_synced": self.synced,
        }

    def new_email(self, first: str, last: str, domain: str) -> str:
        """An address nobody else has."""
        email = f"{first}.{last}@{domain}".lower()
        number = 1
        while email in self._emails:
            number += 1
            email = f"{first}.{last}{number}@{domain}".lower()
        self._emails.add(email)
        return email

    # ---- people of the own company

    def _write_users(self, people: int) -> None:
        self.integration_user = self._add_user("Integration User", "", "CloudIntegrationUser", "", "UTC", True)
        self.patches: dict[str, Patch] = {}
        for team, region, zone, share, hours in words.TEAMS:
            patch = Patch(team, region, zone, hours)
            manager = self._add_user(
                "Team Manager", team.replace("SDR", "Sales Management"), "Standard", "", zone, True
            )
            count = max(2, round((3 + people / 160) ** 0.75 * share))
            patch.representatives = [
                self._add_user("Sales Development Representative", team, "Standard", manager, zone, True)
                for _ in range(count)
            ]
            patch.account_owners = [
                self._add_user("Account Executive", team.replace("SDR", "AE"), "Standard", manager, zone, True)
                for _ in range(max(2, count // 2))
            ]
            patch.former_representative = self._add_user(
                "Sales Development Representative", team, "Standard", manager, zone, False
            )
            patch.queue = self.ids["queue"].take()
            self.patches[region] = patch

    def _add_user(self, title: str, department: str, kind: str, manager: str, zone: str, active: bool) -> str:
        user_id = self.ids["user"].take()
        if kind == "Standard":
            first, last = self.choose(words.FIRST_NAMES), self.choose(words.LAST_NAMES)
        else:
            first, last = "Integration", "User"
        handle = f"{first}.{last}.{len(self.user_names) + 1}".lower()
        self.user_names[user_id] = f"{first} {last}"
        since = self.clock.salesforce(self.start)
        self.folder["salesforce/user"].add(
            id=user_id,
            username=f"{handle}@{words.OWN_DOMAIN}",
            name=f"{first} {last}",
            first_name=first,
            last_name=last,
            email=f"{handle}@{words.OWN_DOMAIN}",
            department=department,
            title=title,
            user_type=kind,
            manager_id=manager,
            time_zone_sid_key=zone,
            is_active="true" if active else "false",
            created_date=since,
            last_modified_date=since,
            system_modstamp=since,
            _fivetran_synced=self.synced,
        )
        return user_id

    # ---- campaigns

    def _write_campaigns(self) -> None:
        self.campaigns: list[Campaign] = []
        for name, kind, yearly_cost, every in words.CAMPAIGNS:
            started = self.start + self.between(1, 20) * DAY
            while started < self.until - DAY:
                ended = started + (every * 30 - 1) * DAY
                is_over = ended < self.until
                cost = round(yearly_cost * every / 12)
                full_name = f"{name} {self.clock.date(started)[:7]}"
                campaign = Campaign(self.ids["campaign"].take(), kind, full_name, started)
                self.campaigns.append(campaign)
                self.folder["salesforce/campaign"].add(
                    id=campaign.campaign_id,
                    name=full_name,
                    type=kind,
                    status="Completed" if is_over else "In Progress",
                    start_date=self.clock.date(started),
                    end_date=self.clock.date(min(ended, self.until + 390 * DAY)),
                    budgeted_cost=cost,
                    actual_cost=round(cost * (0.8 + 0.4 * self.random())),
                    currency_iso_code="USD",
                    is_active="false" if is_over else "true",
                    **self.tail(max(self.start, started - 10 * DAY), self.integration_user, started),
                )
                started += every * 30 * DAY
        self.campaigns.sort(key=lambda campaign: (campaign.started, campaign.campaign_id))
        self._campaign_starts = [campaign.started for campaign in self.campaigns]

    def campaign_running(self, moment: int) -> Campaign | None:
        """One of the campaigns that had started by then, the newer the likelier."""
        known = bisect.bisect_right(self._campaign_starts, moment)
        return self.campaigns[known - 1 - int(self.random() * min(known, 6))] if known else None

    # ---- companies

    def add_company(self, pattern: str, kind: str = "prospect", has_account: bool | None = None) -> Company:
        """A new company with a name and domain nobody else has."""
        random = self.random
        country, ending, region, _ = self._countries.draw(random)
        name, domain, line = self._company_name(ending)
        low, high = self._sizes.draw(random)
        if pattern in ("committee", "busy_one"):
            low, high = 400, 6_000
        if pattern == "woke_up":
            low, high = 1_100, 6_000
        employees = int(low * (high / low) ** random())
        patch = self.patches[region]
        company = Company(
            name,
            domain,
            country,
            patch,
            words.INDUSTRY_OF_KIND[line],
            employees,
            employees * self.between(90, 320) * 1_000,
            kind,
            pattern,
        )
        if has_account if has_account is not None else random() < 0.55:
            self.open_account(company, self.between(self.start, self.start + 60 * DAY))
        company.is_target = (
            bool(company.account_id) and kind == "prospect" and random() < (0.6 if pattern == "committee" else 0.12)
        )
        self.companies.append(company)
        return company

    def open_account(self, company: Company, moment: int) -> None:
        """Give the company an account from this moment on, or let its account be that old."""
        if not company.account_id:
            company.account_id = self.ids["account"].take()
            company.account_owner = self.choose(company.patch.account_owners)
            company.account_created = moment
        company.account_created = min(company.account_created, moment)

    def _company_name(self, ending: str) -> tuple[str, str, str]:
        while True:
            stem = self.choose(words.COMPANY_BEGINNINGS) + self.choose(words.COMPANY_ENDINGS)
            line = self.choose(words.COMPANY_KINDS)
            label = stem if self.random() < 0.5 else stem + line.lower()
            domain = label + ending
            if domain not in self._used_domains:
                self._used_domains.add(domain)
                name = f"{stem.capitalize()} {line}"
                draw = self.random()
                if draw < 0.06:
                    name += ", Inc." if ending == ".com" else " Group"
                elif ending == ".de" and draw < 0.5:
                    name += " GmbH"
                elif ending == ".co.uk" and draw < 0.4:
                    name += " Ltd"
                return name, domain, line

    def _families(self) -> dict[str, str]:
        """The parent of each account that has one: now and then the account before it, a subsidiary's too."""
        owners = [company.account_id for company in self.companies if company.account_id]
        return {child: parent for place, (parent, child) in enumerate(pairwise(owners)) if place % 9 in (4, 5)}

    def write_accounts(self) -> None:
        """Write every account, with what its people turned out to do."""
        parents = self._families()
        types = {"customer": "Customer", "partner": "Partner", "competitor": "Competitor"}
        for company in self.companies:
            if company.account_id:
                created = company.account_created
                self.folder["salesforce/account"].add(
                    id=company.account_id,
                    name=company.name,
                    website=f"https://www.{company.domain}",
                    parent_id=parents.get(company.account_id, ""),
                    type=types.get(company.kind, "Prospect"),
                    industry=company.industry,
                    number_of_employees=company.employees,
                    annual_revenue=company.revenue,
                    billing_country=company.country,
                    owner_id=company.account_owner,
                    is_target_account_c="true" if company.is_target else "false",
                    **self.tail(created, company.account_owner, min(self.until, created + HOUR)),
                )
            self.folder["truth/accounts"].add(
                account_id=company.account_id,
                parent_account_id=parents.get(company.account_id, ""),
                company_domain=company.domain,
                kind=company.kind,
                pattern=company.pattern,
                people=company.people,
                engaged_people=company.engaged_people,
                engaged_functions=len(company.engaged_functions),
                decision_maker_engaged="true" if company.decision_maker_engaged else "false",
            )
