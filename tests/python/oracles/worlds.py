"""Small worlds of generic input with the timing that breaks calendars and cycles: ties, boundaries, disorder."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

AS_OF = datetime(2026, 6, 30, 18, 0, 0)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)

Row = dict[str, str]

HUMANS = ["rep-1", "rep-2", "rep-3", "rep-4"]
INACTIVE = "rep-gone"
UNKNOWN = "rep-nobody-told"
ROBOTS = ["robot-1"]
QUEUE = "00G5g000004XyzA"
OWNERS = [*HUMANS, *HUMANS, INACTIVE, UNKNOWN, *ROBOTS, QUEUE, QUEUE]

# How long after the event before: ties, seconds, the edges of every rule of the shipped policies, and the dull middle.
STEPS = [
    *[timedelta(0)] * 5,
    *[SECOND] * 2,
    timedelta(minutes=1),
    timedelta(minutes=7),
    timedelta(minutes=40),
    timedelta(hours=2),
    timedelta(hours=9),
    timedelta(hours=24) - SECOND,
    timedelta(hours=24),
    timedelta(hours=24) + SECOND,
    timedelta(hours=30),
    3 * DAY,
    8 * DAY,
    20 * DAY,
    30 * DAY - SECOND,
    30 * DAY,
    45 * DAY,
    60 * DAY,
    90 * DAY,
]
HAND_RAISES = ["demo_requested", "contact_requested", "pricing_requested"]
STRONG = ["trial_started", "webinar_attended", "event_attended", "content_downloaded", "pricing_page_viewed"]
WEAK = ["blog_page_viewed", "page_viewed", "email_opened", "email_unsubscribed", "careers_page_viewed", "unheard_of"]
STATUSES = [
    *["New", "MQL", "Zombie status"],
    *["Accepted", "Working", "SAL"] * 3,
    *["Qualified", "Closed - Converted"],
    *["Rejected", "Unqualified", "Nurture", "Recycled", "Duplicate", "Spam", "Recalled", "Existing customer"],
    *["Rejected", "Nurture", "Open - Not Contacted"],
    *["Closed Won", "Closed Lost"],
]
TITLES = ["VP Data", "Head of Data Engineering", "Data Engineer", "Director of Analytics", "HR Manager", "Student"]
INDUSTRIES = ["Software", "Banking", "Agriculture", ""]


def stamp(moment: datetime, *, by_day: bool = False) -> str:
    return moment.strftime("%Y-%m-%d") if by_day else moment.strftime("%Y-%m-%d %H:%M:%S")


@dataclass
class World:
    seed: int
    people: int
    random: random.Random = field(init=False)
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def add(self, table: str, **cells: str) -> None:
        self.tables.setdefault(table, []).append(cells)

    def made(self) -> World:
        self._reps()
        self._accounts()
        for number in range(self.people):
            self._person(number)
        for number in range(self.people // 20):
            self._committee(number)
        return self

    def write(self, folder: Path, *, shuffled: int | None = None) -> Path:
        """The tables as CSV; with `shuffled`, the same rows in another order."""
        folder.mkdir(parents=True)
        for table, rows in self.tables.items():
            columns = sorted({column for row in rows for column in row})
            ordered = list(rows)
            if shuffled is not None:
                random.Random(shuffled).shuffle(ordered)
            with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(ordered)
        return folder

    def _reps(self) -> None:
        for number, rep in enumerate(HUMANS):
            team = ["SDR Americas", "SDR EMEA", "SDR APAC", "SDR EMEA"][number]
            self.add("reps", rep_id=rep, rep_name=f"R{number}", team=team, is_active="true", is_automation="false")
        self.add("reps", rep_id=INACTIVE, rep_name="Gone", team="SDR EMEA", is_active="false", is_automation="false")
        self.add("reps", rep_id=ROBOTS[0], rep_name="Robot", team="", is_active="true", is_automation="true")

    def _accounts(self) -> None:
        for number in range(12):
            self.add(
                "accounts",
                account_id=f"acc-{number}",
                account_name=f"Account {number}",
                domain=f"account{number}.io",
                account_type="Customer" if number == 0 else "Prospect",
                industry=self.random.choice(INDUSTRIES),
                employee_count=str(self.random.choice([50, 400, 5000])),
                owner_id=self.random.choice(["rep-1", "rep-2", INACTIVE, ROBOTS[0], ""]),
                is_target_account=self.random.choice(["true", "false"]),
                created_at="2024-06-01 00:00:00",
            )

    def _person(self, number: int) -> None:
        choose = self.random.choice
        chance = self.random.random
        records = [f"p{number:04d}"]
        domain = choose([f"account{self.random.randrange(12)}.io", f"company{number}.com", "gmail.com"])
        if chance() < 0.04:
            domain = "gmail.com"
        email = f"person{number}@{domain}"
        start = datetime(2024, 11, 20) + timedelta(seconds=self.random.randrange(540 * 86400))
        created = start - choose([timedelta(0), DAY, 10 * DAY])
        account = f"acc-{self.random.randrange(12)}" if chance() < 0.3 else ""
        if chance() < 0.12:
            records.append(f"p{number:04d}b")  # the same address: one person of two records
        person = {
            "record_type": "lead",
            "email": email,
            "job_title": choose(TITLES[:4]) if chance() < 0.85 else choose(TITLES),
            "company_name": f"Company {number}",
            "industry": INDUSTRIES[0] if chance() < 0.6 else choose(INDUSTRIES),
            "country": "United States",
            "employee_count": str(choose([20, 300, 4000])),
            "lead_source": choose(["Web", "Paid Search", ""]),
            "account_id": account,
        }
        if random.Random(f"opt-out {self.seed} {number}").random() < 0.2:  # a die of its own: the stories stay
            person["is_email_opt_out"] = "true"
        for record in records:
            self.add("people", **person, record_id=record, created_at=stamp(created), status="", owner_id="")
        self._story(number, records, start)

    def _story(self, number: int, records: list[str], start: datetime) -> None:
        choose = self.random.choice
        now = start
        for step in range(self.random.randrange(6, 40)):
            now += choose(STEPS)
            moment = now if self.random.random() > 0.06 else now - choose(STEPS)
            if now > AS_OF + 5 * DAY:
                break
            self._event(f"{number:04d}-{step:02d}-{self.random.randrange(1000):03d}", choose(records), moment)

    def _committee(self, number: int) -> None:
        """An account whose people take an interest together, twice, without asking; sales takes up what it is given."""
        choose = self.random.choice
        self.add(
            "accounts",
            account_id=f"com-{number}",
            account_name=f"Committee {number}",
            domain=f"committee{number}.io",
            account_type="Prospect",
            industry="Software",
            employee_count=str(choose([400, 5000])),
            owner_id=choose(["rep-1", ""]),
            is_target_account="false",
            created_at="2024-06-01 00:00:00",
        )
        begin = datetime(2025, 1, 10) + timedelta(seconds=self.random.randrange(300 * 86400))
        waves = [begin, begin + choose([40 * DAY, 90 * DAY, 120 * DAY])]
        for place, title in enumerate([*TITLES[:4], "Procurement Manager", *TITLES[:2]]):
            record = f"c{number:03d}{place}"
            self.add(
                "people",
                record_id=record,
                record_type="contact",
                email="" if place == 6 else f"{record}@committee{number}.io",
                job_title=title,
                company_name=f"Committee {number}",
                industry="Software",
                country="United States",
                employee_count="5000",
                lead_source="Web",
                account_id=f"com-{number}",
                created_at=stamp(choose([begin, begin, waves[1]])),
                status="",
                owner_id="",
            )
            for wave, since in enumerate(waves):
                moment = since
                for step in range(self.random.randrange(1, 5)):
                    moment += choose([timedelta(0), SECOND, timedelta(hours=5), 2 * DAY, 3 * DAY])
                    self._activity(f"{record}-{wave}{step}", record, moment, choose(STRONG), False)
                if self.random.random() < 0.5:
                    self.add(
                        "status_changes",
                        change_id=f"s{record}-{wave}",
                        record_id=record,
                        changed_at=stamp(moment + choose([SECOND, 2 * DAY, 20 * DAY])),
                        new_status=choose(["Rejected", "Nurture", "Working", "Accepted"]),
                    )

    def _event(self, key: str, record: str, moment: datetime) -> None:
        choose = self.random.choice
        chance = self.random.random()
        by_day = self.random.random() < 0.04
        if chance < 0.12:
            self._activity(key, record, moment, choose(HAND_RAISES), by_day)
        elif chance < 0.34:
            self._activity(key, record, moment, choose(STRONG), by_day)
        elif chance < 0.40:
            self._activity(key, record, moment, choose(WEAK), by_day)
        elif chance < 0.60:
            self.add(
                "status_changes",
                change_id=f"s{key}",
                record_id=record,
                changed_at=stamp(moment, by_day=by_day),
                new_status=choose(STATUSES),
            )
        elif chance < 0.72:
            self.add(
                "assignments",
                assignment_id=f"a{key}",
                record_id=record,
                assigned_at=stamp(moment),
                new_owner_id=choose(OWNERS),
            )
        elif chance < 0.93:
            self._touch(key, record, moment, by_day)
        else:
            self._deal(key, record, moment, by_day)

    def _activity(self, key: str, record: str, moment: datetime, kind: str, by_day: bool) -> None:
        self.add(
            "activities",
            activity_id=f"v{key}",
            record_id=record,
            activity_type=kind,
            occurred_at=stamp(moment, by_day=by_day),
            asset_id=self.random.choice(["a1", "a2", "a3"]),
            is_bot="true" if self.random.random() < 0.03 else "",
        )

    def _touch(self, key: str, record: str, moment: datetime, by_day: bool) -> None:
        choose = self.random.choice
        done = self.random.random() < 0.8
        self.add(
            "touches",
            touch_id=f"t{key}",
            record_id=record,
            rep_id=choose([*HUMANS, *HUMANS, INACTIVE, UNKNOWN, *ROBOTS]),
            touch_type=choose(["call", "call", "email", "email", "meeting", "task", "other"]),
            occurred_at=stamp(moment - choose([timedelta(0), DAY]), by_day=by_day),
            completed_at=stamp(moment, by_day=by_day) if done else "",
            is_completed="true" if done else "false",
            is_automated="true" if self.random.random() < 0.1 else "",
        )

    def _deal(self, key: str, record: str, moment: datetime, by_day: bool) -> None:
        choose = self.random.choice
        closes = self.random.random() < 0.6
        self.add(
            "opportunities",
            opportunity_id=f"o{key}",
            account_id=f"acc-{self.random.randrange(12)}" if self.random.random() < 0.05 else "",
            created_at=stamp(moment, by_day=by_day),
            stage="Closed" if closes else "Open",
            amount="1000",
            currency="USD",
            closed_at=stamp(moment + choose(STEPS)) if closes else "",
            is_closed="true" if closes else "false",
            is_won=choose(["true", "false"]) if closes else "false",
        )
        self.add("opportunity_contacts", opportunity_id=f"o{key}", record_id=record, role="Champion", is_primary="true")
