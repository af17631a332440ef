"""Signals, robots, copies, returns and daily caps against a plain second telling of the rules, thousands at once."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from random import Random

import pytest
from oracles.signals import Activity, Referrers, Row, Rules, Signal, over_the_cap, signals
from support.compiled import PROJECT, Warehouse, compiled_project

START = datetime(2026, 1, 5, 9)
AS_OF = "2026-06-30 18:00:00"
# Rows beside the shipped ones, so that windows, ties of kinds and names of all sorts are met.
MORE_SIGNALS = [
    "SIG-90,5,action,page_visit,url,starts_with,/campaign_x,utm_medium,is_missing,,campaign_page_viewed,false,true,,"
    "2026-02-01,2026-03-01,A page of February",
    "SIG-91,575,arrival,,referrer_host,equals,partner.example,channel,not_in,email|paid,referred_by_partner,false,false,"
    "partner,,,A friend",
    "SIG-93,588,arrival,page_visit,utm_source,is_present,,channel,is_missing,,came_marked,false,false,,,,A marked link",
    "SIG-92,585,return,,absence_days,at_least,60,,,,returned_after_long,false,false,back,2026-03-10,,Longer",
]
MORE_FILTERS = [
    "BOT-001,burst,url,contains,/product,referrer,is_missing,,3,4,hurried,2026-01-10,2026-02-10,Early in the list",
    "BOT-40,each,channel,equals,test,,,,,,test_traffic,2026-02-01,2026-03-01,Tests of February",
]
AGENTS = [None, "Mozilla/5.0", "Mozilla/5.0 (Windows NT 10.0) Firefox/127.0", "GoogleImageProxy", "curl/8.0"]
REFERRERS = [
    None,
    None,
    "https://www.google.com/",
    "https://gemini.google.com/app",
    "https://chatgpt.com/",
    "https://notchatgpt.com/?x=chatgpt.com",
    "https://docs.northwindmetrics.com/",
    "https://partner.example/list",
    "android-app://com.google.android.gm",
    "(not set)",
]
PAGES = [
    "/pricing",
    "/de/preise",
    "/product/lineage",
    "/product/alerting?a=1",
    "/campaign_x",
    "/blog/one",
    "/alternatives/x",
]
FORMS = ["Request a demo", "Download guide", "Honeypot", "Free trial", "Newsletter"]
CAMPAIGNS = {  # id: type, channel; C3 is known to nobody
    "C1": ("Webinar", "email"),
    "C2": ("Trade Show", None),
    "C4": (None, "paid"),
}
TERMS = [None, None, "northwind metrics", "RivalData pricing", "data observability", "cheap shoes"]


def seed(name: str, *more: str) -> list[dict[str, str]]:
    (path,) = (PROJECT / "seeds" / "rules").glob(f"*/{name}.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader([*lines, *more]))


def rule_rows() -> dict[str, list[dict[str, str]]]:
    return {
        "rule_signals": seed("rule_signals", *MORE_SIGNALS),
        "rule_bot_filters": seed("rule_bot_filters", *MORE_FILTERS),
    }


def generated(number: int, people: int) -> list[Activity]:
    """People who come in clusters of seconds, days and months, with all that is told of them."""
    random = Random(number)
    found: list[Activity] = []
    for person in range(people):
        at = START + timedelta(hours=random.randrange(300))
        for _ in range(random.randrange(4, 12)):
            at += timedelta(days=random.choice([0, 0, 1, 5, 29, 30, 31, 61]), seconds=random.randrange(7200))
            moment = at
            shape = random.choice(["visits", "visits", "mail", "mail", "forms", "other"])
            mail = random.choice(["mail-1", "mail-2"])
            campaign = random.choice([None, "C1", "C2"])
            agent, referrer = random.choice(AGENTS), random.choice(REFERRERS)
            for _ in range(random.choice([1, 1, 2, 3, 5, 9, 12, 14])):
                moment += timedelta(milliseconds=random.choice([0, 0, 300, 1000, 1000, 1000, 2000, 3000, 40_000]))
                found.append(one_of(random, len(found), f"P{person}", shape, moment, mail, campaign, agent, referrer))
    for number in range(people):
        campaign = random.choice(["C1", "C2", "C3", "C4"])
        found.append(
            Activity(
                key=f"M{number}",
                person=f"P{random.randrange(people)}",
                activity_type="campaign_response",
                at=START + timedelta(days=random.randrange(100)),
                precision=random.choice(["exact", "day"]),
                campaign=campaign,
                asset_id=campaign,
                source="campaign_response",
            )
        )
    return [of_its_campaign(activity) for activity in found if activity.at <= datetime.fromisoformat(AS_OF)]


def of_its_campaign(activity: Activity) -> Activity:
    if activity.campaign not in CAMPAIGNS:
        return activity
    kind, channel = CAMPAIGNS[activity.campaign]
    name = f"Campaign {activity.campaign}" if activity.source == "campaign_response" else activity.asset_name
    return replace(activity, campaign_type=kind, campaign_channel=channel, asset_name=name)


def one_of(
    random: Random,
    number: int,
    person: str,
    shape: str,
    at: datetime,
    mail: str,
    campaign: str | None,
    agent: str | None,
    referrer: str | None,
) -> Activity:
    common = {"key": f"K{number}", "person": person, "is_bot": random.random() < 0.02}
    if random.random() < 0.03:
        return Activity(
            **common,
            activity_type="page_visit",
            at=datetime(at.year, at.month, at.day),
            precision="day",
            url="/pricing",
        )
    if shape == "visits":
        return Activity(
            **common,
            activity_type=random.choice(["page_visit", "Page Visit"]),
            at=at,
            url=random.choice(PAGES),
            referrer=referrer,
            search_term=random.choice(TERMS),
            utm_source=random.choice([None, None, "ChatGPT", "newsletter"]),
            utm_medium=random.choice([None, "cpc"]),
            utm_campaign=random.choice([None, "observability-brand", "rebranding"]),
            channel=random.choice([None, "paid", "test"]),
            user_agent=agent,
        )
    if shape == "mail":
        kind = random.choice(["email_send", "email_open", "email_click", "email_click", "Email Opened"])
        url = f"/go/{random.randrange(4)}" if kind == "email_click" else None
        asset = random.choice([mail, mail, None, f"link{url}"]) if kind == "email_click" else mail
        return Activity(
            **common, activity_type=kind, at=at, asset_id=asset, url=url, campaign=campaign, user_agent=agent
        )
    if shape == "forms":
        return Activity(
            **common,
            activity_type="form_fill",
            at=at,
            asset_name=random.choice(FORMS),
            user_agent=agent,
            referrer=referrer,
        )
    return Activity(**common, activity_type=random.choice(["fax", "email_bounced", "careers", "product_usage"]), at=at)


def built(activities: list[Activity], rule_rows: dict[str, list[dict[str, str]]]) -> Warehouse:
    warehouse = compiled_project("generic").warehouse()
    warehouse.load_seeds(rule_rows)
    responses = [activity for activity in activities if activity.source == "campaign_response"]
    warehouse.put("int_campaign_members_identified", [responded(response) for response in responses] + NO_RESPONSES)
    warehouse.put(
        "int_campaigns_conformed",
        [
            {"campaign_id": key, "campaign_name": f"Campaign {key}", "campaign_type": kind, "channel": channel}
            for key, (kind, channel) in CAMPAIGNS.items()
        ],
    )
    others = [activity for activity in activities if activity.source == "activity"]
    warehouse.put("int_activities_identified", [landed(activity) for activity in others])
    warehouse.run("fct_score_points_dropped", "int_engagement_points_awarded", as_of=AS_OF)
    return warehouse


def landed(activity: Activity) -> dict[str, object]:
    row = asdict(activity)
    renamed = {"key": "activity_key", "person": "person_id", "at": "occurred_at", "precision": "occurred_at_precision"}
    row = {renamed.get(name, name): value for name, value in row.items()}
    row["campaign_id"] = row.pop("campaign")
    row["source_activity_id"] = activity.key
    del row["campaign_type"], row["campaign_channel"], row["source"]
    return row


def responded(response: Activity) -> dict[str, object]:
    return {
        "campaign_member_key": response.key,
        "person_id": response.person,
        "campaign_id": response.campaign,
        "has_responded": True,
        "responded_at": response.at,
        "responded_at_precision": response.precision,
    }


# Members who did not respond, or nobody knows when: no signals.
NO_RESPONSES: list[dict[str, object]] = [
    {
        "campaign_member_key": "N1",
        "person_id": "P1",
        "campaign_id": "C1",
        "has_responded": False,
        "responded_at": START,
    },
    {"campaign_member_key": "N2", "person_id": "P1", "campaign_id": "C1", "has_responded": True},
]


def told(signal: Signal) -> dict[str, object]:
    return {
        "signal_id": signal.signal_id,
        "person_id": signal.person,
        "signal_name": signal.name,
        "occurred_at": signal.at,
        "source_activity_id": signal.activity,
        "asset_id": signal.asset,
        "content_topic": signal.topic,
        "is_hand_raise": signal.is_hand_raise,
        "is_counted": signal.dropped is None,
        "dropped_reason": signal.dropped,
        "signal_kind": signal.kind,
        "signal_rule_id": signal.rule,
        "referrer_kind": signal.referrer_kind,
    }


def compared(number: int, people: int) -> Counter[str]:
    """Every signal of a generated landing, and every point kept or capped; returns what it met."""
    rows = rule_rows()
    rules = Rules(
        rows["rule_signals"], rows["rule_bot_filters"], Referrers(seed("rule_referrers"), seed("rule_own_domains"))
    )
    activities = generated(number, people)
    expected = {signal.signal_id: told(signal) for signal in signals(activities, rules)}
    points: list[Row] = list(seed("rule_score_points"))
    earning, capped = over_the_cap(signals(activities, rules), points)
    with built(activities, rows) as warehouse:
        found = {row["signal_id"]: row for row in warehouse.rows("fct_signals")}
        assert found.keys() == expected.keys()
        wrong = [
            (expected[key], {name: row[name] for name in expected[key]})
            for key, row in found.items()
            if expected[key] != {name: row[name] for name in expected[key]}
        ]
        assert wrong == []
        for model, rows_expected in (("int_engagement_points_awarded", earning), ("fct_score_points_dropped", capped)):
            rows_found = [(r["scoring_model"], r["rule_id"], r["signal_id"]) for r in warehouse.rows(model)]
            assert len(rows_found) == len(set(rows_found))
            assert set(rows_found) == rows_expected, model
    met = Counter(str(row["dropped_reason"]) for row in expected.values())
    met.update(str(row["signal_name"]) for row in expected.values() if row["signal_kind"] != "action")
    met["activities"] = len(activities)
    met["capped"] = len(capped)
    return met


def test_signals_are_those_of_the_oracle() -> None:
    met = compared(number=1, people=150)
    assert met["activities"] > 4_000
    for what in (
        *(
            "bot",
            "proxy_open",
            "spam",
            "burst",
            "hurried",
            "all_links",
            "opened_on_arrival",
            "test_traffic",
            "duplicate",
        ),
        *(
            "referred_by_ai_assistant",
            "referred_by_partner",
            "came_marked",
            "searched_our_name",
            "searched_a_competitor",
        ),
        *("returned_after_absence", "returned_after_long", "capped", "None"),
    ):
        assert met[what] > 0, what


@pytest.mark.long
@pytest.mark.parametrize("number", range(2, 12))
def test_signals_are_those_of_the_oracle_in_many_worlds(number: int) -> None:
    assert compared(number, people=400)["activities"] > 10_000
