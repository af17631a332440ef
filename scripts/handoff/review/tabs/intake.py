"""What came in: where every source row went, what could not be used, and how fresh the sources are."""

from __future__ import annotations

from collections.abc import Mapping

from handoff.review.marts import Marts, Row
from handoff.review.tables import Column, Spec, Table

KEY = "intake"
TITLE = "What came in"

TABLES = (
    Spec(
        "rows",
        "Rows in, and where each ended; unaccounted is 0 or nothing is published",
        ("rpt_reconciliation",),
        """
select source_system, source_table, rows_in, "current" as current_rows, superseded, deleted, merged, quarantined,
    unaccounted
from rpt_reconciliation
order by source_system, source_table""",
        (
            Column("source_system", "Source", "text", offers="choose"),
            Column("source_table", "Table", "text"),
            Column("rows_in", "Rows in"),
            Column("current_rows", "Current"),
            Column("superseded", "Superseded"),
            Column("deleted", "Deleted"),
            Column("merged", "Merged"),
            Column("quarantined", "Quarantined", "share", of="rows_in"),
            Column("unaccounted", "Unaccounted"),
        ),
        "No row came in.",
    ),
    Spec(
        "quarantine",
        "Rows that could not be used, by reason",
        ("rpt_quarantine",),
        """
select source_system, source_table, coalesce(nullif(reason_codes, ''), 'no reason given') as reason_codes,
    count(*) as quarantined
from rpt_quarantine
group by 1, 2, 3
order by quarantined desc, source_system, source_table, reason_codes""",
        (
            Column("source_system", "Source", "text", offers="choose"),
            Column("source_table", "Table", "text", offers="choose"),
            Column("reason_codes", "Reason", "words"),
            Column("quarantined", "Rows"),
        ),
        "No row was quarantined.",
        most=200,
    ),
    Spec(
        "freshness",
        "The newest row of each source table",
        ("fct_source_tables",),
        """
select source_system, source_table, rows_in, newest_row_at,
    cast(floor(epoch($as_of - newest_row_at) / 3600) as bigint) as hours_old
from fct_source_tables
order by source_system, source_table""",
        (
            Column("source_system", "Source", "text", offers="choose"),
            Column("source_table", "Table", "text"),
            Column("rows_in", "Rows in"),
            Column("newest_row_at", "Newest row (UTC)", "moment"),
            Column("hours_old", "Hours before as-of"),
        ),
        "No row came in.",
    ),
)


def facts(marts: Marts) -> Row:
    return {}


def charts(tables: Mapping[str, Table]) -> dict[str, str]:
    return {}
