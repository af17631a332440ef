"""The mistakes others made with clocks, each told by name, from cycles and touches to the verdict and the report.

Small worlds: the project's own SQL from fct_mql_cycles on, with sheets of a few rows. Instants are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from support.compiled import compiled_project

Row = dict[str, Any]
WEEK = (1, 2, 3, 4, 5)


def hours(calendar: str, opens: str, closes: str, days: Sequence[int] = WEEK) -> list[Row]:
    return [{"calendar_id": calendar, "iso_weekday": str(day), "opens_at": opens, "closes_at": closes} for day in days]


def policy(name: str, target: int, **cells: str) -> list[Row]:
    head = {"policy_id": name, "sort_order": "10", "at_risk_share": "0.8", "calendar_id": "office", **cells}
    clocks = ("assignment", "first_touch", "speed_to_lead", "acceptance", "meeting")
    return [{**head, "clock": clock, "target_seconds": str(target)} for clock in clocks]


@dataclass
class World:
    """One person's history with sales, and the sheets it is judged by."""

    as_of: str = "2026-03-31 12:00:00"
    cycles: list[Row] = field(default_factory=list)
    assignments: list[Row] = field(default_factory=lambda: [{"owner": "rep", "at": "2026-01-01 00:00:00"}])
    touches: list[Row] = field(default_factory=list)
    reps: list[Row] = field(default_factory=lambda: [{"rep_id": "rep", "team": "SDR"}])
    absences: list[Row] = field(default_factory=list)
    calendars: list[Row] = field(
        default_factory=lambda: [{"calendar_id": "office", "time_zone": "UTC", "is_default": "true"}]
    )
    business_hours: list[Row] = field(default_factory=lambda: hours("office", "09:00", "17:00"))
    holidays: list[Row] = field(default_factory=list)
    team_calendars: list[Row] = field(default_factory=list)
    policies: list[Row] = field(default_factory=lambda: policy("SLA", 3600))

    def told(self, *models: str) -> dict[str, list[Row]]:
        """The rows of the marts asked for."""
        with compiled_project("generic").warehouse() as warehouse:
            for name, rows in (
                ("rule_calendars", self.calendars),
                ("rule_business_hours", self.business_hours),
                ("rule_holidays", self.holidays),
                ("rule_team_calendars", self.team_calendars),
                ("rule_sla_policies", self.policies),
            ):
                warehouse.put(name, rows)
            warehouse.put("fct_mql_cycles", [self.cycle(number, row) for number, row in enumerate(self.cycles, 1)])
            warehouse.put("int_hand_raises_joined")
            warehouse.put(
                "int_evidence_available",
                [{"has_touches": True, "has_status_history": True, "has_statuses": True, "has_owners": True}],
            )
            warehouse.put(
                "int_reps_conformed", [{"is_active": True, "is_automation": False, **row} for row in self.reps]
            )
            warehouse.put("int_rep_absences_conformed", self.absences)
            warehouse.put(
                "int_assignments_identified",
                [
                    {
                        "assignment_key": f"A{number}",
                        "source_assignment_id": f"A{number}",
                        "person_id": "P",
                        "new_owner_id": row["owner"],
                        "assigned_at": row["at"],
                        "assigned_at_precision": "exact",
                    }
                    for number, row in enumerate(self.assignments)
                ],
            )
            warehouse.put(
                "int_touches_identified",
                [
                    {
                        "touch_key": f"T{number}",
                        "source_system": "generic",
                        "person_id": "P",
                        "rep_id": "rep",
                        "touch_type": "call",
                        "touched_at_precision": "exact",
                        "is_completed": True,
                        "is_automated": False,
                        **row,
                    }
                    for number, row in enumerate(self.touches)
                ],
            )
            warehouse.run(*models, as_of=self.as_of)
            return {model: warehouse.rows(model) for model in models}

    def cycle(self, number: int, row: Row) -> Row:
        return {
            "mql_id": f"M{number}",
            "person_id": "P",
            "earlier_person_id": "P",
            "cycle_number": number,
            "opened_at_precision": "exact",
            "accepted_at_precision": "exact",
            "entry_reason": "threshold",
            "next_action": "account_research",
            "opens_handoff": True,
            "priority": "P2",
            **row,
        }

    def clocks(self) -> dict[tuple[str, str, int], Row]:
        """Every clock by cycle, clock and sequence."""
        rows = self.told("fct_handoff_sla")["fct_handoff_sla"]
        return {(row["mql_id"], row["clock"], row["sequence"]): row for row in rows}


def shown(row: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def test_pitfall_3_a_weekend_start_begins_at_the_next_opening_not_at_its_clock_time() -> None:
    world = World(
        cycles=[{"opened_at": "2026-01-10 15:00:00"}],  # a Saturday
        touches=[{"touched_at": "2026-01-12 10:00:00"}],
    )
    clock = world.clocks()["M1", "speed_to_lead", 1]
    assert clock["due_at"] == datetime(2026, 1, 12, 10)  # not Monday 16:00
    assert shown(clock, "business_seconds", "sla_status") == (3600, "met")
    world.touches = [{"touched_at": "2026-01-12 10:00:01"}]
    assert shown(world.clocks()["M1", "speed_to_lead", 1], "business_seconds", "sla_status") == (3601, "met_late")


def test_pitfall_4_an_open_task_and_what_automation_sent_stop_no_clock() -> None:
    world = World(
        cycles=[{"opened_at": "2026-01-05 09:00:00"}],
        touches=[
            {"touched_at": None, "is_completed": False, "occurred_at": "2026-01-05 09:10:00"},
            {"touched_at": "2026-01-05 09:10:00", "touch_type": "email", "is_automated": True},
            {"touched_at": "2026-01-05 09:10:00", "touch_type": "task"},
            {"touched_at": "2026-01-05 11:00:00", "outcome": "No answer"},
        ],
    )
    told = world.told("fct_handoff_sla", "fct_handoffs")
    (clock,) = [row for row in told["fct_handoff_sla"] if row["clock"] == "speed_to_lead"]
    assert shown(clock, "stopped_at", "sla_status") == (datetime(2026, 1, 5, 11), "met_late")
    # what stopped it was an attempt: nobody answered, so no contact, and no meeting
    (handoff,) = told["fct_handoffs"]
    assert shown(handoff, "touch_count", "contact_count", "first_contact_at", "meeting_held_at") == (1, 0, None, None)


def test_pitfall_5_another_cycle_leaves_the_clocks_of_the_first_as_they_were() -> None:
    first = {
        "opened_at": "2026-01-05 09:00:00",
        "accepted_at": "2026-01-05 11:30:00",
        "closed_at": "2026-01-20 09:00:00",
        "outcome": "recycled",
        "quiet_until": "2026-03-01 00:00:00",
    }
    touches: list[Row] = [{"touched_at": "2026-01-05 09:20:00"}]
    before = World(cycles=[first], touches=touches).clocks()
    again = World(
        cycles=[first, {"opened_at": "2026-03-02 09:00:00", "accepted_at": "2026-03-02 09:40:00"}],
        touches=[*touches, {"touched_at": "2026-03-02 09:30:00"}],
    ).clocks()
    assert {key: row for key, row in again.items() if key[0] == "M1"} == before != {}
    assert shown(again["M1", "acceptance", 1], "stopped_at", "sla_status") == (datetime(2026, 1, 5, 11, 30), "met_late")
    assert shown(again["M2", "acceptance", 1], "stopped_at", "sla_status") == (datetime(2026, 3, 2, 9, 40), "met")


def test_pitfall_9_target_and_calendar_are_those_in_force_at_the_start() -> None:
    """A stricter policy, another owner and calendar of the team come after the handoff, and judge nothing of it."""
    world = World(
        cycles=[{"opened_at": "2026-01-05 09:00:00"}],
        touches=[{"touched_at": "2026-01-05 10:00:00"}],
        policies=[
            *policy("old", 3600, effective_until="2026-01-06"),
            *policy("new", 60, effective_from="2026-01-06"),
        ],
    )
    before = world.clocks()
    assert shown(before["M1", "first_touch", 1], "policy_id", "target_seconds", "sla_status") == ("old", 3600, "met")
    assert shown(before["M1", "first_touch", 1], "calendar_id", "calendar_source") == ("office", "policy")
    world.calendars.append({"calendar_id": "late", "time_zone": "Asia/Kolkata", "is_default": "false"})
    world.business_hours += hours("late", "18:00", "20:00")
    world.team_calendars = [{"team": "SDR", "calendar_id": "late", "effective_from": "2026-01-05 09:00:01"}]
    world.assignments.append({"owner": "other", "at": "2026-02-01 09:00:00"})
    world.reps.append({"rep_id": "other", "team": "Enterprise", "calendar_id": "late"})
    later = world.clocks()
    same = ("assignment", "speed_to_lead", "acceptance", "meeting")
    assert {clock: later["M1", clock, 1] for clock in same} == {clock: before["M1", clock, 1] for clock in same}
    assert shown(later["M1", "first_touch", 1], "rep_id", "due_at", "sla_status") == shown(
        before["M1", "first_touch", 1], "rep_id", "due_at", "sla_status"
    )
    assert shown(later["M1", "first_touch", 2], "rep_id", "calendar_id", "calendar_source") == ("other", "late", "rep")
    # a handoff after the change is promised the new target, by the team's calendar then
    world.cycles = [{"opened_at": "2026-01-07 09:00:00"}]
    assert shown(world.clocks()["M1", "first_touch", 1], "policy_id", "calendar_id", "calendar_source") == (
        "new",
        "late",
        "team",
    )


def test_pitfall_10_an_open_breach_counts_and_the_median_knows_who_never_answered() -> None:
    world = World(
        as_of="2026-01-12 17:00:00",
        cycles=[
            {"opened_at": "2026-01-05 09:00:00", "closed_at": "2026-01-05 17:00:00", "outcome": "lost"},
            {"opened_at": "2026-01-06 09:00:00", "closed_at": "2026-01-06 17:00:00", "outcome": "expired"},
            {"opened_at": "2026-01-07 09:00:00"},
        ],
        touches=[{"touched_at": "2026-01-05 09:30:00"}],
    )
    (row,) = [row for row in world.told("rpt_sla_compliance")["rpt_sla_compliance"] if row["clock"] == "speed_to_lead"]
    assert shown(row, "judged", "met", "closed_untouched", "open_breached") == (3, 1, 1, 1)
    assert row["compliance_rate"] == 1 / 3
    assert row["median_business_seconds"] == 8 * 3600  # of half an hour, a day, and four days of eight hours


def test_pitfall_11_a_touch_before_the_handoff_is_a_fact_and_no_negative_time() -> None:
    world = World(
        as_of="2026-01-05 18:00:00",
        cycles=[{"opened_at": "2026-01-05 10:00:00"}],
        touches=[{"touched_at": "2026-01-05 09:59:59"}],
    )
    told = world.told("fct_handoff_sla", "fct_handoffs", "rpt_follow_up_cadence")
    for clock in told["fct_handoff_sla"]:
        assert clock["business_seconds"] >= 0
        if clock["clock"] in ("speed_to_lead", "first_touch"):
            assert shown(clock, "stopped_at", "business_seconds", "sla_status") == (None, 7 * 3600, "open_breached")
    (handoff,) = told["fct_handoffs"]
    assert shown(handoff, "touches_before_count", "touch_count", "first_touch_at") == (1, 0, None)
    (cadence,) = told["rpt_follow_up_cadence"]
    assert shown(cadence, "handoffs", "never_touched", "attempted") == (1, 1, 0)


def test_pitfall_12_a_rep_who_leaves_keeps_what_they_did_and_missed() -> None:
    """Old clocks stay when somebody is deactivated; what they are given after their last touch has no owner."""
    world = World(
        cycles=[
            {"opened_at": "2026-01-05 09:00:00", "closed_at": "2026-01-07 09:00:00", "outcome": "lost"},
            {"opened_at": "2026-01-12 09:00:00", "closed_at": "2026-01-14 09:00:00", "outcome": "lost"},
            {"opened_at": "2026-02-02 09:00:00"},
        ],
        touches=[{"touched_at": "2026-01-05 13:00:00"}, {"touched_at": "2026-01-12 09:05:00"}],
    )
    here = world.clocks()
    world.reps = [{"rep_id": "rep", "team": "SDR", "is_active": False}]
    gone = world.clocks()
    old = {key: row for key, row in here.items() if key[0] != "M3"}
    assert {key: row for key, row in gone.items() if key[0] != "M3"} == old
    assert shown(old["M1", "first_touch", 1], "rep_id", "team", "sla_status") == ("rep", "SDR", "met_late")
    assert ("M3", "first_touch", 1) in here and ("M3", "first_touch", 1) not in gone
    assert shown(gone["M3", "speed_to_lead", 1], "has_owner", "team", "sla_status") == (
        False,
        "unassigned",
        "open_breached",
    )


def test_pitfall_16_a_holiday_is_a_local_day_and_around_the_clock_has_no_gap_at_midnight() -> None:
    world = World(
        cycles=[{"opened_at": "2026-01-25 20:00:00"}],  # Monday the 26th, 07:00 in Sydney: Australia Day
        touches=[{"touched_at": "2026-01-26 22:30:00"}],  # Tuesday 09:30 there
        calendars=[{"calendar_id": "office", "time_zone": "Australia/Sydney", "is_default": "true"}],
        holidays=[{"calendar_id": "office", "holiday_date": "2026-01-26", "holiday_name": "Australia Day"}],
    )
    clock = world.clocks()["M1", "speed_to_lead", 1]
    assert shown(clock, "business_seconds", "due_at") == (1800, datetime(2026, 1, 26, 23))
    world.business_hours = hours("office", "00:00", "24:00", range(1, 8))
    world.holidays = []
    clock = world.clocks()["M1", "speed_to_lead", 1]
    assert clock["business_seconds"] == clock["elapsed_seconds"] == 26 * 3600 + 1800
    assert clock["due_at"] == datetime(2026, 1, 25, 21)


def test_a_clock_stands_still_while_its_rep_is_away_and_the_buyer_s_does_not() -> None:
    """Back an hour before closing: what the rep counts is that hour; what the buyer waited stays as it was."""
    pausing = [
        row | {"pauses_out_of_office": "true" if row["clock"] in ("first_touch", "acceptance") else "false"}
        for row in policy("SLA", 3600)
    ]
    away = {"absent_from": "2026-01-05 09:15:00", "absent_from_precision": "exact", "absent_until_precision": "exact"}
    world = World(
        cycles=[{"opened_at": "2026-01-05 09:00:00"}],
        touches=[{"touched_at": "2026-01-05 16:30:00"}],
        policies=pausing,
        absences=[{"rep_id": "rep", **away, "absent_until": "2026-01-05 16:00:00"}],
    )
    clocks = world.clocks()
    own, buyer_s = clocks["M1", "first_touch", 1], clocks["M1", "speed_to_lead", 1]
    assert shown(own, "business_seconds", "paused_seconds", "counted_seconds") == (27000, 24300, 2700)
    assert shown(own, "due_at", "pause_reasons", "sla_status") == (
        datetime(2026, 1, 5, 16, 45),
        "out_of_office",
        "met",
    )
    assert shown(buyer_s, "business_seconds", "paused_seconds", "pause_reasons", "sla_status") == (
        27000,
        0,
        None,
        "met_late",
    )
    world.absences = [{"rep_id": "rep", **away, "absent_until": "9999-12-31 00:00:00"}]
    world.touches = []
    own = world.clocks()["M1", "first_touch", 1]
    assert shown(own, "due_at", "counted_seconds", "sla_status") == (datetime(9999, 12, 31), 900, "open_on_track")
    world.policies = policy("SLA", 3600)
    assert shown(world.clocks()["M1", "first_touch", 1], "paused_seconds", "sla_status") == (0, "open_breached")


def test_an_absence_by_the_day_is_a_day_where_the_rep_works() -> None:
    """Off on Tuesday the 6th in Sydney, which by UTC begins on Monday at 13:00."""
    world = World(
        as_of="2026-01-06 07:00:00",  # Tuesday, 18:00 there
        cycles=[{"opened_at": "2026-01-05 05:30:00"}],  # Monday, 16:30 there
        calendars=[{"calendar_id": "office", "time_zone": "Australia/Sydney", "is_default": "true"}],
        policies=[row | {"pauses_out_of_office": "true"} for row in policy("SLA", 3600)],
        absences=[
            {
                "rep_id": "rep",
                "absent_from": "2026-01-06 00:00:00",
                "absent_from_precision": "day",
                "absent_until": "2026-01-07 00:00:00",
                "absent_until_precision": "day",
            }
        ],
    )
    clock = world.clocks()["M1", "first_touch", 1]
    assert shown(clock, "business_seconds", "paused_seconds", "counted_seconds") == (9 * 3600 - 1800, 8 * 3600, 1800)
    assert clock["due_at"] == datetime(2026, 1, 6, 22, 30)  # Wednesday, 09:30 there


def test_who_asks_is_promised_more_than_who_qualifies_and_the_shipped_lane_is_fifteen_minutes() -> None:
    lanes = [
        *policy("asked", 900, is_hand_raise="true", sort_order="5"),
        *policy("enterprise", 1800, segment="enterprise", sort_order="6"),
        *policy("webinar", 2700, channel="webinar", sort_order="7"),
        *policy("rest", 3600),
    ]
    for cells, expected in (
        ({"entry_reason": "hand_raise", "segment": "enterprise"}, "asked"),
        ({"segment": "enterprise", "channel": "webinar"}, "enterprise"),
        ({"channel": "webinar"}, "webinar"),
        ({"priority": "P1"}, "rest"),
    ):
        world = World(cycles=[{"opened_at": "2026-01-05 09:00:00", **cells}], policies=lanes)
        assert world.clocks()["M1", "speed_to_lead", 1]["policy_id"] == expected, cells
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.run("stg_rules__sla_policies")
        shipped = {
            row["target_seconds"]
            for row in warehouse.rows("stg_rules__sla_policies")
            if row["is_hand_raise"] and row["clock"] == "speed_to_lead" and row["effective_until"].year == 9999
        }
    assert shipped == {900}
