"""A map without boundaries: one tile for each territory, set among the others as their capitals lie (docs/decisions/0031)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS = 4
TILE_WIDTH, TILE_HEIGHT, GAP = 80, 64, 6
"""Units; a map of four columns is 338 wide, so that on a phone a unit is about a pixel: letters can be read, fingers find a tile."""
FULLEST = 0.72
"""Of the grid: with more of it taken, tiles can no longer stay near their places."""
EVENNESS = 0.4
"""How far places are spread evenly before tiles are given out: 0 keeps distances, 1 only who lies north and who lies east of whom."""
LONGEST_LINE, MOST_LINES = 11, 2
DARKEST = 4


@dataclass(frozen=True)
class Spot:
    """A territory and where its capital is, in degrees."""

    ubigeo: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Tile:
    """A territory as it is drawn: its upper left corner in units, and its name in lines."""

    ubigeo: str
    name: str
    lines: tuple[str, ...]
    x: int
    y: int


@dataclass(frozen=True)
class TerritoryMap:
    """Tiles from north to south and from west to east; sizes in units."""

    tiles: tuple[Tile, ...]
    height: int
    width: int = COLUMNS * (TILE_WIDTH + GAP) - GAP
    tile_width: int = TILE_WIDTH
    tile_height: int = TILE_HEIGHT


def arranged(spots: Sequence[Spot]) -> TerritoryMap:
    """The map of these territories: the tiles whose distances to their places, squared, add up to least.

    The same spots give the same map. Cost grows with the cube of their number: 43 districts take a twentieth of a second.
    """
    ordered = sorted(spots, key=lambda spot: (-spot.latitude, spot.longitude, spot.ubigeo))
    if not ordered:
        return TerritoryMap((), 0)
    rows = max(math.ceil(len(ordered) / COLUMNS / FULLEST), 1)
    across = _along([spot.longitude for spot in ordered], COLUMNS)
    down = _along([-spot.latitude for spot in ordered], rows)
    cells = [(column, row) for row in range(rows) for column in range(COLUMNS)]
    cost = [[(x - column) ** 2 + (y - row) ** 2 for column, row in cells] for x, y in zip(across, down, strict=True)]
    chosen = [cells[cell] for cell in _cheapest(cost)]
    used_rows = sorted({row for _, row in chosen})
    placed = sorted((used_rows.index(row), column, n) for n, (column, row) in enumerate(chosen))
    tiles = tuple(
        Tile(ordered[n].ubigeo, ordered[n].name, in_lines(ordered[n].name), column * (TILE_WIDTH + GAP), row * (TILE_HEIGHT + GAP))
        for row, column, n in placed
    )
    return TerritoryMap(tiles, len(used_rows) * (TILE_HEIGHT + GAP) - GAP)


def shade_of(value: int, largest: int) -> int:
    """How dark a tile is: 0 for nothing, then 1 to 4 by quarters of the largest value."""
    return 0 if value <= 0 or largest <= 0 else min(DARKEST, math.ceil(DARKEST * value / largest))


def in_lines(name: str) -> tuple[str, ...]:
    """A name in two lines at most, cut with "…" where it is longer: the table beside the map has it whole."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= LONGEST_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}…"]
    return tuple(line if len(line) <= LONGEST_LINE + 1 else f"{line[:LONGEST_LINE]}…" for line in lines)


def _along(places: Sequence[float], cells: int) -> list[float]:
    """Where each place falls on a row of `cells` cells, between its distance and its rank."""
    least, most = min(places), max(places)
    if most == least:
        return [(cells - 1) / 2] * len(places)
    ranks = {place: rank for rank, place in enumerate(sorted(set(places)))}
    last = len(ranks) - 1
    return [
        (cells - 1) * ((1 - EVENNESS) * (place - least) / (most - least) + EVENNESS * ranks[place] / last) for place in places
    ]  # fmt: skip


def _cheapest(cost: Sequence[Sequence[float]]) -> list[int]:
    """The column given to each row so that the whole costs least and no column is given twice (Kuhn 1955, with potentials)."""
    rows, columns = len(cost), len(cost[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken_by, came_from = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken_by[0], here = row, 0
        slack, seen = [math.inf] * (columns + 1), [False] * (columns + 1)
        while taken_by[here]:
            seen[here] = True
            holder, step, following = taken_by[here], math.inf, 0
            for column in range(1, columns + 1):
                if seen[column]:
                    continue
                reduced = cost[holder - 1][column - 1] - of_row[holder] - of_column[column]
                if reduced < slack[column]:
                    slack[column], came_from[column] = reduced, here
                if slack[column] < step:
                    step, following = slack[column], column
            for column in range(columns + 1):
                if seen[column]:
                    of_row[taken_by[column]] += step
                    of_column[column] -= step
                else:
                    slack[column] -= step
            here = following
        while here:
            taken_by[here] = taken_by[came_from[here]]
            here = came_from[here]
    given = {taken_by[column]: column - 1 for column in range(1, columns + 1) if taken_by[column]}
    return [given[row] for row in range(1, rows + 1)]
