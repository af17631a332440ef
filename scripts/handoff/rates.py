"""Rates and how far the true rate may lie from them."""

from __future__ import annotations

import math

# The 97.5th percentile of the normal distribution: 95 % lie between minus this and this.
NORMAL_95 = 1.959963984540054


def share(part: int, whole: int) -> float | None:
    """A part of a whole, 0 to 1; None where the whole is nothing."""
    return part / whole if whole else None


def wilson(successes: int, trials: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval for a rate; None where nothing was tried."""
    if trials == 0:
        return None
    squared = NORMAL_95 * NORMAL_95
    centre = successes + squared / 2
    reach = NORMAL_95 * math.sqrt(successes * (trials - successes) / trials + squared / 4)
    lower = 0.0 if successes == 0 else (centre - reach) / (trials + squared)
    upper = 1.0 if successes == trials else (centre + reach) / (trials + squared)
    return lower, upper
