"""How the tour looks: themes, layout, header and footer."""

import base64
from pathlib import Path

from h2o_wave import Q, ui

SUN, SEA, CORAL, SKY = "#f2a33a", "#1d6fb8", "#e9663f", "#63b3e0"

_ICON_FILE = Path(__file__).resolve().parent / "static/icon.png"
ICON = "data:image/png;base64," + base64.b64encode(_ICON_FILE.read_bytes()).decode("ascii")
"""The icon itself rather than its address: it needs no file server, and no rule about paths."""

TILE = ui.box("tiles", size="1", height="88px")

_THEMES = [
    ui.theme(name="tour-light", primary="#14589c", text="#1c2733", card="#ffffff", page="#f2f5f9"),
    ui.theme(name="tour-dark", primary="#7cc0f4", text="#e8eef5", card="#18222e", page="#0e151d"),
]


def _main_zones(tiles: ui.ZoneDirection) -> list[ui.Zone]:
    return [ui.zone("tiles", direction=tiles), ui.zone("chart"), ui.zone("below")]


_LAYOUTS = [
    ui.layout(
        breakpoint="xs",
        zones=[
            ui.zone("header"),
            ui.zone("tabs"),
            ui.zone("side"),
            *_main_zones(ui.ZoneDirection.COLUMN),
            ui.zone("footer"),
        ],
    ),
    ui.layout(
        breakpoint="992px",
        max_width="1280px",
        zones=[
            ui.zone("header"),
            ui.zone("tabs"),
            ui.zone(
                "content",
                direction=ui.ZoneDirection.ROW,
                zones=[
                    ui.zone("side", size="340px"),
                    ui.zone("main", size="1", zones=_main_zones(ui.ZoneDirection.ROW)),
                ],
            ),
            ui.zone("footer"),
        ],
    ),
]


def show_frame(q: Q) -> None:
    """Lays what all tabs share."""
    q.page["meta"] = ui.meta_card(
        box="", title="Wave tour", icon=ICON, theme="tour-light", themes=_THEMES, layouts=_LAYOUTS
    )
    q.page["header"] = ui.header_card(
        box="header",
        title="Wave tour",
        subtitle="A roof in the sun",
        image=ICON,
        color="card",
        items=[ui.toggle(name="dark", label="Dark", trigger=True)],
    )
    q.page["tabs"] = ui.tab_card(
        box="tabs",
        value="#plan",
        link=True,
        items=[ui.tab("#plan", "Plan"), ui.tab("#compare", "Compare"), ui.tab("#live", "Live")],
    )
    q.page["footer"] = ui.footer_card(
        box="footer", caption="A sample of the store, made with H2O Wave. The figures are for illustration."
    )


def drop(q: Q, *names: str) -> None:
    for name in names:
        del q.page[name]
