"""What can be said about one column, gathered value by value, so that a large file needs little memory."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from datetime import datetime
from functools import cached_property
from math import fsum, isfinite, sqrt

MISSING = {"", "-", "na", "n/a", "nan", "null", "none", "nil", "?"}
DISTINCT_LIMIT = 20_000
BINS = 24
EPOCH = datetime(1970, 1, 1)

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?%?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?%?")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?")
_DOTTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_YES_OR_NO = {"yes", "no", "true", "false", "y", "n", "t", "f"}
_SHARE_OF_A_KIND = 0.95
_LONGEST_SHOWN = 60


class Column:
    """Counts what it is given. What it then says of itself holds from the moment it was first asked."""

    def __init__(self, name: str, has_decimal_comma: bool) -> None:
        self.name = name
        self.missing = 0
        self.numbers = array("d")
        self.dates = array("d")
        self.values: Counter[str] = Counter()
        self.has_more_values = False
        self._has_decimal_comma = has_decimal_comma
        self._present = 0

    def add(self, cell: str) -> None:
        value = cell.strip()
        if value.lower() in MISSING:
            self.missing += 1
            return
        self._present += 1
        self._count(value[:_LONGEST_SHOWN])
        number = parse_number(value, self._has_decimal_comma)
        if number is not None:
            self.numbers.append(number)
        elif (date := parse_date(value)) is not None:
            self.dates.append((date - EPOCH).total_seconds())

    def _count(self, value: str) -> None:
        if value in self.values or len(self.values) < DISTINCT_LIMIT:
            self.values[value] += 1
        else:
            self.has_more_values = True

    @property
    def total(self) -> int:
        return self._present + self.missing

    @property
    def present(self) -> int:
        return self._present

    @property
    def distinct(self) -> int:
        """Exact up to ``DISTINCT_LIMIT``; ``has_more_values`` says when there are more."""
        return len(self.values)

    @cached_property
    def kind(self) -> str:
        """``number``, ``date``, ``yes or no``, ``category``, ``text`` or ``empty``."""
        if not self._present:
            return "empty"
        if len(self.numbers) >= self._present * _SHARE_OF_A_KIND:
            return "number"
        if len(self.dates) >= self._present * _SHARE_OF_A_KIND:
            return "date"
        if {value.lower() for value in self.values} <= _YES_OR_NO:
            return "yes or no"
        return "category" if self.distinct <= max(12, self._present // 20) and self.distinct <= 60 else "text"

    @cached_property
    def spread(self) -> Spread:
        """Of numbers, or of dates as seconds since 1970."""
        return Spread(self.numbers if self.kind == "number" else self.dates)

    def oddities(self) -> list[str]:
        """What a person who knows the data should look at."""
        found = []
        if self.kind == "empty":
            return ["has no value at all"]
        if self.missing >= 0.2 * self.total:
            found.append(f"misses {self.missing / self.total:.0%} of its values")
        if self.distinct == 1 and self._present > 1:
            found.append("has the same value everywhere")
        others = self._present - max(len(self.numbers), len(self.dates))
        if self.kind in ("number", "date") and others:
            found.append(f"has {others:,} {'value that is' if others == 1 else 'values that are'} not a {self.kind}")
        if self.kind == "number" and (far := self.spread.far_out()):
            found.append(f"has {far:,} {'value' if far == 1 else 'values'} more than four deviations from the mean")
        return found


class Spread:
    """Order and shape of at least one number."""

    def __init__(self, numbers: array[float]) -> None:
        self._sorted = sorted(numbers)
        self.least, self.most = self._sorted[0], self._sorted[-1]
        self.mean = fsum(self._sorted) / len(self._sorted)
        self.deviation = sqrt(fsum((number - self.mean) ** 2 for number in self._sorted) / len(self._sorted))

    @property
    def median(self) -> float:
        middle = len(self._sorted) // 2
        return self._sorted[middle] if len(self._sorted) % 2 else sum(self._sorted[middle - 1 : middle + 1]) / 2

    def bins(self) -> list[tuple[float, float, int]]:
        """Lower edge, upper edge and count: of equal steps, or of every number where they are few and whole."""
        if self.most - self.least < BINS and all(number.is_integer() for number in self._sorted):
            of_each = Counter(self._sorted)
            return [(at, at, of_each[at]) for at in range(int(self.least), int(self.most) + 1)]
        width = (self.most - self.least) / BINS
        if width == 0:
            return [(self.least, self.most, len(self._sorted))]
        counts = [0] * BINS
        for number in self._sorted:
            counts[min(BINS - 1, int((number - self.least) / width))] += 1
        return [(self.least + at * width, self.least + (at + 1) * width, count) for at, count in enumerate(counts)]

    def far_out(self) -> int:
        return sum(1 for number in self._sorted if abs(number - self.mean) > 4 * self.deviation)


def parse_number(cell: str, has_decimal_comma: bool = False) -> float | None:
    text = cell.strip()
    if has_decimal_comma and text.count(",") == 1:
        text = text.replace(".", "").replace(",", ".")
    if not _NUMBER.fullmatch(text):
        if not _GROUPED.fullmatch(text):
            return None
        text = text.replace(",", "")
    number = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    return number if isfinite(number) else None


def parse_date(cell: str) -> datetime | None:
    """Dates that mean one day only: ``2026-03-31``, with or without a time, and ``31.03.2026``."""
    try:
        if _ISO_DATE.fullmatch(cell):
            return datetime.fromisoformat(cell)
        if _DOTTED_DATE.fullmatch(cell):
            return datetime.strptime(cell, "%d.%m.%Y")
    except ValueError:
        pass
    return None
