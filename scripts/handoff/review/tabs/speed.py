"""Speed & SLA: how fast handoffs were answered, by whom, and how much each rep was asked to do."""

from __future__ import annotations

from collections.abc import Mapping

from handoff.review import charts as draw
from handoff.review.marts import Marts, Row
from handoff.review.tables import Column, Spec, Table
from handoff.review.words import day, text

KEY = "speed"
TITLE = "Speed & SLA"

COUNTS = """
    cast(sum(handoffs) as bigint) as handoffs,
    cast(sum(clocks) as bigint) as clocks,
    cast(sum(met) as bigint) as met,
    cast(sum(met_late) as bigint) as met_late,
    cast(sum(closed_untouched) as bigint) as closed_untouched,
    cast(sum(open_breached) as bigint) as open_breached,
    cast(sum(met + met_late + closed_untouched + open_breached) as bigint) as judged,
    cast(sum("open") as bigint) as still_open,
    cast(sum(excused) as bigint) as excused,
    cast(sum(time_unknown) as bigint) as time_unknown"""
VERDICT_COLUMNS = (
    Column("met", "In time", "rate", of="judged"),
    Column("met_late", "Late"),
    Column("closed_untouched", "Closed untouched"),
    Column("open_breached", "Open, breached"),
    Column("still_open", "Open, in time"),
    Column("excused", "Excused"),
    Column("time_unknown", "Time unknown"),
)
PERCENTILES = (
    Column("median_business_seconds", "Median business time", "seconds"),
    Column("p90_business_seconds", "90th percentile", "seconds"),
)


def _compliance(key: str, title: str, clock: str, by: tuple[tuple[str, Column], ...], total: bool = False) -> Spec:
    labels = ", ".join(expression for expression, _ in by)
    where = f"from rpt_sla_compliance\nwhere clock = '{clock}' and week_start >= $since"
    return Spec(
        key,
        title,
        ("rpt_sla_compliance",),
        f"select {labels},{COUNTS}\n{where}\ngroup by {labels}\norder by {labels}",
        (*(column for _, column in by), Column("handoffs", "Handoffs"), *VERDICT_COLUMNS),
        "No such clock has started in these weeks.",
        total=f"select {COUNTS}\n{where}" if total else "",
    )


TABLES = (
    _compliance("teams", "Speed to lead by team", "speed_to_lead", (("team", Column("team", "Team", "text")),), True),
    Spec(
        "weeks",
        "Speed to lead by the ISO week the handoff started in",
        ("rpt_sla_breakdown",),
        """
select week_start, handoffs, met, judged, met_late, closed_untouched, open_breached, "open" as still_open, excused,
    time_unknown, median_business_seconds, p90_business_seconds
from rpt_sla_breakdown
where clock = 'speed_to_lead' and breakdown = 'all' and week_start >= $since
order by week_start""",
        (
            Column("week_start", "Week from Monday", "day"),
            Column("handoffs", "Handoffs"),
            *VERDICT_COLUMNS,
            *PERCENTILES,
        ),
        "No such clock has started in these weeks.",
    ),
    _compliance(
        "priorities",
        "Speed to lead by priority",
        "speed_to_lead",
        (("priority", Column("priority", "Priority", "text")),),
    ),
    Spec(
        "clocks",
        "Every kind of clock; the kinds are not added up",
        ("rpt_sla_compliance",),
        f"""
select clock,{COUNTS}
from rpt_sla_compliance
where week_start >= $since
group by clock
order by clock""",
        (Column("clock", "Clock", "words"), Column("clocks", "Clocks"), *VERDICT_COLUMNS),
        "No clock has started in these weeks.",
    ),
    Spec(
        "breakdown",
        "Speed to lead, week by week, by team, source and priority",
        ("rpt_sla_breakdown",),
        """
select week_start, breakdown, breakdown_value, handoffs, met, judged, met_late, closed_untouched, open_breached,
    "open" as still_open, excused, time_unknown, median_business_seconds, p90_business_seconds
from rpt_sla_breakdown
where clock = 'speed_to_lead' and breakdown in ('team', 'source', 'priority') and week_start >= $since
order by breakdown, week_start desc, breakdown_value""",
        (
            Column("week_start", "Week from Monday", "day", offers="range"),
            Column("breakdown", "By", "words", offers="choose"),
            Column("breakdown_value", "Value", "text", offers="choose"),
            Column("handoffs", "Handoffs"),
            *VERDICT_COLUMNS,
            *PERCENTILES,
        ),
        "No such clock has started in these weeks.",
        most=600,
    ),
    _compliance(
        "reps",
        "First touch by rep: from the moment a rep held the handoff to that rep's own first touch",
        "first_touch",
        (
            ("rep_id", Column("rep_id", "Rep", "key")),
            ("team", Column("team", "Team", "text", offers="choose")),
        ),
    ),
    Spec(
        "cadence",
        "How hard sales tried, by team",
        ("rpt_follow_up_cadence",),
        """
select team,
    cast(sum(handoffs) as bigint) as handoffs,
    cast(sum(attempted) as bigint) as attempted,
    cast(sum(contacted) as bigint) as contacted,
    cast(sum(met_in_person) as bigint) as met_in_person,
    cast(sum(never_touched) as bigint) as never_touched,
    cast(sum(never_touched_open) as bigint) as never_touched_open,
    cast(sum(given_up) as bigint) as given_up,
    cast(sum(given_up_untouched) as bigint) as given_up_untouched,
    cast(sum(given_up_early) as bigint) as given_up_early
from rpt_follow_up_cadence
where week_start >= $since
group by team
order by team""",
        (
            Column("team", "Team", "text"),
            Column("handoffs", "Handoffs"),
            Column("attempted", "Attempted", "rate", of="handoffs"),
            Column("contacted", "Contacted", "rate", of="handoffs"),
            Column("met_in_person", "Met", "rate", of="handoffs"),
            Column("never_touched", "Never touched", "rate", of="handoffs"),
            Column("never_touched_open", "of them open"),
            Column("given_up", "Given up", "rate", of="handoffs"),
            Column("given_up_untouched", "of them untouched"),
            Column("given_up_early", "Given up early", "rate", of="given_up"),
        ),
        "No handoff in these weeks.",
    ),
    Spec(
        "capacity",
        "What each rep was handed beside what they could work",
        ("rpt_sales_capacity",),
        """
select week_start, team, rep_id, handoffs, urgent_handoffs, touched, accepted, max_handoffs_per_week, days_absent,
    handoffs_workable, verdict
from rpt_sales_capacity
where week_start >= $since and (handoffs > 0 or verdict <> 'room')
order by week_start desc, team, rep_id""",
        (
            Column("week_start", "Week from Monday", "day", offers="range"),
            Column("team", "Team", "text", offers="choose"),
            Column("rep_id", "Rep", "key"),
            Column("handoffs", "Handoffs"),
            Column("urgent_handoffs", "Urgent"),
            Column("touched", "Touched", "rate", of="handoffs"),
            Column("accepted", "Accepted", "rate", of="handoffs"),
            Column("handoffs_workable", "Could work"),
            Column("max_handoffs_per_week", "Most a week"),
            Column("days_absent", "Days away"),
            Column("verdict", "Verdict", "words", offers="choose"),
        ),
        "No handoff in these weeks.",
        most=400,
    ),
)


def facts(marts: Marts) -> Row:
    """Speed to lead over all teams, and since when."""
    return {
        "since": marts.since,
        **marts.row(f"select {COUNTS} from rpt_sla_compliance where clock = 'speed_to_lead' and week_start >= $since"),
    }


def charts(tables: Mapping[str, Table]) -> dict[str, str]:
    drawn = {}
    teams = tables["teams"].values
    if teams:
        names = dict(zip(draw.VERDICTS, ("met", "met_late", "closed_untouched", "open_breached"), strict=True))
        drawn["teams"] = draw.verdicts(
            [
                {"group": text(team["team"]), "verdict": verdict, "count": team[name]}
                for team in teams
                for verdict, name in names.items()
            ],
            [text(team["team"]) for team in teams],
        )
    weeks = [(day(row["week_start"]), row["met"], row["judged"]) for row in tables["weeks"].values if row["judged"]]
    if weeks:
        drawn["weeks"] = draw.over_time(weeks, "in time", "week from Monday, UTC")
    return drawn
