"""What the poster says: few words in letters that are read from two metres, and the way to the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from flask import current_app, render_template, url_for

from app.core import pdf
from app.notices.documents import spanish
from app.notices.queries import Announcement
from app.notices.rules import MOST_ON_A_POSTER

SIZES = ("a4", "a3")


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


def poster(said: Announcement) -> Poster:
    link = current_app.config["SITE_URL"] + url_for("processes.schedule", slug=said.process.slug)
    dates = []
    for one in said.meetings[:MOST_ON_A_POSTER]:
        district = said.places.get(one.ubigeo or "", "").partition(",")[0]
        place = ", ".join(part for part in (one.place, district if district not in one.place else "") if part)
        hours = f"{spanish.written_hour(one.starts_at)} a {spanish.written_hour(one.ends_at)}"
        dates.append(PosterDate(spanish.written_day(one.starts_at).capitalize(), hours, one.title, place))
    until = spanish.written_day(max(o.ends_at for o in said.online)) if said.online else ""
    return Poster(
        dates=dates, more=len(said.meetings) - len(dates), online_until=until, who=said.who, contact=said.contact,
        notice_days=said.notice.days if said.notice.days and said.notice.days > 0 else None, link=link,
        short_link=link.partition("://")[2], qr=str(segno.make(link, error="m").svg_data_uri(scale=8, border=2, dark="#000", light="#fff")),
    )  # fmt: skip


def as_pdf(**context: object) -> bytes:
    """The poster as PDF/UA-1, in the size its context says. Raises PdfUnavailable and PdfBusy (core.pdf)."""
    return pdf.render(render_template("notices/poster.html", is_pdf=True, **context), current_app.config["SITE_URL"] + "/")
