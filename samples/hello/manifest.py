"""The few facts that this app reads from its own ``app.toml``.

The standard library reads TOML from Python 3.11 on; this app also runs on 3.9, and needs single-line strings and
integers only, so it reads those by itself.
"""

from __future__ import annotations

import re
from pathlib import Path

_TABLE = re.compile(r"^\s*\[\[?\s*(?P<name>[A-Za-z]+)\s*\]\]?\s*$")
_ENTRY = re.compile(r'^\s*(?P<key>[A-Za-z]+)\s*=\s*(?:"(?P<text>[^"]*)"|(?P<number>\d+))\s*$')
_UNITS = {"": 1, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}


class Manifest:
    """What ``app.toml`` asks for, as far as this app shows it."""

    def __init__(self, text: str) -> None:
        tables = _read_tables(text)
        runtime = _first(tables, "Runtime")
        app = _first(tables, "App")
        self.title = app.get("Title", "Hello")
        self.version = app.get("Version", "")
        self.port = int(runtime.get("Port", "8000"))
        self.volume = runtime.get("VolumeMount", "/data")
        self.volume_bytes = quantity_bytes(runtime.get("VolumeSize", ""))
        self.env_names = [table["Name"] for name, table in tables if name == "Env" and "Name" in table]
        self.file_paths = [table["Path"] for name, table in tables if name == "File" and "Path" in table]


def read_manifest(path: Path) -> Manifest:
    return Manifest(path.read_text(encoding="utf-8"))


def quantity_bytes(quantity: str) -> int | None:
    """Bytes in a quantity such as ``64Mi``; None for any other form."""
    match = re.fullmatch(r"(\d+)(Ki|Mi|Gi)?", quantity)
    return int(match.group(1)) * _UNITS[match.group(2) or ""] if match else None


def _read_tables(text: str) -> list[tuple[str, dict[str, str]]]:
    tables: list[tuple[str, dict[str, str]]] = []
    inside_block = False
    for line in text.splitlines():
        if line.count("'''") == 1:
            inside_block = not inside_block
        table, entry = _TABLE.match(line), _ENTRY.match(line)
        if inside_block:
            continue
        if table:
            tables.append((table["name"], {}))
        elif entry and tables:
            tables[-1][1][entry["key"]] = entry["text"] if entry["number"] is None else entry["number"]
    return tables


def _first(tables: list[tuple[str, dict[str, str]]], wanted: str) -> dict[str, str]:
    return next((table for name, table in tables if name == wanted), {})
