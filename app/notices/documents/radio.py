"""A text for the radio: thirty to forty-five seconds read aloud, with every number, date and address in words."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.notices.documents import spanish
from app.notices.queries import Announcement
from app.notices.rules import LONGEST_RADIO, SHORTEST_RADIO, seconds_to_read
from app.processes.models import Opportunity


def radio_script(said: Announcement) -> str:
    """As many of the meetings to come as fit in forty-five seconds; repeats the first when there is time left."""
    for shown in range(len(said.meetings), -1, -1):
        for with_who, with_contact in ((True, True), (False, True), (False, False)):
            text = _text(said, shown, with_who=with_who, with_contact=with_contact)
            if seconds_to_read(text) <= LONGEST_RADIO:
                return _filled(text, said)
    return _text(said, 0, with_who=False, with_contact=False)


def _text(said: Announcement, shown: int, *, with_who: bool, with_contact: bool) -> str:
    space, title = _spoken(said.process.space.name), _spoken(said.process.title)
    lines = [_("%(space)s. Aviso para vecinas y vecinos: ustedes pueden participar. %(title)s.", space=space, title=title)]
    if said.is_empty:
        lines.append(_("Lo que se dijo y lo que se respondió ya es público."))
    lines += [_meeting(one) for one in said.meetings[:shown]]
    if more := len(said.meetings) - shown:
        said_count = spanish.count(more, _("fecha"), _("fechas"))
        lines.append(ngettext("Y hay %(count)s más.", "Y hay %(count)s más.", more, count=said_count))
    if said.online:
        until = spanish.day(max(o.ends_at for o in said.online))
        lines.append(_("También puede enviar su aporte sin salir de casa, hasta el %(day)s.", day=until))
    if with_who and said.who:
        lines.append(_("Puede participar: %(who)s", who=_sentence(said.who)))
    if with_contact and said.contact:
        lines.append(_("Informes: %(contact)s", contact=_sentence(said.contact)))
    return "\n".join(lines)


def _meeting(one: Opportunity) -> str:
    place = _(" Lugar: %(place)s.", place=_spoken(one.place)) if one.place else ""
    return _(
        "El %(day)s, %(hour)s: %(title)s.%(place)s", day=spanish.day(one.starts_at), hour=spanish.at_hour(one.starts_at),
        title=_spoken(one.title), place=place,
    )  # fmt: skip


def _filled(text: str, said: Announcement) -> str:
    """Short texts grow, sentence by sentence, until they take half a minute."""
    more = [_("Repetimos.")] if said.meetings else []
    fillers = [
        _("Cada aporte recibe una respuesta pública, con su razón: qué se acogió, qué no, y por qué."),
        *(f"{more[0]} {_meeting(one)}" for one in said.meetings[:1]),
        _("No hace falta tener cuenta ni hablar en público: se puede decir en el taller, por escrito o por internet, y en su lengua."),
        _("Lo que usted diga queda anotado con su código, y con ese código puede seguir qué pasó con su aporte hasta el final."),
        _("El cronograma completo está en la página de participación y en el afiche de la puerta de la municipalidad."),
        _("Cuente lo que pasa en su barrio o en su comunidad: su palabra ayuda a decidir."),
    ]
    for filler in fillers:
        if seconds_to_read(text) >= SHORTEST_RADIO:
            break
        if seconds_to_read(f"{text}\n{filler}") <= LONGEST_RADIO:
            text = f"{text}\n{filler}"
    return text


def _spoken(text: str) -> str:
    return spanish.aloud(text).rstrip(" .;:,")


def _sentence(text: str) -> str:
    return _spoken(text) + "."
