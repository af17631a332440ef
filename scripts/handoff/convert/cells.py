"""One cell of an export as the generic form writes it. Pure functions; what does not fit comes back word for word."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_HAS_TIME = re.compile(r"%[HIMSpXcT]")


def moment(text: str, formats: tuple[str, ...], zone: ZoneInfo) -> str:
    """A local time as UTC in ISO 8601; a day without a time stays that day."""
    for form in formats:
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        if not _HAS_TIME.search(form):
            return f"{found:%Y-%m-%d}"
        if found.tzinfo is None:
            found = found.replace(tzinfo=zone)  # twice a year: the earlier of two, the later of none
        try:
            return f"{found.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        except OverflowError:
            return text
    return text


def number(text: str, decimal: str) -> str:
    """A number with a decimal comma as one with a point, its thousands put together; currency signs stay."""
    if decimal == ".":
        return text
    if re.fullmatch(r"[+-]?\d{1,3}([. \u00a0\u202f']\d{3})+(,\d+)?|[+-]?\d+(,\d+)?", text):
        return re.sub(r"[. \u00a0\u202f']", "", text).replace(",", ".")
    return text


def yes_or_no(text: str, yes: frozenset[str], no: frozenset[str]) -> str:
    """A word for yes or no as true or false."""
    word = text.lower()
    return "true" if word in yes else "false" if word in no else text
