"""Where exactly somebody speaks of: words of reference and a point, kept no finer than needed (docs/decisions/0027)."""

import re
from dataclasses import dataclass

from app.contributions.rules.terms import NameConsent

SOUTH_WEST, NORTH_EAST = (-18.5, -81.5), (0.2, -68.5)
"""The corners of Peru, in degrees."""
DECIMALS, DECIMALS_OF_ANONYMOUS = 3, 2
"""Of a degree: about 110 metres, so that a house is not pointed at; about 1.1 kilometres when the author asked not to be known."""
_POINT = re.compile(r"\s*(-?\d{1,2}(?:[.,]\d{1,10})?)\s*[;,\s]\s*(-?\d{1,3}(?:[.,]\d{1,10})?)\s*")


@dataclass(frozen=True)
class Point:
    """Degrees, rounded as they are kept."""

    latitude: float
    longitude: float


def point_of(written: str, consent: NameConsent | None) -> Point | None:
    """The point of "-13.5170, -71.9785", rounded; None when it is not one, or is not in Peru."""
    found = _POINT.fullmatch(written)
    if found is None:
        return None
    latitude, longitude = (float(part.replace(",", ".")) for part in found.groups())
    if not (SOUTH_WEST[0] <= latitude <= NORTH_EAST[0] and SOUTH_WEST[1] <= longitude <= NORTH_EAST[1]):
        return None
    decimals = DECIMALS_OF_ANONYMOUS if consent is NameConsent.ANONYMOUS else DECIMALS
    return Point(round(latitude, decimals), round(longitude, decimals))
