"""The map of tiles: nothing lost, nothing upon anything, and who lies west stays west."""

import pytest

from app.territories import queries, services
from app.territories.rules import COLUMNS, GAP, TILE_HEIGHT, TILE_WIDTH, Spot, arranged, in_lines, shade_of


def test_cusco_lies_as_its_people_know_it(context):
    services.load_peru()
    drawn = queries.map_of("0801")
    place = {tile.name: (tile.x, tile.y) for tile in drawn.tiles}
    assert len(place) == 8
    west_to_east = ["Poroy", "Cusco", "Wanchaq", "San Jerónimo"]
    assert [place[name][0] for name in west_to_east] == sorted(place[name][0] for name in west_to_east)
    assert place["Cusco"][1] < place["Santiago"][1] < place["Ccorca"][1]


@pytest.mark.parametrize(("ubigeo", "parts"), [(None, 25), ("00", 25), ("08", 13), ("0801", 8), ("1501", 43)])
def test_every_part_has_its_own_tile(context, ubigeo, parts):
    services.load_peru()
    drawn = queries.map_of(ubigeo)
    assert len({tile.ubigeo for tile in drawn.tiles}) == parts
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == parts
    assert all(tile.x % (TILE_WIDTH + GAP) == 0 and tile.x + TILE_WIDTH <= drawn.width for tile in drawn.tiles)
    assert max(tile.y for tile in drawn.tiles) + TILE_HEIGHT == drawn.height
    reading = [(tile.y, tile.x) for tile in drawn.tiles]
    assert reading == sorted(reading)


def test_every_district_of_peru_has_a_place_inside_the_country(context):
    services.load_peru()
    for province in queries.inside("", queries.PARTS[2]):
        districts = queries.inside(province.ubigeo)
        drawn = queries.map_of(province.ubigeo)
        assert len(districts) == (len(drawn.tiles) if drawn else 1)


def test_a_district_has_no_map_of_its_own(context):
    services.load_peru()
    assert queries.map_of("080102") is None


def test_the_tiles_given_out_cost_least():
    """Four places at the corners of a square take the corners of the grid."""
    corners = {"nw": (0.0, 0.0), "ne": (0.0, 3.0), "sw": (-1.0, 0.0), "se": (-1.0, 3.0)}
    spots = [Spot(name, name, *place) for name, place in corners.items()]
    drawn = arranged([*spots, Spot("mid", "mid", -0.5, 1.5)])
    found = {tile.ubigeo: tile.x // (TILE_WIDTH + GAP) for tile in drawn.tiles}
    assert found["nw"] == found["sw"] == 0
    assert found["ne"] == found["se"] == COLUMNS - 1


def test_places_at_one_point_still_get_tiles():
    drawn = arranged([Spot(str(n), "Igual", -13.5, -72.0) for n in range(5)])
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == 5
    assert arranged([]).tiles == ()


@pytest.mark.parametrize(
    ("value", "largest", "level"), [(0, 10, 0), (1, 100, 1), (25, 100, 1), (26, 100, 2), (75, 100, 3), (100, 100, 4), (3, 0, 0)]
)
def test_shades_go_by_quarters_of_the_largest(value, largest, level):
    assert shade_of(value, largest) == level


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ccorca", ("Ccorca",)),
        ("San Sebastián", ("San", "Sebastián")),
        ("San Juan de Lurigancho", ("San Juan de", "Lurigancho")),
        ("Santa María de Nieva Alta", ("Santa María", "de Nieva…")),
    ],
)
def test_names_take_two_lines_at_most(name, lines):
    assert in_lines(name) == lines
