"""The bar of what was decided: its shares worked out here, its markup poured in a mold (docs/decisions/0009)."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from flask import current_app, url_for
from flask_babel import get_locale, gettext
from jinja2 import Template
from markupsafe import Markup

from app.core.mold import Molds
from app.feedback.rules.coverage import Coverage
from app.feedback.rules.outcomes import Outcome


class Part(NamedTuple):
    """A part of components/tally_bar.html: first what it compares, then the texts it prints. `x` and `width` are percentages."""

    outcome: str
    label: str
    number: str
    percent: str
    x: str
    width: str
    href: str


def parts(numbers: Coverage, slug: str, outcomes: dict[Outcome, str]) -> list[Part]:
    """The parts of everything received that are not empty; each leads to its list."""
    address = url_for("feedback.index", slug=slug)
    counted = [
        (outcome.value, outcomes[outcome], count, f"{address}?resultado={outcome.value}")
        for outcome, count in numbers.by_outcome.items()
        if count
    ]
    unanswered = numbers.received - numbers.published
    if unanswered > 0:
        counted.append(("waiting", gettext("Sin respuesta todavía"), unanswered, url_for("feedback.waiting", slug=slug)))
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
    molds = _molds(current_app.jinja_env.get_template("components/tally_bar.html"), str(get_locale()))
    kind = tuple(part[:2] for part in found)
    return molds.pour(kind, (str(total), label, *chain.from_iterable(part[2:] for part in found)))


_PRINTED = len(Part._fields) - 2


@lru_cache(maxsize=8)
def _molds(template: Template, locale: str) -> Molds:
    """Kept as long as the template, in each language."""
    macro: Any = template.module

    def draw(kind: Sequence[tuple[str, str]], marks: Sequence[str]) -> str:
        total, label, *printed = marks
        found = [Part(*compared, *printed[at : at + _PRINTED]) for compared, at in zip(kind, range(0, len(printed), _PRINTED), strict=True)]
        return str(macro.tally_bar(found, total, label))

    return Molds(draw)
