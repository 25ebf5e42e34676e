"""The sentence of each refusal, and what the steps are called."""

from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from app.assignments.rules import AssignmentKind, AssignmentProblem
from app.core.dates import long_date
from app.core.errors import Problem
from app.core.fields import sentence

KINDS = {
    AssignmentKind.ASSIGNED: lazy_gettext("Asignado"),
    AssignmentKind.FORWARDED: lazy_gettext("Pasado a otra entidad"),
    AssignmentKind.RETURNED: lazy_gettext("Devuelto a la secretaría"),
}
PROBLEMS = {
    AssignmentProblem.NOTHING_CHOSEN: lazy_gettext("Marque al menos un aporte."),
    AssignmentProblem.TOO_MANY: lazy_gettext("Son demasiados para una vez: use los filtros para elegir %(most)s o menos."),
    AssignmentProblem.ALL_ANSWERED: lazy_gettext("Los aportes elegidos ya tienen respuesta publicada: no hace falta asignarlos."),
    AssignmentProblem.NO_ORGANISATION: lazy_gettext("Elija la entidad de la lista."),
    AssignmentProblem.UNKNOWN_ORGANISATION: lazy_gettext("Esa entidad no responde en este espacio. Elija una de la lista."),
    AssignmentProblem.NO_DUE_DATE: lazy_gettext("Diga hasta qué día debe responder: desde el %(first)s hasta el %(last)s."),
    AssignmentProblem.DUE_PAST: lazy_gettext("Ese día ya pasó. Puede elegir desde el %(first)s hasta el %(last)s."),
    AssignmentProblem.DUE_LATE: lazy_gettext(
        "Ese día es muy tarde para publicar la respuesta a tiempo. Puede elegir desde el %(first)s hasta el %(last)s."
    ),
    AssignmentProblem.NOTE_SHORT: lazy_gettext("Escriba la nota, con %(shortest)s letras o más: la leerá quien lo reciba."),
    AssignmentProblem.NOT_HELD: lazy_gettext("Este aporte no está asignado a ninguna entidad. Actualice la página."),
    AssignmentProblem.SAME_ORGANISATION: lazy_gettext("Ya lo tiene esa entidad. Elija otra."),
    AssignmentProblem.CHANGED: lazy_gettext(
        "Otra persona cambió la asignación mientras usted miraba. Esto es lo que hay ahora: revíselo y confirme otra vez."
    ),
}


def said(problem: Problem) -> str:
    """The sentence of a problem, its days written out."""
    values = {name: long_date(value) if name in ("first", "last") else value for name, value in problem.values.items()}
    return sentence(PROBLEMS, Problem(problem.code, problem.field, values))


def assigned(codes: int, organisation: str, due_on: Any) -> str:
    """What is told after assigning."""
    return str(
        ngettext(
            "%(num)s aporte quedó asignado a %(entity)s, hasta el %(day)s.",
            "%(num)s aportes quedaron asignados a %(entity)s, hasta el %(day)s.",
            codes,
            entity=organisation,
            day=long_date(due_on),
        )
    )


def left_alone(same: int, answered: int) -> str:
    """What assigning did not touch; empty when there was nothing."""
    parts = []
    if same:
        parts.append(ngettext("%(num)s ya lo tenía así.", "%(num)s ya los tenía así.", same))
    if answered:
        parts.append(ngettext("%(num)s ya tiene respuesta publicada.", "%(num)s ya tienen respuesta publicada.", answered))
    return " ".join([gettext("Sin cambio:"), *(str(part) for part in parts)]) if parts else ""
