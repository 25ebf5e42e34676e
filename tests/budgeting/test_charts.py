"""Pictures that say in words all that they show, and that the content policy lets through."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from app.budgeting.counting.charts import Part, Tile, cost_bar, tile_map

SVG = "{http://www.w3.org/2000/svg}"
BAR = cost_bar(
    "Parque <Sur>",
    [
        Part("full", Fraction(50), "Pagaron la cuota: 50"),
        Part("short", Fraction(25), "Dieron todo: 25"),
        Part("missing", Fraction(25), "Falta: 25"),
    ],
    picture_id="p1",
)
MAP = tile_map("Por distrito", [Tile(f"Distrito {at}", Fraction(at, 4), f"{at} de 4") for at in range(5)], picture_id="m1")


@pytest.mark.parametrize("picture", [BAR, MAP, cost_bar("Nada", [], picture_id="x"), tile_map("Nada", [], picture_id="y")])
def test_a_picture_is_valid_names_itself_and_carries_no_style_or_script(picture: str) -> None:
    root = ElementTree.fromstring(picture)  # noqa: S314  # our own text
    named = root.attrib["aria-labelledby"].split()
    assert root.attrib["role"] == "img" and [child.attrib["id"] for child in list(root)[:2]] == named
    assert not re.search(r"style=|<script|<style|\son\w+=|href", picture)


def test_the_parts_of_a_bar_fill_it_in_proportion_and_each_is_told_in_words() -> None:
    root = ElementTree.fromstring(BAR)  # noqa: S314  # our own text
    bar = [(int(r.attrib["x"]), int(r.attrib["width"])) for r in root.iter(f"{SVG}rect") if r.attrib["y"] == "0"]
    assert bar == [(0, 160), (160, 80), (240, 80)]
    assert root.findtext(f"{SVG}desc") == "Pagaron la cuota: 50. Dieron todo: 25. Falta: 25"
    assert root.findtext(f"{SVG}title") == "Parque <Sur>"


def test_every_territory_is_a_tile_that_does_not_cover_another() -> None:
    root = ElementTree.fromstring(MAP)  # noqa: S314  # our own text
    places = [(r.attrib["x"], r.attrib["y"]) for r in root.iter(f"{SVG}rect")]
    assert len(set(places)) == 5
    assert [r.attrib["class"] for r in root.iter(f"{SVG}rect")] == ["chart__none", *["chart__some"] * 3, "chart__won"]
