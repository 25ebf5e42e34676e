"""A message to copy into WhatsApp: plain text, its bold marked with asterisks, whole on the screen."""

from collections.abc import Sequence

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.notices.documents import spanish
from app.notices.queries import Announcement
from app.notices.rules import LONGEST_MESSAGE
from app.processes.models import Opportunity

LONGEST_PART = 160
_MARKS = str.maketrans("*_~`\n", "     ")


def message(said: Announcement) -> str:
    """At most 1,000 characters; as many of the meetings to come as fit, and how many more there are."""
    for shown in range(len(said.meetings), -1, -1):
        text = _text(said, shown, with_who=True)
        if len(text) <= LONGEST_MESSAGE:
            return text
    return _text(said, 0, with_who=False)[:LONGEST_MESSAGE]


def plain(text: str, longest: int = LONGEST_PART) -> str:
    """One line that WhatsApp will not read as bold, italics or code, cut at a word."""
    line = " ".join(text.translate(_MARKS).split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _text(said: Announcement, shown: int, *, with_who: bool) -> str:
    site = current_app.config["SITE_URL"]
    parts = [f"*{plain(said.process.title)}*\n{plain(said.process.space.name)}"]
    if said.is_empty:
        parts.append(_("Por ahora no hay actividades por venir. Lo que se dijo y lo que se respondió es público."))
    if said.meetings:
        parts.append("\n".join([_("*Próximas fechas*"), *_dates(said.meetings[:shown], said), *_more(len(said.meetings) - shown)]))
    if said.online:
        until = max(o.ends_at for o in said.online)
        parts.append(_("*También sin salir de casa*, hasta el %(day)s.", day=spanish.written_day(until)))
    if with_who and said.who:
        parts.append(_("Quién puede participar: %(who)s", who=plain(said.who)))
    if said.contact:
        parts.append(_("Informes: %(contact)s", contact=plain(said.contact)))
    parts.append(_("Cronograma completo: %(url)s", url=site + url_for("processes.schedule", slug=said.process.slug)))
    return "\n\n".join(parts)


def _dates(meetings: Sequence[Opportunity], said: Announcement) -> list[str]:
    lines = []
    for one in meetings:
        place = plain(", ".join(part for part in (one.place, _district(one, said)) if part), 90)
        when = f"{spanish.written_day(one.starts_at)}, {spanish.written_hour(one.starts_at)}"
        lines.append(f"• *{plain(one.title, 90)}*: {when}." + (f" {place}" if place else ""))
    return lines


def _district(one: Opportunity, said: Announcement) -> str:
    name = said.places.get(one.ubigeo or "", "").partition(",")[0]
    return "" if name and name in one.place else name


def _more(count: int) -> list[str]:
    return [ngettext("y %(num)d fecha más", "y %(num)d fechas más", count)] if count > 0 else []
