"""Accounts that become ready again and again, with the timing that breaks a walk: ties to the second, open cycles that
end as the account becomes ready, cool-downs to their last second, people known or excluded from that very second on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from oracles.lifecycle import OPEN_END, Account, Deal, Instant, Person, Ready, Score, Step, UnitRule

AS_OF = datetime(2026, 6, 30, 18, 0, 0)
BEGIN = datetime(2025, 9, 1, 9, 0, 0)
SECOND = timedelta(seconds=1)
# The model of the day changes here, and one of the unit rules.
CHANGE = datetime(2026, 1, 15, 9, 0, 0)
MODELS = (("first", datetime(1900, 1, 1), CHANGE), ("second", CHANGE, OPEN_END))
ENGAGEMENT_BANDS = ((60, "1"), (40, "2"), (25, "3"), (0, "4"))
POINTS = [0, 24, 25, 39, 40, 40, 60, 60, 61, 100]
SEGMENTS = ["smb", "mid_market", "enterprise"]
# Gaps between the moments of an account: ties, seconds, and the days that cycles wait for, a second before and after.
GAPS = [
    *[timedelta(0)] * 2,
    *[SECOND] * 3,
    timedelta(hours=3),
    timedelta(days=1),
    timedelta(days=5),
    timedelta(days=29),
    *[timedelta(days=30) - SECOND, timedelta(days=30), timedelta(days=30) + SECOND],
    *[timedelta(days=45), timedelta(days=60), timedelta(days=90)],
]
UNITS = (
    UnitRule("smb", None, None, "account", "", "", datetime(1900, 1, 1), CHANGE),
    UnitRule("mid_market", Decimal(50000), None, "account", "B", "2", datetime(1900, 1, 1), OPEN_END),
    UnitRule("", None, 3, "account", "C", "3", CHANGE, OPEN_END),
    UnitRule("enterprise", None, None, "account", "", "4", datetime(1900, 1, 1), CHANGE),
    UnitRule("", None, None, "person", "C", "3", datetime(1900, 1, 1), OPEN_END),
)


@dataclass(frozen=True)
class State:
    """What somebody's engagement is from one moment to the next, by either model."""

    since: datetime
    until: datetime
    points: tuple[int, int]


@dataclass(frozen=True)
class Made:
    """An account, and what its people's scores come from."""

    account_id: str
    account: Account
    states: dict[str, list[State]]
    fit_bands: dict[str, tuple[str, str]]


def model_at(moment: datetime) -> int:
    return 0 if moment < CHANGE else 1


def score_at(states: list[State], fit_bands: tuple[str, str], moment: datetime) -> Score:
    model = model_at(moment)
    points = next((state.points[model] for state in states if state.since <= moment < state.until), 0)
    band = next(band for least, band in ENGAGEMENT_BANDS if points >= least)
    return Score(MODELS[model][0], fit_bands[model], band, Decimal(points))


def accounts(seed: int, count: int) -> list[Made]:
    return [_account(random.Random(f"{seed}-{number}"), f"a{number:05d}") for number in range(count)]


def _account(chance: random.Random, account_id: str) -> Made:
    moments = [BEGIN + timedelta(days=chance.randrange(60))]
    while moments[-1] < AS_OF and len(moments) < 30:
        moments.append(moments[-1] + chance.choice(GAPS))
    if chance.random() < 0.2:
        moments[-1] = AS_OF
    times = [moment for moment in [*moments, CHANGE] if moment <= AS_OF]
    edges = sorted(chance.sample(sorted(set(times)), min(len(set(times)), chance.randrange(10))))
    ready = []
    for number in range(0, len(edges), 2):
        until = edges[number + 1] if number + 1 < len(edges) else OPEN_END
        ready.append(Ready(edges[number], until, chance.choice(["exact", "exact", "day"]), f"{account_id} {number}"))
    amounts = [
        (chance.choice(times), Decimal(chance.choice([49999, 50000, 80000]))) for _ in range(chance.randrange(3))
    ]
    people, states, fit_bands = [], {}, {}
    for number in range(chance.choice([1, 2, 2, 3, 4, 6])):
        person_id = f"{account_id}p{number}"
        turns = sorted({BEGIN, *(chance.choice(times) for _ in range(chance.randrange(4)))})
        states[person_id] = [
            State(since, until, (chance.choice(POINTS), chance.choice(POINTS)))
            for since, until in zip(turns, [*turns[1:], OPEN_END], strict=True)
        ]
        fit_bands[person_id] = (chance.choice("ABCD"), chance.choice("ABCD"))
        scores = {one.since: score_at(states[person_id], fit_bands[person_id], one.since) for one in ready}
        people.append(_person(chance, person_id, times, scores, states[person_id], fit_bands[person_id]))
    return Made(account_id, Account(tuple(ready), tuple(amounts), tuple(people)), states, fit_bands)


def _person(
    chance: random.Random,
    person_id: str,
    times: list[datetime],
    scores: dict[datetime, Score],
    states: list[State],
    fit_bands: tuple[str, str],
) -> Person:
    instants = [
        Instant(
            at,
            chance.choice(["exact", "exact", "exact", "day"]),
            f"{person_id}-{at:%Y%m%d%H%M%S}",
            chance.random() < 0.2,
            chance.random() < 0.5,
            score_at(states, fit_bands, at),
        )
        for at in sorted({chance.choice(times) for _ in range(chance.randrange(9))})
    ]
    statuses = ["inquiry", "mql", "accepted", "working", "rejected", "rejected", "recycled", "disqualified", "won"]
    changes = []
    for number in range(chance.randrange(5)):
        at = chance.choice(times) + chance.choice([timedelta(0), timedelta(0), SECOND, timedelta(days=2)])
        if at <= AS_OF:
            changes.append(Step(at, "exact", chance.choice(statuses), "", f"{person_id}-{number}"))
    deals = []
    if chance.random() < 0.15:
        at = chance.choice(times)
        closed_at = chance.choice([None, *(time for time in times if time >= at)])
        deals.append(Deal(f"{person_id}-o", at, "exact", closed_at, closed_at is not None and chance.random() < 0.5))
    return Person(
        person_id,
        chance.choice(SEGMENTS),
        tuple(instants),
        tuple(changes),
        tuple(deals),
        (chance.choice(times),) if chance.random() < 0.1 else (),
        None if chance.random() < 0.05 else chance.choice([BEGIN, BEGIN, BEGIN, chance.choice(times)]),
        chance.random() < 0.9,
        scores,
    )
