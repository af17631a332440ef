"""Every figure of the review page, read from the published marts and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

COMPLIANCE_WEEKS = 13
QUEUE_ROWS = 25
STAGES = ("customer", "opportunity", "ready", "engaged", "aware", "target", "none")


@dataclass(frozen=True)
class Share:
    """A rate that never goes without its counts."""

    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Cohort:
    """MQL cycles and what became of them: of one month, or one value of a breakdown."""

    label: str
    mqls: int
    accepted: int
    meetings_held: int
    opportunities: int
    won: int
    rejected: int
    disqualified: int
    recycled: int
    expired: int
    lost: int
    merged: int
    open: int
    pipeline_amount: Decimal
    won_amount: Decimal
    is_mature: bool

    def share(self, part: str) -> Share:
        return Share(int(getattr(self, part)), self.mqls)


@dataclass(frozen=True)
class Compliance:
    """Clocks of one kind by verdict, for one team, rep, priority or week."""

    label: str
    team: str
    handoffs: int
    clocks: int
    met: int
    met_late: int
    closed_untouched: int
    open_breached: int
    open: int
    excused: int
    time_unknown: int

    @property
    def share(self) -> Share:
        return Share(self.met, self.met + self.met_late + self.closed_untouched + self.open_breached)


NO_COHORT = Cohort("all mature cohorts", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Decimal(0), Decimal(0), True)
NO_CLOCKS = Compliance("all teams", "all teams", 0, 0, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Waiting:
    """One open handoff of the follow-up queue."""

    rank: int
    person_id: str
    account_id: str | None
    owner_id: str | None
    team: str | None
    next_action: str | None
    priority: str | None
    due_clock: str | None
    due_at: datetime | None
    minutes_left: int | None
    reason: str


@dataclass(frozen=True)
class Criterion:
    """The checks of one readiness criterion by status."""

    criterion: str
    met: int
    unmet: int
    too_early: int
    not_applicable: int

    @property
    def share(self) -> Share:
        return Share(self.met, self.met + self.unmet + self.too_early)


@dataclass(frozen=True)
class SourceTable:
    """Where the rows of one source table went."""

    source_system: str
    source_table: str
    rows_in: int
    current: int
    superseded: int
    deleted: int
    merged: int
    quarantined: int
    unaccounted: int


@dataclass(frozen=True)
class Freshness:
    """The newest row a source brought."""

    source_system: str
    newest_row_at: datetime | None
    age: timedelta | None


@dataclass(frozen=True)
class Figures:
    """All that the page shows."""

    as_of: datetime
    run_id: str
    rules_hash: str
    code_version: str
    scoring_models: tuple[str, ...]
    people_scored: int
    cohorts: tuple[Cohort, ...]
    mature: Cohort
    channels: tuple[Cohort, ...]
    grades: tuple[Cohort, ...]
    compliance_since: date
    teams: tuple[Compliance, ...]
    all_teams: Compliance
    weeks: tuple[Compliance, ...]
    priorities: tuple[Compliance, ...]
    reps: tuple[Compliance, ...]
    queue: tuple[Waiting, ...]
    queue_total: int
    queue_overdue: int
    stages: tuple[tuple[str, int], ...]
    criteria: tuple[Criterion, ...]
    source_tables: tuple[SourceTable, ...]
    freshness: tuple[Freshness, ...]
    quarantine_reasons: tuple[tuple[str, str, str, int], ...]

    @property
    def accounts(self) -> int:
        return sum(count for _, count in self.stages)


def read_figures(marts_path: Path, run: Mapping[str, Any]) -> Figures:
    """Read every figure from the published file, opened for reading only."""
    as_of = datetime.fromisoformat(str(run["as_of"]).replace("Z", "+00:00")).replace(tzinfo=None)
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False}) as marts:
        escaped = str(marts_path).replace("'", "''")
        marts.execute(f"attach '{escaped}' as published (read_only)")
        marts.execute("use published.marts")
        return _figures(marts, run, as_of)


def _figures(marts: duckdb.DuckDBPyConnection, run: Mapping[str, Any], as_of: datetime) -> Figures:
    this_week = as_of.date() - timedelta(days=as_of.weekday())
    since = this_week - timedelta(weeks=COMPLIANCE_WEEKS - 1)
    stage_counts: dict[str, int] = dict(
        marts.execute("select readiness_stage, count(*) from fct_account_readiness group by readiness_stage").fetchall()
    )
    known = [*STAGES, *sorted(set(stage_counts) - set(STAGES))]
    queue_total, queue_overdue = _one(
        marts, "select count(*), count(case when minutes_left < 0 then 1 end) from rpt_follow_up_queue"
    )
    all_teams = _compliance(marts, "'all teams'", "'all teams'", "speed_to_lead", since)
    return Figures(
        as_of=as_of,
        run_id=str(run.get("run_id", "unknown")),
        rules_hash=str(run.get("rules_hash", "unknown")),
        code_version=str(run.get("code_version", "unknown")),
        scoring_models=tuple(
            str(name)
            for (name,) in marts.execute(
                "select distinct scoring_model from fct_lead_scores where model_status = 'active' order by all"
            ).fetchall()
        ),
        people_scored=int(
            _one(marts, "select count(distinct person_id) from fct_lead_scores where model_status = 'active'")[0]
        ),
        cohorts=_cohorts(marts, "strftime(cohort_month, '%Y-%m')", "true"),
        mature=next(
            iter(_cohorts(marts, "'all mature cohorts'", "is_mature")),
            NO_COHORT,
        ),
        channels=_cohorts(marts, "channel", "is_mature", "sum(mqls) desc, label"),
        grades=_cohorts(marts, "grade", "is_mature"),
        compliance_since=since,
        teams=_compliance(marts, "team", "team", "speed_to_lead", since),
        all_teams=all_teams[0] if all_teams else NO_CLOCKS,
        weeks=_compliance(marts, "cast(week_start as varchar)", "'all teams'", "speed_to_lead", since),
        priorities=_compliance(marts, "priority", "'all teams'", "speed_to_lead", since),
        reps=_compliance(marts, "rep_id", "team", "first_touch", since),
        queue=tuple(
            Waiting(*row)
            for row in marts.execute(
                """
                select rank, person_id, account_id, owner_id, team, next_action, priority, due_clock, due_at,
                    minutes_left, reason
                from rpt_follow_up_queue
                order by rank
                limit ?
                """,
                [QUEUE_ROWS],
            ).fetchall()
        ),
        queue_total=int(queue_total),
        queue_overdue=int(queue_overdue),
        stages=tuple((stage, int(stage_counts.get(stage, 0))) for stage in known),
        criteria=tuple(
            Criterion(*row)
            for row in marts.execute(
                """
                select criterion,
                    count(case when status = 'met' then 1 end),
                    count(case when status = 'unmet' then 1 end),
                    count(case when status = 'too_early' then 1 end),
                    count(case when status = 'not_applicable' then 1 end)
                from fct_account_readiness_checks
                group by criterion
                order by criterion
                """
            ).fetchall()
        ),
        source_tables=tuple(
            SourceTable(*row)
            for row in marts.execute(
                """
                select source_system, source_table, rows_in, "current", superseded, deleted, merged, quarantined,
                    unaccounted
                from rpt_reconciliation
                order by source_system, source_table
                """
            ).fetchall()
        ),
        freshness=tuple(
            Freshness(system, newest, as_of - newest if newest else None)
            for system, newest in marts.execute(
                "select source_system, max(newest_row_at) from fct_source_tables group by source_system order by all"
            ).fetchall()
        ),
        quarantine_reasons=tuple(
            (str(system), str(table), str(codes or "no reason given"), int(count))
            for system, table, codes, count in marts.execute(
                """
                select source_system, source_table, reason_codes, count(*)
                from rpt_quarantine
                group by source_system, source_table, reason_codes
                order by count(*) desc, source_system, source_table, reason_codes
                """
            ).fetchall()
        ),
    )


def _cohorts(marts: duckdb.DuckDBPyConnection, label: str, condition: str, order: str = "label") -> tuple[Cohort, ...]:
    rows = marts.execute(
        f"""
        select {label} as label,
            cast(sum(mqls) as bigint), cast(sum(accepted) as bigint), cast(sum(meetings_held) as bigint),
            cast(sum(opportunities) as bigint), cast(sum(won) as bigint), cast(sum(rejected) as bigint),
            cast(sum(disqualified) as bigint), cast(sum(recycled) as bigint), cast(sum(expired) as bigint),
            cast(sum(lost) as bigint), cast(sum(merged) as bigint), cast(sum("open") as bigint),
            sum(pipeline_amount), sum(won_amount), bool_and(is_mature)
        from rpt_mql_in_context
        where {condition}
        group by 1
        order by {order}
        """
    ).fetchall()
    return tuple(Cohort(*row) for row in rows)


def _compliance(
    marts: duckdb.DuckDBPyConnection, label: str, team: str, clock: str, since: date
) -> tuple[Compliance, ...]:
    rows = marts.execute(
        f"""
        select {label} as label, {team} as in_team,
            cast(sum(handoffs) as bigint), cast(sum(clocks) as bigint), cast(sum(met) as bigint),
            cast(sum(met_late) as bigint), cast(sum(closed_untouched) as bigint), cast(sum(open_breached) as bigint),
            cast(sum("open") as bigint), cast(sum(excused) as bigint), cast(sum(time_unknown) as bigint)
        from rpt_sla_compliance
        where clock = ? and week_start >= ?
        group by 1, 2
        order by in_team, label
        """,
        [clock, since],
    ).fetchall()
    return tuple(Compliance(*row) for row in rows)


def _one(marts: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    row = marts.execute(query).fetchone()
    assert row is not None
    return tuple(row)
