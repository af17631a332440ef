"""Which signals a set of activities makes, and which of them count: a second telling, from the rules' own words.

Activities and rule rows in, signals out. Shares no code with the project; written from docs/reference/rules.md and the
decision on signals. Everything is done the slow and plain way: each question is put to each activity, each window of
seconds is looked through.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

Row = Mapping[str, str]
OPEN = (datetime(1900, 1, 1), datetime(9999, 12, 31))


@dataclass(frozen=True)
class Activity:
    """What somebody did, as the source tells it. None where it says nothing."""

    key: str
    person: str
    activity_type: str
    at: datetime
    precision: str = "exact"
    channel: str | None = None
    campaign: str | None = None
    campaign_type: str | None = None
    asset_id: str | None = None
    asset_name: str | None = None
    url: str | None = None
    referrer: str | None = None
    search_term: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    user_agent: str | None = None
    is_bot: bool = False
    source: str = "activity"  # or campaign_response
    campaign_channel: str | None = None

    @property
    def name(self) -> str:
        return re.sub(r"[^a-z0-9]+", "_", self.activity_type.lower()).strip("_")

    @property
    def asset(self) -> str | None:
        return self.asset_id or self.asset_name or (re.split(r"[?#]", self.url)[0] if self.url else None)

    @property
    def second(self) -> datetime:
        return self.at.replace(microsecond=0)


@dataclass(frozen=True)
class Signal:
    """One signal of an activity and what became of it."""

    signal_id: str
    activity: str
    kind: str
    person: str
    name: str
    rule: str | None
    at: datetime
    asset: str | None
    topic: str | None
    is_hand_raise: bool
    referrer_kind: str | None
    dropped: str | None


def key_of(*parts: str) -> str:
    return hashlib.md5("|".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def window(row: Row) -> tuple[datetime, datetime]:
    begin, end = row.get("effective_from"), row.get("effective_until")
    return (
        datetime.fromisoformat(begin) if begin else OPEN[0],
        datetime.fromisoformat(end) if end else OPEN[1],
    )


def in_force(row: Row, at: datetime) -> bool:
    begin, end = window(row)
    return begin <= at < end


def holds(operator: str, value: str, text: str | None) -> bool:
    if operator == "is_missing":
        return text is None
    if text is None:
        return False
    value = value.lower() if operator != "matches" else value
    tests: dict[str, Callable[[], bool]] = {
        "is_present": lambda: True,
        "equals": lambda: text == value,
        "not_equals": lambda: text != value,
        "in": lambda: text in value.split("|"),
        "not_in": lambda: text not in value.split("|"),
        "contains": lambda: value in text,
        "starts_with": lambda: text.startswith(value),
        "word": lambda: f" {value} " in " " + re.sub(r"(?:[^\w&+]|_)+", " ", text) + " ",
        "matches": lambda: re.search(value, text) is not None,
    }
    return tests[operator]()


class Referrers:
    """Kinds of sites by host."""

    def __init__(self, listed: Iterable[Row], own_domains: Iterable[Row]) -> None:
        self.kinds = {row["domain"].lower(): row["referrer_kind"] for row in listed}
        self.kinds |= {row["domain"].lower(): "own" for row in own_domains if row["domain_kind"] == "own"}

    def of(self, referrer: str | None) -> tuple[str | None, str | None, str | None]:
        """Host, domain and kind of a referrer."""
        if referrer is None:
            return None, None, None
        text = referrer.strip().lower()
        host = urlsplit(text if "://" in text else f"//{text}").hostname
        if host is None or "." not in host.strip(".") or re.search(r"[\s,;()<>\"\\]", host):
            return None, None, "other"
        labels = host.split(".")
        for place in range(len(labels)):
            ending = ".".join(labels[place:])
            if ending in self.kinds:
                return host, ending, self.kinds[ending]
        return host, host, "other"


@dataclass(frozen=True)
class Rules:
    """The rows of the four seeds, as text."""

    signals: Sequence[Row]
    bot_filters: Sequence[Row]
    referrers: Referrers

    def field(self, activity: Activity, name: str) -> str | None:
        host, _, kind = self.referrers.of(activity.referrer)
        known = {
            "activity_type": activity.name,
            "asset_name": activity.asset_name,
            "asset_id": activity.asset,
            "url": activity.url,
            "referrer": activity.referrer,
            "referrer_host": host,
            "referrer_kind": kind,
            "search_term": activity.search_term,
            "utm_source": activity.utm_source,
            "utm_medium": activity.utm_medium,
            "utm_campaign": activity.utm_campaign,
            "campaign_type": activity.campaign_type,
            "channel": activity.channel or activity.campaign_channel,
            "user_agent": activity.user_agent,
            "is_bot": "true" if activity.is_bot else "false",
        }
        text = known[name]
        return text.lower() if text is not None else None

    def met(self, row: Row, activity: Activity) -> bool:
        """Whether a row in force asks for such an activity."""
        if not in_force(row, activity.at):
            return False
        if row.get("activity_type") and row["activity_type"] != activity.name:
            return False
        first = not row["match_field"] or holds(row["operator"], row["value"], self.field(activity, row["match_field"]))
        also = row.get("also_match_field")
        return first and (
            not also or holds(row["also_operator"], row["also_value"], self.field(activity, row["also_match_field"]))
        )


def bots(activities: Sequence[Activity], rules: Rules) -> dict[str, str]:
    """The reason of each activity that a filter catches; the first filter by id says it."""
    caught: dict[str, list[tuple[str, str]]] = defaultdict(list)
    suspects: dict[str, list[Activity]] = {}
    for row in rules.bot_filters:
        matching = [activity for activity in activities if rules.met(row, activity)]
        if row["filter_kind"] == "each":
            for activity in matching:
                caught[activity.key].append((row["bot_filter_id"], row["dropped_reason"]))
        else:
            suspects[row["bot_filter_id"]] = matching
    alone = set(caught)
    sent = [
        activity
        for activity in activities
        if activity.precision == "exact" and named(activity, rules, "action")[0] == "email_sent"
    ]
    for row in rules.bot_filters:
        if row["filter_kind"] == "each":
            continue
        width = timedelta(seconds=int(row["window_seconds"]))
        left = [
            activity
            for activity in suspects[row["bot_filter_id"]]
            if activity.precision == "exact" and activity.key not in alone
        ]
        groups: dict[object, list[Activity]] = defaultdict(list)
        for activity in left:
            groups[activity.person if row["filter_kind"] != "mail_links" else (activity.person, mail(activity))].append(
                activity
            )
        found: set[str] = set()
        for group in groups.values():
            if row["filter_kind"] == "after_sending":
                found |= {one.key for one in group if any(answers(one, mail_sent, width) for mail_sent in sent)}
                continue
            for start in {one.second for one in group}:
                together = [one for one in group if start <= one.second < start + width]
                things = {
                    link(one) if row["filter_kind"] == "mail_links" else (one.second, one.name, one.asset, one.url)
                    for one in together
                }
                if len(things) >= int(row["min_count"]):
                    found |= {one.key for one in together}
        for key in found:
            caught[key].append((row["bot_filter_id"], row["dropped_reason"]))
    return {key: min(reasons)[1] for key, reasons in caught.items()}


def link(activity: Activity) -> str | None:
    return activity.url or activity.asset_name or activity.asset


def mail(activity: Activity) -> str:
    if activity.campaign:
        return activity.campaign
    asset = activity.asset
    return asset if asset is not None and not (activity.url or "").startswith(asset) else ""


def answers(one: Activity, sent: Activity, width: timedelta) -> bool:
    same_asset = one.asset is not None and one.asset == sent.asset
    same_campaign = one.campaign is not None and one.campaign == sent.campaign
    in_time = sent.second <= one.second < sent.second + width
    return one.person == sent.person and in_time and (same_asset or same_campaign)


def named(activity: Activity, rules: Rules, kind: str) -> tuple[str, Row | None]:
    """The name that the first row of a kind gives, and the row."""
    fitting = [row for row in rules.signals if row["signal_kind"] == kind and rules.met(row, activity)]
    row = min(fitting, key=lambda one: (int(one["sort_order"]), one["signal_rule_id"]), default=None)
    return (row["signal_name"] if row else activity.name), row


def signals(activities: Sequence[Activity], rules: Rules) -> list[Signal]:
    """Every signal, the dropped ones with their reason."""
    robots = bots(activities, rules)
    found: list[tuple[Signal, bool]] = []
    for activity in activities:
        activity_id = key_of(activity.source, activity.key)
        _, domain, kind = rules.referrers.of(activity.referrer)
        for what in ("action", "arrival"):
            name, row = named(activity, rules, what)
            if row is None and what == "arrival":
                continue
            origin = domain or (activity.utm_source.lower() if activity.utm_source else None) or activity.asset
            signal = Signal(
                signal_id=activity_id if what == "action" else key_of("arrival", activity_id),
                activity=activity.key,
                kind=what,
                person=activity.person,
                name=name,
                rule=row["signal_rule_id"] if row else None,
                at=activity.at,
                asset=activity.asset if what == "action" else origin,
                topic=(row["content_topic"] or None) if row else None,
                is_hand_raise=bool(row) and row is not None and row["is_hand_raise"] == "true",
                referrer_kind=kind,
                dropped=robots.get(activity.key),
            )
            found.append((signal, row is not None and row["is_own_activity"] == "true"))
    screened = without_copies(found)
    return [signal for signal, _ in screened] + returns(screened, rules)


def without_copies(found: Sequence[tuple[Signal, bool]]) -> list[tuple[Signal, bool]]:
    first: dict[object, tuple[bool, str]] = {}
    for signal, _ in found:
        place = (signal.person, signal.name, signal.asset, signal.at.replace(microsecond=0))
        rank = (signal.dropped is not None, signal.signal_id)
        first[place] = min(first.get(place, rank), rank)
    kept = []
    for signal, is_own in found:
        place = (signal.person, signal.name, signal.asset, signal.at.replace(microsecond=0))
        is_copy = first[place][1] != signal.signal_id
        dropped = signal.dropped or ("duplicate" if is_copy else None)
        kept.append((Signal(**{**signal.__dict__, "dropped": dropped}), is_own))
    return kept


def returns(screened: Sequence[tuple[Signal, bool]], rules: Rules) -> list[Signal]:
    by_person: dict[str, list[Signal]] = defaultdict(list)
    for signal, is_own in screened:
        if is_own and signal.dropped is None:
            by_person[signal.person].append(signal)
    rows = sorted(
        (row for row in rules.signals if row["signal_kind"] == "return"),
        key=lambda row: (int(row["sort_order"]), row["signal_rule_id"]),
    )
    found = []
    for own in by_person.values():
        own.sort(key=lambda signal: (signal.at, signal.signal_id))
        for before, now in pairwise(own):
            days = (now.at.date() - before.at.date()).days
            row = next((row for row in rows if in_force(row, now.at) and days >= int(row["value"])), None)
            if row is not None:
                found.append(
                    Signal(
                        signal_id=key_of("return", now.signal_id),
                        activity=now.activity,
                        kind="return",
                        person=now.person,
                        name=row["signal_name"],
                        rule=row["signal_rule_id"],
                        at=now.at,
                        asset=None,
                        topic=row["content_topic"] or None,
                        is_hand_raise=False,
                        referrer_kind=now.referrer_kind,
                        dropped=None,
                    )
                )
    return found


def over_the_cap(found: Iterable[Signal], points: Iterable[Row]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """(scoring model, rule, signal) that earn points, and those that a daily cap keeps from it."""
    rules: dict[str, list[Row]] = defaultdict(list)
    for row in points:
        if row["rule_kind"] == "engagement":
            rules[row["signal_name"]].append(row)
    taken: dict[object, int] = defaultdict(int)
    earning, capped = set(), set()
    for signal in sorted((one for one in found if one.dropped is None), key=lambda one: (one.at, one.signal_id)):
        for row in rules[signal.name]:
            place = (signal.person, row["scoring_model"], row["rule_id"], signal.asset, signal.at.date())
            taken[place] += 1
            is_over = bool(row["daily_cap"]) and taken[place] > int(row["daily_cap"])
            (capped if is_over else earning).add((row["scoring_model"], row["rule_id"], signal.signal_id))
    return earning, capped
