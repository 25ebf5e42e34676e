"""The columns of the template (interfaces.md, Contribution template) and the words they admit."""

import re
from collections.abc import Mapping
from enum import StrEnum

from app.contributions.rules.terms import Channel, Language, NameConsent, ProponentKind
from app.core.text import fold
from app.organisations.rules import Sector

COLUMNS = (
    "referencia_externa", "titulo", "texto", "proponente", "tipo_proponente", "organizacion", "sector", "correo", "telefono",
    "region", "provincia", "distrito", "ubigeo", "idioma", "tema", "canal", "fecha_recepcion", "visibilidad",
)  # fmt: skip
REQUIRED = ("texto", "tipo_proponente", "visibilidad")
SECTOR_WORDS = {
    Sector.GOVERNMENT: "gobierno", Sector.CIVIL_SOCIETY: "sociedad-civil", Sector.ACADEMIA: "academia", Sector.PRIVATE: "privado",
    Sector.MEDIA: "medios", Sector.COOPERATION: "cooperacion", Sector.GRASSROOTS: "organizacion-de-base",
    Sector.INDIGENOUS: "pueblo-indigena", Sector.CITIZEN: "ciudadania",
}  # fmt: skip
_ALSO: dict[str, dict[str, StrEnum]] = {
    "idioma": {"castellano": Language.SPANISH, "espanol": Language.SPANISH, "quechua": Language.QUECHUA, "aymara": Language.AYMARA,
               "aimara": Language.AYMARA, "otra": Language.OTHER},
    "visibilidad": {"anonima": NameConsent.ANONYMOUS, "inicial": NameConsent.INITIALS},
    "canal": {"internet": Channel.WEB, "en-linea": Channel.WEB, "carta": Channel.PAPER},
}  # fmt: skip


def key_of(word: str) -> str:
    """How names and values are compared: without case, accents, spaces or marks."""
    return re.sub(r"[^a-z0-9]+", "-", fold(word)).strip("-")


def _words(column: str, words: Mapping[str, StrEnum]) -> dict[str, StrEnum]:
    return {key_of(word): member for word, member in {**words, **_ALSO.get(column, {})}.items()}


ENUMERATED: dict[str, dict[str, StrEnum]] = {
    "tipo_proponente": _words("tipo_proponente", {m.value: m for m in ProponentKind}),
    "visibilidad": _words("visibilidad", {m.value: m for m in NameConsent}),
    "canal": _words("canal", {m.value: m for m in Channel}),
    "idioma": _words("idioma", {m.value: m for m in Language}),
    "sector": _words("sector", {m.value: m for m in Sector} | {word: m for m, word in SECTOR_WORDS.items()}),
}
"""Column -> the words it admits -> what they mean."""

SHOWN = {
    "tipo_proponente": tuple(m.value for m in ProponentKind),
    "visibilidad": tuple(m.value for m in NameConsent),
    "canal": tuple(m.value for m in Channel),
    "idioma": tuple(m.value for m in Language),
    "sector": tuple(SECTOR_WORDS.values()),
}
"""Column -> the words offered in lists."""

FIELD_COLUMNS = {
    "text": "texto", "title": "titulo", "speaker": "proponente", "organisation": "organizacion", "email": "correo", "phone": "telefono",
    "theme_slug": "tema", "proponent_kind": "tipo_proponente", "consent": "visibilidad", "ubigeo": "ubigeo",
}  # fmt: skip
"""Field of a draft -> our column."""
