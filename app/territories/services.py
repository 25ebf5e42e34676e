"""Loading Peru's territories."""

import csv
from typing import Any

from sqlalchemy import insert, select

from app.core.db import db
from app.core.text import fold
from app.territories.models import Territory, TerritoryLevel
from app.territories.queries import COUNTRY, DISTRICTS


def load_peru() -> int:
    """Add the country, regions, provinces and districts that are missing; returns how many. The caller commits."""
    known = set(db.session.scalars(select(Territory.ubigeo)))
    rows: dict[str, dict[str, Any]] = {COUNTRY: _row(COUNTRY, TerritoryLevel.COUNTRY, "Perú", None, "Perú", 0)}
    with DISTRICTS.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            _add_with_parents(rows, line)
    missing = [row for ubigeo, row in rows.items() if ubigeo not in known]
    for level in TerritoryLevel:  # parents first: keys are checked as rows arrive
        of_level = [row for row in missing if row["level"] is level]
        if of_level:
            db.session.execute(insert(Territory), of_level)
    return len(missing)


def _add_with_parents(rows: dict[str, dict[str, Any]], line: dict[str, str]) -> None:
    ubigeo, region, province, district = line["ubigeo"], line["region"], line["province"], line["district"]
    people = int(float(line["population"] or 0))
    rows.setdefault(ubigeo[:2], _row(ubigeo[:2], TerritoryLevel.REGION, region, COUNTRY, region, 0))
    rows.setdefault(ubigeo[:4], _row(ubigeo[:4], TerritoryLevel.PROVINCE, province, ubigeo[:2], f"{province}, {region}", 0))
    rows[ubigeo] = _row(ubigeo, TerritoryLevel.DISTRICT, district, ubigeo[:4], f"{district}, {province}, {region}", people)
    rows[ubigeo[:2]]["population"] += people
    rows[ubigeo[:4]]["population"] += people
    rows[COUNTRY]["population"] += people


def _row(ubigeo: str, level: TerritoryLevel, name: str, parent: str | None, full_name: str, people: int) -> dict[str, Any]:
    return {
        "ubigeo": ubigeo,
        "level": level,
        "name": name,
        "folded_name": fold(name),
        "parent_ubigeo": parent,
        "full_name": full_name,
        "population": people,
    }
