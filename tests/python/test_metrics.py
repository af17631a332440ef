"""`handoff metrics`, that is `mf query`, gives the reports' numbers: each metric is defined once, and once only."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml
from support.compiled import PROJECT
from support.network import cut

Query = Callable[..., list[dict[str, str]]]


@pytest.fixture(scope="module")
def query(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Query:
    """Ask MetricFlow as a reader would: metrics and groups in, rows of text out; the network cut, and never tried."""
    folder = tmp_path_factory.mktemp("metrics")
    # an answer that MetricFlow keeps in the folder of temporary files would hide that it asks PyPI once an hour
    (folder / "tmp").mkdir()

    def ask(metrics: str, groups: str = "") -> list[dict[str, str]]:
        place = folder / "answer.csv"
        grouped = ["--group-by", groups] if groups else []
        command = [sys.executable, "-m", "handoff.cli", "metrics", "--warehouse", str(demo_warehouse)]
        command += ["query", "--metrics", metrics, *grouped, "--csv", str(place)]
        with cut(folder / "attempts") as environment:
            environment |= {"TMPDIR": str(folder / "tmp")}
            done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=300)
            assert done.returncode == 0 and "ERROR" not in done.stdout, done.stdout + done.stderr
        with place.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return ask


def number(text: str) -> float:
    return float(text) if text else 0.0


def test_totals_are_the_reports_totals(query: Query, published: duckdb.DuckDBPyConnection) -> None:
    counts = (
        "mqls,unmerged_mqls,accepted_mqls,mql_meetings_held,mql_opportunities,won_mqls,rejected_mqls,expired_mqls,"
        "acceptance_rate,meeting_rate,opportunity_rate,win_rate,pipeline_amount,won_amount,pipeline_per_mql"
    )
    (told,) = query(counts)
    expected = published.execute(
        """
        select
            sum(mqls), sum(mqls - merged), sum(accepted), sum(meetings_held), sum(opportunities), sum(won),
            sum(rejected), sum(expired), sum(accepted) / sum(mqls - merged), sum(meetings_held) / sum(mqls - merged),
            sum(opportunities) / sum(mqls - merged), sum(won) / sum(mqls - merged),
            sum(pipeline_amount), sum(won_amount), sum(pipeline_amount) / sum(mqls)
        from marts.rpt_mql_in_context
        """
    ).fetchone()
    assert expected is not None and all(expected[:7])
    assert [float(told[name]) for name in counts.split(",")] == [float(value) for value in expected]


def test_cohorts_are_the_reports_cohorts(query: Query, published: duckdb.DuckDBPyConnection) -> None:
    rows = query(
        "unmerged_mqls,accepted_mqls,acceptance_rate", "metric_time__month,mql__channel,mql__segment,mql__grade"
    )
    told = {
        (row["metric_time__month"][:10], row["mql__channel"], row["mql__segment"], row["mql__grade"]): (
            number(row["unmerged_mqls"]),
            number(row["accepted_mqls"]),
            number(row["acceptance_rate"]),
        )
        for row in rows
        if number(row["unmerged_mqls"])
    }
    expected = {
        (str(month), channel, segment, grade): (mqls, accepted, accepted / mqls)
        for month, channel, segment, grade, mqls, accepted in published.execute(
            "select cohort_month, channel, segment, grade, sum(mqls - merged), sum(accepted)"
            " from marts.rpt_mql_in_context group by all"
        ).fetchall()
    }
    assert len(expected) > 20
    assert told == expected


def test_pipeline_by_cohort_is_the_reports(query: Query, published: duckdb.DuckDBPyConnection) -> None:
    told = {
        row["mql__opened_at__month"][:10]: number(row["pipeline_amount"])
        for row in query("pipeline_amount", "mql__opened_at__month")
        if number(row["pipeline_amount"])
    }
    expected = {
        str(month): float(amount)
        for month, amount in published.execute(
            "select cohort_month, sum(pipeline_amount) from marts.rpt_mql_in_context group by 1"
            " having sum(pipeline_amount) > 0"
        ).fetchall()
    }
    assert len(expected) > 3
    assert told == expected


def test_speed_and_compliance_are_the_reports(query: Query, published: duckdb.DuckDBPyConnection) -> None:
    keys = ("metric_time__week", "clock_row__team", "clock_row__rep_id", "clock_row__priority")
    names = ("sla_compliance_rate", "speed_to_lead_p50", "speed_to_lead_p90", "open_breaches")
    told = {}
    for row in query(",".join(names), ",".join(keys)):
        if row["sla_compliance_rate"]:
            key = (row[keys[0]][:10], *(row[name] for name in keys[1:]))
            told[key] = tuple(number(row[name]) for name in names)
    expected = {
        (str(row[0]), *row[1:4]): tuple(float(value) for value in row[4:])
        for row in published.execute(
            """
            select
                week_start, team, rep_id, priority,
                compliance_rate, median_business_seconds, p90_business_seconds, open_breached
            from marts.rpt_sla_compliance
            where clock = 'speed_to_lead' and compliance_rate is not null
            """
        ).fetchall()
    }
    assert len(expected) > 20
    assert told == expected


def test_handoffs_are_those_of_the_mart(query: Query, published: duckdb.DuckDBPyConnection) -> None:
    (told,) = query("handoffs,untouched_handoffs")
    expected = published.execute(
        "select count(*), count(*) filter (where first_touch_at is null and first_touch_date_without_time is null)"
        " from marts.fct_handoffs"
    ).fetchone()
    assert (int(told["handoffs"]), int(told["untouched_handoffs"])) == expected
    assert expected is not None and all(expected)


def test_clocks_of_every_kind_are_the_reports(query: Query, published: duckdb.DuckDBPyConnection) -> None:
    told = {
        row["clock_row__clock"]: (number(row["clocks_met_count"]), number(row["clocks_judged_count"]))
        for row in query("clocks_met_count,clocks_judged_count", "clock_row__clock")
    }
    expected = {
        clock: (met, judged)
        for clock, met, judged in published.execute(
            "select clock, sum(met), sum(met + met_late + closed_untouched + open_breached)"
            " from marts.rpt_sla_compliance group by 1"
        ).fetchall()
    }
    assert len(expected) > 3
    assert told == expected


def test_every_metric_is_asked_for_above() -> None:
    document = yaml.safe_load((PROJECT / "models" / "metrics" / "_metrics.yml").read_text(encoding="utf-8"))
    names = {metric["name"] for metric in document["metrics"]}
    asked = set(re.findall(r"[a-z0-9_]+", Path(__file__).read_text(encoding="utf-8")))
    assert len(names) >= 12
    assert names - asked == set()
