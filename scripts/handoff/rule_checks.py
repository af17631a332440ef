"""What must hold between the rows of the rule seeds. Pure functions: sheets in, problems out.

A check runs only when the files it reads have no row of their own at fault, so one mistake is told once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args

from handoff.rule_schemas.account_readiness import (
    ReadinessCriterion,
    ReadinessLevel,
    ReadinessReturn,
    ReadinessStage,
)
from handoff.rule_schemas.base import MEASURES, OPEN_END, SINCE_EVER, RuleRow, closest
from handoff.rule_schemas.feedback import ContentTopic, FeedbackAction, ReportLimit, ReviewStratum
from handoff.rule_schemas.handoff_sla import (
    BusinessHours,
    Cadence,
    Calendar,
    CurrencyRate,
    Holiday,
    SlaExcuse,
    SlaPolicy,
    TeamCalendar,
)
from handoff.rule_schemas.lead_scoring import (
    CalibrationPeriod,
    LeakyField,
    QualifyingGrade,
    ReviewTrigger,
    ScoreBand,
    ScoreGroup,
    ScorePoints,
    ScoringModel,
    Signal,
)
from handoff.rule_schemas.mql_lifecycle import (
    CyclePolicy,
    MappedStatus,
    PoolMember,
    QualificationUnit,
    Routing,
    SalesCapacity,
    Status,
    StatusTransition,
    Territory,
)
from handoff.rule_schemas.people import ChannelRule, Exclusion, FieldSurvivorship, IdentityOverride, SegmentSize, Title
from handoff.rule_schemas.sheets import Located, Problem, Sheets

CLOCKS = ("assignment", "first_touch", "speed_to_lead", "acceptance", "meeting")
BANDS = {"fit": ("A", "B", "C", "D"), "engagement": ("1", "2", "3", "4")}
REVIEW_TRIGGERS: tuple[str, ...] = get_args(ReviewTrigger.model_fields["trigger_name"].annotation)
LOWEST_SCORE = {"fit": -100, "engagement": 0}
MOST_ENGAGEMENT_GROUPS = 8
EVER_AFTER = OPEN_END.date()
# Calendars are laid out for 400 days after a run; holidays take some of them.
MOST_WEEKS = 50
Found = Iterator[Problem]


@dataclass(frozen=True)
class Check:
    reads: tuple[type[RuleRow], ...]
    find: Callable[[Sheets], Found]


def unknown(rows: Iterable[Located[Any]], column: str, known: Iterable[str], where: str) -> Found:
    """Rows that name something nobody defines."""
    names = sorted(set(known))
    for located in rows:
        name = getattr(located.row, column)
        if name is not None and name not in names:
            yield located.problem(f"{column}: `{name}` is not in {where}.", closest(name, names))


def overlaps(rows: Iterable[Located[Any]], rivals: Callable[[Any], Hashable], what: str) -> Found:
    """Rows of one group whose windows [begins, ends) meet."""
    groups: dict[Hashable, list[Located[Any]]] = defaultdict(list)
    for located in rows:
        groups[rivals(located.row)].append(located)
    for group in groups.values():
        group.sort(key=lambda located: (located.row.begins, located.line))
        for index, later in enumerate(group):
            for earlier in group[:index]:
                if later.row.begins < earlier.row.ends:
                    last, other = (later, earlier) if later.line > earlier.line else (earlier, later)
                    yield last.problem(
                        f"{what}: the window overlaps with line {other.line}.",
                        "End the earlier row where the later begins.",
                    )
                    break


def ties(rows: Iterable[Located[Any]], scope: Callable[[Any], Hashable]) -> Found:
    first: dict[Hashable, int] = {}
    for located in rows:
        key = (scope(located.row), located.row.sort_order)
        if key in first:
            yield located.problem(
                f"sort_order: {located.row.sort_order} stands already in line {first[key]}.",
                "Give each row its own, so that which comes first is plain to see.",
            )
        first.setdefault(key, located.line)


def score_references(sheets: Sheets) -> Found:
    models = {located.row.scoring_model for located in sheets.of(ScoringModel)}
    where = "rule_scoring_models"
    for schema in (ScoreGroup, ScorePoints, ScoreBand, QualifyingGrade):
        yield from unknown(sheets.of(schema), "scoring_model", models, where)
    groups = {(located.row.scoring_model, located.row.score_group): located.row for located in sheets.of(ScoreGroup)}
    signals = {located.row.signal_name for located in sheets.of(Signal)}
    for located in sheets.of(ScorePoints):
        rule = located.row
        if rule.scoring_model not in models:
            continue
        group = groups.get((rule.scoring_model, rule.score_group))
        if group is None:
            known = sorted(name for model, name in groups if model == rule.scoring_model)
            yield located.problem(
                f"score_group: `{rule.score_group}` is no group of {rule.scoring_model} in rule_score_groups.",
                closest(rule.score_group, known),
            )
        elif group.rule_kind != rule.rule_kind:
            yield located.problem(
                f"score_group: `{rule.score_group}` is for {group.rule_kind}, the rule is for {rule.rule_kind}.",
                "Use a group of the rule's kind.",
            )
        elif rule.decay == "half_life" and group.half_life_days is None:
            yield located.problem(
                f"decay: half_life, but the group `{rule.score_group}` has none.",
                "Give the group half_life_days, or let the rule expire.",
            )
        if rule.signal_name is not None and rule.signal_name not in signals:
            yield located.problem(
                f"signal_name: `{rule.signal_name}` is made by no row of rule_signals.",
                closest(rule.signal_name, sorted(signals)),
            )


def nothing_leaks(sheets: Sheets) -> Found:
    """Rules that read what is known only after the outcome: they foretell what has happened."""
    leaky = [located.row for located in sheets.of(LeakyField)]
    activities: dict[str, set[str]] = defaultdict(set)
    for named in sheets.of(Signal):
        if named.row.activity_type is not None:
            activities[named.row.signal_name].add(named.row.activity_type)
    for located in sheets.of(ScorePoints):
        column = "signal_name" if located.row.attribute is None else "attribute"
        asked = str(getattr(located.row, column))
        read = [asked, *sorted(activities[asked])] if column == "signal_name" else [asked]
        for name in read:
            row = next((row for row in leaky if row.kind == column.removesuffix("_name") and row.names(name)), None)
            if row is not None:
                made_of = "" if name == asked else f", made of `{name}`,"
                yield located.problem(
                    f"{column}: `{asked}`{made_of} is filled in {row.filled_when}, so the rule would know the "
                    f"outcome it foretells. {row.why}.",
                    "Ask about what is known before the handoff.",
                )
                break


def reviews_are_whole(sheets: Sheets) -> Found:
    models = {located.row.scoring_model for located in sheets.of(ScoringModel)}
    yield from unknown(sheets.of(CalibrationPeriod), "scoring_model", models, "rule_scoring_models")
    given = {located.row.trigger_name for located in sheets.of(ReviewTrigger)}
    for name in REVIEW_TRIGGERS:
        if name not in given:
            yield Problem(
                sheets.file_of(ReviewTrigger), 1, f"trigger_name: `{name}` has no row.", "Add one: each is asked for."
            )


def groups_have_a_place(sheets: Sheets) -> Found:
    counted: dict[str, int] = defaultdict(int)
    for located in sheets.of(ScoreGroup):
        if located.row.rule_kind == "engagement":
            counted[located.row.scoring_model] += 1
            if counted[located.row.scoring_model] == MOST_ENGAGEMENT_GROUPS + 1:
                yield located.problem(
                    f"scoring_model: `{located.row.scoring_model}` has more than {MOST_ENGAGEMENT_GROUPS} engagement "
                    "groups.",
                    "Join groups that fade alike; the history of scores keeps a place for each.",
                )


def models_are_whole(sheets: Sheets) -> Found:
    actives = [located for located in sheets.of(ScoringModel) if located.row.model_status == "active"]
    yield from overlaps(actives, lambda row: row.model_status, "active scoring models")
    if not actives:
        yield Problem(sheets.file_of(ScoringModel), 1, "No scoring model is active.", "Set one model_status to active.")
    parts: tuple[tuple[str, type[ScoreGroup | ScorePoints | QualifyingGrade]], ...] = (
        ("group", ScoreGroup),
        ("rule", ScorePoints),
        ("qualifying grade", QualifyingGrade),
    )
    for what, schema in parts:
        having = {located.row.scoring_model for located in sheets.of(schema)}
        for located in sheets.of(ScoringModel):
            if located.row.scoring_model not in having:
                file = sheets.file_of(schema).rsplit("/", 1)[-1]
                yield located.problem(
                    f"scoring_model: `{located.row.scoring_model}` has no {what}.", f"Add some to {file}."
                )


def bands_cover(sheets: Sheets) -> Found:
    bands: dict[tuple[str, str], list[Located[ScoreBand]]] = defaultdict(list)
    for located in sheets.of(ScoreBand):
        bands[(located.row.scoring_model, located.row.rule_kind)].append(located)
    for model in sheets.of(ScoringModel):
        for kind, names in BANDS.items():
            rows = sorted(bands[(model.row.scoring_model, kind)], key=lambda located: located.row.band)
            missing = [name for name in names if name not in {located.row.band for located in rows}]
            if missing:
                yield model.problem(
                    f"scoring_model: `{model.row.scoring_model}` has no {kind} band {', '.join(missing)}.",
                    "Add it to rule_score_bands, so that every score has a band.",
                )
                continue
            for better, worse in pairwise(rows):
                if worse.row.min_score >= better.row.min_score:
                    yield worse.problem(
                        f"min_score: band {worse.row.band} begins at {worse.row.min_score:g}, not below band "
                        f"{better.row.band} at {better.row.min_score:g}.",
                        "Let each band begin below the better one.",
                    )
            if rows[-1].row.min_score != LOWEST_SCORE[kind]:
                yield rows[-1].problem(
                    f"min_score: {kind} band {names[-1]} begins at {rows[-1].row.min_score:g}, but scores go down to "
                    f"{LOWEST_SCORE[kind]}.",
                    f"Begin it at {LOWEST_SCORE[kind]}, so that every score has a band.",
                )


def signals_agree(sheets: Sheets) -> Found:
    yield from ties(sheets.of(Signal), lambda row: None)
    first: dict[str, Located[Signal]] = {}
    for located in sheets.of(Signal):
        known = first.setdefault(located.row.signal_name, located)
        if known.row.is_hand_raise != located.row.is_hand_raise:
            yield located.problem(
                f"is_hand_raise: `{located.row.signal_name}` is {str(known.row.is_hand_raise).lower()} in line "
                f"{known.line}.",
                "A signal is a hand-raise everywhere or nowhere.",
            )


def orders_are_total(sheets: Sheets) -> Found:
    yield from ties(sheets.of(Exclusion), lambda row: None)
    yield from ties(sheets.of(Title), lambda row: row.assigns)
    yield from ties(sheets.of(ChannelRule), lambda row: row.match_field)


def titles_are_reached(sheets: Sheets) -> Found:
    first: dict[Hashable, int] = {}
    for located in sorted(sheets.of(Title), key=lambda located: located.row.sort_order):
        key = (located.row.assigns, located.row.operator, (located.row.value or "").lower())
        if key in first:
            yield located.problem(
                f"value: `{located.row.value}` is decided already by line {first[key]}.", "Remove one of the two."
            )
        first.setdefault(key, located.line)


def segments_cover(sheets: Sheets) -> Found:
    rows = sorted(sheets.of(SegmentSize), key=lambda located: located.row.min_employee_count)
    for smaller, larger in pairwise(rows):
        most = smaller.row.max_employee_count
        if most is None or most != larger.row.min_employee_count - 1:
            yield larger.problem(
                f"min_employee_count: {larger.row.segment} begins at {larger.row.min_employee_count}, "
                f"{smaller.row.segment} ends at {'no limit' if most is None else most}.",
                "Let each segment begin one above the end of the smaller.",
            )
    if rows and rows[-1].row.max_employee_count is not None:
        yield rows[-1].problem(
            f"max_employee_count: the largest segment ends at {rows[-1].row.max_employee_count}.", "Leave it empty."
        )


def segments_are_defined(sheets: Sheets) -> Found:
    known = {located.row.segment for located in sheets.of(SegmentSize)} | {"unknown"}
    for schema in (ReadinessCriterion, CyclePolicy, QualificationUnit, Routing, SlaPolicy, Territory):
        yield from unknown(sheets.of(schema), "segment", known, "rule_segments")


def readiness_is_whole(sheets: Sheets) -> Found:
    yield from overlaps(sheets.of(ReadinessCriterion), lambda row: (row.criterion, row.segment), "criterion")
    criteria = {located.row.criterion for located in sheets.of(ReadinessCriterion)}
    yield from unknown(sheets.of(ReadinessStage), "criterion", criteria, "rule_readiness_criteria")
    if MEASURES.get():  # seeds alone, without a project beside them, cannot say
        yield from unknown(sheets.of(ReadinessCriterion), "measure", sorted(MEASURES.get()), "models/…/measures")
    if not any(located.row.readiness_stage == "none" for located in sheets.of(ReadinessStage)):
        yield Problem(
            sheets.file_of(ReadinessStage),
            1,
            "There is no stage none.",
            "Add it: where an account stands that has nothing.",
        )
    orders: dict[str, Located[ReadinessStage]] = {}
    for located in sheets.of(ReadinessStage):
        known = orders.setdefault(located.row.readiness_stage, located)
        if known.row.stage_order != located.row.stage_order:
            yield located.problem(
                f"stage_order: {located.row.readiness_stage} is {known.row.stage_order} in line {known.line}.",
                "Give a stage one order.",
            )
        for other in orders.values():
            if (
                other.row.readiness_stage != located.row.readiness_stage
                and other.row.stage_order == located.row.stage_order
            ):
                yield located.problem(
                    f"stage_order: {located.row.stage_order} is {other.row.readiness_stage}'s in line {other.line}.",
                    "Give each stage its own.",
                )


def returns_diminish(sheets: Sheets) -> Found:
    rows = sorted(sheets.of(ReadinessReturn), key=lambda located: located.row.from_points)
    if rows and rows[0].row.from_points != 0:
        yield rows[0].problem(
            f"from_points: the first bracket begins at {rows[0].row.from_points:g}.", "Begin it at 0."
        )
    for smaller, larger in pairwise(rows):
        if larger.row.from_points != smaller.row.until_points:
            yield larger.problem(
                f"from_points: the bracket begins at {larger.row.from_points:g}, the one before ends at "
                f"{smaller.row.until_points:g}.",
                "Let each begin where the one before ends.",
            )
        if larger.row.share > smaller.row.share:
            yield larger.problem(
                f"share: {larger.row.share:g} is more than the {smaller.row.share:g} of the bracket before.",
                "Returns diminish: let no bracket count more than the one before.",
            )


def levels_rise(sheets: Sheets) -> Found:
    levels: dict[str, list[Located[ReadinessLevel]]] = defaultdict(list)
    for located in sheets.of(ReadinessLevel):
        levels[located.row.level_kind].append(located)
    for rows in levels.values():
        rows.sort(key=lambda located: (located.row.level_order, located.line))
        for lower, higher in pairwise(rows):
            if higher.row.level_order == lower.row.level_order or higher.row.min_value <= lower.row.min_value:
                yield higher.problem(
                    f"min_value: {higher.row.level} begins at {higher.row.min_value:g}, not above {lower.row.level} in "
                    f"line {lower.line}.",
                    "Let each level of a kind have an order and a beginning above the one below.",
                )


def statuses_are_known(sheets: Sheets) -> Found:
    statuses = {located.row.status: located.row for located in sheets.of(Status)}
    yield from unknown(sheets.of(MappedStatus), "status", statuses, "rule_statuses")
    for located in sheets.of(MappedStatus):
        status = statuses.get(located.row.status)
        if status and located.row.outcome_reason and not status.is_outcome:
            yield located.problem(
                f"outcome_reason: `{status.status}` is no outcome.", "Empty it, or map to a status that ends the cycle."
            )


def transitions_are_whole(sheets: Sheets) -> Found:
    statuses = [located.row.status for located in sheets.of(Status)]
    where = "rule_statuses"
    yield from unknown(sheets.of(StatusTransition), "from_status", statuses, where)
    yield from unknown(sheets.of(StatusTransition), "to_status", statuses, where)
    given = {(located.row.from_status, located.row.to_status) for located in sheets.of(StatusTransition)}
    for before in statuses:
        for after in statuses:
            if before != after and (before, after) not in given:
                yield Problem(
                    sheets.file_of(StatusTransition),
                    1,
                    f"There is no row from {before} to {after}.",
                    f"Add {before},{after},false,illegal and why, or true and no violation if the step is legal.",
                )


def cycle_policies_are_whole(sheets: Sheets) -> Found:
    rows = sheets.of(CyclePolicy)
    yield from overlaps(rows, lambda row: row.segment, "cycle policy")
    if not any(located.row.segment is None and located.row.ends == OPEN_END for located in rows):
        yield Problem(
            sheets.file_of(CyclePolicy), 1, "No row applies to every segment.", "Add one with an empty segment."
        )


def routing_is_whole(sheets: Sheets) -> Found:
    yield from ends_with_everybody(sheets, Routing, "so somebody would be left without an action")


def units_are_whole(sheets: Sheets) -> Found:
    yield from ends_with_everybody(sheets, QualificationUnit, "so nobody could say who qualifies somebody")


def territories_are_whole(sheets: Sheets) -> Found:
    yield from ends_with_everybody(sheets, Territory, "so somebody would be nobody's")
    pools = {located.row.pool_id for located in sheets.of(PoolMember)}
    yield from unknown(sheets.of(Territory), "pool_id", pools, "rule_rep_pools")


def capacity_is_ordered(sheets: Sheets) -> Found:
    yield from ties(sheets.of(SalesCapacity), lambda row: None)


def ends_with_everybody(
    sheets: Sheets, schema: type[Routing] | type[QualificationUnit] | type[Territory], consequence: str
) -> Found:
    """Of rows of which the first decides, the last asks nothing and holds for ever."""
    rows = sorted(sheets.of(schema), key=lambda located: (located.row.sort_order, located.line))
    yield from ties(sheets.of(schema), lambda row: None)
    for located in rows:
        if located.row.asks_nothing and located.row.begins == SINCE_EVER and located.row.ends == OPEN_END:
            if located is not rows[-1]:
                later = rows[rows.index(located) + 1]
                yield later.problem(
                    f"The row is never reached: line {located.line} applies to everybody.",
                    "Give the catch-all the highest sort_order.",
                )
            return
    yield Problem(
        sheets.file_of(schema),
        rows[-1].line if rows else 1,
        f"No row applies to everybody, {consequence}.",
        "End with a row whose conditions and window are all empty.",
    )


def sla_policies_are_whole(sheets: Sheets) -> Found:
    rows = sheets.of(SlaPolicy)
    yield from overlaps(rows, lambda row: (row.conditions(), row.clock), "SLA policy")
    policies: dict[str, list[Located[SlaPolicy]]] = defaultdict(list)
    for located in rows:
        policies[located.row.policy_id].append(located)
    for policy_id, clocks in policies.items():
        missing = [clock for clock in CLOCKS if clock not in {located.row.clock for located in clocks}]
        for clock in missing:
            yield clocks[0].problem(f"clock: policy {policy_id} has no {clock} clock.", "Add a row with its target.")
        head = clocks[0].row
        for located in clocks[1:]:
            row = located.row
            if (row.conditions(), row.begins, row.ends, row.sort_order) != (
                head.conditions(),
                head.begins,
                head.ends,
                head.sort_order,
            ):
                yield located.problem(
                    f"policy_id: the rows of {policy_id} differ in conditions, window or sort_order from line "
                    f"{clocks[0].line}.",
                    "A policy is one set of conditions with a target for each clock.",
                )


def priorities_have_policies(sheets: Sheets) -> Found:
    """A policy for requests alone promises nothing to whom the score or the CRM hands over."""
    policies = [located.row for located in sheets.of(SlaPolicy) if located.row.ends == OPEN_END]
    seen: set[str] = set()
    for located in sheets.of(Routing):
        row = located.row
        is_held = any(
            policy.priority in (None, row.priority)
            and policy.is_hand_raise in (None, row.entry_reason == "hand_raise" if row.entry_reason else None)
            for policy in policies
        )
        if row.priority and not is_held and row.priority not in seen:
            seen.add(row.priority)
            yield located.problem(
                f"priority: no SLA policy with an open end is for {row.priority}, so its handoffs would have no clock.",
                "Add one to rule_sla_policies.",
            )


def excuses_are_outcomes(sheets: Sheets) -> Found:
    outcomes = [located.row.status for located in sheets.of(Status) if located.row.is_outcome]
    yield from unknown(sheets.of(SlaExcuse), "outcome", outcomes, "the outcomes of rule_statuses")
    excused = {(located.row.outcome, located.row.outcome_reason) for located in sheets.of(SlaExcuse)}
    for located in sheets.of(SlaExcuse):
        if located.row.outcome_reason is not None and (located.row.outcome, None) in excused:
            yield located.problem(
                f"outcome_reason: every {located.row.outcome} is excused already.", "Remove one of the two rows."
            )


def calendars_are_known(sheets: Sheets) -> Found:
    known = [located.row.calendar_id for located in sheets.of(Calendar)]
    for schema in (SlaPolicy, BusinessHours, Holiday, TeamCalendar):
        yield from unknown(sheets.of(schema), "calendar_id", known, "rule_calendars")


def calendars_are_whole(sheets: Sheets) -> Found:
    calendars = sheets.of(Calendar)
    hours: dict[str, list[Located[BusinessHours]]] = defaultdict(list)
    for opening in sheets.of(BusinessHours):
        hours[opening.row.calendar_id].append(opening)
    for located in calendars:
        rows = sorted(hours[located.row.calendar_id], key=lambda opening: (opening.row.begins, opening.row.ends))
        if not rows:
            yield located.problem(
                f"calendar_id: `{located.row.calendar_id}` never opens.", "Give it hours in rule_business_hours."
            )
        opened_until = rows[0].row.begins if rows else EVER_AFTER
        for opening in rows:
            if opening.row.begins > opened_until:
                yield opening.problem(
                    f"effective_from: `{located.row.calendar_id}` has no opening hours from {opened_until} until "
                    f"{opening.row.begins}.",
                    "Let the row begin where the last one ends; days off are rows of rule_holidays.",
                )
            opened_until = max(opened_until, opening.row.ends)
        if opened_until < EVER_AFTER:
            yield rows[-1].problem(
                f"effective_until: `{located.row.calendar_id}` never opens again after {opened_until}.",
                "Leave the end of its last rows empty, or add the hours that follow.",
            )
    defaults = [located for located in calendars if located.row.is_default]
    if not defaults:
        yield Problem(sheets.file_of(Calendar), 1, "No calendar is the default.", "Set is_default of one to true.")
    for located in defaults[1:]:
        yield located.problem(f"is_default: line {defaults[0].line} is the default already.", "Keep one default.")
    yield from overlaps(sheets.of(TeamCalendar), lambda row: row.team, "team calendar")


def targets_are_reached(sheets: Sheets) -> Found:
    """A target of more than a year of the calendar's hours would be due beyond the days that are laid out."""
    weeks: dict[str, int] = defaultdict(int)
    for opening in sheets.of(BusinessHours):
        if opening.row.ends == EVER_AFTER:
            weeks[opening.row.calendar_id] += opening.row.open_minutes * 60
    for located in sheets.of(SlaPolicy):
        row = located.row
        week = weeks.get(row.calendar_id, 0)
        if week and row.target_seconds > MOST_WEEKS * week:
            yield located.problem(
                f"target_seconds: {row.target_seconds} seconds take {row.target_seconds // week} weeks of "
                f"`{row.calendar_id}`, which opens for {week} seconds a week.",
                f"Promise what {MOST_WEEKS} weeks hold.",
            )


def cadences_are_ordered(sheets: Sheets) -> Found:
    yield from ties(sheets.of(Cadence), lambda row: None)


def special_days_agree(sheets: Sheets) -> Found:
    """A day is closed or has hours, and its hours do not overlap."""
    days: dict[Hashable, list[Located[Holiday]]] = defaultdict(list)
    for located in sheets.of(Holiday):
        days[(located.row.calendar_id, located.row.holiday_date)].append(located)
    for rows in days.values():
        rows.sort(key=lambda located: (located.row.opens_at or "", located.line))
        for earlier, later in pairwise(rows):
            first, last = sorted((earlier, later), key=lambda located: located.line)
            if earlier.row.opens_at is None:
                yield last.problem(
                    f"opens_at: line {first.line} closes the same day.", "Keep the closed day or the hours."
                )
            elif later.row.opens_at and earlier.row.closes_at and later.row.opens_at < earlier.row.closes_at:
                yield last.problem(
                    f"opens_at: the hours overlap with line {first.line}.", "Let one end where the other begins."
                )


def hours_do_not_meet(sheets: Sheets) -> Found:
    days: dict[Hashable, list[Located[BusinessHours]]] = defaultdict(list)
    for located in sheets.of(BusinessHours):
        days[(located.row.calendar_id, located.row.iso_weekday)].append(located)
    for rows in days.values():
        rows.sort(key=lambda located: (located.row.opens_at, located.line))
        for index, later in enumerate(rows):
            for earlier in rows[:index]:
                together = later.row.begins < earlier.row.ends and earlier.row.begins < later.row.ends
                runs_over = earlier.row.closes_at < earlier.row.opens_at or later.row.opens_at < earlier.row.closes_at
                if together and runs_over:
                    last, other = (later, earlier) if later.line > earlier.line else (earlier, later)
                    yield last.problem(
                        f"opens_at: the hours overlap with line {other.line}.", "Let one end where the other begins."
                    )
                    break


def currencies_agree(sheets: Sheets) -> Found:
    rows = sheets.of(CurrencyRate)
    yield from overlaps(rows, lambda row: row.currency, "currency rate")
    for located in rows:
        if located.row.corporate_currency != rows[0].row.corporate_currency:
            yield located.problem(
                f"corporate_currency: it is {rows[0].row.corporate_currency} in line {rows[0].line}.",
                "Reports are in one currency.",
            )
        if located.row.currency == located.row.corporate_currency and located.row.rate_to_corporate != 1:
            yield located.problem(
                f"rate_to_corporate: {located.row.currency} is worth {located.row.rate_to_corporate:g} of itself.",
                "Write 1.",
            )


def overrides_agree(sheets: Sheets) -> Found:
    """No two records are told to be one person, at once or by way of others, while they are told not to be."""
    rows = sheets.of(IdentityOverride)
    for apart in rows:
        if apart.row.decision != "force_apart":
            continue
        reached = {apart.row.record: 0}  # the record, and the last line by which it is the same person as the first
        waiting = [apart.row.record]
        while waiting:
            here = waiting.pop()
            for same in rows:
                ends = {same.row.record, same.row.other_record}
                together = same.row.begins < apart.row.ends and apart.row.begins < same.row.ends
                if same.row.decision == "force_same" and together and here in ends:
                    for there in ends - set(reached):
                        reached[there] = same.line
                        waiting.append(there)
        if apart.row.other_record in reached:
            yield apart.problem(
                f"decision: the two are one person by line {reached[apart.row.other_record]} and those it leads to.",
                "Keep one of the two decisions, or let one's window end where the other's begins.",
            )


def survivorship_is_whole(sheets: Sheets) -> Found:
    rows = sheets.of(FieldSurvivorship)
    yield from ties(rows, lambda row: row.field)
    if not any(located.row.field == "*" for located in rows):
        yield Problem(
            sheets.file_of(FieldSurvivorship), 1, "No row is for any field.", "Add rows for `*`: what the others do."
        )


def report_limits_are_whole(sheets: Sheets) -> Found:
    for schema, column in ((ReportLimit, "limit_name"), (ReviewStratum, "stratum")):
        given = {getattr(located.row, column) for located in sheets.of(schema)}
        for name in get_args(schema.model_fields[column].annotation):
            if name not in given:
                yield Problem(sheets.file_of(schema), 1, f"{column}: `{name}` has no row.", "Add one: it is asked for.")


def feedback_is_whole(sheets: Sheets) -> Found:
    rows = sheets.of(FeedbackAction)
    yield from ties(rows, lambda row: None)
    if not any(located.row.asks_nothing for located in rows):
        yield Problem(
            sheets.file_of(FeedbackAction), 1, "No row is for any reason.", "Add a last one without conditions."
        )


def topics_agree(sheets: Sheets) -> Found:
    """One topic in one stage has one play: the report has a row for the two."""
    rows = sheets.of(ContentTopic)
    yield from ties(rows, lambda row: None)
    plays: dict[tuple[str, str], str] = {}
    for located in rows:
        place = (located.row.topic, located.row.buying_stage)
        if plays.setdefault(place, located.row.follow_up_play) != located.row.follow_up_play:
            yield located.problem(
                f"follow_up_play: {place[0]} in stage {place[1]} has another play above.", "Keep one of the two."
            )


CHECKS = (
    Check((ScoringModel, ScoreGroup, ScorePoints, ScoreBand, QualifyingGrade, Signal), score_references),
    Check((LeakyField, ScorePoints, Signal), nothing_leaks),
    Check((ScoringModel, CalibrationPeriod, ReviewTrigger), reviews_are_whole),
    Check((ScoringModel, ScoreGroup, ScorePoints, QualifyingGrade), models_are_whole),
    Check((ScoreGroup,), groups_have_a_place),
    Check((ScoringModel, ScoreBand), bands_cover),
    Check((Signal,), signals_agree),
    Check((Exclusion, Title, ChannelRule), orders_are_total),
    Check((Title,), titles_are_reached),
    Check((SegmentSize,), segments_cover),
    Check(
        (SegmentSize, ReadinessCriterion, CyclePolicy, QualificationUnit, Routing, SlaPolicy, Territory),
        segments_are_defined,
    ),
    Check((ReadinessCriterion, ReadinessStage), readiness_is_whole),
    Check((ReadinessReturn,), returns_diminish),
    Check((ReadinessLevel,), levels_rise),
    Check((Status, MappedStatus), statuses_are_known),
    Check((Status, StatusTransition), transitions_are_whole),
    Check((CyclePolicy,), cycle_policies_are_whole),
    Check((QualificationUnit,), units_are_whole),
    Check((Routing,), routing_is_whole),
    Check((Territory, PoolMember), territories_are_whole),
    Check((SalesCapacity,), capacity_is_ordered),
    Check((SlaPolicy,), sla_policies_are_whole),
    Check((Routing, SlaPolicy), priorities_have_policies),
    Check((Status, SlaExcuse), excuses_are_outcomes),
    Check((Calendar, SlaPolicy, BusinessHours, Holiday, TeamCalendar), calendars_are_known),
    Check((Calendar, BusinessHours, TeamCalendar), calendars_are_whole),
    Check((BusinessHours,), hours_do_not_meet),
    Check((Holiday,), special_days_agree),
    Check((Cadence,), cadences_are_ordered),
    Check((BusinessHours, SlaPolicy), targets_are_reached),
    Check((CurrencyRate,), currencies_agree),
    Check((ReportLimit, ReviewStratum), report_limits_are_whole),
    Check((FeedbackAction,), feedback_is_whole),
    Check((ContentTopic,), topics_agree),
    Check((IdentityOverride,), overrides_agree),
    Check((FieldSurvivorship,), survivorship_is_whole),
)
