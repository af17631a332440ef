"""Ten lines that say what a run found, read from the published file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from handoff.database import opened
from handoff.publish import MARTS_FILE


def summarise(version: Path, record: dict[str, Any]) -> list[str]:
    """The summary of a published version; reads marts.duckdb only, and leaves out what it does not hold."""
    with opened(version / MARTS_FILE, read_only=True) as marts:
        lines = [f"As of {record['as_of']}, run {record['run_id']}, {record['timings']['steps'].get('total', 0)} s"]
        rows_in = sum(table["rows_in"] for source in record["sources"] for table in source["tables"])
        placed: dict[str, int] = {}
        odd: dict[str, int] = {}
        for source in record["sources"]:
            for table in source["tables"]:
                for disposition, rows in table["dispositions"].items():
                    placed[disposition] = placed.get(disposition, 0) + rows
                for reason, rows in table["reasons"].items():
                    odd[reason] = odd.get(reason, 0) + rows
        where = ", ".join(f"{rows:,} {disposition}" for disposition, rows in sorted(placed.items()))
        lines.append(f"Rows in         {rows_in:,} ({where or 'none'}), none unaccounted for")
        if odd:
            lines.append("Oddities        " + ", ".join(f"{rows:,} {reason}" for reason, rows in sorted(odd.items())))
        for label, query in _FIGURES:
            try:
                row = marts.execute(query).fetchone()
            except duckdb.Error:
                continue
            if row is not None and row[0] is not None:
                lines.append(f"{label:<15} {row[0]}")
        return lines


def example_person(version: Path) -> str:
    """Somebody worth explaining: whose handoff is most urgent, else anybody; a placeholder where nobody came in."""
    with opened(version / MARTS_FILE, read_only=True) as marts:
        for query in (
            "select person_id from marts.rpt_follow_up_queue order by rank limit 1",
            "select person_id from marts.dim_person order by person_id limit 1",
        ):
            row = marts.execute(query).fetchone()
            if row is not None:
                return str(row[0])
    return "PERSON_OR_RECORD_ID"


_FIGURES = (
    (
        "People",
        "select format('{:,} from {:,} records', count(distinct person_id), count(*)) from marts.bridge_person_records",
    ),
    (
        "Scored",
        "select format('{:,} at or above the threshold of the active model', count(*) filter (where meets_threshold)) "
        "from marts.fct_lead_scores where model_status = 'active'",
    ),
    (
        "Accounts",
        "select format('{:,}, {:,} of them ready', count(*), count(*) filter (where readiness_stage = 'ready')) "
        "from marts.fct_account_readiness",
    ),
    (
        "MQL cycles",
        "select format('{:,}, {:,} accepted, {:,} with an opportunity', count(*), count(accepted_at), "
        "count(opportunity_id)) from marts.fct_mql_cycles",
    ),
    (
        "Handoffs",
        "select format('{:,}, {:,} never touched', count(*), count(*) - count(first_touch_at)) from marts.fct_handoffs",
    ),
    (
        "Speed to lead",
        "select format('{:,} of {:,} clocks met{}, {:,} breached and still open', "
        "count(*) filter (where sla_status = 'met'), count(*), "
        "case when count(*) > 0 then format(' ({:.1f} %)', "
        "100.0 * count(*) filter (where sla_status = 'met') / count(*)) else '' end, "
        "count(*) filter (where sla_status = 'open_breached')) from marts.fct_handoff_sla "
        "where clock = 'speed_to_lead' and not is_time_unknown "
        "and sla_status in ('met', 'met_late', 'closed_untouched', 'open_breached')",
    ),
    ("Follow-up queue", "select format('{:,} open handoffs', count(*)) from marts.rpt_follow_up_queue"),
    (
        "Unmapped",
        "select case when count(*) > 0 then format('{:,} CRM statuses that rule_status_map does not know: {}', "
        "count(*), string_agg(crm_status, ', ' order by place) filter (where place <= 5) "
        "|| if(count(*) > 5, ', …', '')) end "
        "from (select crm_status, row_number() over (order by change_count desc, source_system, crm_status) as place "
        "from marts.fct_unmapped_statuses)",
    ),
    (
        "Unnamed",
        "select case when count(*) > 0 then format('{:,} activity types that no row of rule_signals names: {}', "
        "count(*), string_agg(activity_type, ', ' order by place) filter (where place <= 5) "
        "|| if(count(*) > 5, ', …', '')) end "
        "from (select activity_type, row_number() over (order by signals desc, source_system, activity_type) as place "
        "from marts.rpt_unnamed_activities)",
    ),
    ("Quarantined", "select format('{:,} rows', count(*)) from marts.rpt_quarantine"),
)
