"""What became of one handoff, clock by clock, in words that a manager can read out.

Reads the published files only: the clocks, the calendars' openings, and run.json for the policies' reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from handoff.drafts import Publication, publication
from handoff.errors import CouldNotRun

Row = dict[str, Any]
Span = tuple[datetime, datetime]
SHOWN_CLOSINGS = 8
NEVER = datetime(9999, 12, 31)
CLOCK_NAMES = {
    "assignment": "Assignment: from the handoff until somebody owns it",
    "speed_to_lead": "Speed to lead: from the handoff until anybody touches them",
    "first_touch": "First touch: from the day it is theirs until the owner touches them",
    "acceptance": "Acceptance: from the assignment until sales accepts or sends back",
    "meeting": "Meeting: from the handoff until a meeting is held",
}
WHOSE = {"rep": "the rep's own calendar", "team": "the team's calendar", "policy": "the policy's calendar"}
STOPS = {
    "assignment": "assigned",
    "speed_to_lead": "touched",
    "first_touch": "touched by the owner",
    "acceptance": "decided by sales",
    "meeting": "meeting held",
}
MISSED = {
    "assignment": "nobody owned it",
    "speed_to_lead": "nobody had touched them",
    "first_touch": "the owner had not touched them",
    "acceptance": "sales had not decided",
    "meeting": "no meeting was held",
}
EXCUSES = {
    "time_unknown": "the time of what stopped it is known by its day only",
    "reassigned": "another took it over before it was due",
    "closed_before_due": "the cycle ended before it was due",
}


def explain_handoff(warehouse: Path, handoff_id: str) -> Row:
    """The handoff and each of its clocks: start, calendar, closed hours, target and its reason, due, stop, verdict."""
    with publication(warehouse) as published:
        handoff = _handoff(published, handoff_id)
        clocks = published.rows(
            "select * from marts.fct_handoff_sla where handoff_id = $handoff_id "
            "order by case clock when 'assignment' then 1 when 'speed_to_lead' then 2 when 'first_touch' then 3 "
            "when 'acceptance' then 4 else 5 end, sequence",
            handoff_id=handoff["handoff_id"],
        )
        for clock in clocks:
            _explain(published, handoff, clock)
        return {
            "as_of": published.record["as_of"],
            "run_id": published.record["run_id"],
            "handoff": handoff,
            "clocks": clocks,
            "sums_agree": all(clock["agrees"] for clock in clocks),
        }


def _handoff(published: Publication, handoff_id: str) -> Row:
    found = published.rows("select * from marts.fct_handoffs where handoff_id = $id", id=handoff_id)
    if found:
        return found[0]
    near = published.rows(
        "select handoff_id from marts.fct_handoffs where person_id = $id or mql_id = $id or person_id in ("
        "select person_id from marts.bridge_person_records where record_id = $id) order by handed_off_at",
        id=handoff_id,
    )
    if near:
        raise CouldNotRun(
            f"{handoff_id} is no handoff, but a person, cycle or record with {len(near)}:",
            *[str(row["handoff_id"]) for row in near],
            hint="Give one of these to --handoff.",
        )
    raise CouldNotRun(
        f"No handoff has the id {handoff_id}.", hint="fct_handoffs and rpt_follow_up_queue hold them: handoff_id."
    )


def _explain(published: Publication, handoff: Row, clock: Row) -> None:
    """Add to a clock what it is judged by, and whether its seconds can be counted again."""
    until = max(clock["read_at"], clock["due_at"] if clock["due_at"] < NEVER else clock["read_at"])
    days = published.rows(
        "select * from marts.fct_calendar_openings where calendar_id = $calendar_id "
        "and local_date between $first and $last order by local_date, opening_number",
        calendar_id=clock["calendar_id"],
        first=(clock["started_at"] - timedelta(days=3)).date(),
        last=(until + timedelta(days=2)).date(),
    )
    clock["time_zone"] = days[0]["time_zone"] if days else "UTC"
    spans = open_spans([(day["opens_at"], day["closes_at"]) for day in days if day["opens_at"]])
    clock["closings"] = [
        {"closed_from": since, "closed_until": end, "seconds": _seconds(end - since), "days": _names(days, since, end)}
        for since, end in closings(spans, clock["started_at"], until)
    ]
    clock["closed_seconds"] = clock["elapsed_seconds"] - clock["business_seconds"]
    clock["agrees"] = business_seconds(spans, clock["started_at"], clock["read_at"]) == clock["business_seconds"]
    policies = published.record.get("rules", {}).get("sla_policies", [])
    clock["policy"] = next(
        (
            policy
            for policy in policies
            if (policy["policy_id"], policy["clock"]) == (clock["policy_id"], clock["clock"])
        ),
        {},
    )
    clock["stopped_by"] = None
    if clock["clock"] in ("speed_to_lead", "first_touch") and clock["stopped_at"] == handoff["first_touch_at"]:
        clock["stopped_by"] = {"type": handoff["first_touch_type"], "rep_id": handoff["first_touch_rep_id"]}
    clock["verdict"] = verdict(clock)


def open_spans(openings: Sequence[Span]) -> list[Span]:
    """Openings in order, those that touch or overlap as one."""
    spans: list[Span] = []
    for opens, closes in sorted(openings):
        if spans and opens <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], closes))
        else:
            spans.append((opens, closes))
    return spans


def closings(spans: Sequence[Span], start: datetime, until: datetime) -> list[Span]:
    """When it is closed between two instants."""
    found: list[Span] = []
    closed_from = start
    for opens, closes in spans:
        if closes <= start:
            continue
        if opens >= until:
            break
        if opens > closed_from:
            found.append((closed_from, opens))
        closed_from = max(closed_from, closes)
    if closed_from < until:
        found.append((closed_from, until))
    return found


def business_seconds(spans: Sequence[Span], start: datetime, stop: datetime) -> int:
    """Whole seconds of [start, stop) in which it is open."""
    return sum(
        _seconds(min(closes, stop) - max(opens, start)) for opens, closes in spans if opens < stop and closes > start
    )


def verdict(clock: Row) -> str:
    """The judgement, in a sentence."""
    left = clock["target_seconds"] - clock["counted_seconds"]
    status = clock["sla_status"]
    if status == "excused":
        reason = EXCUSES.get(clock["excused_reason"], f"the cycle ended as {clock['excused_reason']}")
        return f"Excused, in no rate: {reason}."
    if status == "met":
        return (
            f"Met, with {duration(left)} of the target to spare." if left else "Met, in the last second of the target."
        )
    if status == "met_late":
        return f"Late by {duration(-left)} of business time."
    if status == "closed_untouched":
        over = f", {duration(-left)} past the target" if left < 0 else ""
        return f"Breached: it ended at {_at(clock['read_at'])} UTC and {MISSED[clock['clock']]}{over}."
    if status == "open_breached":
        return f"Breached and still open: {MISSED[clock['clock']]}, {duration(-left)} of business time past the target."
    risk = "At risk" if status == "open_at_risk" else "On track"
    return f"{risk}, still open: {duration(left)} of business time left."


def duration(seconds: int) -> str:
    """A length as somebody says it: 15 min, 2 h 5 min, 40 s."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [f"{value} {unit}" for value, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if value]
    return " ".join(parts) or "0 s"


def render_handoff(explanation: Row) -> Iterator[str]:
    """The explanation as lines of text; times are those of the calendar's zone, with UTC beside the first."""
    handoff = explanation["handoff"]
    yield f"Handoff {handoff['handoff_id']} as of {explanation['as_of']}"
    asked = "they asked for it" if handoff["is_hand_raise"] else "qualified"
    yield (
        f"  person {handoff['person_id']}, handed off {_at(handoff['handed_off_at'])} UTC ({asked}), "
        f"{handoff['next_action']}, {handoff['priority'] or 'no priority'}"
    )
    owner = f"{handoff['owner_id']} ({handoff['team']})" if handoff["owner_id"] else "nobody"
    yield f"  first owner {owner}, since {_at(handoff['assigned_at'])} UTC"
    wait = []
    if handoff["routing_delay_seconds"] is not None:
        wait.append(f"routing took {duration(handoff['routing_delay_seconds'])}")
    if handoff["rep_delay_seconds"] is not None:
        wait.append(f"the owner's side {duration(handoff['rep_delay_seconds'])}")
    if wait:
        yield f"  around the clock: {', '.join(wait)}"
    yield (
        f"  {handoff['touch_count']} attempts, {handoff['contact_count']} reached the buyer, "
        + (f"meeting held {_at(handoff['meeting_held_at'])} UTC" if handoff["meeting_held_at"] else "no meeting held")
        + (
            f"; {handoff['touches_before_count']} touches before it do not count"
            if handoff["touches_before_count"]
            else ""
        )
    )
    if handoff["outcome"]:
        yield f"  its cycle ended {_at(handoff['closed_at'])} UTC: {handoff['outcome']}"
    if not explanation["clocks"]:
        yield "No clock runs: no policy was in force at the handoff, or no source tells of what would stop one."
    for clock in explanation["clocks"]:
        yield ""
        yield from _render_clock(clock)


def _render_clock(clock: Row) -> Iterator[str]:
    zone = ZoneInfo(clock["time_zone"])
    yield CLOCK_NAMES[clock["clock"]] + (f" (owner {clock['sequence']})" if clock["sequence"] > 1 else "")
    yield f"  start     {_local(clock['started_at'], zone)} in {clock['time_zone']} ({_at(clock['started_at'])} UTC)"
    yield f"  calendar  {clock['calendar_id']}, {WHOSE[clock['calendar_source']]}"
    policy = clock["policy"]
    why = policy.get("rationale") or "no reason given"
    yield f"  target    {duration(clock['target_seconds'])} of business time, by {clock['policy_id']}: {why}"
    yield f"            {_conditions(policy)}"
    for closing in clock["closings"][:SHOWN_CLOSINGS]:
        named = f": {', '.join(closing['days'])}" if closing["days"] else ""
        yield (
            f"  closed    {_local(closing['closed_from'], zone)} to {_local(closing['closed_until'], zone)}, "
            f"{duration(closing['seconds'])}{named}"
        )
    if len(clock["closings"]) > SHOWN_CLOSINGS:
        yield f"            and {len(clock['closings']) - SHOWN_CLOSINGS} more times"
    if clock["closed_seconds"]:
        yield f"  skipped   {duration(clock['closed_seconds'])} in which the calendar was closed"
    if clock["pause_reasons"]:
        words = clock["pause_reasons"].replace("|", " and ").replace("_", " ")
        yield f"  paused    {duration(clock['paused_seconds'])} of business time so far ({words})"
    due = "not within 400 days" if clock["due_at"] >= NEVER else _local(clock["due_at"], zone)
    yield f"  due       {due}"
    yield f"  {'stopped' if clock['stopped_at'] else 'read':<9} {_stop(clock, zone)}"
    yield (
        f"  counted   {duration(clock['counted_seconds'])} of business time; "
        f"{duration(clock['elapsed_seconds'])} by the clock on the wall"
        + ("" if clock["agrees"] else ", which the openings DO NOT bear out")
    )
    yield f"  verdict   {clock['verdict']}"


def _conditions(policy: Row) -> str:
    asked = [f"{name} {policy[name]}" for name in ("priority", "segment", "channel") if policy.get(name)]
    if policy.get("is_hand_raise") is not None:
        asked.insert(0, "a request" if policy["is_hand_raise"] else "no request")
    since, until = str(policy.get("effective_from", ""))[:10], str(policy.get("effective_until", ""))[:10]
    window = "in force since ever" if since == "1900-01-01" else f"in force since {since}"
    return f"for {', '.join(asked) or 'everybody'}; {window}" + ("" if until == "9999-12-31" else f" until {until}")


def _stop(clock: Row, zone: ZoneInfo) -> str:
    moment = _local(clock["read_at"], zone)
    if not clock["stopped_at"]:
        return f"{moment}: nothing has stopped it" if clock["sla_status"].startswith("open_") else moment
    by = clock["stopped_by"]
    return f"{moment}, {STOPS[clock['clock']]}" + (f": {by['type']} by {by['rep_id']}" if by else "")


def _names(days: Sequence[Row], since: datetime, until: datetime) -> list[str]:
    """Named days that a closing reaches into, in order, each once."""
    found: dict[str, None] = {}
    for day in days:
        zone = ZoneInfo(day["time_zone"])
        if day["day_name"] and _local_time(since, zone).date() <= day["local_date"] <= _local_time(until, zone).date():
            found[f"{day['day_name']} on {day['local_date']:%a %d %b}"] = None
    return list(found)


def _seconds(length: timedelta) -> int:
    return length.days * 86400 + length.seconds


def _local_time(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{_local_time(moment, zone):%a %d %b %Y %H:%M:%S}"


def _at(moment: datetime | None) -> str:
    return "-" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"
