"""A number that survives restarts, because it is kept in a file on the instance's volume."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path


class Counter:
    """Counts in a file of ``folder``; without a writable folder it counts in memory, and says so."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "counter.txt"
        self._lock = threading.Lock()
        self._in_memory = 0

    @property
    def is_kept(self) -> bool:
        return os.access(self._path.parent, os.W_OK | os.X_OK)

    def value(self) -> int:
        try:
            return int(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return self._in_memory

    def add_one(self) -> int:
        with self._lock:
            value = self.value() + 1
            self._in_memory = value
            if self.is_kept:
                write_atomically(self._path, f"{value}\n")
            return value


def write_atomically(path: Path, text: str) -> None:
    """Replaces the file in one step: after a crash it holds the old text or the new one, never a part of either."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
