"""Finds the table in an uploaded file: its encoding, its delimiter, its header, its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from columns import parse_number

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LINES_TO_GUESS_FROM = 30


class NotATable(Exception):
    """Says to the person who uploaded the file what it is instead, and what to do."""


@dataclass
class Table:
    names: list[str]
    rows: Iterator[list[str]]
    encoding: str
    delimiter: str


def open_table(content: bytes) -> Table:
    """
    :raises NotATable: for what holds no table
    """
    text, encoding = _decode(content)
    if not text.strip():
        raise NotATable("The file is empty.")
    delimiter = _guess_delimiter(text)
    rows = _rows(text, delimiter)
    first = next(rows, None)
    if first is None:
        raise NotATable("The file has no row with anything in it.")
    has_header = not any(_is_measure(cell, delimiter == ";") for cell in first)
    names = _unique_names(first if has_header else [""] * len(first))
    return Table(names, rows if has_header else _with_first(first, rows), encoding, delimiter)


def _decode(content: bytes) -> tuple[str, str]:
    if content.startswith(b"PK\x03\x04"):
        raise NotATable("This is a zip archive or an Excel workbook. Save the sheet as CSV, then drop that.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    if b"\x00" in content:
        raise NotATable("This is not a text file. Save the table as CSV, then drop that.")
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def _guess_delimiter(text: str) -> str:
    """The one that gives most rows the same number of cells, more than one; a comma where none does."""
    sample = text[:100_000].splitlines()[:_LINES_TO_GUESS_FROM]

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        except csv.Error:
            return (0, 0)
        if not widths:
            return (0, 0)
        usual = max(set(widths), key=widths.count)
        return (widths.count(usual), usual) if usual > 1 else (0, 0)

    return max(DELIMITERS, key=fit)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error as error:
        raise NotATable(f"Line {reader.line_num} cannot be read: {error}.") from error


def _is_measure(cell: str, has_decimal_comma: bool) -> bool:
    """Whether it is a number that no header would have; years do name columns."""
    number = parse_number(cell, has_decimal_comma)
    return number is not None and not (number == int(number) and 1800 <= number < 2200)


def _with_first(first: list[str], rows: Iterator[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from rows


def _unique_names(names: list[str]) -> list[str]:
    """Numbers what has no name, and counts up what has the name of an earlier column."""
    unique: list[str] = []
    for place, name in enumerate(names, 1):
        wanted = candidate = name.strip() or f"Column {place}"
        count = 1
        while candidate in unique:
            count += 1
            candidate = f"{wanted} ({count})"
        unique.append(candidate)
    return unique
