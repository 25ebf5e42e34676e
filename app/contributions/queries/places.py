"""Finding the place a person means: by UBIGEO, or by the names they write. A name that fits two places is not guessed."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.text import clean_line
from app.spaces.models import Space
from app.territories import queries as territories
from app.territories.models import Territory, TerritoryLevel
from app.territories.rules import TerritoryMap

MOST_LISTED = 60
MOST_CHOICES = 12


@dataclass(frozen=True)
class Place:
    """What a written place turned out to be: one territory, or the ones it may be (none when nothing resembles it)."""

    ubigeo: str = ""
    choices: tuple[Territory, ...] = ()


@dataclass(frozen=True)
class Picking:
    """The map that is open: `area` is its name. Its tiles are districts to choose when it is near, else parts to come nearer to."""

    drawn: TerritoryMap
    area: str
    is_near: bool
    is_whole: bool


def picking(space: Space, wanted: str) -> Picking | None:
    """The map of the part of a space that is `wanted`, or of all of it when it holds no such part; None when there is nothing to choose."""
    whole = territories.digits_of(space.ubigeo)
    known = place_of(wanted) if wanted else None
    start = known.ubigeo if known and known.ubigeo.startswith(whole) and len(known.ubigeo) < 6 else whole
    drawn, area = territories.map_of(start), territories.territory(start or territories.COUNTRY)
    return None if drawn is None or area is None else Picking(drawn, area.full_name, is_near=len(start) == 4, is_whole=start == whole)


def places_of_space(space: Space) -> Sequence[Territory]:
    """The districts of a space when they fit a short list; for a region or the whole country, none."""
    if not space.ubigeo or len(space.ubigeo) < 4:
        return ()
    found = territories.inside(space.ubigeo)
    return found if len(found) <= MOST_LISTED else ()


def place_of(ubigeo: str) -> Territory | None:
    """The territory of a UBIGEO as people write it: a leading zero that a spreadsheet took away is put back."""
    digits = ubigeo.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        return None
    return territories.territory(digits.zfill(len(digits) + len(digits) % 2))


def place_named(written: str, near: str = "") -> Place:
    """The place meant by "Ccorca" or "Santiago, Cusco": one, or the choices with those inside `near` (a UBIGEO) first.

    Districts win over the province or region of the same name, because a district is what is asked for.
    """
    parts = [clean_line(part) for part in written.split(",") if part.strip()][:3]
    if not parts:
        return Place()
    district, province, region = parts[0], parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else ""
    found = _districts(district, province, region)
    if len(found) == 1:
        return Place(found[0].ubigeo)
    resembling = found or list(territories.starting_with(parts[0], most=MOST_CHOICES))
    nearest = sorted(resembling, key=lambda t: (not t.ubigeo.startswith(near or "-"), t.full_name, t.ubigeo))
    return Place(choices=tuple(nearest[:MOST_CHOICES]))


def _districts(district: str, province: str, region: str) -> list[Territory]:
    if province or region:
        found = territories.by_names(region, province, district)
        if not found and not region:  # "Santiago, Ica" may name the region instead of the province
            found = territories.by_names(province, "", district)
        return found
    named = [t for t in territories.named(district, most=50) if t.level is not TerritoryLevel.COUNTRY]
    return [t for t in named if t.level is TerritoryLevel.DISTRICT] or named
