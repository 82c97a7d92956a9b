"""The first tab: a form, and after its button an estimate in tiles, a chart and a sentence."""

from h2o_wave import Q, data, on, ui

from look import ICON, SUN, TILE, drop
from solar import MONTHS, SUNSHINE, Estimate, Roof, estimate

_FACING_LABELS = {
    "south": "South",
    "south-east": "South-east or south-west",
    "east": "East or west",
    "flat": "Flat",
    "north": "North",
}
_DEFAULT = Roof(name="My roof", city="Lisbon", facing="south", area_m2=40, euros_per_kwh=0.28)
_TILES = ("yield", "saving", "payback", "co2")


def show(q: Q) -> None:
    q.page["form"] = ui.form_card(box="side", items=_form(q.client.draft or _DEFAULT))
    if q.client.roof:
        _show_estimate(q, q.client.roof)
    else:
        q.page["invitation"] = ui.form_card(box="chart", items=_invitation())


def leave(q: Q) -> None:
    drop(q, "form", "invitation", "headline", "months", *_TILES)


@on("estimate")
async def show_estimate(q: Q) -> None:
    roof = q.client.draft = _read_form(q, q.client.draft or _DEFAULT)
    error = "" if roof.name else "Give the roof a name"
    q.page["form"].items = _form(roof, error)
    if not error:
        q.client.roof = roof
        drop(q, "invitation")
        _show_estimate(q, roof)
    await q.page.save()


@on("start_over")
async def start_over(q: Q) -> None:
    q.client.roof = q.client.draft = None
    leave(q)
    show(q)
    await q.page.save()


def _read_form(q: Q, earlier: Roof) -> Roof:
    """What the browser sent; it leaves out what was not touched since it was last sent."""

    def sent(name, otherwise):
        return otherwise if q.args[name] is None else q.args[name]

    return Roof(
        name=sent("name", earlier.name).strip()[:40],
        city=sent("city", earlier.city),
        facing=sent("facing", earlier.facing),
        area_m2=sent("area", earlier.area_m2),
        euros_per_kwh=sent("price", earlier.euros_per_kwh),
    )


def _form(roof: Roof, name_error: str = "") -> list[ui.Component]:
    return [
        ui.text_l("Plan a roof"),
        ui.textbox(name="name", label="Name", value=roof.name, error=name_error),
        ui.dropdown(
            name="city", label="City", value=roof.city, choices=[ui.choice(city, city) for city in sorted(SUNSHINE)]
        ),
        ui.dropdown(
            name="facing",
            label="The roof faces",
            value=roof.facing,
            choices=[ui.choice(name, label) for name, label in _FACING_LABELS.items()],
        ),
        ui.slider(name="area", label="Area in square metres", min=10, max=120, step=2, value=roof.area_m2),
        ui.slider(
            name="price",
            label="Price of a kilowatt-hour in euros",
            min=0.1,
            max=0.6,
            step=0.01,
            value=roof.euros_per_kwh,
        ),
        ui.buttons(
            [
                ui.button(name="estimate", label="Estimate", primary=True),
                ui.button(name="start_over", label="Start over"),
            ]
        ),
    ]


def _invitation() -> list[ui.Component]:
    words = [
        ui.image(title="", path=ICON, width="112px"),
        ui.text_xl("What would the sun give you?"),
        ui.text("Describe a roof, then choose **Estimate**. The answer appears here."),
    ]
    return [ui.inline(words, direction="column", justify="center", align="center", height="386px")]


def _show_estimate(q: Q, roof: Roof) -> None:
    result = estimate(roof)
    tiles = (
        ("Yield in a year", f"{result.yearly_kwh:,.0f} kWh"),
        ("Saved in a year", f"€ {result.saved_euros:,.0f}"),
        ("Paid back after", f"{result.payback_years:.1f} years"),
        ("CO₂ avoided", f"{result.co2_kg / 1000:.1f} t"),
    )
    for key, (title, value) in zip(_TILES, tiles):
        q.page[key] = ui.small_stat_card(box=TILE, title=title, value=value)
    q.page["months"] = _months_card(roof, result)
    q.page["headline"] = ui.form_card(box="below", items=[ui.text(_sentence(roof, result), name="sentence")])


def _months_card(roof: Roof, result: Estimate) -> ui.PlotCard:
    return ui.plot_card(
        box=ui.box("chart", height="360px"),
        title=f"{roof.name}, {roof.city}: kilowatt-hours by month",
        data=data(
            fields=["month", "kwh"],
            rows=[(month, round(kwh)) for month, kwh in zip(MONTHS, result.monthly_kwh)],
            pack=True,
        ),
        plot=ui.plot([ui.mark(type="interval", x="=month", y="=kwh", y_min=0, color=SUN)]),
    )


def _sentence(roof: Roof, result: Estimate) -> str:
    best = max(range(12), key=result.monthly_kwh.__getitem__)
    worst = min(range(12), key=result.monthly_kwh.__getitem__)
    times = result.monthly_kwh[best] / result.monthly_kwh[worst]
    return (
        f"**{roof.name}** carries {result.peak_kw:.1f} kW of panels for about € {result.cost_euros:,.0f}. "
        f"{MONTHS[best]} gives {times:.1f} times as much as {MONTHS[worst]}."
    )
