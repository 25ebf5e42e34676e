"""Numbers, days and hours as Spanish says them aloud: for whoever reads a notice to others."""

import re
from datetime import datetime

from app.core.clock import LIMA

_UNITS = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece", "catorce",
    "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro",
    "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
_TENS = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_HUNDREDS = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos", "novecientos",
)  # fmt: skip
WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_LONGEST_NUMBER = 6
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w|(?:https?://|www\.)[^\s]+\w")
_HOUR = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\b")
_GROUPED = re.compile(r"\d+(?:[ .,-]\d+)*")
_SIGNS = {".": "punto", "@": "arroba", "-": "guion", "_": "guion bajo", "/": "barra", "+": "más", ":": "dos puntos"}


def number(value: int) -> str:
    """ "veintiuno", "mil doscientos": from 0 to 999,999."""
    if value < 30:
        return _UNITS[value]
    if value < 100:
        tens, units = divmod(value, 10)
        return _TENS[tens] + (f" y {_UNITS[units]}" if units else "")
    if value == 100:
        return "cien"
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        return _HUNDREDS[hundreds] + (f" {number(rest)}" if rest else "")
    thousands, rest = divmod(value, 1000)
    head = "mil" if thousands == 1 else f"{_before_a_noun(number(thousands))} mil"
    return head + (f" {number(rest)}" if rest else "")


def _before_a_noun(words: str) -> str:
    """ "veintiuno" is "veintiún" before what it counts."""
    if words.endswith("veintiuno"):
        return words.removesuffix("veintiuno") + "veintiún"
    return words.removesuffix("o") if words.endswith("uno") else words


def count(value: int, one: str, many: str) -> str:
    """ "un día", "veintiún días"."""
    return f"{_before_a_noun(number(value))} {one if value == 1 else many}"


def day(at: datetime) -> str:
    """ "sábado trece de febrero"."""
    local = at.astimezone(LIMA)
    named = "primero" if local.day == 1 else number(local.day)
    return f"{WEEKDAYS[local.weekday()]} {named} de {MONTHS[local.month - 1]}"


def written_day(at: datetime) -> str:
    """ "sábado 13 de febrero": for paper and screens."""
    local = at.astimezone(LIMA)
    return f"{WEEKDAYS[local.weekday()]} {local.day} de {MONTHS[local.month - 1]}"


def _part_of_day(hour: int) -> str:
    if hour < 12:
        return "de la mañana"
    return "del día" if hour == 12 else "de la tarde" if hour < 19 else "de la noche"


def hour(at: datetime) -> str:
    """ "diez de la mañana", "cuatro y media de la tarde"; midnight is "doce de la noche"."""
    local = at.astimezone(LIMA)
    named = "una" if local.hour % 12 == 1 else number(local.hour % 12 or 12)
    past = {0: "", 15: " y cuarto", 30: " y media"}.get(local.minute, f" y {number(local.minute)}")
    return f"{named}{past} {'de la noche' if local.hour == 0 else _part_of_day(local.hour)}"


def written_hour(at: datetime) -> str:
    """ "10 de la mañana", "4:30 de la tarde"."""
    local = at.astimezone(LIMA)
    figures = f"{local.hour % 12 or 12}" + (f":{local.minute:02d}" if local.minute else "")
    return f"{figures} {'de la noche' if local.hour == 0 else _part_of_day(local.hour)}"


def at_hour(at: datetime) -> str:
    """ "a las diez de la mañana", "a la una de la tarde"."""
    said = hour(at)
    return f"a la {said}" if said.startswith("una") else f"a las {said}"


def aloud(text: str) -> str:
    """`text` with its numbers, hours and addresses as they are said; long numbers, such as telephones, figure by figure."""
    said = _ADDRESS.sub(lambda found: _spelt(found[0]), text)
    said = _YEARS.sub(r"\1 a \2", said)
    said = _HOUR.sub(lambda found: f"{number(int(found[1]))}" + (f" y {number(int(found[2]))}" if int(found[2]) else ""), said)
    return " ".join(_GROUPED.sub(lambda found: _figures(found[0]), said).split())


def _spelt(address: str) -> str:
    bare = re.sub(r"^https?://", "", address)
    return re.sub(r"[.@_/+:-]", lambda sign: f" {_SIGNS[sign[0]]} ", bare)


def _figures(text: str) -> str:
    """A grouped number is a telephone when it is long, and several numbers when it is not."""
    figures = re.sub(r"\D", "", text)
    if len(figures) > _LONGEST_NUMBER:
        return " ".join(number(int(figure)) for figure in figures)
    return re.sub(r"\d+", lambda found: number(int(found[0])) if len(found[0]) <= _LONGEST_NUMBER else found[0], text)
