"""The page's charts: Vega-Lite drawn to SVG here, so that the page needs neither script nor network to show them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert as vlc

from handoff.review.words import Rate, without_email

# Okabe and Ito's palette: told apart by readers of every colour vision.
BLUE, SKY, ORANGE, RED = "#0072B2", "#56B4E9", "#E69F00", "#D55E00"
VERDICTS = {"met": BLUE, "met late": SKY, "closed untouched": ORANGE, "open and breached": RED}
WIDTH = 720
INK = "#1b2733"

Rows = Sequence[Mapping[str, Any]]


def cohorts(rows: Rows, steps: Sequence[str]) -> str:
    """Small bars of the same months, one row a step; months that are not mature are hollow."""
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("month:N", title=None, sort=None, axis=alt.Axis(labelAngle=-45)),
        y=alt.Y("count:Q", title=None, axis=alt.Axis(tickCount=2, format="d", grid=False)),
    )
    bars = base.mark_bar(stroke=BLUE, strokeWidth=1.2).encode(
        fillOpacity=alt.condition("datum.mature", alt.value(1), alt.value(0.12)),
        color=alt.value(BLUE),
    )
    labels = base.mark_text(dy=-5, fontSize=10, color=INK).encode(text="count:Q")
    header = alt.Header(labelAngle=0, labelAlign="left", labelFontSize=12, labelFontWeight="bold")
    chart = (
        alt.layer(bars, labels)
        .properties(width=WIDTH - 130, height=62)
        .facet(row=alt.Row("step:N", sort=list(steps), title=None, header=header), spacing=14)
        .resolve_scale(y="independent")
    )
    return to_svg(chart)


def verdicts(rows: Rows, groups: Sequence[str]) -> str:
    """One bar a group: how its decided clocks ended, by count."""
    bars = (
        alt.Chart(_data(rows))
        .transform_calculate(order=f"indexof({list(VERDICTS)!r}, datum.verdict)")
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            y=alt.Y("group:N", title=None, sort=list(groups), axis=alt.Axis(labelLimit=180)),
            x=alt.X("count:Q", title="decided clocks", axis=alt.Axis(format="d", tickMinStep=1)),
            color=alt.Color(
                "verdict:N",
                title=None,
                scale=alt.Scale(domain=list(VERDICTS), range=list(VERDICTS.values())),
                legend=alt.Legend(orient="top"),
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=WIDTH - 200, height=alt.Step(30))
    )
    return to_svg(bars)


def over_time(rows: Sequence[tuple[str, int, int]], title: str, axis: str) -> str:
    """A rate week by week with its 95 % interval; the number at a point is how many it stands on."""
    base = alt.Chart(_data(_rated(rows))).encode(
        x=alt.X("label:N", title=axis, sort=None, axis=alt.Axis(labelAngle=-45)),
    )
    scale = alt.Scale(domain=[0, 1])
    line = base.mark_line(color=BLUE, strokeWidth=2).encode(
        y=alt.Y("rate:Q", title=title, scale=scale, axis=alt.Axis(format="%", tickCount=5))
    )
    reach = base.mark_rule(color=BLUE, opacity=0.45).encode(y="lower:Q", y2="upper:Q")
    points = base.mark_point(color=BLUE, filled=True, size=60).encode(y="rate:Q")
    counts = base.mark_text(dy=-10, dx=14, fontSize=10, color=INK).encode(y="rate:Q", text="n:N")
    return to_svg(alt.layer(reach, line, points, counts).properties(width=WIDTH - 90, height=190))


def rates(rows: Sequence[tuple[str, int, int]], title: str, colours: Sequence[str] = ()) -> str:
    """A rate a line with its 95 % interval; the number beside it is how many it stands on."""
    names = [str(without_email(name)) for name, _, _ in rows]
    base = alt.Chart(_data(_rated(rows))).encode(
        y=alt.Y("label:N", title=None, sort=list(dict.fromkeys(names)), axis=alt.Axis(labelLimit=190)),
    )
    axis = alt.Axis(format="%", tickCount=5)
    reach = base.mark_rule(color=BLUE, strokeWidth=2, opacity=0.55).encode(
        x=alt.X("lower:Q", title=title, axis=axis, scale=alt.Scale(zero=True)), x2="upper:Q"
    )
    points = base.mark_point(color=BLUE, filled=True, size=70).encode(x="rate:Q")
    counts = base.mark_text(align="left", dx=8, fontSize=10, color=INK).encode(x="upper:Q", text="n:N")
    return to_svg(alt.layer(reach, points, counts).properties(width=WIDTH - 250, height=alt.Step(24)))


def calibration(rows: Sequence[tuple[str, str, int, int]], title: str) -> str:
    """A rate by score band with its interval, one panel a model."""
    values = [{"panel": panel, **rated} for panel, band, part, whole in rows for rated in _rated([(band, part, whole)])]
    base = alt.Chart(_data(values)).encode(x=alt.X("label:N", title=None, axis=alt.Axis(labelAngle=0)))
    scale = alt.Scale(domain=[0, 1])
    reach = base.mark_rule(color=BLUE, strokeWidth=2, opacity=0.55).encode(
        y=alt.Y("lower:Q", title=title, scale=scale, axis=alt.Axis(format="%", tickCount=5)), y2="upper:Q"
    )
    points = base.mark_point(color=BLUE, filled=True, size=70).encode(y="rate:Q")
    counts = base.mark_text(dx=5, align="left", fontSize=10, color=INK).encode(y="rate:Q", text="n:N")
    panels = len({value["panel"] for value in values})
    chart = (
        alt.layer(reach, points, counts)
        .properties(width=max((WIDTH - 90) // max(panels, 1) - 20, 120), height=170)
        .facet(column=alt.Column("panel:N", title=None, sort=None, header=alt.Header(labelFontSize=12)))
    )
    return to_svg(chart)


def bars(rows: Sequence[tuple[str, int]], title: str) -> str:
    """A count a line."""
    names = [str(without_email(name)) for name, _ in rows]
    base = alt.Chart(
        _data([{"label": name, "count": value} for name, (_, value) in zip(names, rows, strict=True)])
    ).encode(
        y=alt.Y("label:N", title=None, sort=list(dict.fromkeys(names)), axis=alt.Axis(labelLimit=220)),
        x=alt.X("count:Q", title=title, axis=alt.Axis(format="d", tickMinStep=1)),
    )
    labels = base.mark_text(align="left", dx=4, color=INK).encode(text="count:Q")
    return to_svg(alt.layer(base.mark_bar(color=BLUE), labels).properties(width=WIDTH - 260, height=alt.Step(24)))


def matrix(rows: Rows, across: Sequence[str], down: Sequence[str], titles: tuple[str, str], counted: str) -> str:
    """Counts where two scales cross; darker is more, and the number stands in the cell."""
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("across:N", title=titles[0], sort=list(across), axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("down:N", title=titles[1], sort=list(down)),
    )
    most = max((row["count"] for row in rows), default=0)
    squares = base.mark_rect(stroke="white").encode(
        color=alt.Color("count:Q", title=counted, scale=alt.Scale(scheme="blues"), legend=None)
    )
    numbers = base.mark_text(fontSize=13).encode(
        text="count:Q",
        color=alt.condition(f"datum.count > {most * 0.55}", alt.value("white"), alt.value(INK)),
    )
    return to_svg(alt.layer(squares, numbers).properties(width=90 * len(across), height=38 * len(down)))


def _rated(rows: Sequence[tuple[str, int, int]]) -> list[dict[str, Any]]:
    rated = []
    for label, part, whole in rows:
        rate = Rate(part, whole)
        if rate.bounds is not None:
            lower, upper = rate.bounds
            rated.append({"label": label, "rate": rate.value, "lower": lower, "upper": upper, "n": f"n={whole:,}"})
    return rated


def _data(rows: Rows) -> alt.InlineData:
    return alt.InlineData(values=[{name: without_email(value) for name, value in row.items()} for row in rows])


def to_svg(chart: alt.TopLevelMixin) -> str:
    """The chart as an SVG element for an HTML page: no namespace, so that no address stands in the page."""
    spec = chart.to_dict()
    spec.pop("$schema", None)
    spec["background"] = "white"
    # A reader's font may be wider than the one that measured the labels.
    spec["padding"] = {"left": 24, "top": 5, "right": 36, "bottom": 5}
    spec.setdefault("config", {}).update(
        {
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": {"labelFontSize": 11, "titleFontSize": 11, "labelColor": INK, "titleColor": INK},
            "legend": {"labelFontSize": 11, "labelColor": INK, "columnPadding": 28},
        }
    )
    svg: str = vlc.vegalite_to_svg(spec, allowed_base_urls=[])
    return re.sub(r'\sxmlns(:xlink)?="[^"]*"', "", svg, count=2)
