"""A labelled set: accounts as a CRM holds them, people as forms, lists and reps leave them, and whose each one is.

Only the standard library and this folder's own lists. What goes wrong follows what goes wrong in practice, scenario by
scenario; none was written by looking at how the matcher works.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from labelled import lists


@dataclass(frozen=True)
class Company:
    """A company as it is."""

    company_id: str
    brand: str
    form: str
    country: str
    domain: str
    second_domain: str | None = None

    @property
    def registered_name(self) -> str:
        if self.form in ("株式会社", "주식회사"):
            return f"{self.form}{self.brand}"
        return f"{self.brand}{'' if self.form == '有限公司' else ' '}{self.form}"


@dataclass(frozen=True)
class Account:
    """A row of the CRM's accounts."""

    account_id: str
    account_name: str
    domain: str | None
    country: str | None
    parent_account_id: str | None = None


@dataclass(frozen=True)
class Person:
    """A record, its truth, and whether what stands on it suffices to find the account without guessing."""

    record_id: str
    scenario: str
    email: str | None = None
    company_name: str | None = None
    company_domain: str | None = None
    country: str | None = None
    linked_account_id: str | None = None
    converted_account_id: str | None = None
    account_id: str | None = None
    is_linkable: bool = False


@dataclass
class World:
    accounts: list[Account] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    aliases: list[tuple[str, str]] = field(default_factory=list)
    own_domains: tuple[str, ...] = ("northpole-metrics.com",)


def plain(text: str) -> str:
    """The text as somebody without the keys for it types it."""
    for letter, typed in (("ß", "ss"), ("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L"), ("æ", "ae"), ("ı", "i")):
        text = text.replace(letter, typed)
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def with_second_vowel(text: str) -> str:
    for letter, typed in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe")):
        text = text.replace(letter, typed).replace(letter.upper(), typed.capitalize())
    return plain(text)


def host_word(brand: str) -> str:
    return "".join(sign for sign in plain(brand).lower() if sign.isalnum())


class Maker:
    """Makes companies, accounts and people, one scenario after the other."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.world = World()
        self.used_brands: set[str] = set()
        self.used_domains: set[str] = set()
        self.countries = [code for code, facts in lists.COUNTRIES.items() for _ in range(facts[0])]

    # --- companies and accounts

    def brand(self, country: str) -> str:
        while True:
            if country in lists.CJK_NAMES:
                places = lists.CJK_PLACES[country]
                brand = self.chance.choice(("", *places)) + self.chance.choice(lists.CJK_NAMES[country])
            else:
                shape = self.chance.random()
                first, second = self.chance.choice(lists.FIRST_WORDS), self.chance.choice(lists.SECOND_WORDS)
                name, other = self.chance.sample(lists.FAMILY_NAMES, 2)
                if shape < 0.55:
                    brand = f"{first} {second}"
                elif shape < 0.7:
                    brand = f"{name} {second}"
                elif shape < 0.8:
                    brand = f"{name} & {other}"
                elif shape < 0.87:
                    brand = f"{first}-{second}"
                elif shape < 0.93:
                    brand = f"The {first} {second} Company"
                else:
                    brand = f"{first}{second.lower()}"
            key = host_word(brand) or brand
            if key not in self.used_brands:
                self.used_brands.add(key)
                return brand

    def domain(self, brand: str, country: str) -> str:
        top = "com" if self.chance.random() < 0.5 else lists.COUNTRIES[country][1]
        word = host_word(brand)
        if not word.isascii():
            word = f"{country.lower()}corp{self.chance.randrange(10**6)}"
        elif (
            self.chance.random() < 0.06
            and not brand.isascii()
            and "ß" not in brand
            and top in ("com", "de", "fr", "se")
        ):
            word = "".join(sign for sign in brand.lower() if sign.isalnum())
        domain = f"{word}.{top}"
        while domain in self.used_domains:
            domain = f"{word}{self.chance.randrange(100)}.{top}"
        self.used_domains.add(domain)
        return domain

    def company(self, country: str | None = None, brand: str | None = None, domain: str | None = None) -> Company:
        country = country or self.chance.choice(self.countries)
        brand = brand or self.brand(country)
        return Company(
            f"C{len(self.used_domains):05d}{len(self.world.accounts)}",
            brand,
            self.chance.choice(list(lists.COUNTRIES[country][3])),
            country,
            domain or self.domain(brand, country),
        )

    def account(
        self, company: Company, domain: str | None = "own", country: str | None = "own", parent: str | None = None
    ) -> str:
        """Enter the company as an account, as untidily as CRMs hold them; its id."""
        account_id = f"A{len(self.world.accounts):05d}"
        name = company.registered_name if self.chance.random() < 0.7 else self.name_typed(company, may_drop=True)
        self.world.accounts.append(
            Account(
                account_id,
                name,
                self.website(company.domain) if domain == "own" else domain,
                self.country_typed(company.country) if country == "own" else country,
                parent,
            )
        )
        return account_id

    # --- how people write

    def country_typed(self, country: str) -> str:
        return self.chance.choice(lists.COUNTRIES[country][2])

    def website(self, domain: str) -> str:
        if not domain.isascii() and self.chance.random() < 0.5:
            domain = domain.encode("idna").decode("ascii")
        return self.chance.choice(
            (domain, domain, f"www.{domain}", f"https://www.{domain}/", f"http://{domain}/en/home")
        )

    def name_typed(self, company: Company, may_drop: bool = True) -> str:
        """The right name, as it comes: another spelling of the form, or none; letters, signs and case of one's own."""
        brand, form = company.brand, company.form
        if not brand.isascii() and company.country not in lists.CJK_NAMES:
            brand = self.chance.choice((brand, plain(brand), with_second_vowel(brand)))
        if " & " in brand:
            brand = brand.replace(" & ", self.chance.choice((" & ", " and ", "&", " + ")), 1)
        if "-" in brand:
            brand = brand.replace("-", self.chance.choice(("-", " ", "")))
        if brand.startswith("The ") and self.chance.random() < 0.5:
            brand = brand.removeprefix("The ")
        if company.country in lists.CJK_NAMES:
            spelled = self.chance.choice((form, *lists.COUNTRIES[company.country][3][form]))
            if may_drop and self.chance.random() < 0.4:
                return brand
            return f"{brand}{spelled}" if company.country == "CN" or self.chance.random() < 0.5 else f"{spelled}{brand}"
        if may_drop and self.chance.random() < 0.45:
            named = brand
        else:
            spelled = self.chance.choice((form, *lists.COUNTRIES[company.country][3][form]))
            named = f"{brand}{spelled}" if spelled.startswith(",") else f"{brand} {spelled}"
        return self.chance.choice(
            (named, named, named, named.upper(), named.lower(), f" {named} ", named.replace(" ", "  "))
        )

    def mail(self, domain: str, mailbox: str | None = None) -> str:
        if not domain.isascii() and self.chance.random() < 0.5:
            domain = domain.encode("idna").decode("ascii")
        mailbox = mailbox or f"{self.chance.choice(lists.GIVEN_NAMES).lower()}{len(self.world.people)}"
        address = f"{mailbox}@{domain}"
        return self.chance.choice((address, address, address.upper() if domain.isascii() else address))

    def free_mail(self) -> str:
        return self.mail(self.chance.choice(lists.FREE_MAIL))

    def person(self, scenario: str, **facts: object) -> None:
        self.world.people.append(Person(f"P{len(self.world.people):06d}", scenario, **facts))

    def slip(self, word: str) -> str:
        """One slip of the fingers inside a word."""
        place = self.chance.randrange(1, len(word) - 1)
        kind = self.chance.choice(("swap", "drop", "double", "other"))
        if kind == "swap" and word[place] != word[place + 1]:
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        if kind == "drop":
            return word[:place] + word[place + 1 :]
        if kind == "double":
            return word[:place] + word[place] + word[place:]
        return word[:place] + self.chance.choice("aeionrst".replace(word[place], "")) + word[place + 1 :]

    # --- scenarios

    def plain_accounts(self, count: int) -> None:
        """Ordinary accounts and the many ways in which their people come in."""
        for _ in range(count):
            company = self.company()
            account_id = self.account(company)
            for _ in range(self.chance.choice((1, 2, 3, 4))):
                self.chance.choice(
                    (
                        self.by_company_mail,
                        self.by_company_mail,
                        self.by_company_mail,
                        self.by_crm,
                        self.by_website,
                        self.by_name_and_country,
                        self.by_name_and_country,
                        self.by_name_alone,
                        self.with_a_slip,
                        self.shared_mailbox,
                        self.changed_jobs,
                        self.misspelt,
                    )
                )(company, account_id)

    def by_company_mail(self, company: Company, account_id: str) -> None:
        host = self.chance.choice((company.domain, company.domain, f"mail.{company.domain}"))
        self.person(
            "company mail",
            email=self.mail(host),
            company_name=self.chance.choice((None, self.name_typed(company), "n/a")),
            country=self.chance.choice((None, self.country_typed(company.country))),
            account_id=account_id,
            is_linkable=True,
        )

    def by_crm(self, company: Company, account_id: str) -> None:
        is_converted = self.chance.random() < 0.3
        self.person(
            "linked in the CRM",
            email=self.chance.choice((self.free_mail(), self.mail(company.domain), None)),
            company_name=self.name_typed(company),
            linked_account_id=None if is_converted else account_id,
            converted_account_id=account_id if is_converted else None,
            account_id=account_id,
            is_linkable=True,
        )

    def by_website(self, company: Company, account_id: str) -> None:
        self.person(
            "free mail, website given",
            email=self.free_mail(),
            company_domain=self.website(company.domain),
            country=self.chance.choice((None, self.country_typed(company.country))),
            account_id=account_id,
            is_linkable=True,
        )

    def by_name_and_country(self, company: Company, account_id: str) -> None:
        self.person(
            "free mail, name and country",
            email=self.chance.choice((self.free_mail(), self.mail(self.chance.choice(lists.ACCESS_PROVIDERS)), None)),
            company_name=self.name_typed(company),
            country=self.country_typed(company.country),
            account_id=account_id,
            is_linkable=True,
        )

    def by_name_alone(self, company: Company, account_id: str) -> None:
        self.person(
            "free mail, name without country",
            email=self.free_mail(),
            company_name=self.name_typed(company),
            account_id=account_id,
            is_linkable=True,
        )

    def with_a_slip(self, company: Company, account_id: str) -> None:
        word, top = company.domain.split(".", 1)
        broken = self.chance.choice(
            (f"{self.slip(word)}.{top}", f"{word}.con", self.chance.choice(lists.FREE_MAIL_SLIPS))
        )
        if broken in self.used_domains or not word.isascii():
            broken = self.chance.choice(lists.FREE_MAIL_SLIPS)
        self.person(
            "mail address mistyped, name and country",
            email=self.mail(broken),
            company_name=self.name_typed(company),
            country=self.country_typed(company.country),
            account_id=account_id,
            is_linkable=True,
        )

    def shared_mailbox(self, company: Company, account_id: str) -> None:
        self.person(
            "shared mailbox",
            email=self.mail(company.domain, self.chance.choice(lists.SHARED_MAILBOXES)),
            account_id=account_id,
            is_linkable=True,
        )

    def changed_jobs(self, company: Company, account_id: str) -> None:
        """Mail of the new company, name of the old one, which nobody has corrected."""
        old = self.company()
        self.account(old)
        self.person(
            "new company's mail, old company's name",
            email=self.mail(company.domain),
            company_name=self.name_typed(old),
            country=self.country_typed(old.country),
            account_id=account_id,
            is_linkable=True,
        )

    def misspelt(self, company: Company, account_id: str) -> None:
        """Nothing but a name, and that misspelt or decorated: a person may guess, and should."""
        words = company.brand.split(" ")
        longest = max(range(len(words)), key=lambda number: len(words[number]))
        if len(words[longest]) >= 5 and words[longest].isascii():
            words[longest] = self.slip(words[longest])
            name = " ".join(words)
        else:
            name = f"{company.brand} {self.chance.choice(lists.DEPARTMENTS)}"
        self.person(
            "free mail, name misspelt or decorated",
            email=self.free_mail(),
            company_name=name,
            country=self.country_typed(company.country),
            account_id=account_id,
        )

    def strangers(self, count: int) -> None:
        """People of companies that are no account: of no name like ours, and of names too like ours."""
        for _ in range(count):
            company = self.company()
            self.person(
                "of a company that is no account",
                email=self.chance.choice((self.mail(company.domain), self.free_mail())),
                company_name=self.name_typed(company),
                country=self.country_typed(company.country),
            )

    def homonyms(self, count: int) -> None:
        """One name in two countries, two companies; sometimes both are accounts."""
        for _ in range(count):
            ours = self.company()
            account_id = self.account(ours)
            abroad = self.chance.choice([code for code in self.countries if code != ours.country])
            if ours.country in lists.CJK_NAMES or abroad in lists.CJK_NAMES:
                continue
            theirs = self.company(abroad, ours.brand)
            if self.chance.random() < 0.5:
                other_id = self.account(theirs)
                self.person(
                    "one of two homonyms, country given",
                    email=self.free_mail(),
                    company_name=self.name_typed(theirs),
                    country=self.country_typed(abroad),
                    account_id=other_id,
                    is_linkable=True,
                )
                self.person(
                    "one of two homonyms, no country",
                    email=self.free_mail(),
                    company_name=self.name_typed(ours),
                    account_id=account_id,
                )
            else:
                self.person(
                    "homonym abroad, no account",
                    email=self.free_mail(),
                    company_name=self.name_typed(theirs),
                    country=self.country_typed(abroad),
                )

    def look_alikes(self, count: int) -> None:
        """Another company with nearly the same domain, and with nearly or quite the same name."""
        for _ in range(count):
            ours = self.company("US")
            self.account(ours)
            word = ours.domain.split(".")[0]
            domain = self.chance.choice(
                (f"{word}.co", f"{word}-labs.com", f"{word}group.io", f"get{word}.com", f"{word}.net")
            )
            if domain in self.used_domains:
                continue
            self.used_domains.add(domain)
            name = self.chance.choice((ours.brand, f"{ours.brand} Labs", f"{ours.brand} Group", f"{ours.brand} Co"))
            self.person(
                "look-alike domain, another company",
                email=self.mail(domain),
                company_name=name,
                country=self.country_typed("US"),
            )

    def families(self, count: int) -> None:
        """A group and its subsidiaries: on one domain, country by country; or each on a domain of its own."""
        for _ in range(count):
            parent = self.company()
            parent_id = self.account(parent)
            for country in self.chance.sample(sorted({c for c in self.countries if c != parent.country}), 2):
                child = self.company(country, parent.brand, parent.domain)
                child_id = self.account(child, parent=parent_id)
                self.person(
                    "subsidiary on the group's domain, country given",
                    email=self.mail(parent.domain),
                    country=self.country_typed(country),
                    account_id=child_id,
                    is_linkable=True,
                )
            self.person("group's domain, no country", email=self.mail(parent.domain), account_id=parent_id)
            own = self.company(parent.country)
            own_id = self.account(own, parent=parent_id)
            self.person(
                "subsidiary on its own domain", email=self.mail(own.domain), account_id=own_id, is_linkable=True
            )

    def duplicates(self, count: int) -> None:
        """One company entered twice: nobody can say which of the two."""
        for _ in range(count):
            company = self.company()
            first_id = self.account(company)
            self.account(company)
            self.person("account entered twice", email=self.mail(company.domain), account_id=first_id)
            self.person(
                "account entered twice",
                email=self.free_mail(),
                company_name=self.name_typed(company),
                country=self.country_typed(company.country),
                account_id=first_id,
            )

    def acquired(self, count: int) -> None:
        """A company bought by an account; its people keep the old domain, and somebody told us, or nobody did."""
        for number in range(count):
            buyer, bought = self.company(), self.company()
            buyer_id = self.account(buyer)
            is_told = number % 2 == 0
            if is_told:
                self.world.aliases.append((bought.domain, buyer.domain))
            self.person(
                "acquired domain, told" if is_told else "acquired domain, not told",
                email=self.mail(bought.domain),
                company_name=self.name_typed(bought),
                country=self.country_typed(bought.country),
                account_id=buyer_id,
                is_linkable=is_told,
            )

    def unstated_domains(self, count: int) -> None:
        """An account without a website whose contacts give the domain away."""
        for _ in range(count):
            company = self.company()
            account_id = self.account(company, domain=self.chance.choice((None, "gmail.com", "n/a")))
            for _ in range(4):
                self.person(
                    "linked in the CRM",
                    email=self.mail(company.domain),
                    linked_account_id=account_id,
                    account_id=account_id,
                    is_linkable=True,
                )
            self.person(
                "domain known from contacts only",
                email=self.mail(company.domain),
                account_id=account_id,
                is_linkable=True,
            )
            self.person("free mail that an account states", email=self.mail("gmail.com"))

    def agencies(self, count: int) -> None:
        """An agency's people stand as contacts at its clients; the agency's other people belong to none of them."""
        for _ in range(count):
            agency = self.company()
            for _ in range(2):
                client = self.company()
                client_id = self.account(client, domain=None)
                for _ in range(3):
                    self.person(
                        "linked in the CRM",
                        email=self.mail(agency.domain),
                        linked_account_id=client_id,
                        account_id=client_id,
                        is_linkable=True,
                    )
            self.person("agency of two clients", email=self.mail(agency.domain), company_name=self.name_typed(agency))

    def nobodies(self, count: int) -> None:
        """Names that stand for none, beside accounts that somebody really called so; our own people."""
        for name in ("Test Account", "Unknown", "Self", "N/A"):
            self.world.accounts.append(Account(f"A{len(self.world.accounts):05d}", name, None, "US"))
        for _ in range(count):
            self.person(
                "no company named",
                email=self.free_mail(),
                company_name=self.chance.choice(lists.NOBODYS_COMPANIES),
                country=self.chance.choice((None, "US", "Germany")),
            )
        for domain in self.world.own_domains:
            for _ in range(10):
                client = self.company()
                self.account(client)
                self.person(
                    "one of us",
                    email=self.mail(domain),
                    company_name=self.name_typed(client),
                    country=self.country_typed(client.country),
                )

    def providers_in_names(self) -> None:
        for word in lists.PROVIDER_IN_NAME:
            company = self.company("US", word.capitalize(), f"{word}.com")
            account_id = self.account(company)
            for _ in range(5):
                self.person(
                    "mail provider's name inside a company's",
                    email=self.mail(company.domain),
                    account_id=account_id,
                    is_linkable=True,
                )

    def namesakes(self, count: int) -> None:
        """The same name in the same country, and not the account: rare, and nobody could know."""
        for _ in range(count):
            company = self.company()
            self.account(company)
            self.person(
                "namesake in one country",
                email=self.free_mail(),
                company_name=company.brand,
                country=self.country_typed(company.country),
            )


def made(seed: int = 7) -> World:
    """The set that the figures are of."""
    maker = Maker(seed)
    steps: tuple[tuple[Callable[[int], None], int], ...] = (
        (maker.plain_accounts, 1600),
        (maker.strangers, 700),
        (maker.homonyms, 120),
        (maker.look_alikes, 160),
        (maker.families, 90),
        (maker.duplicates, 70),
        (maker.acquired, 120),
        (maker.unstated_domains, 60),
        (maker.agencies, 25),
        (maker.nobodies, 120),
        (maker.namesakes, 6),
    )
    for step, count in steps:
        step(count)
    maker.providers_in_names()
    return maker.world
