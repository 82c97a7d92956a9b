"""Reads a whole table once and gathers what its page shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from columns import Column
from table import DELIMITERS, NotATable, open_table

CELL_LIMIT = 1_500_000
COLUMN_LIMIT = 300
_PREVIEW_ROWS = 8


@dataclass
class Profile:
    file_name: str
    size_bytes: int
    encoding: str
    delimiter: str
    columns: list[Column]
    rows: int = 0
    duplicates: int = 0
    ragged: int = 0
    is_cut: bool = False
    """Whether only the first rows were read, because of the limit on cells."""
    preview: list[list[str]] = field(default_factory=list)

    @property
    def missing_share(self) -> float:
        cells = sum(column.total for column in self.columns)
        return sum(column.missing for column in self.columns) / cells if cells else 0.0

    def oddities(self) -> list[tuple[str, str]]:
        """Column or table, and what is odd about it."""
        found = []
        if self.is_cut:
            found.append(("Only the beginning", f"was read: the first {self.rows:,} rows"))
        if self.duplicates:
            found.append(("The table", f"repeats {self.duplicates:,} {'row' if self.duplicates == 1 else 'rows'}"))
        if self.ragged:
            found.append(("The table", f"has {self.ragged:,} rows with too few or too many cells"))
        return found + [(column.name, oddity) for column in self.columns for oddity in column.oddities()]


def profile_table(file_name: str, content: bytes) -> Profile:
    """
    :raises NotATable: for what holds no table
    """
    table = open_table(content)
    width = len(table.names)
    if width > COLUMN_LIMIT:
        raise NotATable(f"The table has {width:,} columns. This page shows {COLUMN_LIMIT} at most.")
    has_decimal_comma = table.delimiter == ";"
    columns = [Column(name, has_decimal_comma) for name in table.names]
    profile = Profile(file_name, len(content), table.encoding, DELIMITERS[table.delimiter], columns)
    seen: set[int] = set()
    for row in table.rows:
        if (profile.rows + 1) * width > CELL_LIMIT:
            profile.is_cut = True
            break
        profile.rows += 1
        _add_row(profile, row, seen)
    if not profile.rows:
        raise NotATable("The file has a header and no rows below it.")
    return profile


def _add_row(profile: Profile, row: list[str], seen: set[int]) -> None:
    width = len(profile.columns)
    if len(row) != width:
        profile.ragged += 1
        row = row[:width] + [""] * (width - len(row))
    for column, cell in zip(profile.columns, row):
        column.add(cell)
    if len(profile.preview) < _PREVIEW_ROWS:
        profile.preview.append(row)
    mark = hash(tuple(row))
    profile.duplicates += mark in seen
    seen.add(mark)
