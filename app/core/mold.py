"""Molds: what a macro draws around its values, drawn once for each shape and poured as often as needed (docs/decisions/0009).

Thirty cards a page are the same markup with other words. The macro stays the only source of that markup: it draws the mold, with
marks where the words go. Marks are cut out before any value is poured in, so no value can pass for one.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Sequence
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape

MOST_SHAPES = 500
_BETWEEN = "\x1f"


class Mold:
    """The markup of one shape. `draw` receives a mark for each value that is there and "" for each that is not.

    It may print each value in a text or a quoted attribute, as often as it likes, and ask whether it is empty; nothing else.
    """

    def __init__(self, draw: Callable[[Sequence[str]], str], shape: Sequence[bool]) -> None:
        secret = secrets.token_hex(8)
        drawn = draw([f"m{secret}n{place}m" if present else "" for place, present in enumerate(shape)])
        parts = re.split(f"m{secret}n([0-9]+)m", str(drawn))
        self._parts = parts
        places = [int(place) for place in parts[1::2]]
        self._picked: Callable[[Sequence[str]], Sequence[str]] = (
            itemgetter(*places) if len(places) > 1 else lambda values: [values[place] for place in places]
        )

    def pour(self, values: Sequence[str]) -> Markup:
        """The markup with these plain texts, escaped, in their places."""
        return Markup("".join(self.filled(_escaped(values))))  # noqa: S704 - drawn by a template, values escaped

    def filled(self, escaped: Sequence[str]) -> list[str]:
        """The same in parts, of texts escaped already."""
        parts = self._parts.copy()
        parts[1::2] = self._picked(escaped)
        return parts


class Molds:
    """The molds of one macro, each made when its shape is first met.

    `draw` receives the kind and the marks. A kind holds what the macro compares or looks up; it must have few values.
    """

    def __init__(self, draw: Callable[[Any, Sequence[str]], str]) -> None:
        self._draw = draw
        self._made: dict[Hashable, Mold] = {}

    def pour(self, kind: Hashable, values: Sequence[str]) -> Markup:
        """As Mold.pour, in the mold of this kind for the values that are not empty."""
        return self._mold(kind, values).pour(values)

    def pour_lines(self, pieces: Sequence[tuple[Hashable, Sequence[str]]]) -> Markup:
        """Many of (kind, values), a line each: escaped together, and one piece for the blocks of a template to carry."""
        escaped = _escaped([value for _, values in pieces for value in values])
        parts: list[str] = []
        at = 0
        for kind, values in pieces:
            parts += self._mold(kind, values).filled(escaped[at : at + len(values)])
            parts.append("\n")
            at += len(values)
        return Markup("".join(parts[:-1]))  # noqa: S704 - drawn by a template, values escaped

    def _mold(self, kind: Hashable, values: Sequence[str]) -> Mold:
        shape = tuple(map(bool, values))
        mold = self._made.get((kind, shape))
        if mold is None:
            if len(self._made) >= MOST_SHAPES:
                self._made.clear()
            mold = self._made[kind, shape] = Mold(lambda marks: self._draw(kind, marks), shape)
        return mold


def _escaped(values: Sequence[str]) -> Sequence[str]:
    """Escaped together, because a call costs more than its work; one by one when a value holds the separator."""
    together = str.split(escape(_BETWEEN.join(values)), _BETWEEN)
    return together if len(together) == len(values) else [str(escape(str(value))) for value in values]
