"""Channels, series, visibility and consent (interfaces.md, domain.md 6.3, 11, 14)."""

from enum import StrEnum


class Channel(StrEnum):
    WORKSHOP = "taller"
    WEB = "web"
    PAPER = "papel"
    PHONE = "telefono"
    EMAIL = "correo"
    WINDOW = "ventanilla"


class ProponentKind(StrEnum):
    PERSON = "persona"
    ORGANISATION = "organizacion"


class NameConsent(StrEnum):
    """How the person who spoke may be named (BR-29)."""

    NAME = "nombre"
    INITIALS = "iniciales"
    PSEUDONYM = "seudonimo"
    ANONYMOUS = "anonimo"


class Visibility(StrEnum):
    """Whether anybody may read it. `HIDDEN` is a moderator's act, `WITHDRAWN` its author's; both leave a tombstone with the code."""

    HELD = "held"
    PUBLIC = "public"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class Language(StrEnum):
    """What somebody speaks or writes, by its code in ISO 639: the Andean ones and those of the Amazon with most speakers (domain.md 14)."""

    SPANISH = "es"
    QUECHUA = "qu"
    QUECHUA_CUSCO = "quz"
    QUECHUA_AYACUCHO = "quy"
    AYMARA = "ay"
    ACHUAR = "acu"
    ASHANINKA = "cni"
    AWAJUN = "agr"
    KICHWA = "qvo"
    KUKAMA = "cod"
    MATSIGENKA = "mcb"
    SHAWI = "cbt"
    SHIPIBO = "shp"
    TIKUNA = "tca"
    URARINA = "ura"
    WAMPIS = "hub"
    YANESHA = "ame"
    YINE = "pib"
    OTHER = "otro"

    @property
    def tag(self) -> str:
        """For `lang`, so that a screen reader changes its voice; empty when the page says it already or nobody said which it is."""
        return "" if self in (Language.SPANISH, Language.OTHER) else self.value


def series(channel: Channel, kind: ProponentKind, workshop: int | None) -> str:
    """The code series: T03 for workshop 3, P for paper, phone, window and mail, O organisations, C citizens."""
    if channel is Channel.WORKSHOP and workshop:
        return f"T{workshop:02d}"
    if channel in (Channel.PAPER, Channel.PHONE, Channel.WINDOW):
        return "P"
    return "O" if kind is ProponentKind.ORGANISATION else "C"


def code(process_code: str, of_series: str, number: int) -> str:
    """`PA7-T03-0012` (interfaces.md, Codes)."""
    return f"{process_code}-{of_series}-{number:04d}"
