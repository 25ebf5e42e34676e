"""The territory a row means, by UBIGEO or by names; each different one asked of the database once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from app.contributions import queries
from app.contributions.rules.faults import ImportFault
from app.territories import queries as territories


@dataclass(frozen=True)
class PlaceFault:
    column: str
    code: ImportFault
    values: dict[str, Any]


class PlaceFinder:
    def __init__(self) -> None:
        self.find = cache(self._find)

    def _find(self, ubigeo: str, region: str, province: str, district: str) -> tuple[str, PlaceFault | None]:
        named = (region, province, district)
        deepest = "distrito" if district else "provincia" if province else "region"
        found = territories.by_names(*named) if any(named) else []
        if ubigeo:
            place = queries.place_of(ubigeo)
            if place is None:
                return "", PlaceFault("ubigeo", ImportFault.UBIGEO_UNKNOWN, {"ubigeo": ubigeo[:20]})
            if found and not any(place.ubigeo.startswith(t.ubigeo) or t.ubigeo.startswith(place.ubigeo) for t in found):
                return "", PlaceFault("ubigeo", ImportFault.PLACE_CONTRADICTS, {"ubigeo": ubigeo[:20], "place": place.full_name})
            return place.ubigeo, None
        if not any(named):
            return "", None
        written = ", ".join(name for name in (district, province, region) if name)[:80]
        if not found:
            return "", PlaceFault(deepest, ImportFault.PLACE_UNKNOWN, {"name": written})
        if len(found) > 1:
            choices = "; ".join(f"{t.full_name} ({t.ubigeo})" for t in found[:8])
            return "", PlaceFault(deepest, ImportFault.PLACE_AMBIGUOUS, {"name": written, "choices": choices})
        return found[0].ubigeo, None
