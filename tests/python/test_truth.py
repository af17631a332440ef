"""The marts of a demo run against the truth that the generator wrote down while it made the world.

The generator knows who is who, when somebody asked, who answered first and who was a robot. It shares no code and no
list with the models, so agreement here is agreement of two tellings of the same story.
"""

import csv
import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

Truth = list[dict[str, str]]
Row = dict[str, Any]
SALES_KINDS = {"student", "competitor", "employee", "vendor", "partner", "disposable", "bot"}


@dataclass(frozen=True)
class Demo:
    """The folder of truth beside the demo's landed tables."""

    folder: Path

    def truth(self, name: str) -> Truth:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def demo(demo_warehouse: Path) -> Demo:
    return Demo(demo_warehouse.parent / "landed" / "truth")


@pytest.fixture(scope="module")
def marts(published: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    return published


@pytest.fixture(scope="module")
def person_of(demo: Demo, marts: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The person_id of every human of whom a live record remains."""
    records = {(r["source_system"], r["record_id"]): r["person_id"] for r in rows(marts, "bridge_person_records")}
    known = (
        (r["truth_person"], records.get((r["source_system"], r["record_id"]))) for r in demo.truth("record_persons")
    )
    return {human: person for human, person in known if person}


def rows(marts: duckdb.DuckDBPyConnection, mart: str) -> list[Row]:
    found = marts.execute(f"select * from marts.{mart}")
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def by_person(found: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        grouped[row["person_id"]].append(row)
    return grouped


def moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC).replace(tzinfo=None) if text else None


def is_customer_at(human: dict[str, str], raised: dt.datetime) -> bool:
    since = moment(human["customer_since"])
    return human["kind"] == "customer" or (since is not None and since <= raised)


# ---- who is who


def test_records_of_one_human_are_one_person_and_nobody_else_s(demo: Demo, marts: duckdb.DuckDBPyConnection) -> None:
    person = {(r["source_system"], r["record_id"]): r["person_id"] for r in rows(marts, "bridge_person_records")}
    expected = {
        (r["source_system"], r["record_id"]): r["truth_person"]
        for r in demo.truth("record_persons")
        if r["expected_disposition"] != "deleted"
    }
    assert person.keys() == expected.keys()
    humans: dict[str, set[str]] = defaultdict(set)
    persons: dict[str, set[str]] = defaultdict(set)
    for record, human in expected.items():
        humans[person[record]].add(human)
        persons[human].add(person[record])
    assert [found for found in humans.values() if len(found) > 1] == []
    assert [found for found in persons.values() if len(found) > 1] == []
    pairs = sum(n * (n - 1) // 2 for n in Counter(expected.values()).values())
    assert pairs > 1_500, "too few pairs to prove anything"


def test_every_record_went_where_the_generator_meant_it_to(demo: Demo, marts: duckdb.DuckDBPyConnection) -> None:
    found = {
        (r["source_system"], r["source_table"], r["row_key"]): r["disposition"]
        for r in rows(marts, "fct_row_dispositions")
        if r["source_table"] in ("lead", "contact")
    }
    expected = {
        (r["source_system"], r["record_type"], r["record_id"]): r["expected_disposition"]
        for r in demo.truth("record_persons")
    }
    assert found == expected
    assert set(expected.values()) == {"current", "merged", "deleted"}


def test_merged_and_converted_records_say_how_they_came(demo: Demo, marts: duckdb.DuckDBPyConnection) -> None:
    bridge = {r["record_id"]: r for r in rows(marts, "bridge_person_records") if r["source_system"] == "salesforce"}
    merges = demo.truth("merges")
    assert {bridge[r["losing_record_id"]]["link_method"] for r in merges} == {"merge"}
    assert not any(bridge[r["losing_record_id"]]["is_survivor"] for r in merges)
    assert max(int(r["chain_length"]) for r in merges) == 2
    for conversion in demo.truth("conversions"):
        assert bridge[conversion["contact_id"]]["is_survivor"]
        assert bridge[conversion["lead_id"]]["link_method"] == "conversion"
        assert bridge[conversion["lead_id"]]["person_id"] == bridge[conversion["contact_id"]]["person_id"]


def test_every_landed_row_is_accounted_for(demo: Demo, marts: duckdb.DuckDBPyConnection) -> None:
    found = {(r["source_system"], r["source_table"]): r for r in rows(marts, "rpt_reconciliation")}
    for expected in demo.truth("expected_counts"):
        row = found[expected["source_system"], expected["source_table"]]
        assert row["rows_in"] == int(expected["rows"])
        assert row["unaccounted"] == 0


# ---- what they are


def test_functions_and_levels_are_read_from_titles(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    found = {r["person_id"]: (r["job_function"], r["seniority"]) for r in rows(marts, "dim_person")}
    wrong = [
        (human["stories"], human["job_function"], human["seniority"], found[person_of[human["truth_person"]]])
        for human in demo.truth("people")
        if human["truth_person"] in person_of
        and human["kind"] != "bot"
        and found[person_of[human["truth_person"]]] != (human["job_function"], human["seniority"])
    ]
    assert wrong == []


def test_people_are_matched_to_the_company_they_work_for(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    found = {r["person_id"]: r["account_id"] for r in rows(marts, "dim_person")}
    checked = 0
    for human in demo.truth("people"):
        if human["truth_person"] in person_of:
            account = found[person_of[human["truth_person"]]]
            writes_from_home = "free_mail" in human["stories"].split(";")
            # An address at a free-mail provider says nothing about the employer: no match is right, a wrong one is not.
            assert account == (human["account_id"] or None) or (writes_from_home and account is None), human
            checked += account is not None
    assert checked > 400


def test_exclusions_are_the_ones_the_world_was_made_with(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    found = {r["person_id"]: r["exclusion_reason"] for r in rows(marts, "dim_person")}
    seen: Counter[str] = Counter()
    for human in demo.truth("people"):
        if human["truth_person"] in person_of:
            reason = found[person_of[human["truth_person"]]] or ""
            writes_from_home = "free_mail" in human["stories"].split(";")
            assert reason == human["expected_exclusion"] or (writes_from_home and reason == ""), human
            seen[reason] += 1
    assert set(seen) >= {
        "student",
        "competitor",
        "employee",
        "vendor",
        "partner",
        "customer",
        "disposable_email",
        "spam",
    }


# ---- what they did


def test_robots_are_dropped_and_nobody_else_is(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    dropped: Counter[str] = Counter()
    everything: Counter[str] = Counter()
    for signal in rows(marts, "fct_signals"):
        assert signal["is_counted"] == (signal["dropped_reason"] is None)
        if signal["signal_kind"] == "action":  # arrivals and returns stand beside what was done
            everything[signal["person_id"]] += 1
            dropped[signal["person_id"]] += signal["dropped_reason"] not in (None, "duplicate")
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for row in demo.truth("activities"):
        expected[row["truth_person"]][row["kind"]] += int(row["activities"])
    for human, person in person_of.items():
        robots = expected[human]["visit_bot"] + expected[human]["visit_burst"] + expected[human]["form_bot"]
        assert dropped[person] == robots, human
        # A hand-raise is one of the forms; a deleted lead's responses have nobody to belong to.
        counted_elsewhere = (
            expected[human]["hand_raise"]
            + expected[human]["campaign_response_lost"]
            + expected[human]["arrival_assistant"]
        )
        assert everything[person] == sum(expected[human].values()) - counted_elsewhere, human
    assert sum(dropped.values()) > 300


def test_who_came_from_an_assistant_is_known_by_the_host(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    expected = Counter(
        {
            person_of[r["truth_person"]]: int(r["activities"])
            for r in demo.truth("activities")
            if r["kind"] == "arrival_assistant" and r["truth_person"] in person_of
        }
    )
    signals = rows(marts, "fct_signals")
    arrived = [signal for signal in signals if signal["signal_name"] == "referred_by_ai_assistant"]
    assert Counter(signal["person_id"] for signal in arrived) == expected
    assert all(signal["signal_kind"] == "arrival" and signal["is_counted"] for signal in arrived)
    assert sum(expected.values()) > 20
    reasons = Counter(signal["dropped_reason"] for signal in signals)
    assert reasons["burst"] > 0 and reasons["spam"] > 0, "scanners that look like browsers are known by what they do"


def test_a_request_taken_for_a_robot_s_is_listed(demo: Demo, marts: duckdb.DuckDBPyConnection) -> None:
    listed = {r["source_activity_id"].removeprefix("form_fill:") for r in rows(marts, "rpt_dropped_hand_raises")}
    spam = {r["marketo_activity_id"] for r in demo.truth("handoffs") if r["kind"] == "spam"}
    lost_people = {r["marketo_activity_id"] for r in demo.truth("handoffs") if r["kind"] == "hand_raise"}
    assert spam and listed == spam
    assert not listed & lost_people


def test_a_reloaded_page_scores_no_more_than_the_daily_cap(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    reloaders = {
        person_of[r["truth_person"]]
        for r in demo.truth("activities")
        if r["kind"] == "visit_reload" and r["truth_person"] in person_of
    }
    assert reloaders
    scored: Counter[tuple[str, str, dt.date]] = Counter()
    for point in rows(marts, "fct_score_points"):
        if point["person_id"] in reloaders and point["signal_name"] == "pricing_page_viewed":
            scored[point["person_id"], point["scoring_model"], point["occurred_at"].date()] += 1
    assert all(count <= 2 for count in scored.values()), "the rules count a pricing page twice a day"


def test_nobody_excluded_is_ever_handed_off(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    handoffs = by_person(rows(marts, "fct_handoffs"))
    kept_out = [h for h in demo.truth("people") if h["kind"] in SALES_KINDS and h["truth_person"] in person_of]
    assert len(kept_out) > 80
    assert [h for h in kept_out if handoffs[person_of[h["truth_person"]]]] == []


def test_a_request_of_somebody_excluded_is_listed_with_what_to_do(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    action = {r["person_id"]: r["next_action"] for r in rows(marts, "fct_qualifications")}
    people = {h["truth_person"]: h for h in demo.truth("people")}
    seen: Counter[str] = Counter()
    for raise_ in demo.truth("handoffs"):
        human = people[raise_["truth_person"]]
        if raise_["kind"] != "hand_raise" or human["kind"] == "buyer" or human["truth_person"] not in person_of:
            continue
        expected = "route_to_account_owner" if human["kind"] == "customer" else "disqualify"
        assert action[person_of[human["truth_person"]]] == expected
        seen[expected] += 1
    assert seen["disqualify"] > 3 and seen["route_to_account_owner"] > 3


# ---- what sales did


@pytest.fixture(scope="module")
def raised(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> list[tuple[dict[str, str], Row | None]]:
    """Every request of a buyer for whom sales was free to act, with the handoff that began at that instant."""
    people = {h["truth_person"]: h for h in demo.truth("people")}
    found = {(r["person_id"], r["handed_off_at"]): r for r in rows(marts, "fct_handoffs")}
    pairs = []
    for raise_ in demo.truth("handoffs"):
        human = people[raise_["truth_person"]]
        at = moment(raise_["raised_at"])
        assert at is not None
        if raise_["kind"] == "hand_raise" and human["kind"] == "buyer" and not is_customer_at(human, at):
            pairs.append((raise_, found.get((person_of[human["truth_person"]], at))))
    assert len(pairs) > 120
    return pairs


def test_every_request_is_a_handoff_at_the_second_it_was_made(
    raised: list[tuple[dict[str, str], Row | None]],
) -> None:
    assert [raise_ for raise_, handoff in raised if handoff is None] == []
    assert all(handoff["is_hand_raise"] and handoff["priority"] == "P1" for _, handoff in raised if handoff)


def test_the_first_human_touch_is_the_one_that_happened(raised: list[tuple[dict[str, str], Row | None]]) -> None:
    touched = 0
    for raise_, handoff in raised:
        assert handoff is not None
        expected = (
            moment(raise_["first_human_touch_at"]),
            raise_["touch_kind"] or None,
            raise_["touch_rep_id"] or None,
        )
        assert (handoff["first_touch_at"], handoff["first_touch_type"], handoff["first_touch_rep_id"]) == expected
        touched += expected[0] is not None
        if raise_["story"] in ("after_touches", "automated_mail_first"):
            assert expected[0] is not None
    assert touched > 90


def test_handoffs_are_assigned_when_somebody_took_them(raised: list[tuple[dict[str, str], Row | None]]) -> None:
    nobody = 0
    for raise_, handoff in raised:
        assert handoff is not None
        assigned = moment(raise_["assigned_at"])
        assert handoff["assigned_at"] == (max(assigned, handoff["handed_off_at"]) if assigned else None), raise_
        nobody += assigned is None
    assert nobody > 0


def test_requests_nobody_answered_are_breaches(
    raised: list[tuple[dict[str, str], Row | None]], marts: duckdb.DuckDBPyConnection
) -> None:
    clocks = {r["handoff_id"]: r for r in rows(marts, "fct_handoff_sla") if r["clock"] == "speed_to_lead"}
    verdicts: Counter[str] = Counter()
    for raise_, handoff in raised:
        assert handoff is not None
        clock = clocks.get(handoff["handoff_id"])
        if clock is None:
            # The first policy of the rules is in force from 2025: what came before is no breach.
            assert handoff["handed_off_at"] < dt.datetime(2025, 1, 1)
            continue
        assert clock["started_at"] == handoff["handed_off_at"]
        if raise_["first_human_touch_at"]:
            assert clock["stopped_at"] == moment(raise_["first_human_touch_at"])
            assert clock["sla_status"] in ("met", "met_late")
        else:
            assert clock["sla_status"] in ("closed_untouched", "open_breached", "open_at_risk", "open_on_track")
        verdicts[clock["sla_status"]] += 1
    assert verdicts["met"] > 20 and verdicts["met_late"] > 20
    assert verdicts["closed_untouched"] + verdicts["open_breached"] > 5


def test_reassignment_gives_the_next_owner_a_clock_of_their_own(
    raised: list[tuple[dict[str, str], Row | None]], marts: duckdb.DuckDBPyConnection
) -> None:
    owners: dict[str, list[Row]] = defaultdict(list)
    for clock in rows(marts, "fct_handoff_sla"):
        if clock["clock"] == "first_touch":
            owners[clock["handoff_id"]].append(clock)
    moved = [(raise_, handoff) for raise_, handoff in raised if raise_["reassigned_at"]]
    assert len(moved) >= 5
    for raise_, handoff in moved:
        assert handoff is not None
        clocks = sorted(owners[handoff["handoff_id"]], key=lambda clock: clock["sequence"])
        assert clocks[0]["rep_id"] == raise_["first_owner_id"]
        assert clocks[0]["stopped_at"] is None, "the first owner never touched it"
        assert clocks[1]["rep_id"] == raise_["owner_id"]
        assert clocks[1]["started_at"] == moment(raise_["reassigned_at"])
        assert clocks[1]["stopped_at"] == moment(raise_["first_human_touch_at"])
        assert clocks[1]["parent_clock_id"] is not None


def test_a_second_request_after_recycling_opens_a_second_cycle(
    raised: list[tuple[dict[str, str], Row | None]], marts: duckdb.DuckDBPyConnection
) -> None:
    cycle_of = {r["mql_id"]: r["cycle_number"] for r in rows(marts, "fct_mql_cycles")}
    again = [handoff for raise_, handoff in raised if raise_["story"] == "second_cycle"]
    assert len(again) >= 3
    assert all(handoff is not None and cycle_of[handoff["mql_id"]] >= 2 for handoff in again)


def test_acceptance_and_meetings_are_dated_as_they_happened(
    demo: Demo, raised: list[tuple[dict[str, str], Row | None]]
) -> None:
    outcomes = {r["truth_person"]: r for r in demo.truth("outcomes")}
    single = Counter(raise_["truth_person"] for raise_, _ in raised)
    accepted = met = rejected = 0
    for raise_, handoff in raised:
        assert handoff is not None
        if single[raise_["truth_person"]] > 1:
            continue
        outcome = outcomes.get(raise_["truth_person"], {})
        assert handoff["accepted_at"] == moment(outcome.get("accepted_at", "")), raise_
        assert handoff["meeting_held_at"] == moment(outcome.get("meeting_held_at", "")), raise_
        assert handoff["rejected_at"] == moment(outcome.get("rejected_at", "")), raise_
        accepted += handoff["accepted_at"] is not None
        met += handoff["meeting_held_at"] is not None
        rejected += handoff["rejected_at"] is not None
    assert accepted > 40 and met > 20 and rejected > 3


# ---- deals and accounts


def test_deals_are_all_there_and_demand_made_by_sales_is_credited_to_no_mql(
    demo: Demo, marts: duckdb.DuckDBPyConnection
) -> None:
    found = {r["opportunity_id"]: r for r in rows(marts, "fct_opportunities")}
    expected = {r["opportunity_id"]: r for r in demo.truth("opportunities")}
    assert found.keys() == expected.keys()
    for opportunity_id, row in found.items():
        truth = expected[opportunity_id]
        assert row["is_won"] == (truth["is_won"] == "true")
        assert row["created_at"] == moment(truth["created_at"])
        assert row["account_id"] == truth["account_id"]
        assert row["closed_at"] == moment(truth["closed_at"])
    sales_made = [found[key] for key, row in expected.items() if row["has_handoff_before"] == "false"]
    assert sales_made and all(row["sourced_mql_id"] is None for row in sales_made)
    # A colleague's win makes the company a customer, and its people's later requests no new business.
    people = {h["truth_person"]: h for h in demo.truth("people")}
    raised_at = {
        r["truth_person"]: moment(r["raised_at"]) for r in reversed(demo.truth("handoffs")) if r["kind"] == "hand_raise"
    }
    converted = [
        found[outcome["opportunity_id"]]
        for outcome in demo.truth("outcomes")
        if (deal := expected.get(outcome["opportunity_id"]))
        and deal["has_handoff_before"] == deal["has_contact_role"] == "true"
        and (at := raised_at.get(outcome["truth_person"]))
        and not is_customer_at(people[outcome["truth_person"]], at)
    ]
    assert len(converted) > 10
    assert [row for row in converted if row["sourced_mql_id"] is None] == []


def test_a_committee_is_ready_and_one_busy_person_is_not(demo: Demo, marts: duckdb.DuckDBPyConnection) -> None:
    stage = {r["account_id"]: r["readiness_stage"] for r in rows(marts, "fct_account_readiness")}
    checks = {(r["account_id"], r["criterion"]): r["status"] for r in rows(marts, "fct_account_readiness_checks")}
    committees = [r["account_id"] for r in demo.truth("accounts") if r["pattern"] == "committee"]
    busy_ones = [r["account_id"] for r in demo.truth("accounts") if r["pattern"] == "busy_one"]
    assert len(committees) >= 3 and len(busy_ones) >= 3
    for account in committees:
        assert stage[account] in ("ready", "opportunity", "customer")
        assert checks[account, "decision_maker_engaged"] == "met"
    assert not {stage[account] for account in busy_ones} & {"ready", "opportunity", "customer"}


def test_families_are_judged_as_one(demo: Demo, marts: duckdb.DuckDBPyConnection) -> None:
    parents = {r["account_id"]: r["parent_account_id"] for r in demo.truth("accounts") if r["account_id"]}

    def top(account: str) -> str:
        return top(parents[account]) if parents[account] else account

    known = {r["account_id"]: r["ultimate_parent_account_id"] for r in rows(marts, "dim_account")}
    assert known == {account: top(account) for account in parents}
    families = Counter(known.values())
    judged = {r["ultimate_parent_account_id"]: r for r in rows(marts, "fct_account_family_readiness")}
    assert {key: r["member_accounts_count"] for key, r in judged.items()} == {
        k: n for k, n in families.items() if n > 1
    }
    assert max(families.values()) >= 3 and len(judged) >= 20
    stages = {r["account_id"]: r for r in rows(marts, "fct_account_readiness")}
    for account, family in known.items():
        expected = judged[family]["readiness_stage"] if family in judged else None
        assert stages[account]["family_readiness_stage"] == expected
    customers = Counter(known[account] for account, r in stages.items() if r["readiness_stage"] == "customer")
    assert {key: r["customer_accounts_count"] for key, r in judged.items() if r["customer_accounts_count"]} == {
        key: count for key, count in customers.items() if key in judged
    }


# ---- the funnel


def middle(values: list[float]) -> float | None:
    """The median, half way between the two in the middle of an even number."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return None if not ordered else ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def test_the_funnel_of_those_who_asked_once_is_the_truth_s(
    demo: Demo, raised: list[tuple[dict[str, str], Row | None]], marts: duckdb.DuckDBPyConnection
) -> None:
    """Month by month: how many asked, were accepted, met, became deals and won, and the days between, to the second."""
    outcomes = {r["truth_person"]: r for r in demo.truth("outcomes")}
    deals = {r["opportunity_id"]: r for r in demo.truth("opportunities")}
    amounts = {r["opportunity_id"]: r for r in rows(marts, "fct_opportunities")}
    times = Counter(raise_["truth_person"] for raise_, _ in raised)
    funnel = {r["mql_id"]: r for r in rows(marts, "fct_mql_funnel")}
    expected: dict[dt.date, list[dict[str, dt.datetime | None]]] = defaultdict(list)
    found: dict[dt.date, list[Row]] = defaultdict(list)
    later = 0
    for raise_, handoff in raised:
        assert handoff is not None
        cycle = funnel[handoff["mql_id"]]
        asked = moment(raise_["raised_at"])
        assert asked is not None
        if times[raise_["truth_person"]] > 1 or cycle["opened_at"] != asked:
            later += 1  # asked again, or was with sales already
            continue
        story = outcomes.get(raise_["truth_person"], {})
        deal = deals.get(story.get("opportunity_id", ""), {})
        month = asked.date().replace(day=1)
        expected[month].append(
            {
                "opened": asked,
                "accepted": moment(story.get("accepted_at", "")),
                "met": moment(story.get("meeting_held_at", "")),
                "deal": moment(story.get("opportunity_created_at", "")),
                "won": moment(deal["closed_at"]) if deal.get("is_won") == "true" else None,
            }
        )
        found[month].append(cycle)
    assert later < len(raised) / 3
    steps = {
        "days_to_accept": ("opened", "accepted"),
        "days_accept_to_meeting": ("accepted", "met"),
        "days_meeting_to_opportunity": ("met", "deal"),
        "days_opportunity_to_win": ("deal", "won"),
        "days_to_win": ("opened", "won"),
    }
    reached: Counter[str] = Counter()
    for month, truths in expected.items():
        cycles = found[month]
        assert {cycle["cohort_month"] for cycle in cycles} == {month}
        counts = {step: sum(one[step] is not None for one in truths) for step in truths[0]}
        assert counts == {
            "opened": len(cycles),
            "accepted": sum(cycle["accepted_at"] is not None for cycle in cycles),
            "met": sum(cycle["meeting_held_at"] is not None for cycle in cycles),
            "deal": sum(cycle["opportunity_id"] is not None for cycle in cycles),
            "won": sum(cycle["outcome"] == "won" for cycle in cycles),
        }, month
        reached.update(counts)
        for column, (start, stop) in steps.items():
            waits = [
                (until - since) / dt.timedelta(days=1)
                for one in truths
                if (since := one[start]) is not None and (until := one[stop]) is not None
            ]
            told = [cycle[column] for cycle in cycles if cycle[column] is not None]
            assert (middle(waits) is None) == (middle(told) is None), (month, column)
            assert abs((middle(waits) or 0) - (middle(told) or 0)) < 1e-9, (month, column)
        worth = [cycle["pipeline_amount"] for cycle in cycles if cycle["credited_opportunity_id"]]
        assert sum(worth) == sum(
            amounts[cycle["credited_opportunity_id"]]["amount"] for cycle in cycles if cycle["credited_opportunity_id"]
        )
    assert len(expected) > 12 and reached["opened"] > 100 and reached["accepted"] > 50 and reached["won"] >= 5


# ---- what they read

TOPICS_OF_PAGES = {  # what the demo's company would say that its pages are about
    "/pricing": ("pricing", "decision"),
    "/security": ("security", "decision"),
    "/compare/rivaldata": ("comparison", "evaluation"),
    "/compare/build-or-buy": ("comparison", "evaluation"),
    "/customers": ("customer_stories", "evaluation"),
    "/blog/five-broken-pipelines": ("broken_pipelines", "problem"),
    "/docs/quick-start": ("documentation", "evaluation"),
    "/docs/connect-a-warehouse": ("documentation", "evaluation"),
    "/docs/api": ("documentation", "evaluation"),
    "/integrations/snowflake": ("integrations", "evaluation"),
    "/integrations/bigquery": ("integrations", "evaluation"),
    "/integrations/airflow": ("integrations", "evaluation"),
}


def test_topics_are_read_by_those_who_read_them(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    """Everybody but those whose visits look like a scanner's: theirs are taken for one, with all that lies within."""
    scanned = {r["truth_person"] for r in demo.truth("activities") if r["kind"] in ("visit_burst", "visit_bot")}
    expected: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in demo.truth("content"):
        human = row["truth_person"]
        if row["page"] in TOPICS_OF_PAGES and human in person_of and human not in scanned:
            expected[TOPICS_OF_PAGES[row["page"]]].add(person_of[human])
    left_out = {person_of[human] for human in scanned if human in person_of}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows(marts, "fct_content_engagement"):
        place = (row["topic"], row["buying_stage"])
        if place in expected and row["person_id"] not in left_out:
            found[place].add(row["person_id"])
    searched = {  # looking for us or a competitor by name is about comparison, wherever they land
        r["person_id"]
        for r in rows(marts, "fct_signals")
        if r["signal_kind"] == "arrival" and r["content_topic"] == "comparison"
    }
    for place, people in expected.items():
        assert found[place] - (searched if place[0] == "comparison" else set()) == people - (
            searched if place[0] == "comparison" else set()
        ), place
    assert min(len(people) for people in expected.values()) > 50 and len(left_out) < 60
    report = rows(marts, "rpt_content_topics")
    told: Counter[tuple[str, str]] = Counter()
    for row in report:
        told[row["topic"], row["buying_stage"]] += row["people"]
    for place, people in expected.items():
        assert len(people) <= told[place] <= len(people) + len(left_out) + len(searched)


def test_committees_that_woke_up_are_handed_over_as_ready_accounts(
    demo: Demo, marts: duckdb.DuckDBPyConnection, person_of: dict[str, str]
) -> None:
    """Enterprises: nobody of theirs is sent by their own score, and each woke once, for all to see."""
    woken = {r["account_id"] for r in demo.truth("accounts") if r["pattern"] == "woke_up"}
    assert len(woken) >= 8
    stages: dict[str, list[Row]] = defaultdict(list)
    for row in rows(marts, "fct_account_readiness_history"):
        if row["account_id"] in woken:
            stages[row["account_id"]].append(row)
    assert all(any(row["readiness_stage"] == "ready" for row in stages[account]) for account in woken)
    cycles = [row for row in rows(marts, "fct_mql_cycles") if row["account_id"] in woken]
    assert {row["entry_reason"] for row in cycles} == {"account_ready"}
    assert {row["account_id"] for row in cycles} == woken
    counted = {row["entry_reason"]: 0 for row in rows(marts, "rpt_mql_funnel")}
    for row in rows(marts, "rpt_mql_funnel"):
        counted[row["entry_reason"]] += row["mqls"]
    assert counted["account_ready"] >= len(cycles) >= 10
