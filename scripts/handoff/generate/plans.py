"""Who lives in the world: every person's story, in numbers that follow from the size of the world alone."""

from dataclasses import dataclass
from random import Random
from typing import TypeVar

from handoff.generate.clock import DAY
from handoff.generate.world import Company, World

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is laid down for a person before they live."""

    kind: str
    journey: str
    identity: str = "plain"
    company: Company | None = None
    function: str = ""
    seniority: str = ""
    awake: int = 0  # about when their committee was


# (kind, journey, share of people, least number). The rest are plain buyers, see _BUYERS.
_STORIES = (
    ("buyer", "raise_worked", 0.024, 8),
    ("buyer", "raise_reassigned", 0.005, 3),
    ("buyer", "raise_never_touched", 0.007, 3),
    ("buyer", "raise_on_weekend", 0.005, 3),
    ("buyer", "raise_at_clock_change", 0.004, 6),
    ("buyer", "raise_after_touches", 0.004, 2),
    ("buyer", "raise_automated_mail_first", 0.004, 2),
    ("buyer", "raise_again_after_recycling", 0.006, 3),
    ("buyer", "raise_recent", 0.006, 4),
    ("buyer", "raise_outside_crm", 0.002, 1),
    ("buyer", "threshold_worked", 0.035, 10),
    ("buyer", "sales_made_win", 0.002, 1),
    ("buyer", "sales_made_opportunity", 0.004, 2),
    ("buyer", "reload_burst", 0.003, 1),
    ("buyer", "link_scanner", 0.010, 2),
    ("customer", "raise_returning_customer", 0.004, 2),
    ("customer", "light", 0.015, 2),
    ("customer", "unengaged", 0.025, 2),
    ("student", "raise_excluded", 0.003, 2),
    ("student", "medium", 0.020, 3),
    ("competitor", "raise_excluded", 0.002, 1),
    ("competitor", "medium", 0.006, 2),
    ("employee", "medium", 0.005, 2),
    ("vendor", "light", 0.008, 2),
    ("partner", "light", 0.006, 1),
    ("disposable", "light", 0.005, 1),
    ("bot", "spam_raise", 0.008, 3),
)
_BUYERS = (("unengaged", 0.52), ("light", 0.38), ("medium", 0.10))

# (identity, share of plain people, least number)
_IDENTITIES = (
    ("merged_pair", 0.020, 4),
    ("merged_chain", 0.004, 2),
    ("lead_twice", 0.012, 3),
    ("lead_of_known_contact", 0.012, 3),
    ("contact_only", 0.090, 5),
    ("marketo_by_email", 0.030, 4),
    ("marketo_only", 0.050, 3),
    ("no_marketo", 0.100, 3),
    ("free_mail", 0.090, 4),
    ("deleted", 0.008, 2),
)
# Identities that leave a story intact: the raise reaches the CRM, and one live lead is worked.
_SAFE_IN_A_STORY = {"merged_pair", "merged_chain", "lead_twice", "marketo_by_email", "free_mail"}
_OWN_IDENTITY = {
    "sales_made_win",
    "sales_made_opportunity",
    "raise_returning_customer",
    "raise_outside_crm",
    "spam_raise",
}

_COMMITTEE = (
    ("data", "vp"),
    ("engineering", "director"),
    ("it", "manager"),
    ("data", "individual"),
    ("finance", "manager"),
    ("operations", "manager"),
)


def make_plans(world: World, rng: Random, people: int) -> list[Plan]:
    """Every person's plan, people of one company side by side."""
    plans: list[Plan] = []
    plans += _plans_of_telling_accounts(world, people)
    plans += _plans_of_shared_mailboxes(world, people)
    stories = _stories(people, people - len(plans), rng)
    identities = _identities(len(stories), rng)
    company: Company | None = None
    left = 0
    for (kind, journey), identity in zip(stories, identities, strict=True):
        if kind in ("buyer", "customer", "partner", "vendor"):
            employer_kind = {"buyer": "prospect", "vendor": "prospect"}.get(kind, kind)
            if kind == "buyer":
                if company is None or left == 0:
                    company = world.add_company("mixed")
                    left = 1 + int(rng.random() ** 2 * 9)
                left -= 1
                employer = company
            else:
                employer = world.add_company("mixed", employer_kind, has_account=kind != "vendor" or None)
            plans.append(Plan(kind, journey, _fitting(kind, journey, identity), employer))
        else:
            plans.append(Plan(kind, journey, "plain"))
    return plans[:people]


def committees_that_woke_up(people: int) -> tuple[int, int]:
    """How many enterprises woke up at some time of the past, and how many people that takes. A small world has none."""
    count = round(people * 0.005) if people >= 1_000 else 0
    return count, count * len(_COMMITTEE)


def plans_of_a_committee(world: World) -> list[Plan]:
    """The people of one enterprise that woke up together, one a little more than the others."""
    company = world.add_company("woke_up", has_account=True)
    awake = world.between(world.start + 90 * DAY, world.until - 50 * DAY)
    return [
        Plan("buyer", "woke_first" if place == 2 else "woke_up", "plain", company, function, seniority, awake)
        for place, (function, seniority) in enumerate(_COMMITTEE)
    ]


def _fitting(kind: str, journey: str, identity: str) -> str:
    if kind == "customer":
        return "contact_only"
    if journey in _OWN_IDENTITY or kind != "buyer":
        return "plain"
    if journey in ("unengaged", "light", "medium"):
        return identity if identity != "no_marketo" or journey == "unengaged" else "plain"
    return identity if identity in _SAFE_IN_A_STORY else "plain"


def _plans_of_telling_accounts(world: World, people: int) -> list[Plan]:
    plans: list[Plan] = []
    for number in range(max(2, round(people * 0.0025))):
        company = world.add_company("committee", has_account=True)
        for place, (function, seniority) in enumerate(_COMMITTEE):
            journey = "threshold_now" if place == number % 3 else "committee_member"
            plans.append(Plan("buyer", journey, "plain", company, function, seniority))
        company = world.add_company("busy_one", has_account=True)
        plans.append(Plan("buyer", "busy_one", "plain", company, "data", "individual"))
        plans += [Plan("buyer", "unengaged", "plain", company) for _ in range(4)]
    return plans if len(plans) < people * 0.4 else []


def _plans_of_shared_mailboxes(world: World, people: int) -> list[Plan]:
    plans: list[Plan] = []
    for _ in range(max(1, round(people * 0.002))):
        company = world.add_company("mixed")
        plans += [
            Plan("buyer", "light", "shared_mailbox", company),
            Plan("buyer", "unengaged", "shared_mailbox", company),
        ]
    return plans


def _stories(people: int, count: int, rng: Random) -> list[tuple[str, str]]:
    stories = [
        (kind, journey) for kind, journey, share, least in _STORIES for _ in range(max(least, round(people * share)))
    ]
    left = max(0, count - len(stories))
    buyers: list[tuple[str, str]] = []
    for journey, share in _BUYERS:
        buyers += [("buyer", journey)] * round(left * share)
    buyers += [("buyer", "unengaged")] * max(0, left - len(buyers))
    everyone = (stories + buyers[:left])[:count]
    return _shuffled(everyone, rng)


def _identities(count: int, rng: Random) -> list[str]:
    identities = [identity for identity, share, least in _IDENTITIES for _ in range(max(least, round(count * share)))]
    identities = (identities + ["plain"] * max(0, count - len(identities)))[:count]
    return _shuffled(identities, rng)


def _shuffled(values: list[T], rng: Random) -> list[T]:
    keys = [(rng.random(), place) for place in range(len(values))]
    return [values[place] for _, place in sorted(keys)]
