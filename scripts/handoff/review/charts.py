"""The page's charts: Vega-Lite drawn to SVG here, so that the page needs neither script nor network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert as vlc

# Okabe and Ito's palette: told apart by readers of every colour vision.
COLOURS = {
    "met": "#0072B2",
    "met late": "#56B4E9",
    "closed untouched": "#E69F00",
    "open and breached": "#D55E00",
}
STEPS = ("MQLs", "Accepted", "Meetings held", "Opportunities", "Won")
WIDTH = 720
INK = "#1b2733"


def cohorts_chart(rows: Sequence[Mapping[str, Any]]) -> str:
    """Small bars of the same months, one row a step; months that are not mature are hollow."""
    base = alt.Chart(alt.InlineData(values=list(rows))).encode(
        x=alt.X("month:N", title=None, sort=None, axis=alt.Axis(labelAngle=-45)),
        y=alt.Y("count:Q", title=None, axis=alt.Axis(tickCount=2, format="d", grid=False)),
    )
    bars = base.mark_bar(stroke=COLOURS["met"], strokeWidth=1.2).encode(
        fillOpacity=alt.condition("datum.mature", alt.value(1), alt.value(0.12)),
        color=alt.value(COLOURS["met"]),
    )
    labels = base.mark_text(dy=-5, fontSize=10, color=INK).encode(text="count:Q")
    chart = (
        alt.layer(bars, labels)
        .properties(width=WIDTH - 130, height=62)
        .facet(
            row=alt.Row(
                "step:N",
                sort=list(STEPS),
                title=None,
                header=alt.Header(labelAngle=0, labelAlign="left", labelFontSize=12, labelFontWeight="bold"),
            ),
            spacing=14,
        )
        .resolve_scale(y="independent")
    )
    return to_svg(chart)


def verdicts_chart(rows: Sequence[Mapping[str, Any]], teams: Sequence[str]) -> str:
    """One bar a team: how its decided clocks ended, by count."""
    verdicts = list(COLOURS)
    bars = (
        alt.Chart(alt.InlineData(values=list(rows)))
        .transform_calculate(order=f"indexof({verdicts!r}, datum.verdict)")
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            y=alt.Y("team:N", title=None, sort=list(teams), axis=alt.Axis(labelLimit=180)),
            x=alt.X("count:Q", title="decided clocks", axis=alt.Axis(format="d", tickMinStep=1)),
            color=alt.Color(
                "verdict:N",
                title=None,
                scale=alt.Scale(domain=verdicts, range=list(COLOURS.values())),
                legend=alt.Legend(orient="top"),
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=WIDTH - 200, height=alt.Step(34))
    )
    return to_svg(bars)


def weeks_chart(rows: Sequence[Mapping[str, Any]]) -> str:
    """Compliance week by week; the number beside a point is how many clocks were decided."""
    base = alt.Chart(alt.InlineData(values=list(rows))).encode(
        x=alt.X("week:N", title="week from Monday, UTC", sort=None, axis=alt.Axis(labelAngle=-45)),
        y=alt.Y("rate:Q", title="met", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5)),
    )
    line = base.mark_line(color=COLOURS["met"], strokeWidth=2)
    points = base.mark_point(color=COLOURS["met"], filled=True, size=60)
    labels = base.mark_text(dy=-12, fontSize=10, color=INK).encode(text="label:N")
    return to_svg(alt.layer(line, points, labels).properties(width=WIDTH - 90, height=190))


def stages_chart(rows: Sequence[Mapping[str, Any]], stages: Sequence[str]) -> str:
    """Accounts at each stage."""
    base = alt.Chart(alt.InlineData(values=list(rows))).encode(
        y=alt.Y("stage:N", title=None, sort=list(stages)),
        x=alt.X("count:Q", title="accounts", axis=alt.Axis(format="d", tickMinStep=1)),
    )
    bars = base.mark_bar(color=COLOURS["met"])
    labels = base.mark_text(align="left", dx=4, color=INK).encode(text="count:Q")
    return to_svg(alt.layer(bars, labels).properties(width=WIDTH - 140, height=alt.Step(26)))


def to_svg(chart: alt.TopLevelMixin) -> str:
    """The chart as an SVG element for an HTML page: no namespace, so that no address stands in the page."""
    spec = chart.to_dict()
    spec.pop("$schema", None)
    spec["background"] = "white"
    spec.setdefault("config", {}).update(
        {
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": {"labelFontSize": 11, "titleFontSize": 11, "labelColor": INK, "titleColor": INK},
            "legend": {"labelFontSize": 11, "labelColor": INK},
        }
    )
    svg: str = vlc.vegalite_to_svg(spec, allowed_base_urls=[])
    return re.sub(r'\sxmlns(:xlink)?="[^"]*"', "", svg, count=2)
