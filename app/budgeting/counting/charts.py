"""Pictures of a result as SVG text: what a project had of its cost, and the territories as tiles.

No scripts, no styles: shapes have classes, and fill attributes for where no style sheet comes. Every picture says in words, in its
title and description, all that it shows; the words come from outside, already in the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, isqrt
from xml.sax.saxutils import escape, quoteattr

_WIDTH, _BAR, _LINE = 320, 28, 20
_FILLS = {"full": "#1f6f54", "short": "#7fb59f", "missing": "#e7e2d8", "won": "#1f6f54", "some": "#7fb59f", "none": "#e7e2d8"}
_TILE, _GAP, _LONGEST_LABEL = 76, 4, 11


@dataclass(frozen=True)
class Part:
    """A piece of a bar: `kind` is "full", "short" or "missing"; `label` says what it is, with its amount."""

    kind: str
    amount: Fraction
    label: str


@dataclass(frozen=True)
class Tile:
    """A territory: how much of what it could win it won, from 0 to 1, and the words under its name."""

    name: str
    part: Fraction
    detail: str


def cost_bar(title: str, parts: Sequence[Part], *, picture_id: str) -> str:
    """One bar as long as the sum of its parts, with a line of text for each: nothing is told by colour alone.

    `picture_id` must be unique on the page.
    """
    total = sum((part.amount for part in parts), Fraction(0)) or Fraction(1)
    shapes, before = [], Fraction(0)
    for at, part in enumerate(parts):
        left, right = (round(_WIDTH * value / total) for value in (before, before + part.amount))
        before += part.amount
        top = _BAR + 8 + at * _LINE
        shapes.append(_box(left, 0, right - left, _BAR, part.kind))
        shapes.append(_box(0, top + 3, 12, 12, part.kind))
        shapes.append(f'<text x="18" y="{top + 14}" font-size="14">{escape(part.label)}</text>')
    height = _BAR + 8 + len(parts) * _LINE
    return _picture(picture_id, title, ". ".join(part.label for part in parts), _WIDTH, height, shapes)


def tile_map(title: str, tiles: Sequence[Tile], *, picture_id: str) -> str:
    """A square of equal tiles, one for each territory in the order given: small districts count as much as large ones."""
    columns = isqrt(len(tiles) - 1) + 1 if tiles else 1
    shapes = []
    for at, tile in enumerate(tiles):
        x, y = at % columns * (_TILE + _GAP), at // columns * (_TILE + _GAP)
        kind = "none" if tile.part <= 0 else "won" if tile.part >= 1 else "some"
        ink = "#ffffff" if kind == "won" else "#1c1c1c"
        shown = tile.name if len(tile.name) <= _LONGEST_LABEL else tile.name[: _LONGEST_LABEL - 1] + "…"
        shapes.append(f"<g><title>{escape(f'{tile.name}: {tile.detail}')}</title>{_box(x, y, _TILE, _TILE, kind)}")
        shapes.append(f'<text x="{x + 6}" y="{y + 22}" font-size="11" fill="{ink}">{escape(shown)}</text>')
        shapes.append(f'<text x="{x + 6}" y="{y + 44}" font-size="11" fill="{ink}">{escape(tile.detail[:_LONGEST_LABEL])}</text></g>')
    rows = ceil(len(tiles) / columns) or 1
    said = ". ".join(f"{tile.name}: {tile.detail}" for tile in tiles)
    return _picture(picture_id, title, said, columns * (_TILE + _GAP) - _GAP, rows * (_TILE + _GAP) - _GAP, shapes)


def _box(x: int, y: int, width: int, height: int, kind: str) -> str:
    return f'<rect class="chart__{kind}" x="{x}" y="{y}" width="{width}" height="{height}" fill="{_FILLS[kind]}"/>'


def _picture(picture_id: str, title: str, said: str, width: int, height: int, shapes: Sequence[str]) -> str:
    names = quoteattr(f"{picture_id}-title {picture_id}-desc")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby={names} viewBox="0 0 {width} {height}">'
        f"<title id={quoteattr(f'{picture_id}-title')}>{escape(title)}</title>"
        f"<desc id={quoteattr(f'{picture_id}-desc')}>{escape(said)}</desc>{''.join(shapes)}</svg>"
    )
