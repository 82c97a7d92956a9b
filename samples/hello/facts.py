"""What this instance can find out about itself, as plain data that is safe to show."""

from __future__ import annotations

import os
import platform
import pwd
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from manifest import Manifest

STARTED_AT = time.time()
MASK = "••••••••"

_SECRET_NAME = re.compile(r"KEY|SECRET|TOKEN|PASSW|CREDENTIAL", re.IGNORECASE)
_SECRET_IN_URL = re.compile(r"(?<=://)[^/@\s]+(?=@)")
_PREVIEW_BYTES = 2_000


def masked(name: str, value: str) -> str:
    """The value as it may be shown: hidden where the name sounds secret or the value is a URL with a password."""
    if value and _SECRET_NAME.search(name):
        return MASK
    return _SECRET_IN_URL.sub(MASK, value)


def process_facts() -> list[tuple[str, str]]:
    return [
        ("User", _user()),
        ("Python", f"{platform.python_version()}, {sys.executable}"),
        ("System", _system_name()),
        ("Processors", f"{_processors()} of {os.cpu_count()}, {platform.machine()}"),
        ("Host name", socket.gethostname()),
        ("Folder", os.getcwd()),
    ]


def uptime_seconds() -> int:
    return int(time.time() - STARTED_AT)


def environment(manifest: Manifest) -> list[dict[str, str]]:
    """Every variable, by name, with where it comes from: ``app``, ``platform`` or ``system``."""
    return [
        {"name": name, "value": masked(name, value), "origin": _origin(name, manifest)}
        for name, value in sorted(os.environ.items())
    ]


def volume(path: Path, manifest: Manifest) -> dict[str, object]:
    """Whether the volume is there and writable, what lies on it, and how much space is left below it (bytes)."""
    if not path.is_dir():
        return {"path": str(path), "present": False}
    sizes = list(_file_sizes(path))
    return {
        "path": str(path),
        "present": True,
        "writable": os.access(path, os.W_OK | os.X_OK),
        "files": len(sizes),
        "usedBytes": sum(sizes),
        "freeBytes": shutil.disk_usage(path).free,
        "askedBytes": manifest.volume_bytes,
    }


def laid_files(root: Path, manifest: Manifest) -> list[dict[str, object]]:
    """The files that ``[[File]]`` tables of app.toml ask for; relative paths start at the app's code."""
    return [_laid_file(path, root / path) for path in manifest.file_paths]


def identity(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers by which a proxy tells an app who is asking and how."""
    wanted = ("wave-", "x-forwarded-", "forwarded", "host")
    return sorted((name, masked(name, value)) for name, value in headers if name.lower().startswith(wanted))


def instance() -> dict[str, str]:
    """What the platform says about this instance; empty where no platform started it."""
    names = {"id": "INSTANCE_ID", "app": "APP_NAME", "version": "APP_VERSION", "store": "ENVIRONMENT"}
    return {key: os.environ.get(f"H2O_CLOUD_{name}", "") for key, name in names.items()}


def _file_sizes(folder: Path) -> Iterable[int]:
    for entry in folder.rglob("*"):
        try:
            if entry.is_file():
                yield entry.stat().st_size
        except OSError:  # Gone since it was listed.
            continue


def _laid_file(path: str, place: Path) -> dict[str, object]:
    try:
        content = place.read_bytes()
    except OSError as error:
        return {"path": path, "present": False, "reason": error.strerror or str(error)}
    return {
        "path": path,
        "present": True,
        "bytes": len(content),
        "mode": oct(place.stat().st_mode & 0o777)[2:],
        "preview": content[:_PREVIEW_BYTES].decode("utf-8", errors="replace"),
    }


def _origin(name: str, manifest: Manifest) -> str:
    if name in manifest.env_names:
        return "app"
    return "platform" if name.startswith("H2O_") else "system"


def _processors() -> int | None:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def _user() -> str:
    uid = os.getuid()
    try:
        return f"{pwd.getpwuid(uid).pw_name}, uid {uid}"
    except KeyError:  # A store may give each instance a number of its own, without a name.
        return f"uid {uid}"


def _system_name() -> str:
    try:
        with open("/etc/os-release", encoding="utf-8") as file:
            found = re.search(r'^PRETTY_NAME="?([^"\n]+)', file.read(), re.MULTILINE)
    except OSError:
        found = None
    return found.group(1) if found else platform.system()
