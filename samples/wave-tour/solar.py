"""What the sun gives a roof: plain numbers and functions, without a user interface."""

from dataclasses import dataclass
from math import pi, sin

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SUNSHINE = {
    "Berlin": (31, 50, 95, 132, 151, 152, 152, 138, 108, 71, 36, 24),
    "Cairo": (150, 160, 198, 204, 216, 218, 220, 218, 203, 186, 156, 142),
    "Lisbon": (104, 118, 160, 175, 198, 204, 218, 212, 180, 144, 108, 92),
    "London": (36, 53, 92, 125, 142, 146, 150, 133, 107, 71, 42, 29),
    "Oslo": (20, 46, 98, 127, 153, 154, 150, 122, 87, 48, 23, 12),
    "Rome": (83, 98, 143, 163, 189, 197, 212, 198, 162, 126, 86, 74),
    "Tokyo": (112, 112, 136, 146, 152, 128, 138, 149, 114, 108, 98, 102),
}
"""Kilowatt-hours that reach a tilted square metre in each month, rounded and typical."""

FACING = {"south": 1.0, "south-east": 0.96, "east": 0.83, "flat": 0.88, "north": 0.6}
"""Share of that which a roof gets that faces this way."""

_PANEL_EFFICIENCY = 0.21
_SYSTEM_EFFICIENCY = 0.82
_EUROS_PER_KW = 1_350
_CO2_KG_PER_KWH = 0.35


@dataclass(frozen=True)
class Roof:
    name: str
    city: str
    facing: str
    area_m2: float
    euros_per_kwh: float

    @property
    def peak_kw(self) -> float:
        return self.area_m2 * _PANEL_EFFICIENCY


@dataclass(frozen=True)
class Estimate:
    monthly_kwh: tuple[float, ...]
    peak_kw: float
    cost_euros: float
    saved_euros: float
    """In one year."""

    @property
    def yearly_kwh(self) -> float:
        return sum(self.monthly_kwh)

    @property
    def payback_years(self) -> float:
        return self.cost_euros / self.saved_euros

    @property
    def co2_kg(self) -> float:
        """Not emitted in one year."""
        return self.yearly_kwh * _CO2_KG_PER_KWH


def estimate(roof: Roof) -> Estimate:
    share = _PANEL_EFFICIENCY * _SYSTEM_EFFICIENCY * FACING[roof.facing] * roof.area_m2
    monthly = tuple(share * sunshine for sunshine in SUNSHINE[roof.city])
    return Estimate(
        monthly_kwh=monthly,
        peak_kw=roof.peak_kw,
        cost_euros=roof.peak_kw * _EUROS_PER_KW,
        saved_euros=sum(monthly) * roof.euros_per_kwh,
    )


def daylight(hour: float) -> float:
    """Share of the peak that a clear summer day gives at this hour, from 0 at night to 1 at one o'clock."""
    return max(0.0, sin((hour - 5) / 16 * pi)) ** 1.3
