"""The mistakes that real systems of this kind made, and the test here that would fail if we made them too.

The numbers are those of the design's list of pitfalls. A pitfall is proved by tests that exist, or it is listed as
waiting with what it waits for; a list entry that has become untrue fails.
"""

from __future__ import annotations

import json
import re

import pytest
import yaml
from support.compiled import PROJECT, VENDORS, compiled_project, manifest_path

# pitfall → the tests that would fail: names of Python tests, of dbt unit tests or of singular tests.
PROVED: dict[int, tuple[str, ...]] = {
    1: ("test_pitfall_1_and_beside_or_stands_in_brackets",),
    2: (
        "test_pitfall_2_a_mail_provider_s_name_inside_a_domain_is_a_company",
        "test_a_domain_is_listed_exactly_or_not_at_all",
        "referrers_classified__the_most_exact_domain_decides_and_only_whole_labels_match",
    ),
    3: (
        "test_pitfall_3_a_weekend_start_begins_at_the_next_opening_not_at_its_clock_time",
        "test_a_saturday_request_falls_due_on_monday_morning",
        "test_business_seconds_are_those_of_the_oracle",
    ),
    4: (
        "test_pitfall_4_an_open_task_and_what_automation_sent_stop_no_clock",
        "touches_qualified__pitfall_4_only_what_a_human_did_reaches_the_buyer",
        "test_a_due_date_is_no_completion",
    ),
    5: (
        "test_pitfall_5_another_cycle_leaves_the_clocks_of_the_first_as_they_were",
        "cycles_ended__what_came_after_the_close_is_not_the_cycles",
    ),
    6: (
        "test_acceptance_and_meetings_are_dated_as_they_happened",
        "status_changes_observed__the_first_is_undated_the_others_by_their_run",
        "first_statuses_inferred__the_first_change_tells_what_was_before",
    ),
    7: (
        "test_a_chain_of_merges_is_one_person",
        "test_a_merge_cycle_takes_nobody_else_with_it",
        "test_pitfall_7_an_address_that_many_share_multiplies_no_row",
        "test_pitfall_7_rows_in_a_merge_cycle_end_quarantined",
    ),
    8: ("scoring_instants_graded__a_later_exclusion_does_not_rewrite_the_past",),
    9: (
        "test_pitfall_9_target_and_calendar_are_those_in_force_at_the_start",
        "handoff_policies_applied__the_target_in_force_at_the_start",
    ),
    10: (
        "test_pitfall_10_an_open_breach_counts_and_the_median_knows_who_never_answered",
        "rpt_sla_compliance__pitfall_10_open_breaches_count_and_nobody_is_averaged_away",
        "rpt_mql_in_context__pitfall_10_an_immature_cohort_is_marked_and_has_no_rate",
    ),
    11: (
        "test_pitfall_11_a_touch_before_the_handoff_is_a_fact_and_no_negative_time",
        "handoff_touches__before_the_handoff_is_a_fact_not_a_response",
    ),
    12: (
        "test_pitfall_12_a_rep_who_leaves_keeps_what_they_did_and_missed",
        "human_reps__who_left_stays_in_history",
        "test_pitfall_12_who_left_keeps_what_they_did_and_is_given_nothing",
    ),
    13: ("test_a_wall_clock_is_found", "test_the_project_keeps_its_architecture"),
    14: ("rpt_sla_breakdown__every_breakdown_holds_every_clock_once", "test_compliance_is_counted_from_the_clocks"),
    15: (
        "test_pitfall_15_no_other_model_decides_an_account",
        "test_pitfall_15_every_mart_gives_a_person_the_same_account",
    ),
    16: (
        "test_pitfall_16_a_holiday_is_a_local_day_and_around_the_clock_has_no_gap_at_midnight",
        "test_worked_out_by_hand",
        "test_the_sql_keeps_the_laws_of_business_time",
    ),
    17: ("test_pitfall_17_no_unit_of_time_is_counted_by_boundaries",),
    18: (
        "test_arrival_order_changes_nothing",
        "test_the_order_of_arrival_changes_nothing",
        "test_two_runs_of_one_input_publish_equal_bytes",
    ),
    19: ("rpt_mql_in_context__pitfall_19_only_the_corporate_currency_is_summed",),
    20: (
        "signal_repeats_numbered__a_day_is_counted_per_asset_and_utc_day",
        "score_points_dropped__what_is_over_the_cap_is_kept_with_its_reason",
        "bot_filters_met__conditions_inside_the_window",
        "bot_bursts_found__three_in_five_seconds_half_open",
        "test_robots_are_dropped_and_nobody_else_is",
    ),
    21: ("engagement_sums_pivoted__clamps_act_on_the_sum_at_the_instant",),
    23: ("fct_row_dispositions__rows_without_a_key_stay_apart", "test_the_newest_version_of_a_key_is_current"),
    24: ("test_a_failing_test_publishes_nothing_and_exits_1",),
    25: ("test_a_reader_keeps_the_version_it_opened",),
    26: ("test_a_run_killed_in_the_middle_needs_no_hand_to_recover",),
    27: ("test_bad_options_could_not_run",),
    28: (
        "test_a_source_that_lost_its_people_is_not_published_unasked",
        "status_observations_kept__what_is_absent_closes_nothing",
        "test_what_runs_saw_changes_with_what_they_publish",
    ),
    29: (
        "test_a_missing_required_column_is_named_with_what_was_found",
        "test_a_head_count_is_a_whole_number_or_flagged",
    ),
    30: ("test_composite_keys_do_not_run_into_each_other",),
    31: (
        "source_tables__a_table_without_rows_is_listed",
        "test_a_source_that_lost_its_people_is_not_published_unasked",
    ),
    32: ("test_the_published_files_open_in_the_oldest_storage_version",),
    33: ("test_a_passthrough_column_is_a_name_and_no_sql", "test_published_files_agree_and_hold_no_address"),
    36: ("test_a_run_needs_no_network",),
    37: (
        "test_published_files_are_closed_to_others_and_leave_no_log_beside_them",
        "test_names_are_read_by_their_owner_and_not_by_who_may_read_the_marts",
    ),
    38: ("test_nothing_landed_yet_compiles",),
    39: ("test_a_column_passes_through_once_and_as_it_is",),
    40: ("test_every_column_is_recorded_and_what_went_is_told", "test_nothing_below_the_package_changed"),
    41: ("test_pitfall_41_nothing_hooks_into_a_run",),
    42: ("test_pitfall_42_merges_resolve_in_linear_time", "test_people_and_links_are_those_of_union_find"),
}
WAITING: dict[int, str] = {
    22: "nothing is incremental yet",
    34: "nothing is erased yet",
    35: "nothing is exported as CSV yet",
}


def names_of_tests() -> set[str]:
    """Every Python test, dbt unit test and singular test there is."""
    names = {path.stem for path in (PROJECT / "tests" / "singular").glob("*.sql")}
    for path in (PROJECT / "tests" / "python").glob("test_*.py"):
        names |= set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    unit_tests = json.loads(manifest_path(*VENDORS).read_text(encoding="utf-8"))["unit_tests"]
    return names | {test["name"] for test in unit_tests.values()}


def test_every_pitfall_is_proved_or_says_what_it_waits_for() -> None:
    assert sorted([*PROVED, *WAITING]) == list(range(1, 43))
    gone = {number: sorted(set(tests) - names_of_tests()) for number, tests in PROVED.items()}
    assert not {number: tests for number, tests in gone.items() if tests}, "these tests are not there (any more)"


BOOLEAN = re.compile(r"[()]|,|;|\b[a-z_]+\b", re.IGNORECASE)
# Words that end a condition: what follows belongs to another one.
ENDS = {
    *("select", "from", "where", "having", "group", "order", "with", "union", "as", "over"),
    *("join", "inner", "left", "cross", "on", "when", "then", "else", "end"),
}


def unbracketed(sql: str) -> int:
    """How many conditions mix `and` with `or` on one level of brackets."""
    text = re.sub(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", " ", sql, flags=re.DOTALL)
    found = 0
    levels: list[set[str]] = [set()]
    is_between = [False]
    for token in BOOLEAN.findall(text):
        word = token.lower()
        if word == "(":
            levels.append(set())
            is_between.append(False)
        elif word == ")" and len(levels) > 1:
            found += {"and", "or"} <= levels.pop()
            is_between.pop()
        elif word in ENDS or word in (",", ";"):
            found += {"and", "or"} <= levels[-1]
            levels[-1] = set()
        elif word == "between":
            is_between[-1] = True
        elif word == "and" and is_between[-1]:
            is_between[-1] = False
        elif word in ("and", "or"):
            levels[-1].add(word)
    return found + ({"and", "or"} <= levels[-1])


@pytest.mark.parametrize(
    ("sql", "count"),
    [
        ("select 1 from t where a or b and not deleted", 1),
        ("select 1 from t where (a or b) and not deleted", 0),
        ("select case when a and b then 1 when c or d then 2 end from t", 0),
        ("select 1 from t where a between 1 and 2 or b", 0),
        ("select (a and b or c) from t", 1),
        ("select 'a and b or c' from t -- and or", 0),
    ],
)
def test_conditions_are_read_as_meant(sql: str, count: int) -> None:
    assert unbracketed(sql) == count


def test_pitfall_1_and_beside_or_stands_in_brackets() -> None:
    nodes = compiled_project(*VENDORS).nodes
    assert not {name: unbracketed(node.sql) for name, node in nodes.items() if unbracketed(node.sql)}


def test_pitfall_17_no_unit_of_time_is_counted_by_boundaries() -> None:
    """date_diff and age count boundaries crossed; only whole days between two dates and seconds may be asked for."""
    counted = re.compile(r"\b(?:date_?diff|datesub|date_sub)\s*\(\s*'(\w+)'|\bage\s*\(", re.IGNORECASE)
    for name, node in compiled_project(*VENDORS).nodes.items():
        for match in counted.finditer(node.sql):
            assert match.group(1) in ("day", "second", "microsecond"), f"{name}: {match.group(0)}"


def test_pitfall_41_nothing_hooks_into_a_run() -> None:
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    assert not {"on-run-start", "on-run-end"} & set(project)
    hooks = []
    for file in sorted((PROJECT / "models").rglob("*.sql")):
        hooks += re.findall(r"\b(?:pre|post)_hook\s*=\s*(.*)", file.read_text(encoding="utf-8"))
    # a company's own columns, where a var names some; nothing that watches a run
    assert hooks and all(hook.startswith('"{{ add_passed_columns(this, ') for hook in hooks), hooks


def test_pitfall_12_who_left_keeps_what_they_did_and_is_given_nothing() -> None:
    """A rep who was deactivated stays the owner of old handoffs and of old weeks' capacity, and gets no new MQL."""
    gone, here = "rep-gone", "rep-here"
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put(
            "int_reps_conformed",
            [
                {"rep_id": rep, "team": "SDR EMEA", "is_active": rep == here, "is_automation": False}
                for rep in (gone, here)
            ],
        )
        warehouse.put(
            "int_touches_identified",
            [{"touch_key": "T", "rep_id": gone, "touched_at": "2026-02-02 10:00:00", "is_completed": True}],
        )
        warehouse.put("int_rep_absences_conformed")
        warehouse.put("fct_mql_cycles", [{"mql_id": "M", "opened_at": "2026-01-26 10:00:00"}])
        warehouse.run("int_human_reps", "fct_rep_weeks", "int_reps_available", as_of="2026-02-04 00:00:00")
        until = {row["rep_id"]: str(row["active_until"]) for row in warehouse.rows("int_human_reps")}
        assert until == {gone: "2026-02-02 10:00:00", here: "9999-12-31 00:00:00"}
        weeks = sorted(
            (row["rep_id"], str(row["week_start"]), row["handoffs_workable"]) for row in warehouse.rows("fct_rep_weeks")
        )
        assert weeks == [(rep, week, 20) for rep in (gone, here) for week in ("2026-01-26", "2026-02-02")]
        assert [row["rep_id"] for row in warehouse.rows("int_reps_available")] == [here]


def test_a_list_is_cut_before_it_is_joined() -> None:
    """DuckDB 1.5 once misnamed a row where a left join asked for number 1 in its own condition."""
    clause = re.compile(r"\b(on|where|having|qualify|select)\b|\b\w*(?:number|rank)\w* = 1\b", re.I)
    found = []
    for path in sorted((PROJECT / "models").rglob("*.sql")):
        last = ""
        for match in clause.finditer(re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))):
            if match[1]:
                last = match[1].lower()
            elif last == "on":
                found.append(f"{path.name}: {match[0]}")
    assert found == []
