"""Numbers, sizes, dates and charts as a page shows them."""

from __future__ import annotations

import base64
import csv
import io
from datetime import timedelta

from markupsafe import Markup, escape

from columns import EPOCH, Column
from profile_table import Profile

_WIDTH, _HEIGHT = 240, 72
_TOP_VALUES = 6


def number(value: float) -> str:
    """Four digits that count, and thousands apart: ``12,345``, ``0.03142``."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    if abs(value) >= 1e9 or abs(value) < 1e-4:
        return f"{value:.3e}"
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:,.4g}"


def size(count: float) -> str:
    for unit in ("B", "KiB", "MiB"):
        if count < 1024:
            return f"{number(round(count, 1) if count < 100 else round(count))} {unit}"
        count /= 1024
    return f"{number(round(count, 1))} GiB"


def moment(seconds: float) -> str:
    when = EPOCH + timedelta(seconds=seconds)
    return f"{when:%Y-%m-%d}" if (when.hour, when.minute) == (0, 0) else f"{when:%Y-%m-%d %H:%M}"


def facts(column: Column) -> list[tuple[str, str]]:
    if column.kind == "number":
        spread = column.spread
        rows = [("Least", spread.least), ("Median", spread.median), ("Mean", spread.mean), ("Most", spread.most)]
        return [(label, number(value)) for label, value in rows]
    if column.kind == "date":
        spread = column.spread
        days = int((spread.most - spread.least) // 86_400)
        return [("First", moment(spread.least)), ("Last", moment(spread.most)), ("Between", f"{days:,} days")]
    return []


def distinct(column: Column) -> str:
    return f"{column.distinct:,}{' and more' if column.has_more_values else ''}"


def chart(column: Column) -> Markup:
    """A histogram of numbers and dates, bars of the most frequent values of anything else."""
    if column.kind == "empty":
        return Markup("")
    return _histogram(column) if column.kind in ("number", "date") else _bars(column)


def as_download(profile: Profile) -> str:
    """The profile as a small CSV, in an address that holds it whole."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["column", "kind", "present", "missing", "distinct", "least", "median", "mean", "most"])
    for column in profile.columns:
        row = [column.name, column.kind, column.present, column.missing, distinct(column)]
        if column.kind == "number":
            spread = column.spread
            row += [spread.least, spread.median, spread.mean, spread.most]
        writer.writerow(row)
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(text.getvalue().encode()).decode("ascii")


def _histogram(column: Column) -> Markup:
    label = number if column.kind == "number" else moment
    bins = column.spread.bins()
    tallest = max(count for _, _, count in bins)
    step = _WIDTH / len(bins)
    bars = Markup("").join(
        Markup('<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}"><title>{}</title></rect>').format(
            at * step,
            _HEIGHT - _bar_height(count, tallest),
            max(1.0, step - 1.5),
            _bar_height(count, tallest),
            f"{label(low)}{f' to {label(high)}' if high > low else ''}: {count:,}",
        )
        for at, (low, high, count) in enumerate(bins)
    )
    return Markup(
        '<svg class="histogram" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img"'
        ' aria-label="Spread of {}">{}</svg>'
    ).format(_WIDTH, _HEIGHT, column.name, bars)


def _bar_height(count: int, tallest: int) -> float:
    return 0 if count == 0 else max(1.5, count / tallest * _HEIGHT)


def _bars(column: Column) -> Markup:
    top = column.values.most_common(_TOP_VALUES)
    most = top[0][1]
    rows = Markup("").join(
        Markup(
            '<li><span title="{0}">{0}</span><b>{1:,}</b>'
            '<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
            '<rect width="{2:.1f}" height="4" rx="1"/></svg></li>'
        ).format(value, count, max(1.0, count / most * 100))
        for value, count in top
    )
    rest = column.present - sum(count for _, count in top)
    more = Markup('<li class="rest">{:,} more in other values</li>').format(rest) if rest else ""
    return Markup('<ol class="bars" aria-label="{}">{}{}</ol>').format(
        escape(f"Most frequent values of {column.name}"), rows, more
    )
