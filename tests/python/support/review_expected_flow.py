"""What the tables of funnel, speed, inspection, queue and intake must read, worked out from whole marts."""

from __future__ import annotations

from support import review_oracle as by_hand
from support.review_oracle import (
    Expected,
    Marts,
    Row,
    day,
    groups,
    minute,
    plain,
    rate,
    rows_as,
    share,
    spoken,
    total,
    whole,
)

Table = tuple[tuple[str, ...], Expected]


def funnel(marts: Marts) -> dict[str, Table]:
    cohorts, campaigns, cycles = marts("rpt_mql_in_context"), marts("rpt_mql_funnel"), marts("fct_mql_funnel")

    def split(rows: list[Row], column: str, written: object = spoken) -> Table:
        parted = groups(rows, column)
        return ("label",), {written(key): by_hand.funnel_cells(parted[key]) for key in parted}

    def months(key: str, cells: object, rows: list[Row]) -> Table:
        parted = groups(rows, "cohort_month")
        return (key,), {f"{month:%Y-%m}": cells(parted[month]) for month in parted}

    of_month = months("cohort_month", by_hand.month_cells, cohorts)
    starred = {
        f"{month:%Y-%m}{'' if all(row['is_mature'] for row in rows) else ' *'}": of_month[1][f"{month:%Y-%m}"]
        for month, rows in groups(cohorts, "cohort_month").items()
    }
    segments = groups(cycles, "segment")
    return {
        "cohorts": (("cohort_month",), starred),
        "channels": split(cohorts, "channel"),
        "segments": split(cohorts, "segment"),
        "grades": split(cohorts, "grade"),
        "models": split(cohorts, "scoring_model"),
        "entry-reasons": split(campaigns, "entry_reason"),
        "campaigns": split(campaigns, "campaign_id", plain),
        "velocity": months("label", by_hand.velocity_cells, cycles),
        "velocity-segments": (
            ("label",),
            {spoken(segment): by_hand.velocity_cells(rows) for segment, rows in segments.items()},
        ),
    }


def speed(marts: Marts) -> dict[str, Table]:
    recent = [row for row in marts("rpt_sla_compliance") if row["week_start"] >= marts.since]
    first = [row for row in recent if row["clock"] == "speed_to_lead"]
    own = [row for row in recent if row["clock"] == "first_touch"]
    broken = [row for row in marts("rpt_sla_breakdown", clock="speed_to_lead") if row["week_start"] >= marts.since]
    tried = groups((row for row in marts("rpt_follow_up_cadence") if row["week_start"] >= marts.since), "team")
    asked = [
        row
        for row in marts("rpt_sales_capacity")
        if row["week_start"] >= marts.since and (row["handoffs"] > 0 or row["verdict"] != "room")
    ]
    parts = ("attempted", "contacted", "met_in_person", "never_touched", "given_up")
    without_handoffs = {
        clock: by_hand.clock_cells(rows) | {"clocks": whole(total(rows, "clocks"))}
        for clock, rows in groups(recent, "clock").items()
    }
    for cells in without_handoffs.values():
        del cells["handoffs"]
    return {
        "teams": (("team",), {team: by_hand.clock_cells(rows) for team, rows in groups(first, "team").items()}),
        "priorities": (
            ("priority",),
            {one: by_hand.clock_cells(rows) for one, rows in groups(first, "priority").items()},
        ),
        "reps": (
            ("rep_id", "team"),
            {one: by_hand.clock_cells(rows) for one, rows in groups(own, "rep_id", "team").items()},
        ),
        "clocks": (("clock",), {spoken(clock): cells for clock, cells in without_handoffs.items()}),
        "weeks": (
            ("week_start",),
            rows_as(
                (row for row in broken if row["breakdown"] == "all"),
                lambda row: day(row["week_start"]),
                lambda row: by_hand.clock_cells([row]) | by_hand.percentile_cells(row),
            ),
        ),
        "breakdown": (
            ("week_start", "breakdown", "breakdown_value"),
            rows_as(
                (row for row in broken if row["breakdown"] in ("team", "source", "priority")),
                lambda row: (day(row["week_start"]), row["breakdown"], row["breakdown_value"]),
                lambda row: by_hand.clock_cells([row]) | by_hand.percentile_cells(row),
            ),
        ),
        "cadence": (
            ("team",),
            {
                team: {part: rate(total(rows, part), total(rows, "handoffs")) for part in parts}
                | {"handoffs": whole(total(rows, "handoffs"))}
                | {one: whole(total(rows, one)) for one in ("never_touched_open", "given_up_untouched")}
                | {"given_up_early": rate(total(rows, "given_up_early"), total(rows, "given_up"))}
                for team, rows in tried.items()
            },
        ),
        "capacity": (
            ("week_start", "team", "rep_id"),
            rows_as(
                asked,
                lambda row: (day(row["week_start"]), row["team"], row["rep_id"]),
                lambda row: (
                    {
                        one: whole(row[one])
                        for one in (
                            "handoffs",
                            "urgent_handoffs",
                            "handoffs_workable",
                            "max_handoffs_per_week",
                            "days_absent",
                        )
                    }
                    | {one: rate(row[one], row["handoffs"]) for one in ("touched", "accepted")}
                    | {"verdict": spoken(row["verdict"])}
                ),
            ),
        ),
    }


def worked(marts: Marts) -> dict[str, Table]:
    """Inspection, queue, and what came in."""
    agreed, queue = marts("rpt_review_agreement"), marts("rpt_follow_up_queue")
    owned = groups(
        (row | {"team": row["team"] or "unassigned", "owner_id": row["owner_id"] or "nobody"} for row in queue),
        *("team", "owner_id"),
    )

    def time_left(minutes: int | None) -> str:
        if minutes is None:
            return "no clock"
        days, rest = divmod(abs(minutes), 1440)
        text = (
            f"{days} d {rest // 60} h" if days else f"{rest // 60} h {rest % 60} min" if rest >= 60 else f"{rest} min"
        )
        return f"{text} {'overdue' if minutes < 0 else 'left'}"

    return {
        "agreement": (
            ("stratum",),
            {spoken(one): by_hand.agreement_cells(rows) for one, rows in groups(agreed, "stratum").items()},
        ),
        "agreement-weeks": (
            ("week_start",),
            {
                day(week): by_hand.agreement_cells(rows)
                for week, rows in groups(agreed, "week_start").items()
                if week >= marts.since
            },
        ),
        "queue-teams": (
            ("team", "owner_id"),
            {
                key: {
                    "waiting": whole(len(rows)),
                    "overdue": share(sum(row["missed_clocks"] is not None for row in rows), len(rows)),
                    "at_risk": whole(sum(row["sla_status"] == "open_at_risk" for row in rows)),
                    "urgent": whole(sum(row["priority"] == "P1" for row in rows)),
                }
                for key, rows in owned.items()
            },
        ),
        "queue": (
            ("rank",),
            rows_as(
                queue,
                lambda row: whole(row["rank"]),
                lambda row: {
                    "priority": plain(row["priority"]),
                    "next_action": spoken(row["next_action"]),
                    "person_id": f"{row['person_id'][:8]}…",
                    "due_at": minute(row["due_at"]),
                    "minutes_left": time_left(row["minutes_left"]),
                    "due_clock": spoken(row["due_clock"]),
                    "missed_clocks": spoken(row["missed_clocks"]),
                    "missed_since": minute(row["missed_since"]),
                    "team": row["team"] or "unassigned",
                    "owner_id": row["owner_id"] or "nobody",
                    "reason": row["reason"],
                    "account_id": plain(row["account_id"]),
                    "expires_at": day(row["expires_at"]),
                },
            ),
        ),
        "rows": (
            ("source_system", "source_table"),
            rows_as(
                marts("rpt_reconciliation"),
                lambda row: (row["source_system"], row["source_table"]),
                lambda row: (
                    {one: whole(row[one]) for one in ("rows_in", "superseded", "deleted", "merged", "unaccounted")}
                    | {"current_rows": whole(row["current"]), "quarantined": share(row["quarantined"], row["rows_in"])}
                ),
            ),
        ),
        "freshness": (
            ("source_system", "source_table"),
            rows_as(
                marts("fct_source_tables"),
                lambda row: (row["source_system"], row["source_table"]),
                lambda row: {
                    "rows_in": whole(row["rows_in"]),
                    "newest_row_at": minute(row["newest_row_at"]),
                    "hours_old": "–"
                    if row["newest_row_at"] is None
                    else whole((marts.as_of - row["newest_row_at"]) // by_hand.timedelta(hours=1)),
                },
            ),
        ),
        "quarantine": (
            ("source_system", "source_table", "reason_codes"),
            {
                (system, table, spoken(codes)): {"quarantined": whole(len(rows))}
                for (system, table, codes), rows in groups(
                    marts("rpt_quarantine"), "source_system", "source_table", "reason_codes"
                ).items()
            },
        ),
    }
