"""The second tab: choose cities, and chart and table follow at once."""

from h2o_wave import Q, data, on, ui

from look import CORAL, SEA, SKY, SUN, drop
from solar import MONTHS, SUNSHINE

_COLORS = dict(zip(SUNSHINE, (SEA, CORAL, SUN, "#7a5cc9", SKY, "#3aa676", "#c94f8c")))
_DEFAULT = ["Cairo", "Lisbon", "London", "Oslo"]


def show(q: Q) -> None:
    cities = q.client.cities or _DEFAULT
    q.page["choice"] = ui.form_card(
        box="side",
        items=[
            ui.text_l("Compare cities"),
            ui.text("How much sun reaches a square metre of roof, month by month."),
            ui.checklist(
                name="cities",
                label="Cities",
                values=cities,
                trigger=True,
                choices=[ui.choice(city, city) for city in SUNSHINE],
            ),
        ],
    )
    _show_cities(q, cities)


def leave(q: Q) -> None:
    drop(q, "choice", "lines", "table")


@on("cities", lambda cities: isinstance(cities, list))
async def choose_cities(q: Q) -> None:
    q.client.cities = q.args.cities
    _show_cities(q, q.args.cities)
    await q.page.save()


def _show_cities(q: Q, cities: list[str]) -> None:
    chosen = [city for city in SUNSHINE if city in cities]
    if not chosen:
        drop(q, "table")
        q.page["lines"] = ui.form_card(
            box="chart", items=[ui.text_l("No city chosen"), ui.text("Tick one on the left to see its year.")]
        )
        return
    q.page["lines"] = _lines_card(chosen)
    q.page["table"] = ui.form_card(box="below", items=[_table(chosen)])


def _lines_card(cities: list[str]) -> ui.PlotCard:
    rows = [(month, city, SUNSHINE[city][at]) for city in cities for at, month in enumerate(MONTHS)]
    line = ui.mark(
        type="line",
        x="=month",
        y="=kwh",
        y_min=0,
        y_title="kWh per m²",
        color="=city",
        curve="smooth",
        stroke_size=3,
        color_domain=cities,
        color_range=" ".join(_COLORS[city] for city in cities),
    )
    return ui.plot_card(
        box=ui.box("chart", height="380px"),
        title="Kilowatt-hours per square metre",
        data=data(fields=["month", "city", "kwh"], rows=rows, pack=True),
        plot=ui.plot([line]),
    )


def _table(cities: list[str]) -> ui.Component:
    columns = [
        ui.table_column(name="city", label="City", sortable=True, link=False, min_width="180px"),
        ui.table_column(name="year", label="In a year", sortable=True, data_type="number", min_width="180px"),
        ui.table_column(name="best", label="Best month", min_width="180px"),
        ui.table_column(name="worst", label="Darkest month", min_width="180px"),
    ]
    return ui.table(name="years", columns=columns, rows=[_table_row(city) for city in cities])


def _table_row(city: str) -> ui.TableRow:
    sunshine = SUNSHINE[city]
    best, worst = max(sunshine), min(sunshine)
    cells = [
        city,
        str(sum(sunshine)),
        f"{MONTHS[sunshine.index(best)]}, {best}",
        f"{MONTHS[sunshine.index(worst)]}, {worst}",
    ]
    return ui.table_row(name=city, cells=cells)
