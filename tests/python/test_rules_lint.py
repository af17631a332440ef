"""The shipped rules are sound, and each kind of mistake is told once, with its file, its line and a way out."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from handoff.rule_schemas import SCHEMAS
from handoff.rule_schemas.base import ATTRIBUTES
from handoff.rules import lint, rules, rules_hash, schema_files

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT / "seeds"
FILES = {name.rsplit("/", 1)[-1]: name for name in SCHEMAS}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    return tmp_path / "seeds"


class Sheet:
    """A seed under test: find a row by some of its cells, change it, drop it, or add one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open(newline="", encoding="utf-8") as stream:
            self.header, *self.rows = list(csv.reader(stream))

    def index(self, **cells: str) -> int:
        found = [
            number
            for number, row in enumerate(self.rows)
            if all(row[self.header.index(column)] == cell for column, cell in cells.items())
        ]
        assert found, f"no row with {cells}"
        return found[0]

    def save(self) -> None:
        with self.path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, lineterminator="\n").writerows([self.header, *self.rows])


Edit = Callable[[Sheet], int]


def change(where: dict[str, str], **cells: str) -> Edit:
    def edit(sheet: Sheet) -> int:
        number = sheet.index(**where)
        for column, cell in cells.items():
            sheet.rows[number][sheet.header.index(column)] = cell
        return number + 2

    return edit


def add_like(where: dict[str, str], **cells: str) -> Edit:
    def edit(sheet: Sheet) -> int:
        row = list(sheet.rows[sheet.index(**where)])
        for column, cell in cells.items():
            row[sheet.header.index(column)] = cell
        sheet.rows.append(row)
        return len(sheet.rows) + 1

    return edit


def both(*edits: Edit) -> Edit:
    """One edit after the other; the last one's line is told."""

    def edit(sheet: Sheet) -> int:
        return [one(sheet) for one in edits][-1]

    return edit


def keep_only(where: dict[str, str], told_at: int) -> Edit:
    def edit(sheet: Sheet) -> int:
        sheet.rows = [
            row for row in sheet.rows if all(row[sheet.header.index(column)] == cell for column, cell in where.items())
        ]
        return told_at

    return edit


def add(line: str) -> Edit:
    def edit(sheet: Sheet) -> int:
        sheet.rows.append(line.split(","))
        return len(sheet.rows) + 1

    return edit


def drop(where: dict[str, str], told_at: dict[str, str] | int) -> Edit:
    def edit(sheet: Sheet) -> int:
        del sheet.rows[sheet.index(**where)]
        return told_at if isinstance(told_at, int) else sheet.index(**told_at) + 2

    return edit


def rename_column(before: str, after: str) -> Edit:
    def edit(sheet: Sheet) -> int:
        sheet.header[sheet.header.index(before)] = after
        return 1

    return edit


@dataclass(frozen=True)
class Case:
    name: str
    file: str
    edit: Edit
    message: str
    suggestion: str = ""
    told_in: str = ""
    first: dict[str, str] | None = None  # the row whose line stands for {first} in the message


DEMO = {"scoring_model": "2026-a", "rule_id": "ENG-01"}
SIZE = {"scoring_model": "2026-a", "rule_id": "FIT-01"}
POINTS = "rule_score_points"
GUARDS = "rule_intake_guards"
CASES = [
    Case(
        "unknown column",
        POINTS,
        rename_column("points", "pionts"),
        "There is no column `pionts` here.",
        "Did you mean points?",
    ),
    Case(
        "bad number",
        POINTS,
        change(DEMO, points="4o"),
        "points: `4o` is not a number.",
        "Write digits with a decimal point, such as 12.5.",
    ),
    Case(
        "number out of range",
        POINTS,
        change(DEMO, points="400"),
        "points: `400`: Input should be less than or equal to 100.",
    ),
    Case(
        "bad enum",
        POINTS,
        change(DEMO, decay="halflife"),
        "decay: `halflife` is not allowed.",
        "Did you mean half_life?",
    ),
    Case(
        "bad whole number",
        POINTS,
        change(DEMO, daily_cap="1.5"),
        "daily_cap: `1.5` is not a whole number.",
        "Write digits only, such as 30.",
    ),
    Case("empty cell", POINTS, change(DEMO, reason=" "), "reason: the cell is empty.", "It must be given."),
    Case(
        "unknown signal",
        POINTS,
        change(DEMO, signal_name="demo_requestd"),
        "signal_name: `demo_requestd` is made by no row of rule_signals.",
        "Did you mean demo_requested?",
    ),
    Case(
        "unknown group",
        POINTS,
        change(DEMO, score_group="high_intend"),
        "score_group: `high_intend` is no group of 2026-a in rule_score_groups.",
        "Did you mean high_intent?",
    ),
    Case(
        "group of the other kind",
        POINTS,
        change(DEMO, score_group="industry"),
        "score_group: `industry` is for fit, the rule is for engagement.",
        "Use a group of the rule's kind.",
    ),
    Case(
        "unknown model",
        POINTS,
        add_like(DEMO, scoring_model="2026-c"),
        "scoring_model: `2026-c` is not in rule_scoring_models.",
        "Did you mean 2026-a?",
    ),
    Case(
        "duplicate id",
        POINTS,
        add_like(DEMO),
        "scoring_model, rule_id: `2026-a, eng-01` stands already in line {first}.",
        "Give each row a key of its own.",
        first=DEMO,
    ),
    Case(
        "negative without expire",
        POINTS,
        change({"scoring_model": "2026-a", "rule_id": "ENG-20"}, decay="linear"),
        "decay: negative points must expire, but the decay is linear.",
        "Use expire and the days after which the person may be forgiven.",
    ),
    Case(
        "expire without days",
        POINTS,
        change({"scoring_model": "2026-a", "rule_id": "ENG-20"}, decay_days=""),
        "decay_days: decay expire needs decay_days.",
        "Say after how many days.",
    ),
    Case(
        "half-life of a group without one",
        POINTS,
        change({"scoring_model": "2026-a", "rule_id": "ENG-01"}, score_group="negative"),
        "decay: half_life, but the group `negative` has none.",
        "Give the group half_life_days, or let the rule expire.",
    ),
    Case(
        "fit rule that decays",
        POINTS,
        change(SIZE, decay="none"),
        "decay: a fit rule has no decay: fit asks who somebody is.",
        "Empty it.",
    ),
    Case(
        "engagement rule that asks an attribute",
        POINTS,
        change(DEMO, attribute="segment"),
        "attribute: an engagement rule has no attribute: it names a signal.",
        "Empty it.",
    ),
    Case(
        "guard of a share without one",
        GUARDS,
        change({"guard_id": "GRD-02"}, threshold=""),
        "`fewer_rows` needs a share of the rows as threshold.",
        "Write 0.5 for one half.",
    ),
    Case(
        "guard of days without any",
        GUARDS,
        change({"guard_id": "GRD-05"}, threshold=""),
        "`stale` needs a number of days as threshold.",
        "Write 14 for two weeks.",
    ),
    Case(
        "guard with a threshold it never reads",
        GUARDS,
        change({"guard_id": "GRD-01"}, threshold="5"),
        "`empty` takes no threshold.",
        "Empty the threshold.",
    ),
    Case(
        "guard of a table of any system",
        GUARDS,
        change({"guard_id": "GRD-01"}, source_table="people"),
        "A table is named without its system.",
        "Name the system, or write * for the table.",
    ),
    Case(
        "guard that does not exist",
        GUARDS,
        change({"guard_id": "GRD-01"}, guard="emptied"),
        "guard: `emptied` is not allowed.",
        "Did you mean empty?",
    ),
    Case(
        "unknown attribute",
        POINTS,
        change(SIZE, attribute="segmnt"),
        "attribute: `segmnt` is not allowed.",
        "Did you mean segment?",
    ),
    Case(
        "condition without value",
        POINTS,
        change(SIZE, value=""),
        "`equals` needs a value, but it is empty.".capitalize(),
        "Give the value, or use is_missing.",
    ),
    Case(
        "number asked of text",
        POINTS,
        change(SIZE, operator="at_least", value="5"),
        "`at_least` compares numbers, and this is no number.",
        "Use equals or in.",
    ),
    Case(
        "list parted by commas",
        POINTS,
        change(SIZE, operator="in", value="enterprise, mid_market"),
        "The list `enterprise, mid_market` is parted by commas.",
        "Write `enterprise|mid_market`.",
    ),
    Case(
        "list with an empty part",
        POINTS,
        change(SIZE, operator="in", value="enterprise||smb"),
        "The list `enterprise||smb` has an empty or padded part.",
        "Part the values by | alone: a|b|c.",
    ),
    Case(
        "half-life too short",
        "rule_score_groups",
        change({"scoring_model": "2026-a", "score_group": "email"}, half_life_days="3"),
        "half_life_days: a half-life of 3 days is too short: the running sums behind score history would overflow "
        "within twenty years.",
        "Use 7 days or more, or let the rules expire.",
    ),
    Case(
        "more groups than places",
        "rule_score_groups",
        both(
            *(add_like({"scoring_model": "2026-a", "score_group": "email"}, score_group=f"email_{n}") for n in range(3))
        ),
        "scoring_model: `2026-a` has more than 8 engagement groups.",
        "Join groups that fade alike; the history of scores keeps a place for each.",
    ),
    Case(
        "floor above cap",
        "rule_score_groups",
        change({"scoring_model": "2026-a", "score_group": "industry"}, floor_points="30"),
        "floor_points: the floor 30 is above the cap 20.",
        "Swap them.",
    ),
    Case(
        "active models overlap",
        "rule_scoring_models",
        change({"scoring_model": "2026-b-draft"}, model_status="active", effective_from="2027-01-01"),
        "active scoring models: the window overlaps with line {first}.",
        "End the earlier row where the later begins.",
        first={"scoring_model": "2026-a"},
    ),
    Case(
        "window ends before it begins",
        "rule_scoring_models",
        change({"scoring_model": "2026-a"}, effective_until="2026-01-01"),
        "The window ends at 2026-01-01 00:00:00 before it begins at 2026-04-01 00:00:00.",
        "The end is excluded: make it later than the beginning, or empty for an open end.",
    ),
    Case(
        "impossible day",
        "rule_scoring_models",
        change({"scoring_model": "2026-a"}, review_by="2026-02-30"),
        "review_by: `2026-02-30` is not a day.",
        "Write a day of the calendar as 2026-04-01.",
    ),
    Case(
        "impossible moment",
        "rule_scoring_models",
        change({"scoring_model": "2026-a"}, effective_from="01.04.2026"),
        "effective_from: `01.04.2026` is not a moment.",
        "Write 2026-04-01 or 2026-04-01 09:30:00, in UTC.",
    ),
    Case(
        "bands leave a gap below",
        "rule_score_bands",
        change({"scoring_model": "2026-a", "rule_kind": "engagement", "band": "4"}, min_score="5"),
        "min_score: engagement band 4 begins at 5, but scores go down to 0.",
        "Begin it at 0, so that every score has a band.",
    ),
    Case(
        "band missing",
        "rule_score_bands",
        drop({"scoring_model": "2026-a", "rule_kind": "fit", "band": "B"}, told_at=3),
        "scoring_model: `2026-a` has no fit band B.",
        "Add it to rule_score_bands, so that every score has a band.",
        told_in="rule_scoring_models",
    ),
    Case(
        "bands out of order",
        "rule_score_bands",
        change({"scoring_model": "2026-a", "rule_kind": "fit", "band": "B"}, min_score="75"),
        "min_score: band B begins at 75, not below band A at 75.",
        "Let each band begin below the better one.",
    ),
    Case(
        "impossible grade",
        "rule_qualification_matrix",
        change({"scoring_model": "2026-a", "grade": "C1"}, grade="E1"),
        "`E1` is no grade that can qualify.",
        "Write a fit and an engagement band: A1.",
    ),
    Case(
        "broken pattern",
        "rule_bot_filters",
        change({"bot_filter_id": "BOT-04"}, value="(selenium"),
        "`(selenium` is not a regular expression: missing ), unterminated subpattern at position 0.",
        "Escape a literal sign by \\.",
    ),
    Case(
        "pattern that engines read apart",
        "rule_bot_filters",
        change({"bot_filter_id": "BOT-04"}, value=r"\bselenium\b"),
        r"`\bselenium\b` uses look-around, a back-reference or \b, which not every engine reads alike.",
        "Use operator word for whole words, or (^|[^a-z]) for an edge.",
    ),
    Case(
        "pattern in upper case",
        "rule_bot_filters",
        change({"bot_filter_id": "BOT-04"}, value="Selenium"),
        "`Selenium` can never match: texts are compared in lower case.",
        "Write `selenium`.",
    ),
    Case(
        "signal that is and is not a hand-raise",
        "rule_signals",
        change({"activity_type": "demo_request"}, is_hand_raise="false"),
        "is_hand_raise: `demo_requested` is true in line {first}.",
        "A signal is a hand-raise everywhere or nowhere.",
        first={"signal_rule_id": "SIG-01"},
    ),
    Case(
        "an arrival that is a hand-raise",
        "rule_signals",
        change({"signal_rule_id": "SIG-52"}, is_hand_raise="true"),
        "is_hand_raise: signal_kind arrival stands beside what was done, and only that can be so.",
        "Set it to false.",
    ),
    Case(
        "a return that asks for a page",
        "rule_signals",
        change({"signal_rule_id": "SIG-59"}, match_field="url", operator="contains"),
        "match_field: a return asks how long nobody came.",
        "Use match_field absence_days and at_least.",
    ),
    Case(
        "a return after no day",
        "rule_signals",
        change({"signal_rule_id": "SIG-59"}, value="0"),
        "value: `0` is no number of days.",
        "Write a whole number from 1 on.",
    ),
    Case(
        "a page told by days of absence",
        "rule_signals",
        change({"signal_rule_id": "SIG-08"}, match_field="absence_days", operator="at_least", value="30"),
        "match_field: only a return is told by absence_days.",
        "Set signal_kind to return.",
    ),
    Case(
        "a second condition without a field",
        "rule_signals",
        change({"signal_rule_id": "SIG-08"}, also_operator="equals", also_value="a"),
        "also_match_field: there is a second condition but no also_match_field.",
        "Say which field it asks.",
    ),
    Case(
        "a row that would name every activity",
        "rule_signals",
        change({"signal_rule_id": "SIG-19"}, activity_type=""),
        "The row would name every activity.",
        "Give an activity_type or a condition.",
    ),
    Case(
        "a burst of one",
        "rule_bot_filters",
        change({"bot_filter_id": "BOT-12"}, min_count="1"),
        "min_count: `1`: Input should be greater than or equal to 2.",
    ),
    Case(
        "a burst without seconds",
        "rule_bot_filters",
        change({"bot_filter_id": "BOT-12"}, window_seconds=""),
        "window_seconds: a filter of kind burst needs a window_seconds.",
        "Say how many.",
    ),
    Case(
        "a count that nothing reads",
        "rule_bot_filters",
        change({"bot_filter_id": "BOT-16"}, min_count="2"),
        "min_count: a filter of kind after_sending has no min_count.",
        "Empty it.",
    ),
    Case(
        "a filter called as copies are",
        "rule_bot_filters",
        change({"bot_filter_id": "BOT-01"}, dropped_reason="duplicate"),
        "`duplicate` is what copies are called.",
        "Give the filter a reason of its own.",
    ),
    Case(
        "own domain as a referrer's kind",
        "rule_referrers",
        change({"domain": "g2.com"}, referrer_kind="own"),
        "referrer_kind: `own` is not a kind to give: own domains stand in rule_own_domains, "
        "and what no row names is other.",
        "Use search, ai_assistant, social, review_site, webmail or a name of your own.",
    ),
    Case(
        "bad boolean",
        "rule_signals",
        change({"signal_rule_id": "SIG-01"}, is_hand_raise="yes"),
        "is_hand_raise: `yes` is neither true nor false.",
        "Write true or false, in lower case.",
    ),
    Case(
        "order with a tie",
        "rule_exclusions",
        change({"rule_id": "EXC-02"}, sort_order="10"),
        "sort_order: 10 stands already in line {first}.",
        "Give each row its own, so that which comes first is plain to see.",
        first={"rule_id": "EXC-01"},
    ),
    Case(
        "word that cannot be found",
        "rule_titles",
        change({"value": "co founder", "assigns": "seniority"}, value="co-founder"),
        "`co-founder` can never be found: only letters, digits, & and + make words.",
        "Write `co founder`.",
    ),
    Case(
        "title to an unknown seniority",
        "rule_titles",
        change({"value": "head", "assigns": "seniority"}, assigned_value="directr"),
        "`directr` is no seniority.",
        "Did you mean director?",
    ),
    Case(
        "title decided before",
        "rule_titles",
        add_like({"value": "head", "assigns": "seniority"}, rule_id="SEN-999", sort_order="9990"),
        "value: `head` is decided already by line {first}.",
        "Remove one of the two.",
        first={"value": "head", "assigns": "seniority"},
    ),
    Case(
        "segments with a gap",
        "rule_segments",
        change({"segment": "enterprise"}, min_employee_count="1100"),
        "min_employee_count: enterprise begins at 1100, mid_market ends at 999.",
        "Let each segment begin one above the end of the smaller.",
    ),
    Case(
        "domain with a path",
        "rule_own_domains",
        change({"domain": "northwindmetrics.io"}, domain="northwindmetrics.io/app"),
        "domain: `northwindmetrics.io/app` is not a domain.",
        "Write the domain alone in lower case, such as example.com.",
    ),
    Case(
        "all domains made one",
        "rule_mail_providers",
        change({"domain": "*"}, canonical_domain="gmail.com"),
        "The row for any other domain would make all of them one.",
        "Empty its canonical_domain.",
    ),
    Case(
        "a tag of two separators",
        "rule_mail_providers",
        change({"domain": "gmail.com"}, tag_separator="+-"),
        "tag_separator: `+-`: String should have at most 1 character.",
    ),
    Case(
        "an override of one record",
        "rule_identity_overrides",
        add("O1,force_same,salesforce,00QA00000000001,salesforce,00QA00000000001AAA,,,Typed twice"),
        "other_record_id: both records are the same one.",
        "Name two records.",
    ),
    Case(
        "a priority of no sources",
        "rule_field_survivorship",
        change({"field": "lead_source", "strategy": "source_priority"}, value=""),
        "`source_priority` needs a list, but the value is empty.",
        "List the systems, the first first: salesforce|hubspot|*.",
    ),
    Case(
        "a value that nothing reads",
        "rule_field_survivorship",
        change({"field": "email", "strategy": "most_recent"}, value="marketo"),
        "`most_recent` takes no value, but the value is `marketo`.",
        "Empty the value.",
    ),
    Case(
        "two strategies at once",
        "rule_field_survivorship",
        change({"field": "email", "strategy": "most_recent"}, sort_order="10"),
        "sort_order: 10 stands already in line {first}.",
        "Give each row its own, so that which comes first is plain to see.",
        first={"field": "email", "strategy": "valid_email"},
    ),
    Case(
        "nothing for any field",
        "rule_field_survivorship",
        keep_only({"field": "email"}, 1),
        "No row is for any field.",
        "Add rows for `*`: what the others do.",
    ),
    Case(
        "criterion windows overlap",
        "rule_readiness_criteria",
        add_like({"rule_id": "RDY-01"}, rule_id="RDY-99", effective_from="2026-01-01"),
        "criterion: the window overlaps with line {first}.",
        "End the earlier row where the later begins.",
        first={"rule_id": "RDY-01"},
    ),
    Case(
        "stage asks an unknown criterion",
        "rule_readiness_stages",
        change({"readiness_stage": "ready", "criterion": "recency"}, criterion="recent"),
        "criterion: `recent` is not in rule_readiness_criteria.",
        "Did you mean recency?",
    ),
    Case(
        "criterion names a measure that no model makes",
        "rule_readiness_criteria",
        change({"rule_id": "RDY-14"}, measure="recentcy"),
        "measure: `recentcy` is not in models/…/measures.",
        "Did you mean recency?",
    ),
    Case(
        "criterion is left before it is met",
        "rule_readiness_criteria",
        change({"rule_id": "RDY-01"}, exit_threshold="60"),
        "exit_threshold: it would be left at 60 before it is met at 50.",
        "Let the exit threshold lie on the unmet side of the threshold, or leave it empty.",
    ),
    Case(
        "criterion where fewer is better is left before it is met",
        "rule_readiness_criteria",
        change({"rule_id": "RDY-14"}, exit_threshold="13"),
        "exit_threshold: it would be left at 13 before it is met at 14.",
        "Let the exit threshold lie on the unmet side of the threshold, or leave it empty.",
    ),
    Case(
        "criterion says a place that nothing fills",
        "rule_readiness_criteria",
        change({"rule_id": "RDY-02"}, missing_text="Nobody in {days} days"),
        "missing_text: `Nobody in {days} days` has a place that nothing fills.",
        "Known: {actual}, {threshold}, {window_days}, {missing_roles}.",
    ),
    Case(
        "silence as proof",
        "rule_readiness_criteria",
        change({"rule_id": "RDY-14"}, met_when="at_least", exit_threshold=""),
        "met_when: silence proves nothing: recency is met by few days.",
        "Write at_most.",
    ),
    Case(
        "window of people known",
        "rule_readiness_criteria",
        change({"rule_id": "RDY-01"}, seniorities="vp"),
        "seniorities: the measure account_fit is of all people known, whatever they did.",
        "Leave seniorities empty.",
    ),
    Case(
        "surge without a past",
        "rule_readiness_criteria",
        change({"rule_id": "RDY-18"}, baseline_days=""),
        "baseline_days: the measure surge needs a past to hold the window against, and no other measure does.",
        "Give baseline_days to a surge, and leave it empty elsewhere.",
    ),
    Case(
        "returns that grow",
        "rule_readiness_returns",
        change({"return_id": "RET-03"}, share="0.75"),
        "share: 0.75 is more than the 0.5 of the bracket before.",
        "Returns diminish: let no bracket count more than the one before.",
    ),
    Case(
        "a gap between brackets",
        "rule_readiness_returns",
        change({"return_id": "RET-02"}, from_points="25"),
        "from_points: the bracket begins at 25, the one before ends at 20.",
        "Let each begin where the one before ends.",
    ),
    Case(
        "levels that do not rise",
        "rule_readiness_levels",
        change({"level_id": "LEV-01"}, min_value="40"),
        "min_value: high begins at 40, not above medium in line {first}.",
        "Let each level of a kind have an order and a beginning above the one below.",
        first={"level_id": "LEV-02"},
    ),
    Case(
        "unknown status",
        "rule_status_map",
        change({"source_system": "*", "crm_status": "sal"}, status="acepted"),
        "status: `acepted` is not in rule_statuses.",
        "Did you mean accepted?",
    ),
    Case(
        "reason without an outcome",
        "rule_status_map",
        change({"source_system": "*", "crm_status": "sal"}, outcome_reason="nurture"),
        "outcome_reason: `accepted` is no outcome.",
        "Empty it, or map to a status that ends the cycle.",
    ),
    Case(
        "status mapped twice in another case",
        "rule_status_map",
        add_like({"source_system": "*", "crm_status": "sal"}, crm_status="SAL"),
        "source_system, crm_status: `*, sal` stands already in line {first}.",
        "Give each row a key of its own.",
        first={"source_system": "*", "crm_status": "sal"},
    ),
    Case(
        "transition missing",
        "rule_status_transitions",
        drop({"from_status": "working", "to_status": "won"}, told_at=1),
        "There is no row from working to won.",
        "Add working,won,false,illegal and why, or true and no violation if the step is legal.",
    ),
    Case(
        "no policy for every segment",
        "rule_cycle_policies",
        drop({"rule_id": "CYC-02"}, told_at=1),
        "No row applies to every segment.",
        "Add one with an empty segment.",
    ),
    Case(
        "nobody's unit",
        "rule_qualification_units",
        drop({"rule_id": "UNI-02"}, told_at={"rule_id": "UNI-01"}),
        "No row applies to everybody, so nobody could say who qualifies somebody.",
        "End with a row whose conditions and window are all empty.",
    ),
    Case(
        "unit rule behind the catch-all",
        "rule_qualification_units",
        add_like({"rule_id": "UNI-01"}, rule_id="UNI-99", sort_order="990"),
        "The row is never reached: line {first} applies to everybody.",
        "Give the catch-all the highest sort_order.",
        first={"rule_id": "UNI-02"},
    ),
    Case(
        "unit rule of no deal",
        "rule_qualification_units",
        change({"rule_id": "UNI-01"}, min_deal_amount="0"),
        "min_deal_amount: `0`: Input should be greater than 0.",
        "",
    ),
    Case(
        "routing without a catch-all",
        "rule_routing",
        drop({"rule_id": "ROU-20"}, told_at={"rule_id": "ROU-19"}),
        "No row applies to everybody, so somebody would be left without an action.",
        "End with a row whose conditions and window are all empty.",
    ),
    Case(
        "row behind the catch-all",
        "rule_routing",
        add_like({"rule_id": "ROU-11"}, rule_id="ROU-99", sort_order="990"),
        "The row is never reached: line {first} applies to everybody.",
        "Give the catch-all the highest sort_order.",
        first={"rule_id": "ROU-20"},
    ),
    Case(
        "handoff without a priority",
        "rule_routing",
        change({"rule_id": "ROU-10"}, priority=""),
        "priority: a row that opens a handoff needs a priority.",
        "Use P1, P2 or P3.",
    ),
    Case(
        "nurture as a handoff",
        "rule_routing",
        change({"rule_id": "ROU-19"}, opens_handoff="true", priority="P3"),
        "nurture_enrollment is no action of sales, so it opens no handoff.".capitalize(),
        "Set opens_handoff to false.",
    ),
    Case(
        "mail to whoever opted out",
        "rule_routing",
        change({"rule_id": "ROU-19"}, is_opted_out=""),
        "is_opted_out: nurture_enrollment mails people, and the row fits those who opted out of it.",
        "Set is_opted_out to false, and let a row below say what is done about the others.",
    ),
    Case(
        "step both legal and a violation",
        "rule_status_transitions",
        change({"from_status": "mql", "to_status": "accepted"}, violation="skipped"),
        "violation: a legal step violates nothing, and any other violates something.",
        "Leave violation empty where is_legal is true; else skipped, goes_back, after_the_end or illegal.",
    ),
    Case(
        "territory of nobody",
        "rule_territories",
        change({"rule_id": "TER-01"}, pool_id=""),
        "pool_id: a territory is a pool's or a rep's, one of the two.",
        "Fill pool_id or rep_id.",
    ),
    Case(
        "territory of an unknown pool",
        "rule_territories",
        change({"rule_id": "TER-01"}, pool_id="sdr_apca"),
        "pool_id: `sdr_apca` is not in rule_rep_pools.",
        "Did you mean sdr_apac?",
    ),
    Case(
        "country by its name",
        "rule_territories",
        change({"rule_id": "TER-01"}, country_codes="AU|Japan"),
        "country_codes: `Japan` is no country code.",
        "Write two capital letters (ISO 3166): DE|FR.",
    ),
    Case(
        "member of both kinds",
        "rule_rep_pools",
        change({"pool_id": "sdr_apac"}, rep_id="rep-1"),
        "team: a member is a team or a rep, one of the two.",
        "Fill team or rep_id.",
    ),
    Case(
        "two capacities of one rank",
        "rule_sales_capacity",
        change({"rule_id": "CAP-02"}, sort_order="10"),
        "sort_order: 10 stands already in line {first}.",
        "Give each row its own, so that which comes first is plain to see.",
        first={"rule_id": "CAP-01"},
    ),
    Case(
        "unknown action",
        "rule_routing",
        change({"rule_id": "ROU-10"}, next_action="same_day_cal"),
        "next_action: `same_day_cal` is not allowed.",
        "Did you mean same_day_call?",
    ),
    Case(
        "clock missing",
        "rule_sla_policies",
        drop({"policy_id": "SLA-25-P2", "clock": "acceptance"}, told_at={"policy_id": "SLA-25-P2"}),
        "clock: policy SLA-25-P2 has no acceptance clock.",
        "Add a row with its target.",
    ),
    Case(
        "unknown calendar",
        "rule_holidays",
        change({"calendar_id": "emea", "holiday_date": "2026-05-01"}, calendar_id="emae"),
        "calendar_id: `emae` is not in rule_calendars.",
        "Did you mean emea?",
    ),
    Case(
        "unknown time zone",
        "rule_calendars",
        change({"calendar_id": "emea"}, time_zone="Europe/Berln"),
        "time_zone: `Europe/Berln` is not a time zone.",
        "Did you mean Europe/Berlin?",
    ),
    Case(
        "calendar that never opens",
        "rule_calendars",
        add_like({"calendar_id": "emea"}, calendar_id="latam"),
        "calendar_id: `latam` never opens.",
        "Give it hours in rule_business_hours.",
    ),
    Case(
        "calendar that closes for good",
        "rule_business_hours",
        both(*(change({"calendar_id": "apac", "effective_until": ""}, effective_until="2026-12-31") for _ in range(5))),
        "effective_until: `apac` never opens again after 2026-12-31.",
        "Leave the end of its last rows empty, or add the hours that follow.",
    ),
    Case(
        "calendar that is closed for a month",
        "rule_business_hours",
        both(
            *(change({"calendar_id": "apac", "effective_until": ""}, effective_until="2026-06-01") for _ in range(5)),
            add_like({"calendar_id": "apac"}, effective_from="2026-07-01", effective_until=""),
        ),
        "effective_from: `apac` has no opening hours from 2026-06-01 until 2026-07-01.",
        "Let the row begin where the last one ends; days off are rows of rule_holidays.",
    ),
    Case(
        "target of more than a year",
        "rule_sla_policies",
        change({"policy_id": "SLA-25-P3", "clock": "meeting"}, target_seconds="8000000"),
        "target_seconds: 8000000 seconds take 55 weeks of `americas`, which opens for 144000 seconds a week.",
        "Promise what 50 weeks hold.",
    ),
    Case(
        "special day that is closed and open",
        "rule_holidays",
        add_like({"calendar_id": "emea", "holiday_date": "2026-05-01"}, opens_at="09:00", closes_at="12:00"),
        "opens_at: line {first} closes the same day.",
        "Keep the closed day or the hours.",
        first={"calendar_id": "emea", "holiday_date": "2026-05-01"},
    ),
    Case(
        "hours of a special day overlap",
        "rule_holidays",
        both(
            change({"calendar_id": "emea", "holiday_date": "2026-05-01"}, opens_at="08:00", closes_at="12:00"),
            add_like({"calendar_id": "emea", "holiday_date": "2026-05-01"}, opens_at="11:59", closes_at="13:00"),
        ),
        "opens_at: the hours overlap with line {first}.",
        "Let one end where the other begins.",
        first={"calendar_id": "emea", "holiday_date": "2026-05-01"},
    ),
    Case(
        "pause that is neither yes nor no",
        "rule_sla_policies",
        change({"policy_id": "SLA-25-P3", "clock": "first_touch"}, pauses_out_of_office="sometimes"),
        "pauses_out_of_office: `sometimes` is neither true nor false.",
        "Write true or false, in lower case.",
    ),
    Case(
        "two default calendars",
        "rule_calendars",
        change({"calendar_id": "emea"}, is_default="true"),
        "is_default: line {first} is the default already.",
        "Keep one default.",
        first={"is_default": "true"},
    ),
    Case(
        "hours overlap",
        "rule_business_hours",
        change({"calendar_id": "emea", "iso_weekday": "1", "opens_at": "13:30"}, opens_at="12:00"),
        "opens_at: the hours overlap with line {first}.",
        "Let one end where the other begins.",
        first={"calendar_id": "emea", "iso_weekday": "1"},
    ),
    Case(
        "no time of day",
        "rule_business_hours",
        change({"calendar_id": "emea", "iso_weekday": "1"}, opens_at="9:00"),
        "opens_at: `9:00` is not a time of day.",
        "Write hours and minutes as 09:00; 24:00 ends the day.",
    ),
    Case(
        "team calendars overlap",
        "rule_team_calendars",
        add_like({"team": "SDR EMEA"}, effective_from="2026-01-01", calendar_id="always_open"),
        "team calendar: the window overlaps with line {first}.",
        "End the earlier row where the later begins.",
        first={"team": "SDR EMEA"},
    ),
    Case(
        "half a special day",
        "rule_holidays",
        change({"calendar_id": "emea", "holiday_date": "2026-05-01"}, opens_at="09:00"),
        "Only one of opens_at and closes_at is given.",
        "Give both, or neither for a closed day.",
    ),
    Case(
        "excuse of a status that ends nothing",
        "rule_sla_excuses",
        change({"outcome": "rejected", "outcome_reason": "spam"}, outcome="working"),
        "outcome: `working` is not in the outcomes of rule_statuses.",
        "Known: disqualified, expired, lost, merged, recycled, rejected, won.",
    ),
    Case(
        "excuse given twice",
        "rule_sla_excuses",
        add_like({"outcome": "merged"}, outcome_reason="chain"),
        "outcome_reason: every merged is excused already.",
        "Remove one of the two rows.",
    ),
    Case(
        "rule reads a status of sales",
        POINTS,
        change(SIZE, attribute="crm_status", operator="equals", value="working"),
        "attribute: `crm_status` is filled in as sales works the person, so the rule would know the outcome it "
        "foretells. The status is what sales made of them: it knows the outcome it is asked to foretell.",
        "Ask about what is known before the handoff.",
    ),
    Case(
        "rule reads what a won deal fills in",
        POINTS,
        change(SIZE, attribute="is_customer", operator="equals", value="true"),
        "attribute: `is_customer` is filled in once the deal is won, so the rule would know the outcome it foretells. "
        "Everybody who bought is one; keep customers out by an exclusion instead.",
        "Ask about what is known before the handoff.",
    ),
    Case(
        "calibration of a model that is none",
        "rule_calibration_periods",
        change({"scoring_model": "2026-a"}, scoring_model="2026-z"),
        "scoring_model: `2026-z` is not in rule_scoring_models.",
        "Did you mean 2026-a?",
    ),
    Case(
        "review trigger without a row",
        "rule_review_triggers",
        drop({"trigger_name": "acceptance_rate"}, 1),
        "trigger_name: `acceptance_rate` has no row.",
        "Add one: each is asked for.",
    ),
    Case(
        "watching later than reviewing",
        "rule_review_triggers",
        change({"trigger_name": "score_distribution"}, watch_from="0.3"),
        "watch_from: watching begins at 0.3, not below the review at 0.25.",
        "Watch first, review later.",
    ),
    Case(
        "comparison without a baseline",
        "rule_review_triggers",
        change({"trigger_name": "qualification_rate"}, baseline_days=""),
        "baseline_days: qualification_rate needs a baseline.",
        "Say how many days it has.",
    ),
    Case(
        "limit without a row",
        "rule_report_limits",
        drop({"limit_name": "nurture_gap_days"}, 1),
        "limit_name: `nurture_gap_days` has no row.",
        "Add one: it is asked for.",
    ),
    Case(
        "stratum without a row",
        "rule_review_strata",
        drop({"stratum": "expired"}, 1),
        "stratum: `expired` has no row.",
        "Add one: it is asked for.",
    ),
    Case(
        "stratum without its grades",
        "rule_review_strata",
        change({"stratum": "won_though_low"}, grades=""),
        "grades: won_though_low needs the grades it is about.",
        "List them: A1|A2.",
    ),
    Case(
        "feedback without a catch-all",
        "rule_feedback_actions",
        drop({"rule_id": "FDB-13"}, 1),
        "No row is for any reason.",
        "Add a last one without conditions.",
    ),
    Case(
        "campaign suppressed by what a rule shows",
        "rule_feedback_actions",
        change({"rule_id": "FDB-05"}, judged_by="rule"),
        "judged_by: suppress_campaign is judged by the campaign alone.",
        "Use campaign.",
    ),
    Case(
        "campaign judged where there is none",
        "rule_feedback_actions",
        change({"rule_id": "FDB-05"}, has_campaign=""),
        "has_campaign: a share judged by campaign asks for a campaign.",
        "Set has_campaign to true.",
    ),
    Case(
        "two plays for one topic in one stage",
        "rule_content_topics",
        change({"rule_id": "TOP-04"}, topic="security"),
        "follow_up_play: security in stage decision has another play above.",
        "Keep one of the two.",
    ),
    Case(
        "verdict of a reviewer by address",
        "rule_review_verdicts",
        add(f"{'a' * 32},2026-06-01,accepted,anna@example.com,agree,2026-06-09,"),
        "reviewer: an address stands here.",
        "Name the reviewer by an id without @.",
    ),
    Case(
        "verdict about no week",
        "rule_review_verdicts",
        add(f"{'a' * 32},2026-06-02,accepted,anna,agree,2026-06-09,"),
        "week_start: 2026-06-02 is no Monday.",
        "A week is named by its Monday.",
    ),
    Case(
        "currency not worth itself",
        "rule_currency_rates",
        change({"currency": "USD"}, rate_to_corporate="1.1"),
        "rate_to_corporate: USD is worth 1.1 of itself.",
        "Write 1.",
    ),
]


def test_the_shipped_rules_are_sound() -> None:
    assert lint(SEEDS) == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_mistake_is_told_once_with_its_place_and_a_way_out(case: Case, seeds: Path) -> None:
    sheet = Sheet(seeds / f"{FILES[case.file]}.csv")
    first = str(sheet.index(**case.first) + 2) if case.first else ""
    line = case.edit(sheet)
    sheet.save()
    told = [(Path(problem.file).stem, problem.line, problem.message, problem.suggestion) for problem in lint(seeds)]
    assert told == [(case.told_in or case.file, line, case.message.replace("{first}", first), case.suggestion)]


def test_policies_of_one_condition_do_not_overlap(seeds: Path) -> None:
    sheet = Sheet(seeds / f"{FILES['rule_sla_policies']}.csv")
    for row in sheet.rows:
        if row[0] == "SLA-25-HR":
            row[sheet.header.index("effective_until")] = "2026-02-01"
    sheet.save()
    told = lint(seeds)
    assert [problem.line for problem in told] == [7, 8, 9, 10, 11]
    assert {re.sub(r"\d+", "N", problem.message) for problem in told} == {
        "SLA policy: the window overlaps with line N."
    }


def test_accounts_that_have_nothing_need_a_stage(seeds: Path) -> None:
    sheet = Sheet(seeds / f"{FILES['rule_readiness_stages']}.csv")
    sheet.rows = [row for row in sheet.rows if row[0] != "none"]
    sheet.save()
    assert [problem.message for problem in lint(seeds)] == ["There is no stage none."]


def test_a_signal_made_of_what_sales_did_is_refused_in_every_model(seeds: Path) -> None:
    sheet = Sheet(seeds / f"{FILES['rule_signals']}.csv")
    change({"signal_name": "trial_started"}, activity_type="deal_created")(sheet)
    sheet.save()
    points = Sheet(seeds / f"{FILES[POINTS]}.csv")
    lines = [
        number + 2
        for number, row in enumerate(points.rows)
        if row[points.header.index("signal_name")] == "trial_started"
    ]
    told = lint(seeds)
    assert [problem.line for problem in told] == lines != []
    assert {problem.message for problem in told} == {
        "signal_name: `trial_started`, made of `deal_created`, is filled in when sales makes a deal, so the rule would "
        "know the outcome it foretells. A deal is the outcome."
    }


def test_a_priority_nobody_promises_anything_is_told(seeds: Path) -> None:
    sheet = Sheet(seeds / f"{FILES['rule_sla_policies']}.csv")
    sheet.rows = [row for row in sheet.rows if row[0] != "SLA-25-P3"]
    sheet.save()
    assert [(Path(problem.file).stem, problem.message) for problem in lint(seeds)] == [
        ("rule_routing", "priority: no SLA policy with an open end is for P3, so its handoffs would have no clock.")
    ]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "The file has no header."),
        (b"touch_type,stops_clock,is_contact,is_meeting\n", 1, "The column `rationale` is missing."),
        (
            b"touch_type,stops_clock,is_contact,is_meeting,rationale,rationale\n",
            1,
            "The column `rationale` stands twice.",
        ),
        (
            b"touch_type,stops_clock,is_contact,is_meeting,rationale\ncall,true,false,false\n",
            2,
            "The row has 4 cells, the header 5.",
        ),
        (
            b"touch_type,stops_clock,is_contact,is_meeting,rationale\ncall,true,false,false,gut\nemail,true,false,false,\xfc\n",
            3,
            "The file is not UTF-8.",
        ),
        (
            b'touch_type,stops_clock,is_contact,is_meeting,rationale\ncall,true,false,false,"two\nlines"\nfax,true,false,false,x\n',
            4,
            "touch_type: `fax` is not allowed.",
        ),
    ],
    ids=["empty", "column missing", "column twice", "ragged", "not utf-8", "line after a cell of two lines"],
)
def test_a_broken_file_is_told_by_its_line(content: bytes, line: int, message: str, seeds: Path) -> None:
    (seeds / f"{FILES['rule_qualifying_touches']}.csv").write_bytes(content)
    assert [(problem.line, problem.message) for problem in lint(seeds)] == [(line, message)]


def test_a_missing_file_and_one_nobody_reads_are_told(seeds: Path) -> None:
    path = seeds / f"{FILES['rule_routing']}.csv"
    path.rename(path.with_name("rule_ruoting.csv"))
    told = {Path(problem.file).name: (problem.message, problem.suggestion) for problem in lint(seeds)}
    assert told["rule_routing.csv"][0] == "The file is missing."
    assert told["rule_ruoting.csv"] == (
        "No model reads this file.",
        "Did you mean rules/mql_lifecycle/rule_routing?",
    )


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake_and_change_no_hash(seeds: Path) -> None:
    path = seeds / f"{FILES['rule_routing']}.csv"
    before = rules_hash(seeds)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert lint(seeds) == []
    assert rules_hash(seeds) == before
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert lint(seeds) == []


def test_the_hash_follows_every_cell(seeds: Path) -> None:
    before = rules_hash(seeds)
    sheet = Sheet(seeds / f"{FILES[POINTS]}.csv")
    change(DEMO, points="56")(sheet)
    sheet.save()
    assert rules_hash(seeds) != before


def test_the_schemas_in_the_docs_are_current() -> None:
    folder = PROJECT / "docs" / "reference" / "schemas"
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == schema_files()


def test_a_rule_may_ask_exactly_what_the_sql_answers() -> None:
    macro = (PROJECT / "macros" / "person_attribute.sql").read_text(encoding="utf-8")
    names = macro.split("macro person_attribute_names")[1]
    assert set(re.findall(r"'([a-z_]+)'", names)) == set(ATTRIBUTES)


def test_the_command_says_it_by_exit_code(seeds: Path, tmp_path: Path) -> None:
    clean = CliRunner().invoke(rules, ["lint", "--seeds", str(seeds)])
    assert clean.exit_code == 0

    sheet = Sheet(seeds / f"{FILES[POINTS]}.csv")
    line = change(DEMO, points="4o")(sheet)
    sheet.save()
    wrong = CliRunner().invoke(rules, ["lint", "--seeds", str(seeds)])
    assert wrong.exit_code == 1
    assert f"rule_score_points.csv:{line}: points: `4o` is not a number." in wrong.stdout

    as_json = CliRunner().invoke(rules, ["lint", "--seeds", str(seeds), "--json"])
    assert as_json.exit_code == 1
    report = json.loads(as_json.stdout)
    assert [problem["line"] for problem in report["problems"]] == [line]
    assert report["rules_hash"] == rules_hash(seeds)

    missing = CliRunner().invoke(rules, ["lint", "--seeds", str(tmp_path / "nowhere")])
    assert missing.exit_code == 2

    (tmp_path / "taken").write_text("", encoding="utf-8")
    refused = CliRunner().invoke(rules, ["schemas", "--out", str(tmp_path / "taken" / "schemas")])
    assert refused.exit_code == 2
    written = CliRunner().invoke(rules, ["schemas", "--out", str(tmp_path / "schemas")])
    assert written.exit_code == 0
    assert len(list((tmp_path / "schemas").iterdir())) == len(SCHEMAS)


OVERRIDES = """override_id,decision,source_system,record_id,other_source_system,other_record_id,\
effective_from,effective_until,rationale
O1,force_same,salesforce,A,marketo,1,,,One
O2,force_same,marketo,1,marketo,2,{same_from},,Two
O3,force_apart,marketo,2,salesforce,A,,{apart_until},Three
"""


@pytest.mark.parametrize(
    ("same_from", "apart_until", "is_refused"),
    [("", "", True), ("2026-01-01", "2026-01-02", True), ("2026-01-01", "2026-01-01", False)],
)
def test_overrides_that_contradict_each_other_are_refused(
    seeds: Path, same_from: str, apart_until: str, is_refused: bool
) -> None:
    """Joined by way of a third record, too; one after the other they may stand."""
    text = OVERRIDES.format(same_from=same_from, apart_until=apart_until)
    (seeds / f"{FILES['rule_identity_overrides']}.csv").write_text(text, encoding="utf-8")
    found = [str(problem).split("rule_identity_overrides.csv:")[-1] for problem in lint(seeds)]
    expected = (
        "4: decision: the two are one person by line 2 and those it leads to. "
        "Keep one of the two decisions, or let one's window end where the other's begins."
    )
    assert found == ([expected] if is_refused else [])
