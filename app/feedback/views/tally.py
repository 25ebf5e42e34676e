"""The bar of what was decided: its shares worked out here, its markup poured in a mold (docs/decisions/0009)."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from flask import url_for
from markupsafe import Markup

from app.core.templates import poured
from app.feedback.rules.coverage import Coverage
from app.feedback.views.cards import Words


class Part(NamedTuple):
    """A part of components/tally_bar.html: first what it compares, then the texts it prints. `x` and `width` are percentages."""

    outcome: str
    label: str
    number: str
    percent: str
    x: str
    width: str
    href: str


def parts(numbers: Coverage, slug: str, words: Words) -> list[Part]:
    """The parts of everything received that are not empty; each leads to its list."""
    address = url_for("feedback.index", slug=slug)
    counted = [
        (outcome.value, words.outcomes[outcome], count, f"{address}?resultado={outcome.value}")
        for outcome, count in numbers.by_outcome.items()
        if count
    ]
    unanswered = numbers.received - numbers.published
    if unanswered > 0:
        counted.append(("waiting", words.waiting, unanswered, url_for("feedback.waiting", slug=slug)))
    found, before, total = [], 0, numbers.received or 1
    for outcome, label, count, href in counted:
        percent = (200 * count + total) // (2 * total)
        found.append(Part(outcome, label, str(count), str(percent), _share(before, total), _share(count, total), href))
        before += count
    return found


def _share(count: int, total: int) -> str:
    """Percent with two decimals, as SVG wants it."""
    whole, rest = divmod(10_000 * count // total, 100)
    return f"{whole}.{rest:02}"


def drawn(found: Sequence[Part], total: int, label: str) -> Markup:
    """The bar as components/tally_bar.html draws it."""
    kind = tuple(part[:2] for part in found)
    values = (str(total), label, *chain.from_iterable(part[2:] for part in found))
    return poured("components/tally_bar.html", _draw).pour(kind, values)


_PRINTED = len(Part._fields) - 2


def _draw(module: Any, kind: Sequence[tuple[str, str]], marks: Sequence[str]) -> str:
    total, label, *printed = marks
    found = [Part(*compared, *printed[at : at + _PRINTED]) for compared, at in zip(kind, range(0, len(printed), _PRINTED), strict=True)]
    return str(module.tally_bar(found, total, label))
