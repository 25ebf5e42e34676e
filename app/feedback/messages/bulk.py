"""Drafting for many, templates, assignment: what is refused and why something is left alone."""

from typing import Any

from flask_babel import lazy_gettext

from app.feedback.rules.bulk import BulkProblem, LeftOut
from app.feedback.rules.templates import TemplateProblem

PROBLEMS: dict[Any, Any] = {
    BulkProblem.NOTHING_TO_WRITE: lazy_gettext("No queda ningún aporte al que escribirle: todos los marcados se dejan como están."),
    BulkProblem.CHANGED: lazy_gettext(
        "Algo cambió mientras usted leía: otro aporte ya se respondió, o se corrigió su texto. Esto es lo que se escribiría ahora."
    ),
    BulkProblem.ASSIGNED_ELSEWHERE: lazy_gettext(
        "El aporte %(code)s está asignado a %(organisation)s: lo responden su gente y la secretaría. "
        "Si le corresponde a usted, pida que se lo pasen."
    ),
    TemplateProblem.NAME_MISSING: lazy_gettext("Póngale un nombre, por ejemplo «Ya está en marcha»."),
    TemplateProblem.NAME_TAKEN: lazy_gettext("Otra persona acaba de usar ese nombre. Guarde otra vez."),
    TemplateProblem.TEXT_SHORT: lazy_gettext("Escriba el texto, con %(shortest)s letras o más."),
    TemplateProblem.UNKNOWN_FIELDS: lazy_gettext("No existe %(unknown)s. Los campos que se llenan solos son: %(known)s."),
    TemplateProblem.STRAY_BRACES: lazy_gettext("Hay llaves {{ o }} sueltas: cada campo se escribe con dos a cada lado, sin llaves dentro."),
    TemplateProblem.NOT_CHOSEN: lazy_gettext("El texto nombra %(field)s: elíjalo aquí, o quite ese campo del texto."),
    TemplateProblem.NO_OUTCOME: lazy_gettext("Elija para qué decisión sirve."),
    TemplateProblem.CHANGED: lazy_gettext(
        "Otra persona cambió esta plantilla mientras usted escribía. Ábrala otra vez para ver cómo quedó."
    ),
}
LEFT_OUT = {
    LeftOut.ANSWERED: lazy_gettext("Ya tiene respuesta publicada."),
    LeftOut.BEGUN: lazy_gettext("Ya tiene una respuesta empezada."),
    LeftOut.GROUPED: lazy_gettext("Está en un grupo: se responde una vez, con todos los suyos."),
    LeftOut.ELSEWHERE: lazy_gettext("Está asignado a %(about)s."),
    LeftOut.FIELD_EMPTY: lazy_gettext("No tiene dato para %(about)s: use otra plantilla o quite ese campo."),
    LeftOut.HIDDEN_TITLE: lazy_gettext("No es público: su título no se copia en una respuesta. Quite {{titulo}} o respóndalo aparte."),
}


def why_left(reason: LeftOut, about: str) -> str:
    """Why a marked contribution gets no text."""
    sentence = str(LEFT_OUT[reason])
    return sentence % {"about": about} if about else sentence
