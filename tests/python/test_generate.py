"""The demo world: the same bytes for the same seed, whole in itself, and the truth adds up with what is landed."""

import csv
import datetime as dt
import hashlib
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner
from handoff.generate import DEFAULT_UNTIL, Summary, generate, generate_command

Rows = list[dict[str, str]]
PEOPLE = 1_500

PREFIXES = {
    "lead": "00Q",
    "contact": "003",
    "account": "001",
    "user": "005",
    "task": "00T",
    "event": "00U",
    "campaign": "701",
    "campaign_member": "00v",
    "opportunity": "006",
    "opportunity_history": "008",
    "opportunity_contact_role": "00K",
    "lead_history": "017",
    "contact_history": "017",
}

# (table, column, tables whose ids it may name). An empty cell names nothing.
REFERENCES = [
    ("salesforce/lead", "converted_contact_id", ("contact",)),
    ("salesforce/lead", "converted_account_id", ("account",)),
    ("salesforce/lead", "converted_opportunity_id", ("opportunity",)),
    ("salesforce/lead", "master_record_id", ("lead",)),
    ("salesforce/contact", "account_id", ("account",)),
    ("salesforce/contact", "owner_id", ("user",)),
    ("salesforce/account", "owner_id", ("user",)),
    ("salesforce/user", "manager_id", ("user",)),
    ("salesforce/task", "who_id", ("lead", "contact")),
    ("salesforce/task", "account_id", ("account",)),
    ("salesforce/task", "owner_id", ("user",)),
    ("salesforce/event", "who_id", ("lead", "contact")),
    ("salesforce/event", "owner_id", ("user",)),
    ("salesforce/campaign_member", "campaign_id", ("campaign",)),
    ("salesforce/campaign_member", "lead_id", ("lead",)),
    ("salesforce/campaign_member", "contact_id", ("contact",)),
    ("salesforce/opportunity", "account_id", ("account",)),
    ("salesforce/opportunity", "owner_id", ("user",)),
    ("salesforce/opportunity_history", "opportunity_id", ("opportunity",)),
    ("salesforce/opportunity_contact_role", "opportunity_id", ("opportunity",)),
    ("salesforce/opportunity_contact_role", "contact_id", ("contact",)),
    ("salesforce/lead_history", "lead_id", ("lead",)),
    ("salesforce/contact_history", "contact_id", ("contact",)),
    ("marketo/lead", "sfdc_lead_id", ("lead",)),
    ("marketo/lead", "sfdc_contact_id", ("contact",)),
    ("marketo/lead", "sfdc_account_id", ("account",)),
]

# Columns that may point past the last moment: due dates, booked meetings and campaigns that still run.
MAY_LIE_AHEAD = {
    ("salesforce/task", "activity_date"),
    ("salesforce/event", "start_date_time"),
    ("salesforce/event", "end_date_time"),
    ("salesforce/event", "activity_date_time"),
    ("salesforce/event", "activity_date"),
    ("salesforce/campaign", "end_date"),
    ("salesforce/opportunity", "close_date"),
    ("salesforce/opportunity_history", "close_date"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("world")
    generate(PEOPLE, 18, 7, out)
    return out


@pytest.fixture(scope="module")
def world(folder: Path) -> dict[str, Rows]:
    return {f"{path.parent.name}/{path.stem}": read(path) for path in sorted(folder.glob("*/*.csv"))}


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def checksums(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*/*.csv"))
    }


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text) if "T" in text else dt.datetime.fromisoformat(text + "T00:00:00+00:00")


def check_letters(fifteen: str) -> str:
    """Salesforce's own rule for the last three letters of an id, written a second time."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
    chunks = (fifteen[0:5], fifteen[5:10], fifteen[10:15])
    return "".join(letters[int("".join("1" if c.isupper() else "0" for c in reversed(chunk)), 2)] for chunk in chunks)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(folder: Path, tmp_path: Path) -> None:
    generate(PEOPLE, 18, 7, tmp_path / "again")
    generate(PEOPLE, 18, 8, tmp_path / "other")
    assert checksums(tmp_path / "again") == checksums(folder)
    other = checksums(tmp_path / "other")
    same = [name for name, checksum in checksums(folder).items() if other[name] == checksum]
    assert same == []


def test_every_id_is_unique_and_of_its_object(world: dict[str, Rows]) -> None:
    seen: set[str] = set()
    for table, prefix in PREFIXES.items():
        ids = [row["id"] for row in world[f"salesforce/{table}"]]
        assert len(set(ids)) == len(ids) > 0, table
        assert not seen & set(ids), table
        seen |= set(ids)
        for salesforce_id in ids:
            assert len(salesforce_id) == 18 and salesforce_id.startswith(prefix), salesforce_id
            assert salesforce_id[15:] == check_letters(salesforce_id[:15])
    # Two ids that differ only in case would be one to a tool that ignores case, had they no check letters.
    assert len({salesforce_id.lower() for salesforce_id in seen}) == len(seen)
    for table in ("lead", "activity_visit_webpage", "activity_fill_out_form"):
        ids = [row["id"] for row in world[f"marketo/{table}"]]
        assert len(set(ids)) == len(ids) > 0, table


@pytest.mark.parametrize(("table", "column", "targets"), REFERENCES, ids=[f"{t}.{c}" for t, c, _ in REFERENCES])
def test_references_point_at_rows_that_are_there(
    world: dict[str, Rows], table: str, column: str, targets: tuple[str, ...]
) -> None:
    known = {row["id"] for target in targets for row in world[f"salesforce/{target}"]}
    named = {row[column] for row in world[table]} - {""}
    assert named, "the column never names anything"
    assert named <= known


def test_marketo_activities_belong_to_marketo_leads(world: dict[str, Rows]) -> None:
    leads = {row["id"] for row in world["marketo/lead"]}
    for table in ("activity_visit_webpage", "activity_fill_out_form"):
        assert {row["lead_id"] for row in world[f"marketo/{table}"]} <= leads


def test_nothing_happens_after_the_last_moment_or_before_the_first(world: dict[str, Rows]) -> None:
    first = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
    for table, rows in world.items():
        columns = [
            column
            for column in rows[0]
            if column.endswith(("_at", "_date", "_date_time", "_datestamp")) and (table, column) not in MAY_LIE_AHEAD
        ]
        for row in rows:
            for column in columns:
                if row[column]:
                    assert first <= moment(row[column]) <= DEFAULT_UNTIL, (table, column, row)


def test_open_tasks_and_booked_meetings_lie_ahead_as_in_a_real_crm(world: dict[str, Rows]) -> None:
    open_tasks = [row for row in world["salesforce/task"] if row["is_closed"] == "false"]
    assert open_tasks and all(row["completed_date_time"] == "" for row in open_tasks)
    assert any(moment(row["activity_date"]) > DEFAULT_UNTIL for row in open_tasks)


def test_expected_counts_are_the_rows_in_the_files(world: dict[str, Rows]) -> None:
    expected = {
        f"{row['source_system']}/{row['source_table']}": int(row["rows"]) for row in world["truth/expected_counts"]
    }
    assert expected == {name: len(rows) for name, rows in world.items() if not name.startswith("truth/")}


def test_every_record_belongs_to_exactly_one_human(world: dict[str, Rows]) -> None:
    owned = Counter((r["source_system"], r["record_type"], r["record_id"]) for r in world["truth/record_persons"])
    landed = [
        (system, table, row["id"])
        for system, table in (("salesforce", "lead"), ("salesforce", "contact"), ("marketo", "lead"))
        for row in world[f"{system}/{table}"]
    ]
    assert owned == Counter(landed)
    humans = {row["truth_person"] for row in world["truth/people"]}
    assert len(humans) == len(world["truth/people"]) == PEOPLE
    assert {row["truth_person"] for row in world["truth/record_persons"]} == humans


def test_merges_are_deletions_with_a_master_and_chains_have_two_steps(world: dict[str, Rows]) -> None:
    leads = {row["id"]: row for row in world["salesforce/lead"]}
    merges = world["truth/merges"]
    assert {row["losing_record_id"] for row in merges} == {r["id"] for r in leads.values() if r["master_record_id"]}
    for row in merges:
        loser = leads[row["losing_record_id"]]
        assert loser["is_deleted"] == "true" and loser["master_record_id"] == row["surviving_record_id"]
    second_steps = [row for row in merges if leads[row["surviving_record_id"]]["master_record_id"]]
    assert second_steps
    for row in second_steps:
        last = leads[leads[row["surviving_record_id"]]["master_record_id"]]
        assert last["is_deleted"] == "false"


def test_a_conversion_is_dated_by_day_on_the_lead_and_to_the_second_in_its_history(world: dict[str, Rows]) -> None:
    leads = {row["id"]: row for row in world["salesforce/lead"]}
    exact = {r["lead_id"]: r["created_date"] for r in world["salesforce/lead_history"] if r["field"] == "leadConverted"}
    conversions = world["truth/conversions"]
    assert len(conversions) > 5
    assert {row["lead_id"] for row in conversions} == {
        row["id"] for row in leads.values() if row["is_converted"] == "true"
    }
    for row in conversions:
        lead = leads[row["lead_id"]]
        assert exact[row["lead_id"]] == row["converted_at"]
        assert lead["converted_date"] == row["converted_at"][:10]
        assert lead["converted_contact_id"] == row["contact_id"]
        assert lead["status"] == "Closed - Converted"


def test_lead_history_leads_to_the_lead_as_it_is(world: dict[str, Rows]) -> None:
    state: dict[tuple[str, str], tuple[str, str]] = {}
    for row in world["salesforce/lead_history"]:
        if row["field"] == "Status" or (row["field"] == "Owner" and row["new_value"][:3] in ("005", "00G")):
            before = state.get((row["lead_id"], row["field"]))
            if before:
                assert before[0] == row["old_value"] and before[1] <= row["created_date"]
            state[row["lead_id"], row["field"]] = (row["new_value"], row["created_date"])
    leads = {row["id"]: row for row in world["salesforce/lead"]}
    assert state
    for (lead_id, field), (value, _) in state.items():
        assert leads[lead_id]["status" if field == "Status" else "owner_id"] == value


def test_hand_raises_in_the_truth_are_the_forms_of_humans(world: dict[str, Rows]) -> None:
    forms = {
        row["id"]: row
        for row in world["marketo/activity_fill_out_form"]
        if row["primary_attribute_value"] in ("Request a demo", "Contact sales", "Request pricing")
    }
    handoffs = {r["marketo_activity_id"]: r for r in world["truth/handoffs"] if r["kind"] in ("hand_raise", "spam")}
    assert handoffs.keys() == forms.keys()
    for activity_id, handoff in handoffs.items():
        form = forms[activity_id]
        assert moment(form["activity_date"]) == moment(handoff["raised_at"])
        assert form["lead_id"] == handoff["marketo_lead_id"]
        assert ("Headless" in form["user_agent"]) == (handoff["kind"] == "spam")


def test_activity_counts_add_up(world: dict[str, Rows]) -> None:
    counted: Counter[str] = Counter()
    for row in world["truth/activities"]:
        counted[row["kind"]] += int(row["activities"])
    visits = world["marketo/activity_visit_webpage"]
    forms = world["marketo/activity_fill_out_form"]
    responses = [row for row in world["salesforce/campaign_member"] if row["has_responded"] == "true"]
    assert counted["visit_human"] + counted["visit_bot"] + counted["visit_burst"] + counted["visit_reload"] == len(
        visits
    )
    assert counted["visit_burst"] > 0
    assert counted["form_human"] + counted["form_bot"] == len(forms)
    assert counted["campaign_response"] + counted["campaign_response_lost"] == len(responses)
    by_robots = [
        row for row in visits if any(word in row["user_agent"].lower() for word in ("bot", "headless", "python"))
    ]
    assert counted["visit_bot"] == len(by_robots) > 0


def test_first_human_touch_follows_the_raise_and_is_a_finished_task_or_event(world: dict[str, Rows]) -> None:
    done = {
        (row["who_id"], moment(row["completed_date_time"]))
        for row in world["salesforce/task"]
        if row["completed_date_time"] and row["subject"] not in AUTOMATED
    } | {(row["who_id"], moment(row["end_date_time"])) for row in world["salesforce/event"]}
    touched = [row for row in world["truth/handoffs"] if row["first_human_touch_at"]]
    assert len(touched) > 50
    for row in touched:
        assert moment(row["first_human_touch_at"]) >= moment(row["raised_at"])
        assert (row["record_id"], moment(row["first_human_touch_at"])) in done


AUTOMATED = ("Email: Monthly digest", "Email: Thank you for your request")


def test_automated_mail_is_the_integration_user_s(world: dict[str, Rows]) -> None:
    robots = {row["id"] for row in world["salesforce/user"] if row["user_type"] == "CloudIntegrationUser"}
    assert len(robots) == 1
    automated = [row for row in world["salesforce/task"] if row["subject"] in AUTOMATED]
    assert automated and {row["owner_id"] for row in automated} == robots
    assert not [row for row in world["salesforce/event"] if row["owner_id"] in robots]


STORIES = (
    "merged_pair merged_chain lead_twice lead_of_known_contact marketo_by_email marketo_only shared_mailbox free_mail "
    "deleted converted raise_worked raise_reassigned raise_never_touched raise_on_weekend raise_at_clock_change "
    "raise_after_touches raise_automated_mail_first raise_again_after_recycling raise_recent "
    "raise_outside_crm raise_returning_customer "
    "raise_excluded spam_raise link_scanner reload_burst student competitor employee customer vendor partner bot "
    "committee_member busy_one sales_made_win sales_made_opportunity threshold_worked lead_born_of_raise"
)


@pytest.mark.parametrize("story", STORIES.split())
def test_every_story_is_told(world: dict[str, Rows], story: str) -> None:
    told = {row["story"]: int(row["people"]) for row in world["truth/stories"]}
    labelled = sum(1 for row in world["truth/people"] if story in row["stories"].split(";"))
    assert told[story] == labelled > 0


def test_stories_hold_what_they_promise(world: dict[str, Rows]) -> None:
    handoffs: dict[str, Rows] = defaultdict(list)
    for row in world["truth/handoffs"]:
        handoffs[row["story"]].append(row)
    assert all(row["is_weekend"] == "true" for row in handoffs["weekend"])
    assert not any(row["first_human_touch_at"] for row in handoffs["never_touched"])
    assert any(row["assigned_at"] for row in handoffs["never_touched"])
    assert any(not row["assigned_at"] for row in handoffs["never_touched"])
    for row in handoffs["reassigned"]:
        if row["reassigned_at"]:
            assert row["assigned_at"] < row["reassigned_at"]
            assert not row["first_human_touch_at"] or row["reassigned_at"] <= row["first_human_touch_at"]
            assert row["owner_id"] != row["first_owner_id"]
    assert all(int(row["touches_before"]) >= 1 for row in handoffs["after_touches"])
    assert all(int(row["automated_before_touch"]) >= 1 for row in handoffs["automated_mail_first"])
    assert all(int(row["handoff_number"]) == 2 for row in handoffs["second_cycle"]) and handoffs["second_cycle"]


def test_clock_change_raises_stand_beside_a_clock_change(world: dict[str, Rows]) -> None:
    changes = {  # Sundays on which the three regions change their clocks, as their governments publish them
        "americas": ("2025-03-09", "2025-11-02", "2026-03-08"),
        "emea": ("2025-03-30", "2025-10-26", "2026-03-29"),
        "apac": ("2025-04-06", "2025-10-05", "2026-04-05"),
    }
    rows = [row for row in world["truth/handoffs"] if row["story"] == "clock_change"]
    assert {row["region"] for row in rows} >= {"americas", "emea"}
    for row in rows:
        raised = moment(row["raised_at"])
        assert any(
            dt.timedelta(days=-3) < raised - moment(sunday) < dt.timedelta(days=2) for sunday in changes[row["region"]]
        ), row


def test_committees_are_many_and_busy_ones_are_alone(world: dict[str, Rows]) -> None:
    by_pattern: dict[str, Rows] = defaultdict(list)
    for row in world["truth/accounts"]:
        by_pattern[row["pattern"]].append(row)
    assert by_pattern["committee"] and by_pattern["busy_one"]
    for row in by_pattern["committee"]:
        assert int(row["engaged_functions"]) >= 3 and row["decision_maker_engaged"] == "true"
    for row in by_pattern["busy_one"]:
        assert int(row["people"]) >= 5 and row["decision_maker_engaged"] == "false"


def test_rates_are_those_of_a_plausible_company(world: dict[str, Rows]) -> None:
    outcomes = world["truth/outcomes"]
    handed_off = {row["truth_person"] for row in world["truth/handoffs"] if row["kind"] != "spam"}
    reached = {name: sum(1 for row in outcomes if row[name]) for name in outcomes[0]}
    assert 0.08 <= len(handed_off) / PEOPLE <= 0.15
    assert 0.45 <= reached["accepted_at"] / len(handed_off) <= 0.80
    assert 0.20 <= reached["meeting_held_at"] / len(handed_off) <= 0.50
    assert reached["accepted_at"] > reached["meeting_held_at"] > reached["opportunity_id"] > reached["won_at"] > 0


def test_two_people_share_one_mailbox_and_others_never_share_an_address(world: dict[str, Rows]) -> None:
    owner = {(r["source_system"], r["record_id"]): r["truth_person"] for r in world["truth/record_persons"]}
    people_of: dict[str, set[str]] = defaultdict(set)
    for system, table in (("salesforce", "lead"), ("salesforce", "contact"), ("marketo", "lead")):
        for row in world[f"{system}/{table}"]:
            people_of[row["email"]].add(owner[system, row["id"]])
    shared = {email: people for email, people in people_of.items() if len(people) > 1}
    assert shared and all(email.startswith("info@") and len(people) == 2 for email, people in shared.items())


def test_small_and_short_worlds_are_whole(tmp_path: Path) -> None:
    for people, months in ((1, 1), (25, 2), (90, 40)):
        summary = generate(people, months, 3, tmp_path / f"{people}")
        assert isinstance(summary, Summary) and summary.people == people
    with pytest.raises(ValueError, match="at least one person"):
        generate(0, 1, 1, tmp_path / "none")


def test_command_says_what_it_wrote_and_refuses_nonsense(tmp_path: Path) -> None:
    runner = CliRunner()
    good = runner.invoke(generate_command, ["--people", "60", "--months", "3", "--out", str(tmp_path / "w"), "--json"])
    assert good.exit_code == 0 and '"people": 60' in good.stdout
    bad = runner.invoke(generate_command, ["--out", str(tmp_path / "w"), "--until", "yesterday-ish"])
    assert bad.exit_code == 2 and "ISO 8601" in bad.output
    (tmp_path / "taken").write_text("a file, not a folder")
    blocked = runner.invoke(generate_command, ["--people", "5", "--out", str(tmp_path / "taken" / "in")])
    assert blocked.exit_code == 2 and "could not write" in blocked.output
