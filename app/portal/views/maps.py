"""Where the contributions of a process come from, on a map and in a table that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, abort, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.core.guard import public
from app.core.text import fold
from app.core.web import not_modified, tagged
from app.portal import queries
from app.portal.queries import FromPlace
from app.portal.views import bp
from app.processes import queries as processes
from app.territories import queries as territories
from app.territories.rules import TerritoryMap, shade_of

if TYPE_CHECKING:
    from app.processes.models import Process


@dataclass(frozen=True)
class Part:
    """A row of the table. `href` leads to its contributions, `nearer` to its own map; "" when there is none."""

    ubigeo: str
    name: str
    said: FromPlace
    href: str
    nearer: str


@bp.get("/procesos/<slug>/mapa", endpoint="map")
@public(load=processes.public_process_by_slug)
def map_of_contributions(process: Process) -> Response:
    same = not_modified(process.public_revision, clock.lima_day(clock.now()), request.query_string.decode("latin-1"))
    if same:
        return tagged(same)
    whole = territories.digits_of(process.space.ubigeo)
    area = _area(whole)
    said = queries.said_by_territory(process.id)
    drawn = territories.map_of(area)
    parts = _parts(process, drawn, said) if drawn else []
    return tagged(
        make_response(
            render_template(
                "portal/map.html",
                process=process,
                space=process.space,
                area=territories.territory(area or territories.COUNTRY),
                whole=area == whole,
                drawn=drawn if said else None,
                parts=parts if said else [],
                values=_values(parts),
                others=_others(area, parts, said),
            )
        )
    )


def _area(whole: str) -> str:
    """The territory asked for with `?en=`, if it is inside the one of the process; 404 when it is not."""
    asked = request.args.get("en", whole)
    if asked == whole:
        return whole
    if not asked.startswith(whole) or territories.territory(asked) is None:
        abort(404)
    return asked


def _parts(process: Process, drawn: TerritoryMap, said: Mapping[str, FromPlace]) -> list[Part]:
    tiles = sorted(drawn.tiles, key=lambda tile: (fold(tile.name), tile.ubigeo))
    return [_part(process, tile.ubigeo, tile.name, _sum(said, tile.ubigeo)) for tile in tiles]


def _part(process: Process, ubigeo: str, name: str, said: FromPlace) -> Part:
    nearer = url_for("portal.map", slug=process.slug, en=ubigeo) if len(ubigeo) < 6 and said.received else ""
    href = url_for("portal.contributions", slug=process.slug, territorio=ubigeo) if said.received else ""
    return Part(ubigeo, name, said, href, nearer)


def _sum(said: Mapping[str, FromPlace], start: str) -> FromPlace:
    inside = [found for ubigeo, found in said.items() if ubigeo.startswith(start)]
    return FromPlace(sum(found.received for found in inside), sum(found.answered for found in inside))


def _values(parts: list[Part]) -> dict[str, dict[str, Any]]:
    """What components/territory_map.html draws; texts already translated."""
    largest = max((part.said.received for part in parts), default=0)
    return {
        part.ubigeo: {
            "text": str(part.said.received),
            "words": ngettext("%(num)d aporte", "%(num)d aportes", part.said.received),
            "level": shade_of(part.said.received, largest),
            "href": part.nearer or part.href,
        }
        for part in parts
    }


def _others(area: str, parts: list[Part], said: Mapping[str, FromPlace]) -> list[tuple[str, FromPlace]]:
    """What the tiles leave out, so that the table adds up: (words, how many)."""
    drawn = {part.ubigeo for part in parts}
    kinds: dict[str, list[FromPlace]] = {_("Sin decir en qué parte"): [], _("De otros lugares"): [], _("Sin lugar indicado"): []}
    inside, elsewhere, nowhere = kinds
    for ubigeo, found in said.items():
        if not ubigeo:
            kinds[nowhere].append(found)
        elif not ubigeo.startswith(area):
            kinds[elsewhere].append(found)
        elif not any(ubigeo.startswith(part) for part in drawn):
            kinds[inside].append(found)
    sums = {words: FromPlace(sum(f.received for f in found), sum(f.answered for f in found)) for words, found in kinds.items()}
    return [(words, found) for words, found in sums.items() if found.received]
