"""What the poster says: few words in letters that are read from two metres, and the way to the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from flask import current_app, render_template, url_for

from app.core import pdf
from app.core.text import first_sentence
from app.notices.documents import spanish
from app.notices.queries import Announcement
from app.notices.rules import MOST_ON_A_POSTER

WIDTH, ROOM = 48.0, 49.0
"""In the poster's own units (one is 10 points on A4): of a line of dates, and between the call to take part and the foot."""
LETTERS = {3: (2.6, 2.1, 1.75, 1.0), 2: (2.8, 2.3, 1.9, 1.4), 1: (3.9, 2.9, 2.4, 2.2)}
"""By how many dates there are: size of the day, of the hours, of what and where, and the space after each (static/css/poster.css)."""
A_LETTER = 0.49


@dataclass(frozen=True)
class PosterDate:
    """One meeting: its day and hours in words, what it is and where."""

    day: str
    hours: str
    title: str
    place: str


@dataclass(frozen=True)
class Poster:
    """`more` is how many meetings did not fit; `notice_days` None before a schedule counts as notice."""

    dates: Sequence[PosterDate]
    more: int
    online_until: str
    who: str
    contact: str
    notice_days: int | None
    link: str
    short_link: str
    qr: str


def poster(said: Announcement, other: str = "") -> Poster:
    """As many of the first meetings as fit in large letters, at least one; `other` is the text in another language, if there is one."""
    link = current_app.config["SITE_URL"] + url_for("processes.schedule", slug=said.process.slug)
    dates = []
    for one in said.meetings[:MOST_ON_A_POSTER]:
        district = said.places.get(one.ubigeo or "", "").partition(",")[0]
        place = ", ".join(part for part in (one.place, district if district not in one.place else "") if part)
        hours = f"{spanish.written_hour(one.starts_at)} a {spanish.written_hour(one.ends_at)}"
        dates.append(PosterDate(spanish.written_day(one.starts_at).capitalize(), hours, one.title, place))
    until = spanish.written_day(max(o.ends_at for o in said.online)) if said.online else ""
    taken = _lines(said.process.title, 3.7) * 3.9 + _lines(other, 1.6) * 2 + (2.4 if until else 0)
    while len(dates) > 1 and taken + _height(dates) + (2.4 if len(dates) < len(said.meetings) else 0) > ROOM:
        dates.pop()
    days = said.notice.days
    return Poster(
        dates=dates, more=len(said.meetings) - len(dates), online_until=until, contact=said.contact, link=link,
        who=f"{first_sentence(said.who)}." if said.who else "", notice_days=days if days and days > 0 else None,
        short_link=link.partition("://")[2], qr=str(segno.make(link, error="m").svg_data_uri(scale=8, border=2, dark="#000", light="#fff")),
    )  # fmt: skip


def _lines(text: str, size: float) -> int:
    """How many lines `text` takes in letters of that size."""
    return -int(-len(text) * size * A_LETTER // WIDTH)


def _height(dates: Sequence[PosterDate]) -> float:
    day, hours, what, after = LETTERS[len(dates)]
    return sum(day * 1.1 + hours * 1.15 + (_lines(d.title, what) + _lines(d.place, what)) * what * 1.2 + after for d in dates)


def as_pdf(**context: object) -> bytes:
    """The poster as PDF/UA-1, in the size its context says. Raises PdfUnavailable and PdfBusy (core.pdf)."""
    return pdf.render(render_template("notices/poster.html", is_pdf=True, **context), current_app.config["SITE_URL"] + "/")
