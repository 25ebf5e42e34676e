"""A thing that can be followed, as the pages draw it: its addresses and its news."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.core import dates
from app.follows import documents, messages
from app.follows.queries import Target
from app.follows.rules import SubjectKind

PAGES = {
    "site": "follows.site",
    "process": "follows.process",
    "theme": "follows.theme",
    "territory": "follows.territory",
    "contribution": "follows.contribution",
}
HOMES = {"process": "portal.process", "contribution": "portal.contribution"}


def heading(target: Target) -> str:
    """What the page of its news is called."""
    if target.kind == "site":
        return _("Novedades")
    if target.kind in HOMES:
        return _("Novedades: %(title)s", title=target.title)
    return target.title


def label(target: Target) -> str:
    """What kind of thing it is, in words."""
    return str(messages.SUBJECTS[SubjectKind(target.kind)]) if target.subject else ""


def page_of(target: Target, **more: Any) -> str:
    return url_for(PAGES[target.kind], **target.args, **more)


def home_of(target: Target) -> str:
    """The page where it lives: the process, the contribution; the page of its news for what has no other."""
    return url_for(HOMES[target.kind], **target.args) if target.kind in HOMES else page_of(target)


def feed_of(target: Target) -> str:
    return url_for(PAGES[target.kind] + "_atom", **target.args)


def follow_of(target: Target) -> str:
    return url_for(f"follows.ask_{target.kind}", **target.args)


def calendar_of(target: Target) -> str:
    """Empty for what has no dates of its own."""
    return url_for(f"follows.{target.kind}_calendar", **target.args) if target.kind in ("process", "territory") else ""


def days(rows: Iterable[Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """News by day, as the page draws them."""
    return [(day, list(of_day)) for day, of_day in groupby(lines(rows), key=lambda line: line["day"])]


def lines(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """News, as the list draws them: newest first, each with its day, its sentence and where it leads."""
    found = []
    for news in rows:
        endpoint, args = documents.leads_to(news)
        found.append(
            {
                "seq": news.seq, "at": news.at, "text": documents.headline(news), "href": url_for(endpoint, **args),
                "kind": str(messages.NEWS[news.kind]).partition(":")[0], "process": news.process, "day": dates.long_date(news.at),
            }
        )  # fmt: skip
    return found
