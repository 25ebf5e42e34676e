"""What awaits, in words."""

from flask_babel import ngettext


def to_moderate(n: int) -> str:
    return str(ngettext("%(num)d aporte espera moderación", "%(num)d aportes esperan moderación", n))


def to_sign(n: int) -> str:
    return str(ngettext("%(num)d respuesta espera su firma", "%(num)d respuestas esperan su firma", n))


def sent_back(n: int) -> str:
    return str(ngettext("%(num)d respuesta devuelta con una nota", "%(num)d respuestas devueltas con una nota", n))


def to_publish(n: int) -> str:
    return str(ngettext("%(num)d respuesta aprobada por publicar", "%(num)d respuestas aprobadas por publicar", n))


def unanswered(n: int) -> str:
    return str(ngettext("%(num)d aporte sin respuesta empezada", "%(num)d aportes sin respuesta empezada", n))
