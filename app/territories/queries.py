"""Reading territories; finding one by the names people write; laying them out as a map."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import select

from app.core.db import db
from app.core.text import fold
from app.territories.models import Territory, TerritoryLevel
from app.territories.rules import Spot, TerritoryMap, arranged

COUNTRY = "00"
DISTRICTS = Path(__file__).parent / "data" / "districts.csv"


def territory(ubigeo: str) -> Territory | None:
    return db.session.get(Territory, ubigeo)


def inside(ubigeo: str, level: TerritoryLevel = TerritoryLevel.DISTRICT) -> Sequence[Territory]:
    """The territories of `level` inside another (all of Peru for ""), by name."""
    return db.session.scalars(
        select(Territory)
        .where(Territory.level == level, Territory.ubigeo.startswith(ubigeo, autoescape=True))
        .order_by(Territory.name, Territory.ubigeo)
    ).all()


def named(name: str, within: str = "", most: int = 20) -> Sequence[Territory]:
    """Districts, then provinces and regions, whose name is `name` without accents; `within` is a UBIGEO prefix."""
    folded = fold(name.strip())
    return db.session.scalars(
        select(Territory)
        .where(Territory.folded_name == folded, Territory.ubigeo.startswith(within, autoescape=True))
        .order_by(Territory.ubigeo)
        .limit(most)
    ).all()


def starting_with(text: str, within: str = "", most: int = 12) -> Sequence[Territory]:
    """Districts whose name starts with `text`, accents forgiven."""
    return db.session.scalars(
        select(Territory)
        .where(
            Territory.level == TerritoryLevel.DISTRICT,
            Territory.folded_name.startswith(fold(text.strip()), autoescape=True),
            Territory.ubigeo.startswith(within, autoescape=True),
        )
        .order_by(Territory.name, Territory.ubigeo)
        .limit(most)
    ).all()


def by_names(region: str, province: str, district: str) -> list[Territory]:
    """Every territory that the names given may mean, most precise name first; one when they are enough."""
    deepest = district or province or region
    if not deepest.strip():
        return []
    level = TerritoryLevel.DISTRICT if district.strip() else TerritoryLevel.PROVINCE if province.strip() else TerritoryLevel.REGION
    found = [t for t in named(deepest, most=50) if t.level is level]
    for name, digits in ((province, 4), (region, 2)):
        if name.strip() and level is not TerritoryLevel.REGION:
            parents = {t.ubigeo for t in named(name, most=50) if len(t.ubigeo) == digits}
            found = [t for t in found if t.ubigeo[:digits] in parents or len(t.ubigeo) <= digits]
    return found


def all_territories() -> dict[str, str]:
    """Full name of every territory by UBIGEO."""
    return {ubigeo: name for ubigeo, name in db.session.execute(select(Territory.ubigeo, Territory.full_name))}


PARTS = {0: TerritoryLevel.REGION, 2: TerritoryLevel.PROVINCE, 4: TerritoryLevel.DISTRICT}
"""What a territory is made of, by the digits of its UBIGEO; the whole country has none."""


def digits_of(ubigeo: str | None) -> str:
    """The UBIGEO as the start of those inside it: "" for the country, which is written "00" or not at all."""
    return "" if ubigeo in (None, COUNTRY) else str(ubigeo)


def map_of(ubigeo: str | None) -> TerritoryMap | None:
    """The map of the parts of a territory: regions of the country, provinces of a region, districts of a province.

    None when there are fewer than two to tell apart.
    """
    start = digits_of(ubigeo)
    level = PARTS.get(len(start))
    parts = [part for part in inside(start, level) if part.ubigeo in _capitals()] if level else []
    spots = [Spot(part.ubigeo, part.name, *_capitals()[part.ubigeo]) for part in parts]
    return arranged(spots) if len(spots) > 1 else None


@cache
def _capitals() -> Mapping[str, tuple[float, float]]:
    """Degrees of the capital of every district, province and region: in the UBIGEO the first district of each holds its capital."""
    found: dict[str, tuple[float, float]] = {}
    with DISTRICTS.open(encoding="utf-8", newline="") as file:
        for line in sorted(csv.DictReader(file), key=lambda row: row["ubigeo"]):
            place = (float(line["latitude"]), float(line["longitude"]))
            for digits in (2, 4, 6):
                found.setdefault(line["ubigeo"][:digits], place)
    return found
