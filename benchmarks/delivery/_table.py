"""Medians, and between which values they lie."""

import statistics
from collections.abc import Sequence


def middle(values: Sequence[float], digits: int = 0) -> str:
    """`57 (55-60)`; a single one alone."""
    if not values:
        return "-"
    median = f"{statistics.median(values):.{digits}f}"
    if len(values) == 1:
        return median
    return f"{median} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def quantile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def line(name: str, cells: Sequence[str], widths: Sequence[int], first: int = 24) -> str:
    padded = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"{name:{first}}" + "".join(padded)
