"""Turns the facts into the page. Every text is escaped on its way in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template
from typing import Any

_TEMPLATE = Template((Path(__file__).resolve().parent / "page/page.html").read_text(encoding="utf-8"))
_ORIGINS = {"app": "app.toml", "platform": "store", "system": "system"}


def render_page(facts: dict[str, Any]) -> str:
    return _TEMPLATE.substitute(
        title=escape(facts["title"]),
        greeting=escape(facts["greeting"]),
        instance=_instance(facts["instance"]),
        uptime_seconds=facts["uptimeSeconds"],
        uptime=duration(facts["uptimeSeconds"]),
        count=facts["counter"]["value"],
        counter_note=escape(_counter_note(facts)),
        volume=_volume(facts["volume"]),
        process=_definitions(facts["process"]),
        files="".join(map(_file, facts["files"])),
        identity=_identity(facts["identity"]),
        environment="".join(map(_variable, facts["environment"])),
        environment_count=len(facts["environment"]),
    )


def duration(seconds: int) -> str:
    """``47 s``, ``3 min 20 s`` or ``2 h 5 min``."""
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60} min"


def size(count: float) -> str:
    """A number of bytes with a unit that keeps it below 1024: ``12 B``, ``3.4 KiB``."""
    for unit in ("B", "KiB", "MiB", "GiB"):
        if count < 1024:
            return f"{count:.0f} {unit}" if unit == "B" or count >= 100 else f"{count:.1f} {unit}"
        count /= 1024
    return f"{count:.1f} TiB"


def _instance(instance: dict[str, str]) -> str:
    if not instance["id"]:
        return "Started by hand: no store has said which instance this is."
    app = f"{escape(instance['app'])} {escape(instance['version'])}"
    return f"<b>{app}</b> as instance <code>{escape(instance['id'])}</code>"


def _counter_note(facts: dict[str, Any]) -> str:
    if facts["counter"]["kept"]:
        return f"Kept in {facts['volume']['path']}/counter.txt. It survives a restart of this instance."
    return "Kept in memory only: there is no writable volume here."


def _volume(volume: dict[str, Any]) -> str:
    if not volume["present"]:
        return f'<p class="missing">There is no folder <code>{escape(volume["path"])}</code>.</p>'
    asked = volume["askedBytes"] or volume["usedBytes"] + volume["freeBytes"]
    share = min(1.0, volume["usedBytes"] / asked) if asked else 0
    rows = [
        ("Path", volume["path"]),
        ("Access", "writable" if volume["writable"] else "read only"),
        ("Files", f"{volume['files']}"),
        ("Free below it", size(volume["freeBytes"])),
    ]
    return (
        f'<p class="meter-label"><b>{size(volume["usedBytes"])}</b> of {size(asked)} asked for</p>'
        f'<meter min="0" max="1" value="{share:.4f}" aria-label="Share of the volume in use"></meter>'
        f"{_definitions(rows)}"
    )


def _file(file: dict[str, Any]) -> str:
    path = f"<code>{escape(file['path'])}</code>"
    if not file["present"]:
        return f'<p class="missing">{path} was not laid: {escape(file["reason"])}.</p>'
    return (
        f'<p class="file">{path}<span>{size(file["bytes"])}, mode {file["mode"]}</span></p>'
        f'<pre tabindex="0">{escape(file["preview"])}</pre>'
    )


def _identity(headers: list[tuple[str, str]]) -> str:
    note = ""
    if not any(name.lower().startswith("wave-") for name, _ in headers):
        note = '<p class="note">No <code>Wave-</code> header says who is asking.</p>'
    return _definitions(headers) + note


def _definitions(rows: Iterable[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows) + "</dl>"


def _variable(variable: dict[str, str]) -> str:
    origin = variable["origin"]
    return (
        f'<tr><th scope="row">{escape(variable["name"])}</th>'
        f"<td>{escape(variable['value']) or '<i>empty</i>'}</td>"
        f'<td><span class="chip {origin}">{_ORIGINS[origin]}</span></td></tr>'
    )
