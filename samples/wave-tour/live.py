"""The third tab: readings that a background task sends over the WebSocket, twice a second, until somebody stops it."""

import asyncio
import logging
import random
from dataclasses import dataclass, field
from datetime import datetime

from h2o_wave import Q, data, on, ui

from look import SEA, SUN, TILE, drop
from solar import daylight

log = logging.getLogger("live")

_TICK_SECONDS = 0.5
_TICKS_PER_DAY = 96
_PEAK_KW = 4.4
_BATTERY_KWH = 16.0
_LONGEST_RUN_SECONDS = 30 * 60
_CARDS = ("clock", "roof", "house", "battery", "power", "controls")


def _empty_rows() -> list[list]:
    return [[tick * 24 / _TICKS_PER_DAY, what, None] for tick in range(_TICKS_PER_DAY) for what in ("Roof", "House")]


@dataclass
class Day:
    """A simulated day of a roof, a house and a battery, as far as it has come."""

    tick: int = 18
    """Quarters of an hour since midnight."""
    clouds: float = 0.15
    roof_kw: float = 0.0
    house_kw: float = 0.6
    battery_kwh: float = 5.0
    rows: list[list] = field(default_factory=_empty_rows)
    """What the chart shows: hour, what, kilowatts, with a place for every reading of the day from its beginning."""

    def advance(self) -> None:
        self.tick += 1
        if self.tick == _TICKS_PER_DAY:
            self.tick = 0
            self.rows = _empty_rows()
        hour = self.tick * 24 / _TICKS_PER_DAY
        self.clouds = min(0.6, max(0.0, self.clouds + random.uniform(-0.08, 0.08)))
        self.roof_kw = _PEAK_KW * daylight(hour) * (1 - self.clouds)
        evening = 1.9 if 17 <= hour <= 22 else 0.0
        self.house_kw += 0.35 * (0.7 + evening + random.uniform(-0.25, 0.25) - self.house_kw)
        stored = self.battery_kwh + (self.roof_kw - self.house_kw) * 24 / _TICKS_PER_DAY
        self.battery_kwh = min(_BATTERY_KWH, max(0.0, stored))
        for place, kw in self.newest():
            self.rows[place][2] = kw

    def newest(self) -> list[tuple[int, float]]:
        """Places in the rows, and what stands there now."""
        return [(2 * self.tick, round(self.roof_kw, 2)), (2 * self.tick + 1, round(self.house_kw, 2))]


def show(q: Q) -> None:
    q.client.day = q.client.day or Day()
    _show_tiles(q)
    _show_power(q, q.client.day)
    start(q)


def leave(q: Q) -> None:
    stop(q)
    drop(q, *_CARDS)


def start(q: Q) -> None:
    stop(q)
    q.client.ticker = asyncio.create_task(_tick(q))
    _show_controls(q, is_running=True)


def stop(q: Q) -> None:
    if q.client.ticker:
        q.client.ticker.cancel()
        q.client.ticker = None


@on("pause")
async def pause(q: Q) -> None:
    stop(q)
    _show_controls(q, is_running=False)
    await q.page.save()


@on("resume")
async def resume(q: Q) -> None:
    start(q)
    await q.page.save()


async def _tick(q: Q) -> None:
    """Ends when it is cancelled, and by itself after a while, so that a forgotten tab costs nothing."""
    log.info("readings begin")
    try:
        for _ in range(int(_LONGEST_RUN_SECONDS / _TICK_SECONDS)):
            q.client.day.advance()
            _show_reading(q, q.client.day)
            await q.page.save()
            await q.sleep(_TICK_SECONDS)
        q.client.ticker = None
        _show_controls(q, is_running=False)
        await q.page.save()
    finally:
        log.info("readings end")


def _show_tiles(q: Q) -> None:
    q.page["clock"] = ui.small_stat_card(box=TILE, title="Clock of the server", value="")
    q.page["roof"] = ui.small_stat_card(box=TILE, title="From the roof", value="")
    q.page["house"] = ui.small_stat_card(box=TILE, title="Into the house", value="")
    q.page["battery"] = ui.small_stat_card(box=TILE, title="Battery", value="")


def _show_power(q: Q, day: Day) -> None:
    """Lays the chart afresh with what the day has brought; each tick then fills two rows more."""
    q.page["power"] = ui.plot_card(
        box=ui.box("chart", height="420px"),
        title="Kilowatts through the day",
        data=data(fields=["hour", "what", "kw"], size=len(day.rows), rows=day.rows),
        plot=ui.plot([_mark("area", fill_opacity=0.25), _mark("line", stroke_size=3)]),
    )


def _mark(kind: str, **look: float) -> ui.Mark:
    return ui.mark(
        type=kind,
        x="=hour",
        x_min=0,
        x_max=24,
        x_nice=False,
        x_title="Hour of the day",
        y="=kw",
        y_min=0,
        y_max=5,
        color="=what",
        color_domain=["Roof", "House"],
        color_range=f"{SUN} {SEA}",
        curve="smooth",
        **look,
    )


def _show_controls(q: Q, is_running: bool) -> None:
    action = (
        ui.button(name="pause", label="Pause") if is_running else ui.button(name="resume", label="Resume", primary=True)
    )
    q.page["controls"] = ui.form_card(
        box="side",
        items=[
            ui.text_l("Live readings"),
            ui.text("A task in the app simulates a roof, a house and a battery, and sends readings twice a second."),
            ui.text("A day goes by in 48 seconds. What the house leaves charges the battery."),
            ui.buttons([action]),
        ],
    )


def _show_reading(q: Q, day: Day) -> None:
    q.page["clock"].value = datetime.now().strftime("%H:%M:%S")
    q.page["roof"].value = f"{day.roof_kw:.1f} kW"
    q.page["house"].value = f"{day.house_kw:.1f} kW"
    q.page["battery"].value = f"{day.battery_kwh / _BATTERY_KWH:.0%}"
    if day.tick == 0:
        _show_power(q, day)
    else:
        for place, _ in day.newest():
            q.page["power"].data[place] = day.rows[place]
