"""Notice, moves and differences in plain words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import dates
from app.processes.messages import names
from app.processes.rules.difference import Difference, Part
from app.processes.rules.notice import LEAST_DAYS, TARGET_DAYS, Notice, NoticeFlag
from app.processes.rules.publication import Change, Move, MoveKind


def notice_sentence(notice: Notice) -> str:
    """ "Publicado 21 días antes del inicio." """
    if NoticeFlag.RETROACTIVE in notice.flags:
        return str(names.FLAGS[NoticeFlag.RETROACTIVE])
    if notice.days is None:
        return _("Todavía no se publica un cronograma completo.")
    if notice.days < 0:
        return _("Publicado después del inicio.")
    if notice.days == 0:
        return _("Publicado el mismo día del inicio.")
    sentence = ngettext("Publicado %(num)d día antes del inicio.", "Publicado %(num)d días antes del inicio.", notice.days)
    if notice.days == LEAST_DAYS:
        exact = _("Justo en el límite: %(hours)d horas y %(minutes)d minutos.", hours=notice.hours, minutes=notice.minutes)
        return f"{sentence} {exact}"
    return sentence


def notice_explained(notice: Notice) -> str:
    """What the rule and the platform's own target ask."""
    return _("La regla pide %(least)d días o más; la meta de esta plataforma es %(target)d.", least=LEAST_DAYS, target=TARGET_DAYS)


def move_sentence(move: Move) -> str:
    """ "Taller de Ccorca: pasa del lunes 3 … al jueves 6 …" """
    before, after = _value(move.before), _value(move.after)
    if move.kind is MoveKind.START:
        if not before or not after:
            return _("Inicio del proceso: %(after)s.", after=after or _("sin fecha"))
        return _("El inicio del proceso pasa del %(before)s al %(after)s.", before=before, after=after)
    if move.change is Change.CANCELLED:
        return _("«%(title)s» se cancela. Estaba anunciado para el %(before)s.", title=move.title, before=before or _("(sin fecha)"))
    if move.change is Change.ADDED:
        return _("Se añade «%(title)s»: %(after)s.", title=move.title, after=after or _("sin fecha"))
    if move.change is Change.PLACE:
        return _("«%(title)s» cambia de lugar: antes %(before)s, ahora %(after)s.", title=move.title, before=before, after=after)
    return _("«%(title)s» cambia de fecha: antes %(before)s, ahora %(after)s.", title=move.title, before=before, after=after)


def difference_rows(rows: Iterable[Difference]) -> list[dict[str, str]]:
    """Rows for the component version_diff: what, before, after."""
    return [{"label": _label(row), "before": _shown(row, row.before), "after": _shown(row, row.after)} for row in rows]


def _label(row: Difference) -> str:
    field = str(names.FIELDS[row.field])
    if row.part is Part.START:
        return field
    if row.field == "whole":
        return _("Fase «%(title)s»", title=row.title) if row.part is Part.PHASE else row.title
    return f"{row.title}: {field.lower()}"


def _shown(row: Difference, value: Any) -> str:
    if row.field == "kind" and value:
        return str(names.OPPORTUNITIES[value])
    if row.field == "language" and value:
        return str(names.LANGUAGES.get(value, value))
    if row.field == "capacity":
        return str(value) if value else (_("sin límite") if value == 0 else "")
    return _value(value)


def _value(value: Any) -> str:
    if isinstance(value, datetime):
        return dates.long_instant(value)
    return "" if value is None else str(value)
