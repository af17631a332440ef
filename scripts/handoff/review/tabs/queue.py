"""Queue: who waits, what is about to be lost, and why; in the order to work them."""

from __future__ import annotations

from collections.abc import Mapping

from handoff.review import charts as draw
from handoff.review.marts import QUEUE_ROWS, Marts, Row
from handoff.review.tables import Column, Spec, Table

KEY = "queue"
TITLE = "Queue"

TABLES = (
    Spec(
        "queue-teams",
        "Who has how many waiting",
        ("rpt_follow_up_queue",),
        """
select coalesce(team, 'unassigned') as team, coalesce(owner_id, 'nobody') as owner_id,
    count(*) as waiting,
    count(*) filter (where missed_clocks is not null) as overdue,
    count(*) filter (where sla_status = 'open_at_risk') as at_risk,
    count(*) filter (where priority = 'P1') as urgent
from rpt_follow_up_queue
group by 1, 2
order by overdue desc, waiting desc, team, owner_id""",
        (
            Column("team", "Team", "text", offers="choose"),
            Column("owner_id", "Owner", "key"),
            Column("waiting", "Waiting"),
            Column("overdue", "Late already", "share", of="waiting"),
            Column("at_risk", "About to be late"),
            Column("urgent", "P1"),
        ),
        "Nothing waits: every open handoff was touched and accepted.",
        most=100,
    ),
    Spec(
        "queue",
        "Open handoffs in the order to work them",
        ("rpt_follow_up_queue",),
        """
select rank, priority, next_action, person_id, due_at, minutes_left, due_clock, sla_status,
    coalesce(team, 'unassigned') as team, coalesce(owner_id, 'nobody') as owner_id, reason, account_id, expires_at,
    missed_clocks, missed_since
from rpt_follow_up_queue
order by rank""",
        (
            Column("rank", "Rank"),
            Column("priority", "Priority", "text", offers="choose"),
            Column("next_action", "Action", "words", offers="choose"),
            Column("person_id", "Person", "person"),
            Column("minutes_left", "Time", "left"),
            Column("reason", "Why, and what is about to be lost", "prose"),
            Column("due_at", "Due (UTC)", "moment"),
            Column("due_clock", "Clock", "words"),
            Column("missed_clocks", "Missed", "words"),
            Column("missed_since", "Since (UTC)", "moment"),
            Column("team", "Team", "text", offers="choose"),
            Column("owner_id", "Owner", "key", offers="choose"),
            Column("account_id", "Account", "account"),
            Column("expires_at", "Cycle ends", "day"),
        ),
        "Nothing waits: every open handoff was touched and accepted.",
        most=QUEUE_ROWS,
    ),
)


def facts(marts: Marts) -> Row:
    """How many wait, and how many of them too long."""
    return marts.row(
        "select count(*) as waiting, count(*) filter (where missed_clocks is not null) as overdue "
        "from rpt_follow_up_queue"
    )


def charts(tables: Mapping[str, Table]) -> dict[str, str]:
    teams: dict[str, int] = {}
    for row in tables["queue-teams"].values:
        teams[row["team"]] = teams.get(row["team"], 0) + row["waiting"]
    return {"queue-teams": draw.bars(sorted(teams.items()), "open handoffs")} if teams else {}
