"""Writes review.html from the published marts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from pathlib import Path
from typing import Any

import jinja2

from handoff.review import charts
from handoff.review.figures import Figures, Share, read_figures

EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
WITHHELD = "(e-mail withheld)"


def write_review(marts_path: Path, out: Path, run: Mapping[str, Any]) -> None:
    """Write the review page of a published run.

    Reads the marts of `marts_path` (a published marts.duckdb, opened read-only) and, of the run record, `as_of`
    (ISO 8601) and where present `run_id`, `rules_hash` and `code_version`. Writes `out`, one HTML file that asks the
    network for nothing. Raises what DuckDB raises where a mart is missing: a page never shows half a run.
    """
    figures = read_figures(marts_path, run)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=without_email,
    )
    environment.filters.update(
        count=count, money=money, percent=percent, share=share, moment=moment, span=span, words=words, left=left
    )
    page = environment.get_template("review.html.j2").render(figures=figures, charts=draw(figures))
    out.write_text(page, encoding="utf-8")


def draw(figures: Figures) -> dict[str, str]:
    """The page's charts by name; one with nothing to show is left out."""
    drawn: dict[str, str] = {}
    if figures.cohorts:
        drawn["cohorts"] = charts.cohorts_chart(
            [
                {"month": cohort.label + ("" if cohort.is_mature else " *"), "mature": cohort.is_mature}
                | {"step": step, "count": value}
                for cohort in figures.cohorts
                for step, value in zip(
                    charts.STEPS,
                    (cohort.mqls, cohort.accepted, cohort.meetings_held, cohort.opportunities, cohort.won),
                    strict=True,
                )
            ]
        )
    if figures.teams:
        teams = [str(without_email(team.label)) for team in figures.teams]
        drawn["teams"] = charts.verdicts_chart(
            [
                {"team": name, "verdict": verdict, "count": value}
                for name, team in zip(teams, figures.teams, strict=True)
                for verdict, value in zip(
                    charts.COLOURS,
                    (team.met, team.met_late, team.closed_untouched, team.open_breached),
                    strict=True,
                )
            ],
            teams,
        )
    weeks = [week for week in figures.weeks if week.share.whole]
    if weeks:
        drawn["weeks"] = charts.weeks_chart(
            [{"week": week.label, "rate": week.share.rate, "label": f"n={week.share.whole}"} for week in weeks]
        )
    if figures.accounts:
        drawn["stages"] = charts.stages_chart(
            [{"stage": words(stage), "count": value} for stage, value in figures.stages],
            [words(stage) for stage, _ in figures.stages],
        )
    return drawn


def without_email(value: Any) -> Any:
    """The value with every e-mail address taken out, were a key or a team ever to hold one."""
    if isinstance(value, str) and "@" in value:
        return type(value)(EMAIL.sub(WITHHELD, value))
    return value


def count(value: int) -> str:
    return f"{value:,}"


def money(value: Decimal) -> str:
    return f"{value.quantize(Decimal(1), ROUND_HALF_UP):,}"


def percent(value: float | None) -> str:
    return "–" if value is None else f"{floor(100 * value + 0.5)} %"


def share(value: Share) -> str:
    """A rate beside its counts."""
    return f"{percent(value.rate)} ({count(value.part)} of {count(value.whole)})"


def moment(value: datetime | None) -> str:
    return "–" if value is None else f"{value:%Y-%m-%d %H:%M}"


def span(value: timedelta | None) -> str:
    """A length of time in its largest two units."""
    if value is None:
        return "–"
    minutes = int(abs(value).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def left(minutes: int | None) -> str:
    """Minutes left in words."""
    if minutes is None:
        return "no clock"
    text = span(timedelta(minutes=minutes))
    return f"{text} overdue" if minutes < 0 else f"{text} left"


def words(value: str | None) -> str:
    """A code as words."""
    return "–" if value is None else value.replace("_", " ")
