"""Links between the pages of a list and to its parts, filters kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from app.core import web
from app.core.templates import poured
from app.core.text import trusted
from app.core.web import Page


@dataclass(frozen=True, slots=True)
class Chip:
    """A link of components/filter_chips.html."""

    text: str
    count: int | None
    href: str
    here: bool


def link(address: str, arguments: Mapping[str, Any]) -> str:
    """The address with the arguments that are not empty."""
    query = _query(tuple(arguments.items()))
    return f"{address}?{query}" if query else address


@lru_cache(maxsize=2_000)
def _query(arguments: tuple[tuple[str, Any], ...]) -> str:
    """Kept: a page of thirty cards has twenty links, the same at every visit."""
    return urlencode([(name, value) for name, value in arguments if value not in ("", None)])


def pager(page: Page, address: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What components/pager.html draws."""

    def to(number: int) -> str:
        return link(address, {**arguments, "pagina": number if number > 1 else ""})

    return web.pager(page, to)


def chips_drawn(chips: Sequence[Chip], label: str) -> Markup:
    """The links as components/filter_chips.html draws them, poured in its molds; nothing when there are none."""
    if not chips:
        return trusted("")
    kind = tuple((chip.here, chip.count is None) for chip in chips)
    values = chain.from_iterable((chip.href, chip.text, "" if chip.count is None else str(chip.count)) for chip in chips)
    return poured("components/filter_chips.html", _draw_chips).pour(kind, (label, *values))


def _draw_chips(module: Any, kind: Sequence[tuple[bool, bool]], marks: Sequence[str]) -> str:
    chips = [
        {"href": marks[at], "text": marks[at + 1], "count": None if is_uncounted else marks[at + 2], "here": here}
        for at, (here, is_uncounted) in zip(range(1, len(marks), 3), kind, strict=True)
    ]
    return str(module.filter_chips(chips, marks[0]))
